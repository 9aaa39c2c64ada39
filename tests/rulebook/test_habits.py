"""
Warnings of habits, each beside a look-alike that is in order.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from laborscreen.rulebook import check_rulebook, load_rulebook
from tests.rulebook.packs import DAY, pack, rule

_SOURCE = "sources:\n  - {{id: own, title: Own, issuer: Us, url: 'https://example.org', supports: All, checked: {checked}}}\n"
_EXCEPTION = (
    "exceptions:\n  - {{rule: ACME-1, record: V-1, reason: Seen, approver: Head, expires: {expires}}}\n"
)


def _warned(folder: Path) -> set[str]:
    problems = check_rulebook(folder, today=DAY)
    assert all(problem.severity == "warning" for problem in problems), problems
    return {problem.id for problem in problems}


def _where(*tests: str) -> str:
    return f"{{some: workforce, where: {{all: [{', '.join(tests)}]}}}}"


@pytest.mark.parametrize(
    ("when", "never"),
    [
        (_where("{field: hours_per_day, at_least: 20}", "{field: hours_per_day, at_most: 10}"), True),
        (_where("{field: hours_per_day, above: 12}", "{field: hours_per_day, below: 12}"), True),
        (_where("{field: hours_per_day, above: 12}", "{field: hours_per_day, at_most: 12}"), True),
        (_where("{field: hours_per_day, at_least: 12}", "{field: hours_per_day, at_most: 12}"), False),
        (_where("{field: hours_per_day, at_least: 20}", "{field: hours_per_week, at_most: 10}"), False),
        (_where("{field: visa, is: student}", "{field: visa, is: tourist}"), True),
        (_where("{field: visa, is_one_of: [student, trainee]}", "{field: visa, is: tourist}"), True),
        (_where("{field: visa, is_one_of: [student, tourist]}", "{field: visa, is: tourist}"), False),
        (_where("{field: ends, before: 2017-09-11}", "{field: ends, on_or_after: 2019-12-22}"), True),
        (_where("{field: ends, on_or_after: 2017-09-11}", "{field: ends, before: 2019-12-22}"), False),
        (_where("{all: [{field: visa, is: student}]}", "{all: [{field: visa, is: tourist}]}"), True),
        ("{all: [{field: workforce.visa, is: student}, {some: workforce, where: {field: visa, is: tourist}}]}", False),
        ("{all: [{field: remote_work.login_countries, is: KP}, {field: remote_work.login_countries, is: CN}]}", False),
        ("{any: [{field: role, is: supplier}, {field: role, is: freelancer}]}", False),
    ],
)  # fmt: skip
def test_a_rule_that_can_never_match_is_told(when: str, never: bool, tmp_path: Path) -> None:
    """
    Two figures or words that exclude each other are told, in one entry and not across entries or lists of values.
    """
    assert ("never-met" in _warned(pack(tmp_path, rule(when)))) is never


@pytest.mark.parametrize(
    ("guard", "shadowed"),
    [
        ("{field: country, is: KP}", True),
        ("{any: [{field: country, is: KP}, {field: role, is: supplier}]}", True),
        ("{field: role, is: supplier}", False),
        ("{all: [{field: country, is: KP}, {field: kind, is: person}]}", False),
    ],
)
def test_a_rule_that_a_guard_always_suppresses_is_told(guard: str, shadowed: bool, tmp_path: Path) -> None:
    """
    A guard that holds whenever the rule does leaves nothing of it.
    """
    more = f"guards:\n  - {{id: ACME-G-1, title: T, suppresses: [own_group], when: {guard}, because: B}}\n"
    when = "{all: [{field: country, is: KP}, {field: role, is_known: true}]}"

    assert ("shadowed" in _warned(pack(tmp_path, rule(when), more=more))) is shadowed


@pytest.mark.parametrize(
    ("checked", "expected"),
    [
        ("2025-11-22", {"stale-reference"}),
        ("2025-11-23", set()),
        ("2026-11-23", set()),
        ("2026-11-24", {"checked-in-future"}),
    ],
)
def test_a_source_not_looked_at_for_a_year_is_told(checked: str, expected: set[str], tmp_path: Path) -> None:
    """
    Sources that stable rules rest on are to be opened again every year.
    """
    own = rule("{field: country, is: KP}").replace("source: ilo-indicators", "source: own")

    assert _warned(pack(tmp_path, own, more=_SOURCE.format(checked=checked))) == expected


@pytest.mark.parametrize(
    ("expires", "expected"),
    [
        ("2026-11-22", {"expired-exception"}),
        ("2026-11-23", {"exception-ends-soon"}),
        ("2026-12-23", {"exception-ends-soon"}),
        ("2026-12-24", set()),
    ],
)
def test_exceptions_are_told_before_and_after_their_end(
    expires: str, expected: set[str], tmp_path: Path
) -> None:
    """
    An exception holds to the end of its last day.
    """
    folder = pack(tmp_path, rule("{field: country, is: KP}"), more=_EXCEPTION.format(expires=expires))

    assert _warned(folder) == expected
    (entry,) = load_rulebook(folder).exceptions
    assert entry.expired(DAY) is (expected == {"expired-exception"})


def test_a_floor_above_the_policy_is_told(tmp_path: Path) -> None:
    """
    Forced labour tops out at high, so a floor of critical says nothing.
    """
    lifted = rule("{field: country, is: KP}") + "    floor: {forced_labour: critical}\n"
    sound = rule("{field: country, is: KP}") + "    floor: {forced_labour: high}\n"

    assert _warned(pack(tmp_path / "a", lifted)) == {"floor-above-limit"}
    assert _warned(pack(tmp_path / "b", sound)) == set()


def test_a_rule_whose_time_has_passed_is_told(tmp_path: Path) -> None:
    """
    A rule that ended yesterday is either retired or wrongly dated.
    """
    ended, day = rule("{field: country, is: KP}"), "    valid_to: {}\n"

    assert _warned(pack(tmp_path / "a", ended + day.format("2026-11-22"))) == {"no-longer-valid"}
    assert _warned(pack(tmp_path / "b", ended + day.format("2026-11-23"))) == set()


def test_the_same_condition_under_another_title_is_told(tmp_path: Path) -> None:
    """
    Two rules that ask the same would count one fact twice; another figure is another question.
    """
    same = (rule("{field: country, is: KP}"), rule("{field: country,   is: 'KP'}", id="ACME-2"))
    other = (rule("{field: country, is: KP}"), rule("{field: country, is: RU}", id="ACME-2"))

    assert _warned(pack(tmp_path / "a", *same)) == {"same-condition"}
    assert _warned(pack(tmp_path / "b", *other)) == set()


def test_curly_quotes_in_a_term_are_told(tmp_path: Path) -> None:
    """
    A term copied from a word processor keeps its quotation marks, and is never found.
    """
    more = "lists:\n  - {id: own, title: Own, match: whole_word, terms: ['“long shift”', night shift]}\n"

    assert "curly-quotes" in _warned(pack(tmp_path, rule("{field: activities, mentions: own}"), more=more))
