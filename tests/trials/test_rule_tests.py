"""
Rule tests: run on the engine that screens, three-valued, and told when they surprise.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from laborscreen.errors import UsageError
from laborscreen.rulebook import Rulebook, load_rulebook
from laborscreen.trials import TrialReport, run_tests

HEAD = """\
  - id: {id}
    title: A rule to try
    status: {status}
    version: 1
    axis: forced_labour
    group: working_conditions
    strength: strong
    because: As recorded
    ask: Time sheets.
    false_positives: [None known]
    references: [{{source: ilo-indicators, where: indicator 11, says: Excessive overtime.}}]
"""


def rule(body: str, *, id: str = "X-TRY-001", status: str = "draft") -> str:  # noqa: A002 -- a rule's own word
    """
    Return the YAML of one rule with this *body*.
    """
    lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
    return HEAD.format(id=id, status=status) + lines + "\n"


def book(tmp_path: Path, *rules: str) -> Rulebook:
    """
    Read a rulebook of these rules.
    """
    (tmp_path / "rules.yaml").write_text("rules:\n" + "".join(rules), encoding="utf-8")
    return load_rulebook(tmp_path)


def answers(report: TrialReport) -> dict[str, str]:
    """
    Return the answer each test got, by its name.
    """
    return {result.test.name: result.got for result in report.results}


HOURS = """
when: {some: workforce, where: {field: hours_per_day, at_least: 16}}
tests:
  - {name: long, expect: match, record: {workforce: [{hours_per_day: 18}]}}
  - {name: short, expect: no_match, record: {workforce: [{hours_per_day: 8}]}}
  - {name: silent, expect: unknown, record: {workforce: [{headcount: 4}]}}
"""


def test_the_three_answers_are_told_apart(tmp_path: Path) -> None:
    """
    A rule that holds, one that does not, and one that cannot be answered give three different answers.
    """
    report = run_tests(book(tmp_path, rule(HOURS)))

    assert answers(report) == {"long": "match", "short": "no_match", "silent": "unknown"}
    assert report.passed
    assert report.by_expectation == {"match": (1, 1), "no_match": (1, 1), "unknown": (1, 1)}


@pytest.mark.parametrize(("expect", "got"), [("match", "no_match"), ("unknown", "no_match")])
def test_a_surprise_tells_the_condition_and_the_value(tmp_path: Path, expect: str, got: str) -> None:
    """
    A test that gets another answer comes with the tree of its condition and the value in it.
    """
    wrong = HOURS.replace("name: short, expect: no_match", f"name: short, expect: {expect}")

    (surprise,) = run_tests(book(tmp_path, rule(wrong))).surprises

    assert (surprise.test.name, surprise.got) == ("short", got)
    assert [str(line) for line in surprise.why] == [
        "no match: some entry of workforce where",
        "  no match: workforce[0]: hours_per_day is at least 16 (“8”)",
    ]


def test_a_rule_that_is_not_about_a_record_does_not_match_it(tmp_path: Path) -> None:
    """
    Where `applies_when` is not met the answer is no match, whatever the condition says.
    """
    body = """
applies_when: {field: remote_work.vpn, is_known: true}
when: {field: country, is: RU}
tests:
  - {name: about it, expect: match, record: {country: RU, remote_work: {vpn: none}}}
  - {name: not about it, expect: no_match, record: {country: RU}}
  - {name: about it and silent, expect: unknown, record: {remote_work: {vpn: none}}}
"""

    assert run_tests(book(tmp_path, rule(body))).passed


def test_a_combination_sees_the_rules_it_refers_to(tmp_path: Path) -> None:
    """
    `flagged` follows the other rule's own answer, unknown included.
    """
    combined = """
when:
  all:
    - {flagged: X-TRY-001}
    - {field: country, is: RU}
tests:
  - {name: both, expect: match, record: {country: RU, workforce: [{hours_per_day: 18}]}}
  - {name: one, expect: no_match, record: {country: RU, workforce: [{hours_per_day: 8}]}}
  - {name: neither known, expect: unknown, record: {country: RU}}
"""

    assert run_tests(book(tmp_path, rule(combined, id="X-TRY-002"), rule(HOURS))).passed


def test_the_day_screened_is_the_tests_own(tmp_path: Path) -> None:
    """
    `as_of` decides what "recent" means; without it the day is 1 January 2026.
    """
    body = """
when: {some: audits, where: {field: date, within_days: 30}}
tests:
  - {name: recent then, expect: match, as_of: 2020-01-15, record: {audits: [{date: 2020-01-01}]}}
  - {name: long ago, expect: no_match, record: {audits: [{date: 2020-01-01}]}}
  - {name: recent now, expect: match, record: {audits: [{date: 2025-12-20}]}}
  - {name: silent, expect: unknown, record: {audits: [{announced: true}]}}
"""

    assert run_tests(book(tmp_path, rule(body))).passed


def test_a_rule_is_tried_on_a_day_on_which_it_is_in_force(tmp_path: Path) -> None:
    """
    A rule that begins after the default day is tried on its first day; before it, it matches nothing.
    """
    early = (
        HOURS
        + "  - {name: before, expect: no_match, as_of: 2025-01-01, record: {workforce: [{hours_per_day: 18}]}}\n"
    )

    report = run_tests(book(tmp_path, rule("valid_from: 2027-01-01\n" + early.strip())))

    assert answers(report) == {
        "long": "match",
        "short": "no_match",
        "silent": "unknown",
        "before": "no_match",
    }


def test_tests_of_retired_rules_are_counted_and_not_run(tmp_path: Path) -> None:
    """
    A retired rule no longer has to give the answers of its day.
    """
    retired = rule("replaced_by: X-TRY-001\n" + HOURS.strip(), id="X-TRY-002", status="retired")

    report = run_tests(book(tmp_path, rule(HOURS), retired))

    assert {result.rule.id for result in report.results} == {"X-TRY-001"}
    assert report.retired == 3


def test_a_value_nobody_can_read_is_remarked_upon(tmp_path: Path) -> None:
    """
    When a surprise comes of a value that could not be read, the author is told so.
    """
    wrong = HOURS.replace("{hours_per_day: 18}", "{hours_per_day: many}")

    (surprise,) = run_tests(book(tmp_path, rule(wrong))).surprises

    assert surprise.got == "unknown"
    assert any("“many” could not be read" in remark for remark in surprise.remarks)


def test_every_shipped_rule_gives_the_answers_its_tests_expect() -> None:
    """
    The shipped rulebook passes its own tests.
    """
    report = run_tests(load_rulebook())

    assert not [(result.rule.id, result.test.name, result.got) for result in report.surprises]
    assert len(report.results) > 100


def test_one_rule_alone_is_tried_like_among_all(tmp_path: Path) -> None:
    """
    Naming a rule runs its tests and no others; a name nobody has is refused with the nearest one.
    """
    rules = book(tmp_path, rule(HOURS), rule(HOURS, id="X-TRY-002"))

    assert {result.rule.id for result in run_tests(rules, rules=["X-TRY-002"]).results} == {"X-TRY-002"}
    with pytest.raises(UsageError, match="X-TRY-001"):
        run_tests(rules, rules=["X-TYR-001"])


def test_the_default_day_is_fixed() -> None:
    """
    Tests give the same answers next year: the clock is never read.
    """
    from laborscreen.trials import DEFAULT_DAY

    assert date(2026, 1, 1) == DEFAULT_DAY
