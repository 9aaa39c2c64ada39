"""
Coverage: which lines of a rule its tests have seen both ways.
"""

from __future__ import annotations

from pathlib import Path

from laborscreen.trials import cover
from tests.trials.test_rule_tests import HOURS, book, rule

BOTH = """
when:
  some: workforce
  where:
    all:
      - {field: hours_per_day, at_least: 16}
      - any:
          - {field: rest_days_per_year, at_most: 12}
          - {field: segregated, is: true, if_missing: no_match}
tests:
  - {name: both, expect: match, record: {workforce: [{hours_per_day: 18, rest_days_per_year: 2}]}}
  - {name: short, expect: no_match, record: {workforce: [{hours_per_day: 8}]}}
  - {name: silent, expect: unknown, record: {workforce: [{headcount: 4}]}}
"""


def test_a_rule_seen_both_ways_leaves_nothing_open(tmp_path: Path) -> None:
    """
    The list, and the test in it, were match, no match and unknown.
    """
    covered = cover(book(tmp_path, rule(HOURS)))

    assert (covered.open, covered.silent, covered.percent) == ((), (), 100.0)
    assert len(covered.branches) == 2


def test_what_no_test_has_seen_is_listed_with_its_line(tmp_path: Path) -> None:
    """
    A branch that never matched and one that never failed are told apart, each at its own line.
    """
    covered = cover(book(tmp_path, rule(BOTH)))

    assert [(branch.asked, branch.missing, branch.location.line) for branch in covered.open] == [
        ("any of", ("no match",), 18),
        ("rest_days_per_year is at most 12", ("no match",), 19),
        ("segregated is yes (if missing: no match)", ("match",), 20),
    ]
    assert round(covered.percent) == 50


def test_every_entry_of_a_list_is_looked_at(tmp_path: Path) -> None:
    """
    Two groups of workers in one test show a line both ways at once.
    """
    body = """
when: {some: workforce, where: {field: hours_per_day, at_least: 16}}
tests:
  - {name: two, expect: match, record: {workforce: [{hours_per_day: 18}, {hours_per_day: 8}]}}
"""
    covered = cover(book(tmp_path, rule(body)))

    assert [branch.asked for branch in covered.open] == ["some entry of workforce where"]
    assert [branch.asked for branch in covered.silent] == ["hours_per_day is at least 16"]


def test_if_missing_leaves_no_unknown_to_ask_for(tmp_path: Path) -> None:
    """
    Where silence counts as an answer, nobody is asked for a test in which it is unknown.
    """
    body = """
when: {field: country, is: RU, if_missing: no_match}
tests:
  - {name: there, expect: match, record: {country: RU}}
  - {name: elsewhere, expect: no_match, record: {country: FR}}
"""

    assert cover(book(tmp_path, rule(body))).silent == ()


def test_a_rule_without_a_test_that_runs_is_named(tmp_path: Path) -> None:
    """
    Tests on days on which the rule is not in force show nothing of it.
    """
    body = """
valid_from: 2026-01-01
when: {field: country, is: RU}
tests:
  - {name: before, expect: no_match, as_of: 2020-01-01, record: {country: RU}}
"""

    assert cover(book(tmp_path, rule(body))).untested == ("X-TRY-001",)
