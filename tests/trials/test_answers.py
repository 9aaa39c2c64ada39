"""
Conditions told in words, with and without their answers.
"""

from __future__ import annotations

from datetime import date

import pytest

from laborscreen.conditions import (
    All,
    AtLeast,
    Condition,
    Figure,
    Flagged,
    Measure,
    Not,
    Operator,
    Over,
    Quantifier,
    RowRunner,
    Tracer,
)
from laborscreen.conditions import Any as AnyOf
from laborscreen.conditions import Test as FieldTest
from laborscreen.conditions.formula import Clause
from laborscreen.conditions.levels import Grades
from laborscreen.conditions.program import compile_program
from laborscreen.record import Record, catalogue
from laborscreen.trials import asked, told

HOURS = FieldTest("hours_per_day", Operator.AT_LEAST, 16.0)
HEADCOUNT = Figure(Measure.TOTAL, "workforce", "headcount", Operator.ABOVE, 100.0)


def lines_for(condition: Condition, **fields: object) -> list[str]:
    """
    Return what is told of a condition for a record with these fields.
    """
    program = compile_program([Clause("X", condition)], catalogue=catalogue(), lists={})
    record = Record.model_validate({"id": "1", "name": "A", **fields})
    runner = RowRunner(program.on(date(2026, 1, 1), {}), Grades({"document": 1.0}, frozenset(), frozenset()))
    tracer = Tracer(runner.run(record))
    return [str(line) for line in told(tracer.trace(condition), record, tracer, catalogue())]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (FieldTest("country", Operator.IS, "KP"), "country is KP"),
        (FieldTest("country", Operator.IS_KNOWN, False), "country is not known"),
        (
            FieldTest("country", Operator.IS_ONE_OF, ("RU", "CN"), if_missing=False),
            "country is one of RU, CN (if missing: no match)",
        ),
        (FieldTest("country", Operator.DIFFERS_FROM, "nationality"), "country differs from nationality"),
        (All((HOURS, HOURS)), "all of"),
        (AnyOf((HOURS, HOURS)), "any of"),
        (AtLeast(2, (Flagged("A-1"), Flagged("A-2"))), "at least 2 of"),
        (Not(HOURS), "not"),
        (Over(Quantifier.SOME, "workforce", HOURS), "some entry of workforce where"),
        (Over(Quantifier.EVERY, "workforce", HOURS), "every entry of workforce has"),
        (Over(Quantifier.NONE, "workforce", HOURS), "no entry of workforce where"),
        (HEADCOUNT, "the total of workforce.headcount is above 100"),
        (Flagged("A-1"), "A-1 is flagged"),
    ],
)
def test_every_kind_of_node_has_its_question(condition: Condition, words: str) -> None:
    """
    A node is told in the words of the rule file, without what stands below it.
    """
    assert asked(condition) == words


def test_a_value_is_shown_as_written_and_as_read() -> None:
    """
    Where reading changed a value both stand there; where it did not, one is enough.
    """
    assert lines_for(FieldTest("country", Operator.IS, "KP"), country="КНДР") == [
        "match: country is KP (“КНДР”, read as KP)"
    ]
    assert lines_for(FieldTest("country", Operator.IS, "KP"), country="FR") == [
        "no match: country is KP (“FR”)"
    ]
    assert lines_for(FieldTest("country", Operator.IS, "KP")) == ["unknown: country is KP (not told)"]


def test_each_entry_of_a_list_is_told_on_its_own() -> None:
    """
    For a list every entry stands with its number and its own answer.
    """
    condition = Over(Quantifier.SOME, "workforce", All((HOURS, FieldTest("manual", Operator.IS, True))))

    assert lines_for(
        condition, workforce=[{"hours_per_day": 8, "manual": True}, {"hours_per_day": 18, "manual": "yes"}]
    ) == [
        "match: some entry of workforce where",
        "  no match: workforce[0]",
        "    no match: all of",
        "      no match: hours_per_day is at least 16 (“8”)",
        "      match: manual is yes (“yes”)",
        "  match: workforce[1]",
        "    match: all of",
        "      match: hours_per_day is at least 16 (“18”)",
        "      match: manual is yes (“yes”)",
    ]


def test_a_list_that_is_not_told_says_so() -> None:
    """
    An empty list is unknown because nothing is told, not because an entry failed.
    """
    assert lines_for(Over(Quantifier.SOME, "workforce", HOURS)) == [
        "unknown: some entry of workforce where (no entry of workforce is told)"
    ]


@pytest.mark.parametrize(
    ("groups", "answer"),
    [
        (
            [{"headcount": 80}, {"headcount": 40}],
            "match: the total of workforce.headcount is above 100 (it is 120)",
        ),
        ([{"headcount": 80}], "no match: the total of workforce.headcount is above 100 (it is 80)"),
        (
            [{"headcount": 80}, {"occupation": "welders"}],
            "unknown: the total of workforce.headcount is above 100 (it is 80 or more: something is not told)",
        ),
    ],
)
def test_a_figure_is_told_with_its_range(groups: list[dict[str, object]], answer: str) -> None:
    """
    A total shows what it came to, and how far it could go where something is missing.
    """
    assert lines_for(HEADCOUNT, workforce=groups) == [answer]
