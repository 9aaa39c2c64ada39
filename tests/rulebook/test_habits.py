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


def _both(*conditions: str) -> str:
    return f"{{all: [{', '.join(conditions)}]}}"


_LONG = "{field: hours_per_day, at_least: 20}"
_STUDENTS = "{some: workforce, where: {field: visa, is: student}}"


@pytest.mark.parametrize(
    ("when", "never"),
    [
        (_where(_LONG, "{field: hours_per_day, at_most: 10}"), True),
        (_where("{field: hours_per_day, above: 12}", "{field: hours_per_day, below: 12}"), True),
        (_where("{field: hours_per_day, above: 12}", "{field: hours_per_day, at_most: 12}"), True),
        (_where("{field: hours_per_day, at_least: 12}", "{field: hours_per_day, at_most: 12}"), False),
        (_where(_LONG, "{field: hours_per_week, at_most: 10}"), False),
        (_where("{field: visa, is: student}", "{field: visa, is: tourist}"), True),
        (_where("{field: visa, is_one_of: [student, trainee]}", "{field: visa, is: tourist}"), True),
        (_where("{field: visa, is_one_of: [student, tourist]}", "{field: visa, is: tourist}"), False),
        (_where("{field: ends, before: 2017-09-11}", "{field: ends, on_or_after: 2019-12-22}"), True),
        (_where("{field: ends, on_or_after: 2017-09-11}", "{field: ends, before: 2019-12-22}"), False),
        (_where("{all: [{field: visa, is: student}]}", "{all: [{field: visa, is: tourist}]}"), True),
        (_both(_STUDENTS, "{field: workforce.visa, is: tourist}"), False),
        ("{all: [{field: remote_work.login_countries, is: KP}, {field: remote_work.login_countries, is: CN}]}", False),
        ("{any: [{field: role, is: supplier}, {field: role, is: freelancer}]}", False),
        (_where(_LONG, "{any: [{field: hours_per_day, below: 4}, {field: hours_per_day, is: 6}]}"), True),
        (_where(_LONG, "{any: [{field: hours_per_day, below: 4}, {field: visa, is: student}]}"), False),
        (_where(_LONG, "{not: {field: hours_per_day, above: 12}}"), True),
        (_where(_LONG, "{not: {field: hours_per_day, below: 12}}"), False),
        (_where(_LONG, "{field: hours_per_day, is_known: false}"), True),
        (_where("{field: hours_per_day, at_least: 20, if_missing: match}", "{field: hours_per_day, is_known: false}"), False),
        (_where("{field: visa, is: student, if_missing: match}", "{field: visa, is: tourist, if_missing: match}"), False),
        (_where("{field: visa, is: student}", "{not: {field: visa, is: student}}"), True),
        (_where("{field: manual, is: true}", "{not: {field: manual, is: true}}"), True),
        (_both(_STUDENTS, _STUDENTS.replace("some", "none")), True),
        (_both(_STUDENTS, _STUDENTS.replace("some", "none").replace("student", "tourist")), False),
        ("{all: [{count: workforce, at_least: 3}, {count: workforce, below: 2}]}", True),
        ("{all: [{count: workforce, at_least: 3}, {count: payments, below: 2}]}", False),
        ("{not: {any: [{field: role, is: supplier}, {not: {field: role, is: supplier}}]}}", True),
        ("{at_least: 2, of: [{field: role, is: supplier}, {field: role, is: freelancer}]}", True),
        ("{at_least: 1, of: [{field: role, is: supplier}, {field: role, is: freelancer}]}", False),
        ("{none: workforce, where: {all: [{field: visa, is: student}, {field: visa, is: tourist}]}}", True),
        ("{none: workforce, where: {any: [{field: visa, is: student}, {field: visa, is: tourist}]}}", False),
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
        ("{field: country, is_one_of: [KP, RU]}", True),
        ("{field: country, is_known: true}", True),
        ("{field: addresses.country, is_known: true}", False),
        ("{some: workforce, where: {field: hours_per_day, at_least: 12}}", True),
        ("{some: workforce, where: {field: hours_per_day, at_least: 18}}", False),
        ("{some: payments, where: {field: method, is_known: true}}", False),
    ],
)
def test_a_rule_that_a_guard_always_suppresses_is_told(guard: str, shadowed: bool, tmp_path: Path) -> None:
    """
    A guard that holds whenever the rule does leaves nothing of it.
    """
    more = f"guards:\n  - {{id: ACME-G-1, title: T, suppresses: [own_group], when: {guard}, because: B}}\n"
    crew = "{some: workforce, where: {field: hours_per_day, at_least: 16}}"
    when = f"{{all: [{{field: country, is: KP}}, {{field: role, is_known: true}}, {crew}]}}"

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


def test_a_rule_that_cannot_match_where_it_applies_is_told(tmp_path: Path) -> None:
    """
    `applies_when` and `when` must have something in common.
    """
    apart = rule("{field: role, is: supplier}") + "    applies_when: {field: role, is: freelancer}\n"
    sound = rule("{field: country, is: KP}") + "    applies_when: {field: role, is: freelancer}\n"

    assert _warned(pack(tmp_path / "a", apart)) == {"never-met"}
    assert _warned(pack(tmp_path / "b", sound)) == set()


def test_the_same_line_twice_in_one_condition_is_told(tmp_path: Path) -> None:
    """
    A line copied and not changed is told; the same line in another list of conditions is in order.
    """
    one, other = "{field: country, is: KP}", "{field: role, is: supplier}"
    twice = f"{{any: [{one}, {other}, {one}]}}"
    apart = f"{{any: [{{all: [{one}, {other}]}}, {{all: [{one}, {{field: kind, is: person}}]}}]}}"

    assert _warned(pack(tmp_path / "a", rule(twice))) == {"repeated-condition"}
    assert _warned(pack(tmp_path / "b", rule(apart))) == set()


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("south korean", True),
        ("대한민국", True),
        ("южнокорейск*", True),
        ("корейц*", True),
        ("朝鲜族", True),
        ("koryo-saram", True),
        ("korean workers", True),
        ("north korean", False),
        ("северокорейск*", False),
        ("조선소", False),
        ("peninsula", False),
    ],
)
def test_a_term_that_names_other_koreans_is_told(term: str, told: bool, tmp_path: Path) -> None:
    """
    Terms for South Koreans, for Koreans of other States and for "Korea" alone are told; terms for the DPRK are not.
    """
    more = f"lists:\n  - {{id: own, title: Own, match: whole_word, terms: ['{term}']}}\n"
    folder = pack(tmp_path, rule("{field: activities, mentions: own}"), more=more)

    assert _warned(folder) == ({"south-korean-term"} if told else set())


@pytest.mark.parametrize("match", ["whole_word", "exact"])
def test_a_term_of_two_alphabets_is_told(match: str, tmp_path: Path) -> None:
    """
    A Cyrillic letter in a Latin word is told in lists of words and in lists of values; two words of two alphabets are not.
    """
    test = (
        "{field: activities, mentions: own}"
        if match == "whole_word"
        else "{field: observations.source, in_list: own}"
    )
    more = "lists:\n  - {{id: own, title: Own, match: {}, terms: ['{}']}}\n"

    mixed = pack(tmp_path / "a", rule(test), more=more.format(match, "pаssport"))
    apart = pack(tmp_path / "b", rule(test), more=more.format(match, "паспорт passport"))

    assert _warned(mixed) == {"mixed-scripts"}
    assert _warned(apart) == set()
