"""
Mutation: which small changes of a rulebook no test would notice.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from laborscreen.rulebook import Rulebook, load_rulebook
from laborscreen.trials import mutate, run_tests
from tests.trials.test_rule_tests import HOURS, book, rule

TIGHT = """
when: {some: workforce, where: {field: hours_per_day, at_least: 16}}
tests:
  - {name: just, expect: match, record: {workforce: [{hours_per_day: 16}]}}
  - {name: just not, expect: no_match, record: {workforce: [{hours_per_day: 15}]}}
  - {name: silent, expect: unknown, record: {workforce: [{headcount: 4}]}}
"""


def survivors(rules: Rulebook) -> list[tuple[str, str]]:
    """
    Return what changes pass unnoticed.
    """
    return [(mutant.kind, mutant.told) for mutant in mutate(rules).survivors]


def test_loose_tests_let_a_threshold_move(tmp_path: Path) -> None:
    """
    With 18 and 8 hours tried, a limit of 15, 16 or 17 is all the same.
    """
    found = mutate(book(tmp_path, rule(HOURS)))

    assert [mutant.told for mutant in found.survivors] == [
        "hours_per_day is at least 16 -> is at least 17",
        "hours_per_day is at least 16 -> is at least 15",
        "hours_per_day is at least 16 -> is above 16",
    ]
    assert found.by_kind == {"threshold": (4, 1), "negation": (1, 1), "word": (0, 0), "term": (0, 0)}
    assert found.score == 40


def test_tests_at_the_limit_hold_it(tmp_path: Path) -> None:
    """
    With 16 and 15 hours tried, no change passes.
    """
    assert survivors(book(tmp_path, rule(TIGHT))) == []


def test_a_test_of_a_rule_that_looks_at_the_flag_counts(tmp_path: Path) -> None:
    """
    What only a combination's test would notice is noticed.
    """
    combined = """
when: {all: [{flagged: X-TRY-001}, {field: country, is: RU}]}
tests:
  - {name: just, expect: match, record: {country: RU, workforce: [{hours_per_day: 16}]}}
  - {name: just not, expect: no_match, record: {country: RU, workforce: [{hours_per_day: 15}]}}
"""
    found = mutate(book(tmp_path, rule(HOURS), rule(combined, id="X-TRY-002")))
    moved = next(mutant for mutant in found.mutants if mutant.told.endswith("is at least 17"))

    assert moved.noticed_by == "X-TRY-002: just"


THREE = "[{headcount: 1}, {headcount: 2}, {headcount: 3}]"


@pytest.mark.parametrize(
    ("when", "told", "survives"),
    [
        ("{field: country, is_one_of: [RU, FR]}", "country is one of: without FR", True),
        ("{field: country, is_one_of: [RU, FR]}", "country is one of: without RU", False),
        ("{field: founded, before: 2020-01-01}", "founded is before 2020-01-01 -> is on or after 2020-01-01", False),
        ("{field: founded, before: 2020-01-01}", "founded is before 2020-01-01 -> is before 2020-01-02", True),
        ("{count: workforce, above: 1}", "the number of entries of workforce is above 1 -> is above 2", True),
        ("{at_least: 1, of: [{field: country, is: RU}, {field: founded, before: 2020-01-01}]}",
         "at least 1 of -> at least 2 of", False),
    ],
)  # fmt: skip
def test_each_kind_of_condition_is_changed(tmp_path: Path, when: str, told: str, survives: bool) -> None:
    """
    Words, days, figures and counts are changed too, and a change is noticed exactly when a test turns on it.
    """
    body = f"""
when: {when}
tests:
  - {{name: there, expect: match, record: {{country: RU, founded: 2001-02-03, workforce: {THREE}}}}}
  - {{name: elsewhere, expect: no_match, record: {{country: DE, founded: 2024-01-01, workforce: [{{headcount: 1}}]}}}}
  - {{name: half, expect: match, record: {{country: RU, founded: 2019-01-01, workforce: {THREE}}}}}
  - {{name: only the country, expect: match, record: {{country: RU, founded: 2024-01-01, workforce: {THREE}}}}}
"""
    if "before" in when and "at_least" not in when:
        body = "\n".join(line for line in body.splitlines() if "only the country" not in line)
    found = {mutant.told: mutant.survived for mutant in mutate(book(tmp_path, rule(body))).mutants}

    assert found[told] is survives


def test_a_rule_whose_test_fails_is_left_out_and_named(tmp_path: Path) -> None:
    """
    A test that fails before anything is changed can notice nothing.
    """
    wrong = HOURS.replace("name: short, expect: no_match", "name: short, expect: match")

    found = mutate(book(tmp_path, rule(wrong)))

    assert (found.failing, found.mutants) == (("X-TRY-001",), ())


LISTS = """\
lists:
  - {id: kept, title: Papers kept, match: whole_word, terms: [papers kept, papers kept back, keep passport*, ledger]}
  - {id: towns, title: Towns, match: exact, terms: [RU-PRI, RU-KHA, RU-SAK]}
"""
LISTED = """
when:
  any:
    - {field: observations.text, mentions: kept}
    - {field: addresses.region, in_list: towns, if_missing: no_match}
tests:
  - {name: kept, expect: match, record: {observations: [{text: They keep passports there.}]}}
  - {name: twice, expect: match, record: {observations: [{text: The papers kept back.}]}}
  - {name: denied, expect: no_match, record: {observations: [{text: No ledger was found.}]}}
  - {name: town, expect: match, record: {addresses: [{region: RU-KHA}], observations: [{text: Quiet.}]}}
  - {name: silent, expect: unknown, record: {country: FR}}
"""


def test_dropped_terms_are_judged_as_if_the_list_were_written_without_them(tmp_path: Path) -> None:
    """
    For every term the answer is that of a rulebook whose list lacks it: the short cut loses nothing.
    """
    (tmp_path / "lists.yaml").write_text(LISTS, encoding="utf-8")
    rules = book(tmp_path, rule(LISTED))
    found = {mutant.told: mutant.survived for mutant in mutate(rules).mutants if mutant.kind == "term"}
    by_hand = {}
    for name in ("kept", "towns"):
        listed = rules.lists[name]
        for term in listed.terms:
            lesser = replace(listed, terms=tuple(one for one in listed.terms if one is not term))
            without = replace(rules, lists={**rules.lists, name: lesser})
            by_hand[f"without “{term.text}”"] = run_tests(without).passed

    assert found == by_hand
    assert [told for told, survived in found.items() if not survived] == [
        "without “keep passport*”",
        "without “RU-KHA”",
    ]


def test_shipped_rules_can_be_changed_one_by_one() -> None:
    """
    Of a shipped rule every test that is turned round is noticed.
    """
    found = mutate(load_rulebook(), rules=["LS-HRS-003", "LS-NAT-001"])

    assert found.failing == ()
    assert found.by_kind["negation"][0] == found.by_kind["negation"][1] > 3
