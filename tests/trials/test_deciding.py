"""
Which single answer would decide an unknown rule.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from laborscreen import Record
from laborscreen.rulebook import load_rulebook
from laborscreen.trials import Bench, Deciding, deciding
from tests.trials.test_rule_tests import book, rule

DAY = date(2026, 1, 1)


def decided(tmp_path: Path, when: str, **fields: Any) -> Deciding:
    """
    Ask what would decide one rule for one record.
    """
    rules = book(tmp_path, rule(f"when: {when}\ntests: []"))
    return deciding(Bench(rules), "X-TRY-001", Record(id="V-1", name="X", **fields), DAY)


def told(found: Deciding) -> list[tuple[str, object, object]]:
    """
    Return path, value to match and value not to match.
    """
    return [(one.path, one.match, one.no_match) for one in found.fields]


@pytest.mark.parametrize(
    ("when", "fields", "expected"),
    [
        ("{field: country, is: RU}", {}, [("country", "RU", "FR")]),
        ("{field: country, is: RU}", {"country": "RU"}, []),
        ("{not: {field: country, is: RU}}", {}, [("country", "FR", "RU")]),
        ("{all: [{field: country, is: RU}, {field: founded, before: 2020-02-01}]}", {},
         [("country", None, "FR"), ("founded", None, "2020-02-01")]),
        ("{all: [{field: country, is: RU}, {field: kind, is: person}]}", {"kind": "person"}, [("country", "RU", "FR")]),
        ("{any: [{field: country, is: RU}, {field: founded, on_or_after: 2020-02-01}]}", {},
         [("country", "RU", None), ("founded", "2020-02-01", None)]),
        ("{some: workforce, where: {field: visa, is_one_of: [student, tourist]}}",
         {"workforce": [{"visa": "work"}, {"headcount": 3}]}, [("workforce[1].visa", "student", "work")]),
        ("{total: workforce.headcount, above: 10}", {"workforce": [{"headcount": 8}, {"visa": "work"}]},
         [("workforce[1].headcount", 3, 2)]),
        ("{field: remote_work.claimed_country, differs_from: country}", {"country": "RU"},
         [("remote_work.claimed_country", "FR", "RU")]),
        ("{field: remote_work.login_countries, is: KP}", {}, [("remote_work.login_countries", "KP", "FR")]),
    ],
)  # fmt: skip
def test_the_answers_that_decide_are_found(
    tmp_path: Path, when: str, fields: dict[str, Any], expected: list[tuple[str, object, object]]
) -> None:
    """
    Each open field comes with a value for every decision it can bring alone, and with none for those it cannot.
    """
    assert told(decided(tmp_path, when, **fields)) == expected


def test_two_open_fields_that_only_decide_together_are_told_as_such(tmp_path: Path) -> None:
    """
    Where two signs of three are needed and none is known, no single answer makes a match or rules one out.
    """
    when = (
        "{at_least: 2, of: [{field: country, is: RU}, {field: founded, before: 2020-01-01}, "
        "{field: remote_work.vpn, is: persistent}, {field: activities, is_known: true}]}"
    )
    found = decided(tmp_path, when)

    assert found.answer == "unknown"
    assert found.alone == ()
    assert [one.path for one in found.together] == ["country", "founded", "remote_work.vpn"]


def test_a_flag_that_is_open_is_followed_to_its_own_fields(tmp_path: Path) -> None:
    """
    A combination waits for the fields of the rule it looks at.
    """
    base = rule("when: {field: country, is: RU}\ntests: []")
    combined = rule(
        "when: {all: [{flagged: X-TRY-001}, {field: kind, is: person}]}\ntests: []", id="X-TRY-002"
    )
    record = Record(id="V-1", name="X", kind="person")

    found = deciding(Bench(book(tmp_path, base, combined)), "X-TRY-002", record, DAY)

    assert told(found) == [("country", "RU", "FR")]


def test_most_open_rules_of_the_shipped_book_can_be_decided_by_one_answer() -> None:
    """
    Most tests of shipped rules that expect unknown have an answer that decides alone, and no value is told for both ways.
    """
    rules = load_rulebook()
    bench = Bench(rules)
    unknown = with_decider = 0
    for one in rules.rules:
        for test in one.tests:
            if test.expect != "unknown" or one.status == "retired" or test.listed is not None:
                continue
            day = test.as_of or max(DAY, one.valid_from or DAY)
            found = deciding(
                bench, one.id, Record.model_validate({"id": "t", "name": "t", **test.record}), day
            )
            unknown += 1
            with_decider += bool(found.alone)
            for field in found.alone:
                assert field.match is None or field.match != field.no_match

    assert unknown > 100
    assert with_decider > unknown * 0.6
