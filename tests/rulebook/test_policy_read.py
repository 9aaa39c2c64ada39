"""
Scoring policy, rates, sources and guards: read strictly, and sound in themselves.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from laborscreen.rulebook import load_rulebook
from laborscreen.rulebook.policy import BANDS
from laborscreen.values import words_of
from tests.rulebook.packs import pack, rule, told

KP = "{field: country, is: KP}"
_TOLD = "satisfied_when: {field: country, is_known: true}"
_GUARD = "guards: [{id: ACME-G-1, title: T, suppresses: [ACME-1], "


def test_the_shipped_policy_is_that_of_the_design() -> None:
    """
    Points, qualities, bands and gates are those the product promises.
    """
    policy = load_rulebook().policy

    assert policy.points == {"direct": 100, "strong": 35, "circumstantial": 15, "context": 0}
    assert policy.quality == {
        **dict.fromkeys(("document", "official", "audit"), 1.0),
        **dict.fromkeys(("supplier_statement", "internal_note"), 0.8),
        **dict.fromkeys(("media", "ngo"), 0.5),
        **dict.fromkeys(("blog", "anonymous"), 0.25),
    }
    assert set(policy.quality) == set(words_of("source_type"))
    assert policy.bands == {"info": 0, "low": 15, "medium": 35, "high": 60, "critical": 85}
    assert policy.direct_from == {"document", "official", "audit", "supplier_statement"}
    assert policy.named_person_direct_from == {"document", "official"}
    assert policy.group_cap == 40
    assert policy.evidence_kind_cap < policy.bands["medium"]
    assert policy.axis_at_most["forced_labour"] == "high"
    assert BANDS.index(policy.allegation_at_most) <= BANDS.index("medium")
    assert {tier for need in policy.needs for tier in need.tiers} == {"none", "some", "high"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("scoring: {points: {direct: 100, strong: 35, circumstantial: 40, context: 0}}", "points-out-of-order"),
        ("scoring: {points: {direct: 100, strong: 35}}", "missing-key"),
        ("scoring: {list_age: {most_days: 30, when_older: fail}}", "missing-key"),
        ("scoring: {list_age: {most_days: 30, when_older: shrug, rationale: R}}", "unknown-word"),
        ("scoring: {list_age: {most_days: 0, when_older: warn, rationale: R}}", "not-a-number"),
        ("scoring: {name_thresholds: [{at_least: 0.9}]}", "missing-key"),
        ("scoring: {name_thresholds: [{at_least: 0.4, rationale: R}]}", "value-out-of-range"),
        ("scoring: {name_thresholds: [{list: eu-fsf, at_least: 0.8, rationale: R}]}", "no-default"),
        ("scoring: {points: {direct: 100, strong: 35, circumstantial: 15, context: 0, weak: 3}}", "unknown-word"),
        ("scoring: {group_kap: 50}", "unknown-key"),
        ("scoring: {group_cap: lots}", "not-a-number"),
        ("scoring: {direct_from: [document, rumour]}", "unknown-word"),
        ("scoring: {allegation_at_most: none}", "unknown-word"),
        ("scoring: {axis_at_most: {forced_labor: high}}", "unknown-word"),
        ("scoring: {tiers: {high: [[place]]}}", "missing-key"),
        ("scoring: {tiers: {high: [[place]], some: [[]]}}", "empty-list"),
        ("scoring: {tiers: {high: [place], some: [[place]]}}", "wrong-shape"),
        (f"scoring: {{needs: [{{id: a, {_TOLD}, fields: [country], ask: Q}}]}}", "missing-key"),
        ("scoring: {needs: [{id: a, tiers: [], satisfied_when: {flagged: ACME-1}, fields: [], ask: Q}]}", "flagged-in-guard"),
        (f"scoring: {{needs: [{{id: a, tiers: [some], {_TOLD}, fields: [contry], ask: Q}}]}}", "unknown-field"),
        ("scoring: []", "wrong-shape"),
        ("rates: {as_of: 2025-12-31, source: S, usd_per_unit: {RUR: 1}}", "unknown-value"),
        ("rates: {as_of: 2025-12-31, source: S, usd_per_unit: {RUB: 0}}", "value-out-of-range"),
        ("rates: {as_of: 2025-12-31, source: S, usd_per_unit: {USD: 2}}", "value-out-of-range"),
        ("rates: {as_of: 2025-12-31, source: S, usd_per_unit: {RUB: 1/80}}", "not-a-number"),
        ("rates: {source: S, usd_per_unit: {RUB: 0.012}}", "missing-key"),
        ("sources: [{id: own, title: T, issuer: I, url: example.org, supports: S, checked: null}]", "odd-url"),
        ("sources: [{id: own, title: T, issuer: I, url: 'https://example.org', supports: S, checked: soon}]", "not-a-date"),
        ("sources: [{id: own, title: T, issuer: I, url: 'https://example.org', supports: S}]", "missing-key"),
        ("guards: [{id: ACME-G-1, title: T, suppresses: [], when: {field: country, is: KR}, because: B}]", "empty-list"),
        (_GUARD + "when: {flagged: ACME-1}, because: B}]", "flagged-in-guard"),
        (_GUARD + "when: {field: country, is: KR}, because: '{role}'}]", "unread-field"),
    ],
)  # fmt: skip
def test_a_fault_of_the_policy_is_told(written: str, expected: str, tmp_path: Path) -> None:
    """
    What is not a policy is refused, with the line.
    """
    problems = told(pack(tmp_path, rule(KP), more=written + "\n"))

    assert {(problem.id, problem.location.line) for problem in problems if problem.severity == "error"} == {
        (expected, 17)
    }


def test_dollars_are_dollars_and_other_currencies_as_written(tmp_path: Path) -> None:
    """
    The dollar need not be written; a table of one's own takes the place of the shipped one.
    """
    more = "rates: {as_of: 2026-01-31, source: Bank, usd_per_unit: {RUB: 0.0125}}\n"

    assert load_rulebook(pack(tmp_path, rule(KP), more=more)).rates.usd_per_unit == {
        "USD": 1.0,
        "RUB": 0.0125,
    }


def test_a_key_defined_in_two_files_is_told(tmp_path: Path) -> None:
    """
    Which of two policies holds is not left to the order of files.
    """
    pack(tmp_path, rule(KP), more="scoring: {group_cap: 50}\n")
    (tmp_path / "scoring.yaml").write_text("scoring: {group_cap: 60}\n", encoding="utf-8")

    assert [problem.id for problem in told(tmp_path)] == ["duplicate-key"]


def test_a_personal_attribute_needs_a_mark_and_a_legal_basis(tmp_path: Path) -> None:
    """
    Nationality and birth of a named person are read on a legal basis only; a group's on a roster is another thing.
    """
    person = "{some: people, where: {field: nationality, is: KP}}"
    marked = "    sensitive: true\n"
    based = marked + "    legal_basis: UNSCR 2397 para 8\n"

    def errors(name: str, text: str) -> set[str]:
        return {problem.id for problem in told(pack(tmp_path / name, text)) if problem.severity == "error"}

    assert errors("a", rule(person)) == {"sensitive-field"}
    assert errors("b", rule("{field: workforce.birth_country, is: KP}")) == {"sensitive-field"}
    assert errors(
        "c", rule("{field: role, is: supplier}") + "    applies_when: {field: nationality, is: KP}\n"
    ) == {"sensitive-field"}
    assert errors("d", rule(person) + marked) == {"no-legal-basis"}
    assert errors("e", rule(person) + based) == set()
    assert errors("f", rule("{field: workforce.nationality, is: KP}")) == set()


@pytest.mark.parametrize("field", ["name", "aliases", "people.name", "workforce.employer", "payments.payee"])
@pytest.mark.parametrize(
    "test", ["mentions: dprk_workers", "is: Kim", "in_list: host_countries", "differs_from: name"]
)
def test_a_name_is_for_list_comparison_alone(field: str, test: str, tmp_path: Path) -> None:
    """
    No rule can be written that concludes anything from a name.
    """
    problems = told(pack(tmp_path, rule(f"{{field: {field}, {test}}}")))

    assert [problem.id for problem in problems] == ["operator-does-not-fit"]
    assert "nobody is judged by a name" in problems[0].hint
