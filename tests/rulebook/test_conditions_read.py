"""
From YAML to the condition tree.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from laborscreen.conditions import (
    All,
    Any,
    AtLeast,
    Figure,
    Measure,
    Not,
    Operator,
    Over,
    Quantifier,
)
from laborscreen.conditions import Test as Line
from laborscreen.conditions.formula import shape
from tests.rulebook.packs import only_rule, pack, rule, told

COUNTRY = Line("country", Operator.IS, "KP")
HOURS = Line("hours_per_day", Operator.AT_LEAST, 16.0)
READ = {
    "{field: country, is: KP}": COUNTRY,
    "{field: country, is: NO}": Line("country", Operator.IS, "NO"),
    "{field: country, is: 'NO'}": Line("country", Operator.IS, "NO"),
    "{field: country, is: ambiguous}": Line("country", Operator.IS, "ambiguous"),
    "{field: country, is_one_of: [NO, KP]}": Line("country", Operator.IS_ONE_OF, ("NO", "KP")),
    "{field: country, in_list: host_countries}": Line("country", Operator.IN_LIST, "host_countries"),
    "{field: activities, mentions: sector_it}": Line("activities", Operator.MENTIONS, "sector_it"),
    "{field: country, is_known: no}": Line("country", Operator.IS_KNOWN, False),
    "{field: founded, before: 2017-09-11}": Line("founded", Operator.BEFORE, date(2017, 9, 11)),
    "{field: founded, within_days: 90}": Line("founded", Operator.WITHIN_DAYS, 90.0),
    "{field: remote_work.vpn, is: none}": Line("remote_work.vpn", Operator.IS, "none"),
    "{field: remote_work.video, is: shown, if_missing: match}": Line("remote_work.video", Operator.IS, "shown", True),
    "{field: name, on_watchlist: any}": Line("name", Operator.ON_WATCHLIST, "any"),
    "{field: name, on_watchlist: [ofac-sdn, un]}": Line("name", Operator.ON_WATCHLIST, ("ofac-sdn", "un")),
    "{all: [{field: country, is: KP}]}": All((COUNTRY,)),
    "{any: [{field: country, is: KP}, {not: {field: country, is: KP}}]}": Any((COUNTRY, Not(COUNTRY))),
    "{at_least: 1, of: [{field: country, is: KP}]}": AtLeast(1, (COUNTRY,)),
    "{field: workforce.hours_per_day, at_least: 16}": Over(Quantifier.SOME, "workforce", HOURS),
    "{some: workforce, where: {field: hours_per_day, at_least: 16}}": Over(Quantifier.SOME, "workforce", HOURS),
    "{every: workforce, where: {field: workforce.hours_per_day, at_least: 16}}": Over(Quantifier.EVERY, "workforce", HOURS),
    "{none: workforce, where: {field: role, is: supplier}}": Over(
        Quantifier.NONE, "workforce", Line("role", Operator.IS, "supplier")
    ),
    "{some: payments, where: {field: payee_country, differs_from: country}}": Over(
        Quantifier.SOME, "payments", Line("payee_country", Operator.DIFFERS_FROM, "country")
    ),
    "{field: payments.payee_country, differs_from: country}": Over(
        Quantifier.SOME, "payments", Line("payee_country", Operator.DIFFERS_FROM, "country")
    ),
    "{field: country, differs_from: payments.payee_country}": Over(
        Quantifier.SOME, "payments", Line("payee_country", Operator.DIFFERS_FROM, "country")
    ),
    "{field: payments.payee_country, differs_from: payments.bank_country}": Over(
        Quantifier.SOME, "payments", Line("payee_country", Operator.DIFFERS_FROM, "bank_country")
    ),
    "{total: workforce.headcount, at_least: 50}": Figure(Measure.TOTAL, "workforce", "headcount", Operator.AT_LEAST, 50.0),
    "{share: workforce.headcount, where: {field: hours_per_day, at_least: 16}, above: 50}": Figure(
        Measure.SHARE, "workforce", "headcount", Operator.ABOVE, 50.0, HOURS
    ),
    "{count: observations, by: source, at_least: 2}": Figure(
        Measure.COUNT, "observations", "", Operator.AT_LEAST, 2.0, None, "source"
    ),
}  # fmt: skip


@pytest.mark.parametrize("written", READ)
def test_a_condition_becomes_its_tree(written: str, tmp_path: Path) -> None:
    """
    Each word of the language becomes its node, with the type that the field catalogue gives.
    """
    read = only_rule(tmp_path, written).when

    assert shape(read) == shape(READ[written])


def test_every_node_keeps_its_place(tmp_path: Path) -> None:
    """
    An explanation can point at the line of each test.
    """
    when = "\n      any:\n        - {field: country, is: KP}\n        - {field: country, is: NO}"
    read = only_rule(tmp_path, when).when

    assert [part.location.line for part in read.of] == [11, 12]  # type: ignore[union-attr]
    assert {part.location.path for part in read.of} == {str(tmp_path / "rules.yaml")}  # type: ignore[union-attr]


HINTS = {
    "{field: workforce.hours_per_dya, at_least: 16}": "did you mean `workforce.hours_per_day`?",
    "{field: workforce.hours_per_day, mentions: sector_it}": "use: is, at_least, at_most, above, below",
    "{field: workforce.hours_per_day, at_least: 016}": "write 16",
    "{field: workforce.headcount, at_least: 1_000}": "write 1000",
    '{field: workforce.headcount, at_least: "1,5"}': "write 1.5",
    "{field: workforce.headcount, at_least: 50%}": "write 50",
    "{field: workforce.headcount, at_least: 12:30:45}": "write it as a plain number, such as 12.5",
    "{field: country, is: North Korea}": "write `KP`",
    "{field: country, is: kp}": "write `KP`",
    "{field: workforce.visa, is: Student}": "write `student`",
    "{field: workforce.visa, is: [student]}": "write `is_one_of: [...]` for several",
    "{field: observations.text, mentions: extrem_hours}": "did you mean `extreme_hours`?",
    "{field: founded, before: 11.09.2017}": "write 2017-09-11",
    "{field: hours_per_day, at_least: 16}": "did you mean `workforce.hours_per_day`?",
    "{feild: country, is: KP}": "did you mean `field`?",
    "{fiеld: country, is: KP}": "did you mean `field`? (the letter е in it is Cyrillic)",
    "{some: workfroce, where: {field: visa, is: student}}": "did you mean `workforce`?",
}  # fmt: skip


@pytest.mark.parametrize("written", HINTS)
def test_the_cure_is_what_a_colleague_would_say(written: str, tmp_path: Path) -> None:
    """
    The hint says what to write instead.
    """
    hints = [problem.hint for problem in told(pack(tmp_path, rule(written)))]

    assert any(hint.startswith(HINTS[written]) for hint in hints), hints


def test_both_faults_of_a_line_are_told(tmp_path: Path) -> None:
    """
    A loader that stops at the first half of a line hides the other.
    """
    problems = told(pack(tmp_path, rule("{field: workforce.hours_per_day, at_least: 016, is: x}")))

    assert {"several-tests", "not-a-number"} <= {problem.id for problem in problems}


def test_a_circle_of_rules_is_shown(tmp_path: Path) -> None:
    """
    Rules that refer to each other in a circle are refused, and the way round is named.
    """
    ids = ["ACME-1", "ACME-2", "ACME-3"]
    folder = pack(
        tmp_path,
        *(rule(f"{{flagged: {other}}}", id=one) for one, other in zip(ids, ids[1:] + ids[:1], strict=True)),
    )

    (problem,) = (problem for problem in told(folder) if problem.id == "circle")

    assert "ACME-1 -> ACME-2 -> ACME-3 -> ACME-1" in problem.message


def test_a_rule_that_refers_to_itself_is_a_circle(tmp_path: Path) -> None:
    """
    The smallest circle is one rule.
    """
    assert "circle" in {problem.id for problem in told(pack(tmp_path, rule("{flagged: ACME-1}")))}


def test_two_ways_to_one_rule_are_no_circle(tmp_path: Path) -> None:
    """
    A rule may be referred to from several, which are referred to from one.
    """
    folder = pack(
        tmp_path,
        rule("{field: country, is: KP}"),
        rule("{flagged: ACME-1}", id="ACME-2"),
        rule("{flagged: ACME-1}", id="ACME-3"),
        rule("{all: [{flagged: ACME-2}, {flagged: ACME-3}]}", id="ACME-4"),
    )

    assert "circle" not in {problem.id for problem in told(folder)}


def test_referring_to_a_draft_is_warned_of(tmp_path: Path) -> None:
    """
    A stable rule that waits for a draft one waits for ever.
    """
    folder = pack(
        tmp_path, rule("{field: country, is: KP}", status="draft"), rule("{flagged: ACME-1}", id="ACME-2")
    )

    assert "flagged-inactive" in {problem.id for problem in told(folder) if problem.severity == "warning"}
