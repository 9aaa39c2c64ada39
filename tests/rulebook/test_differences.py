"""
What changed between two rulebooks is told in words, by kind, with the direction where it is certain.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from laborscreen.rulebook import RulebookDiff, compare_rulebooks, load_rulebook
from tests.rulebook.packs import pack, rule

HOURS = "{some: workforce, where: {all: [{field: hours_per_day, at_least: 16}, {field: rest_days_per_year, at_most: 12}]}}"


def compared(tmp_path: Path, old: str, new: str, *, more: tuple[str, str] = ("", "")) -> RulebookDiff:
    """Compare two rulebooks."""
    before = load_rulebook(pack(tmp_path / "old", old, more=more[0]), include=("stable", "test", "draft"))
    after = load_rulebook(pack(tmp_path / "new", new, more=more[1]), include=("stable", "test", "draft"))
    return compare_rulebooks(before, after)


@pytest.mark.parametrize(
    ("old", "new", "words", "effect"),
    [
        (
            "at_least: 16",
            "at_least: 14",
            "the hours per day is at least 16 hours -> at least 14 hours",
            "matches more",
        ),
        (
            "at_least: 16",
            "at_least: 18",
            "the hours per day is at least 16 hours -> at least 18 hours",
            "matches fewer",
        ),
        (
            "at_most: 12",
            "at_most: 24",
            "the rest days per year is at most 12 days -> at most 24 days",
            "matches more",
        ),
        ("at_least: 16", "above: 16", "the hours per day is at least 16 hours -> more than 16 hours", ""),
        (
            ", {field: rest_days_per_year, at_most: 12}",
            "",
            "no longer asked: the rest days per year is at most 12 days",
            "matches more",
        ),
        ("all:", "any:", None, ""),
    ],
)
def test_a_changed_condition_is_told_with_its_direction(
    tmp_path: Path, old: str, new: str, words: str | None, effect: str
) -> None:
    """
    A moved threshold and a test taken out are told with the field, both values, and whether more or fewer records match.
    """
    found = compared(tmp_path, rule(HOURS), rule(HOURS.replace(old, new)))

    (moved,) = found.of_kind("judgement")
    assert (moved.about, moved.effect) == ("ACME-1", effect)
    assert words is None or moved.words == words
    assert found.not_raised == ("ACME-1",)


def test_under_a_not_the_direction_turns(tmp_path: Path) -> None:
    """
    What lets more through inside `not` and `none` lets fewer through outside.
    """
    old = "{not: {field: contracts.tiers, at_least: 3}}"
    found = compared(tmp_path, rule(old), rule(old.replace("3", "2")))

    assert [one.effect for one in found.of_kind("judgement")] == ["matches fewer"]


def test_a_raised_version_is_told_and_content(tmp_path: Path) -> None:
    """
    A changed condition under a higher version raises no objection; a changed title is wording and needs none.
    """
    raised = (
        rule(HOURS.replace("16", "14")).replace("version: 1", "version: 2").replace("A rule", "Another title")
    )

    found = compared(tmp_path, rule(HOURS), raised)

    assert found.not_raised == ()
    assert ("version 1 -> 2") in [one.words for one in found.of_kind("ground")]
    assert [one.words for one in found.of_kind("wording")] == ["title: “A rule” -> “Another title”"]


def test_rules_statuses_and_strengths_are_told(tmp_path: Path) -> None:
    """
    A rule added, one removed, a status and a strength changed: each in its own sentence.
    """
    kp = "{field: country, is: KP}"
    old = rule(kp) + rule(kp, id="ACME-2") + rule(kp, id="ACME-3")
    new = rule(kp, status="test", strength="circumstantial") + rule(kp, id="ACME-2") + rule(kp, id="ACME-4")

    told = {(one.about, one.words) for one in compared(tmp_path, old, new).differences}

    assert told == {
        ("ACME-1", "status stable -> test: it no longer scores"),
        ("ACME-1", "strength: strong -> circumstantial"),
        ("ACME-3", "removed: “A rule” (stable, strong on concealment)"),
        ("ACME-4", "added: “A rule” (stable, strong on concealment)"),
    }


def test_terms_policy_guards_and_exceptions_are_told(tmp_path: Path) -> None:
    """
    Terms come with the rules that use their list; policy, guards, rates, sources and exceptions with both values.
    """
    base = """\
lists: [{{id: own, title: Own, match: whole_word, terms: [{terms}]}}]
scoring: {{group_cap: {cap}}}
exceptions: [{{rule: ACME-1, record: V-1, reason: Lease seen., approver: Head, expires: {expires}}}]
guards: [{{id: ACME-G1, title: A guard, suppresses: [ACME-1], when: {{field: country, is: {guard}}}, because: Known.}}]
"""
    when = "{any: [{field: activities, mentions: own}, {field: country, is: KP}]}"
    was = base.format(terms="night shift, double shift", cap=40, expires="2027-01-01", guard="FR")
    now = base.format(terms="night shift, long shift, third shift", cap=50, expires="2027-06-30", guard="DE")

    found = compared(tmp_path, rule(when), rule(when), more=(was, now))

    assert {(one.about, one.words) for one in found.of_kind("judgement")} == {
        ("own", "2 terms added: long shift, third shift (used by ACME-1)"),
        ("own", "term removed: double shift (used by ACME-1)"),
        ("ACME-G1", "the country is FR -> DE"),
        ("scoring group_cap", "40 -> 50"),
        ("ACME-1 for V-1", "exception until 2027-01-01, Head -> until 2027-06-30, Head: Lease seen."),
    }
    assert found.not_raised == ()


def test_layout_and_comments_are_no_change(tmp_path: Path) -> None:
    """
    Another layout, other comments and another file name say the same.
    """
    spread = rule(HOURS).replace("    status: stable\n", "    # a comment\n    status:   stable\n\n")

    assert compared(tmp_path, rule(HOURS), spread).differences == ()
