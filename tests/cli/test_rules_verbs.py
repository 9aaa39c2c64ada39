"""
``laborscreen rules``: check, test, list, show.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from laborscreen.rulebook import load_rulebook
from tests.cli.conftest import Call

RULE = """\
rules:
  - id: X-HRS-001
    title: Very long days
    status: draft
    version: 1
    axis: forced_labour
    group: working_conditions
    strength: strong
    when: {some: workforce, where: {field: hours_per_day, at_least: LIMIT}}
    because: "{workforce.hours_per_day} hours a day"
    ask: Time sheets.
    false_positives: [None known]
    references: [{source: ilo-indicators, where: indicator 11, says: Excessive overtime.}]
    tests:
      - {name: long, expect: match, record: {workforce: [{hours_per_day: 18}]}}
      - {name: short, expect: no_match, record: {workforce: [{hours_per_day: 8}]}}
      - {name: not told, expect: unknown, record: {workforce: [{headcount: 4}]}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """
    A rulebook of one good rule.
    """
    rules = tmp_path / "my_rules"
    rules.mkdir()
    (rules / "hours.yaml").write_text(RULE.replace("LIMIT", "16"), encoding="utf-8")
    return rules


def test_a_good_rulebook_is_said_to_be_good(call: Call, folder: Path) -> None:
    """
    ``rules check`` counts what it read and ends with 0.
    """
    ended = call("rules", "check", folder)

    assert ended.code == 0
    assert "no error" in ended.out


def test_faults_come_with_place_caret_and_cure(call: Call, folder: Path) -> None:
    """
    ``rules check`` shows each fault with line, caret and hint, all of them at once, and ends with 2.
    """
    bad = (
        RULE.replace("LIMIT", "many")
        .replace("hours_per_day, at", "hour_per_day, at")
        .replace("axis:", "axes:")
    )
    (folder / "hours.yaml").write_text(bad, encoding="utf-8")

    ended = call("rules", "check", folder)

    assert ended.code == 2
    assert "hours.yaml:6:5" in ended.err
    assert "did you mean `axis`?" in ended.err
    assert "hour_per_day" in ended.err
    assert "errors" in ended.err.splitlines()[-1]


def test_the_caret_stands_under_the_fault_behind_wide_letters(call: Call, folder: Path) -> None:
    """
    Letters two columns wide before the fault do not shift the caret.
    """
    bad = RULE.replace("LIMIT", "16").replace("title: Very long days", 'title: "初恋", titel: x')
    (folder / "hours.yaml").write_text(bad, encoding="utf-8")

    ended = call("rules", "check", folder)
    lines = ended.err.splitlines()
    at = next(number for number, line in enumerate(lines) if "初恋" in line and "|" in line)

    assert set(lines[at + 1].strip()) == {"^"}


def test_passing_tests_are_counted_by_what_they_expect(call: Call, folder: Path) -> None:
    """
    ``rules test`` says how many tests expected each of the three answers, and ends with 0.
    """
    ended = call("rules", "test", folder)

    assert ended.code == 0
    assert "3 tests of 1 rule: match 1 of 1, no match 1 of 1, unknown 1 of 1 as expected" in ended.out


def test_a_failing_test_is_told_through_the_condition(call: Call, folder: Path) -> None:
    """
    ``rules test`` ends with 1 and shows where the rule went another way, with the value.
    """
    (folder / "hours.yaml").write_text(RULE.replace("LIMIT", "20"), encoding="utf-8")

    ended = call("rules", "test", folder)

    assert ended.code == 1
    assert "X-HRS-001, test “long”" in ended.out
    assert "expected match, got no match" in ended.out
    assert "✘ workforce[0]: hours_per_day is at least 20  “18”" in ended.out


def test_testing_a_rulebook_with_faults_ends_with_2(call: Call, folder: Path) -> None:
    """
    What cannot be read cannot be tested.
    """
    (folder / "hours.yaml").write_text("rules: 3\n", encoding="utf-8")

    assert call("rules", "test", folder).code == 2


def test_every_rule_is_listed(call: Call) -> None:
    """
    ``rules list`` names every shipped rule once, in JSON and in the table.
    """
    ids = [rule.id for rule in load_rulebook().rules]

    told = [json.loads(line)["id"] for line in call("rules", "list", "--json").out.splitlines()]
    table = call("rules", "list").out

    assert told == ids
    assert all(one in table for one in ids)


def test_a_rule_is_shown_with_what_it_asks_and_rests_on(call: Call) -> None:
    """
    ``rules show`` has the condition in words, the question, the sources and the tests.
    """
    told = call("rules", "show", "LS-HRS-003").out

    for part in ("hours per day is at least 16", "Ask", "indicator 11", "as reported"):
        assert part in told


def test_a_rule_that_does_not_exist_is_refused_with_a_hint(call: Call) -> None:
    """
    ``rules show`` of a misspelt id ends with 2 and names the nearest one.
    """
    ended = call("rules", "show", "LS-HRS-03")

    assert ended.code == 2
    assert "did you mean `LS-HRS-" in ended.err


@pytest.mark.parametrize(
    "verb", [(), ("--help",), ("rules", "--help"), ("screen", "--help"), ("rules", "test", "--help")]
)
def test_every_verb_has_help(call: Call, verb: tuple[str, ...]) -> None:
    """
    Help says what the program is for and lists its verbs or options.
    """
    ended = call(*verb)

    assert "Usage: " in ended.out + ended.err


@pytest.mark.parametrize(
    ("wish", "has", "lacks"),
    [
        (["--axis", "dprk_nexus"], "LS-NAT-001", "LS-HRS-001"),
        (["--group", "working_conditions"], "LS-HRS-001", "LS-NAT-001"),
        (["--strength", "direct"], "LS-NAT-001", "LS-HRS-001"),
        (["--status", "test"], "LS-COR-009", "LS-HRS-001"),
        (["--field", "workforce.hours_per_day"], "LS-HRS-001", "LS-NAT-001"),
        (["--field", "remote_work"], "LS-ITW-001", "LS-HRS-001"),
        (["--list", "extreme_hours"], "LS-HRS-001", "LS-HRS-003"),
        (["--source", "bbc-2025"], "LS-HRS-001", "LS-NAT-001"),
        (["--text", "hours REST"], "LS-HRS-003", "LS-NAT-001"),
        (["--field", "workforce.hours_per_day", "--strength", "circumstantial"], "LS-HRS-004", "LS-HRS-001"),
    ],
)
def test_rules_are_found_by_what_they_are_and_read(call: Call, wish: list[str], has: str, lacks: str) -> None:
    """
    Each filter of ``rules list`` keeps the rules it is about and leaves others out; several must all hold.
    """
    told = [json.loads(line)["id"] for line in call("rules", "list", "--json", *wish).out.splitlines()]

    assert has in told
    assert lacks not in told


@pytest.mark.parametrize(
    ("wish", "nearest"),
    [(["--axis", "forced_labor"], "forced_labour"), (["--field", "workforce.visas"], "workforce.visa")],
)
def test_a_filter_nobody_knows_is_refused_with_the_nearest(call: Call, wish: list[str], nearest: str) -> None:
    """
    A misspelt filter is an error, not an empty list.
    """
    ended = call("rules", "list", *wish)

    assert ended.code == 2
    assert nearest in ended.err
