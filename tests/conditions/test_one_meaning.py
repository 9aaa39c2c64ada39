"""One record, a batch and a table of columns get the same answers from the same formula."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen.conditions import (
    CLAUSE_ANSWERS,
    Clause,
    Condition,
    Grades,
    Operator,
    Over,
    Quantifier,
    RowRunner,
    Tracer,
    compile_program,
)
from laborscreen.conditions.columns import ColumnRunner, flags_of
from laborscreen.record import Record, catalogue
from laborscreen.record import nested as nest
from laborscreen.text.text_column import TextColumn
from tests.conditions.strategies import DAY, LISTS, RATES, conditions, flat_rows

GRADES = Grades(
    {
        "document": 1.0,
        "official": 1.0,
        "audit": 1.0,
        "supplier_statement": 0.8,
        "internal_note": 0.8,
        "media": 0.5,
        "ngo": 0.5,
        "blog": 0.25,
        "anonymous": 0.25,
    },
    frozenset({"document", "official", "audit", "supplier_statement"}),
    frozenset({"document", "official"}),
)


def bound(trees: Sequence[Condition]):
    clauses = [Clause(f"R-{number}", tree) for number, tree in enumerate(trees)]
    return compile_program(clauses, catalogue=catalogue(), lists=LISTS).on(DAY, RATES)


def columns_of(rows):
    paths = {path: None for row in rows for path in row}
    return {path: [row.get(path) for row in rows] for path in paths}


@settings(max_examples=120, deadline=None)
@given(st.lists(conditions, min_size=1, max_size=3), st.lists(flat_rows(), min_size=1, max_size=6))
def test_columns_answer_like_single_records_on_every_level_of_evidence(trees, rows):
    """A table gives each row the three-valued answers that judging it alone gives, on all and on strict evidence."""
    program = bound(trees)
    runner = RowRunner(program, GRADES)
    alone = [runner.run(Record.model_validate(nest(row))) for row in rows]
    judged = ColumnRunner(program, GRADES).judge(len(rows), columns_of(rows))
    together = judged.evaluate()

    for pick in (
        lambda one: one.answers,
        lambda one: one.direct,
        *(lambda one, level=level: one.at(level) for level in GRADES.levels),
    ):
        expected = [pick(one) for one in alone]
        found = list(zip(*(flags_of(bits, len(rows)).tolist() for bits in pick(together)), strict=True))
        assert [tuple(map(int, row)) for row in found] == [tuple(map(int, row)) for row in expected]


@settings(max_examples=60, deadline=None)
@given(st.lists(conditions, min_size=1, max_size=2), st.lists(flat_rows(), min_size=1, max_size=8))
def test_texts_that_a_frame_holds_get_the_answers_of_strings(trees, rows):
    """Columns of texts handed over as bytes are judged, and their rows found alike, as columns of strings are."""
    pa = pytest.importorskip("pyarrow", reason="the extra [columnar] is not installed")
    columns = columns_of(rows)
    held = {
        path: TextColumn(pa.array(cells, pa.string()))
        if all(cell is None or isinstance(cell, str) for cell in cells)
        else cells
        for path, cells in columns.items()
    }
    runner = ColumnRunner(bound(trees), GRADES)
    one, other = runner.judge(len(rows), held), runner.judge(len(rows), columns)

    assert one.evaluate().answers == other.evaluate().answers
    assert one.evaluate().at(0.8) == other.evaluate().at(0.8)
    assert one.patterns[1].tolist() == other.patterns[1].tolist()


@settings(max_examples=60, deadline=None)
@given(st.lists(conditions, min_size=1, max_size=2), st.lists(flat_rows(), min_size=1, max_size=8))
def test_rows_of_one_pattern_get_the_same_answers(trees, rows):
    """Judging one row of each pattern and handing its answers to its like changes nothing."""
    judged = ColumnRunner(bound(trees), GRADES).judge(len(rows), columns_of(rows))
    first, inverse = judged.patterns

    whole, part = judged.evaluate(), judged.evaluate(first)
    for every, chosen in zip(
        (whole.answers, whole.direct, whole.at(0.8)), (part.answers, part.direct, part.at(0.8)), strict=True
    ):
        for bits, of_patterns in zip(every, chosen, strict=True):
            assert flags_of(bits, len(rows)).tolist() == flags_of(of_patterns, len(first))[inverse].tolist()


def test_rows_in_which_another_entry_is_there_are_not_alike():
    """An entry of which only what no rule asks for is told is there nonetheless: "every" is unknown of it, not met."""
    from laborscreen.conditions import Test  # not a class of tests

    every = Over(Quantifier.EVERY, "workforce", Test("nationality", Operator.IS, "KP"))
    rows = [
        {"workforce.entry_point": "Khasan", "workforce[1].nationality": "KP"},
        {"workforce[1].nationality": "KP"},
    ]
    judged = ColumnRunner(bound([every]), GRADES).judge(2, columns_of(rows))

    assert [flags_of(bits, 2).tolist() for bits in judged.evaluate().answers[:2]] == [
        [False, True],
        [False, False],
    ]
    assert len(judged.patterns[0]) == 2
    assert len(set(judged.meanings(judged.patterns[0]))) == 2


@settings(max_examples=120, deadline=None)
@given(conditions, flat_rows())
def test_the_explanation_tells_the_formulas_story(tree, row):
    """A traced tree comes to the very answer the formula gave."""
    program = bound([tree])
    evaluation = RowRunner(program, GRADES).run(Record.model_validate(nest(row)))
    true, false = evaluation.answers[:2]
    expected = True if true else False if false else None

    assert Tracer(evaluation).trace(tree).truth is expected


@settings(max_examples=120, deadline=None)
@given(conditions, flat_rows())
def test_unknown_never_becomes_true_through_not(tree, row):
    """A condition and its negation are never both met, and an unknown one has an unknown negation."""
    from laborscreen.conditions import Not

    evaluation = RowRunner(bound([tree, Not(tree)]), GRADES).run(Record.model_validate(nest(row)))
    true, false, _, _, _, not_true, not_false, *_ = evaluation.answers

    assert not (true and false)
    assert (not_true, not_false) == (false, true)


def silent(tree: Condition) -> bool:
    """Whether a tree asks whether something is told, or lets silence count."""
    from laborscreen.conditions import Operator, Test, walk

    return any(
        isinstance(node, Test) and (node.if_missing is not None or node.operator is Operator.IS_KNOWN)
        for node, _ in walk(tree)
    )


@settings(max_examples=200, deadline=None)
@given(conditions.filter(lambda tree: not silent(tree)), flat_rows(), st.data())
def test_adding_knowledge_never_turns_an_answer_into_unknown(tree, row, data):
    """With a field of the record filled in that was empty, a match stays a match and a no match a no match."""
    empty = (None, "", "n/a", "-")
    told = any(path.startswith("workforce.") and value not in empty for path, value in row.items())
    open_paths = sorted(
        path
        for path, value in row.items()
        if value in empty and (path.startswith("workforce.h") or path in ("country", "activities"))
    )
    if not open_paths or not told:
        return
    fuller = dict(row)
    for path in open_paths:
        fuller[path] = data.draw(
            st.sampled_from(
                {"country": ["RU", "KP"], "activities": ["North Korean crew", "garments"]}.get(
                    path, ["8", "16", "20"]
                )
            )
        )
    runner = RowRunner(bound([tree]), GRADES)
    before = runner.run(Record.model_validate(nest(row))).answers[:2]
    after = runner.run(Record.model_validate(nest(fuller))).answers[:2]

    if before != (0, 0):
        assert after == before


@pytest.mark.parametrize("hash_seed", ["0", "7"])
def test_the_answers_do_not_depend_on_the_hash_seed(hash_seed, tmp_path):
    """The same program gives the same bytes under any PYTHONHASHSEED."""
    import os
    import subprocess
    import sys

    script = tmp_path / "run.py"
    script.write_text(
        "from laborscreen.conditions import Clause, Test, Operator, compile_program\n"
        "from laborscreen.record import catalogue\n"
        "program = compile_program([Clause('A', Test('country', Operator.IS_ONE_OF, ('KP', 'RU', 'CN')))],"
        " catalogue=catalogue(), lists={})\n"
        "print(program.root)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "('KP', 'RU', 'CN')" in done.stdout


def test_the_formula_gives_five_sets_for_each_rule():
    """True, false, applies, suppressed, flagged: what scoring is made from."""
    from laborscreen.conditions import Operator, Test

    program = bound([Test("country", Operator.IS, "KP")])
    answers = RowRunner(program, GRADES).run(Record(id="1", name="X", country="KP")).answers

    assert len(answers) == CLAUSE_ANSWERS
    assert answers == (1, 0, 1, 0, 1)
