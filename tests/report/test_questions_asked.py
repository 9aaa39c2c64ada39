"""
Which questions are sent, held over all example records and sparse ones made of them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from laborscreen import Screener
from laborscreen.report import Chooser

EXAMPLES = Path(__file__).parents[2] / "examples" / "due_diligence.jsonl"
CREW = {
    "nationality": "UZ", "headcount": 12, "hours_per_day": 8, "rest_days_per_year": 104, "lodging": "own",
    "documents_held_by": "worker", "pay_recipient": "worker", "visa": "work", "movement": "free",
}  # fmt: skip

Told = dict[str, Any]


@pytest.fixture(scope="module")
def screener() -> Screener:
    """
    The shipped rulebook on a fixed day.
    """
    return Screener(as_of=date(2026, 6, 30))


def sparse(told: Told, chance: random.Random) -> Told:
    """
    Return a record of which much is not told.
    """
    left: Told = {"id": told["id"], "name": told["name"]}
    for key, value in told.items():
        if key in left or chance.random() < 0.5:
            continue
        if isinstance(value, list) and isinstance(value[0], dict):
            entries = [{name: one[name] for name in one if chance.random() < 0.4} for one in value[:2]]
            left |= {key: some} if (some := [one for one in entries if one]) else {}
        else:
            left[key] = value
    return left


def records(seed: int) -> Iterator[Told]:
    """
    Return the example records, a sparse form of each, and crews in places without and with exposure.
    """
    chance = random.Random(seed)
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        yield told
        yield sparse(told, chance)
    for country in ("FR", "PL", "UZ", "AE"):
        for _ in range(4):
            crew = {key: value for key, value in CREW.items() if chance.random() < 0.7}
            yield {"id": "R", "name": "Works", "country": country, "workforce": [crew]}


def answered(told: Told, answer: Mapping[str, Any]) -> Told:
    """
    Return the record with what an answer adds; what is told stays, and what others observed is not touched.
    """
    made = dict(told)
    for key, value in answer.items():
        have = told.get(key)
        if key in {"id", "name"}:
            continue
        if not have and have is not False:
            made[key] = value
        elif key == "observations":
            made[key] = [*have, *value]
        elif isinstance(value, list) and isinstance(value[0], dict) and isinstance(have, list):
            made[key] = [{**value[0], **have[0]}, *have[1:]]
        elif isinstance(value, dict) and isinstance(have, dict):
            made[key] = {**value, **have}
    return made


def worst_answers(screener: Screener, rule: str) -> list[Mapping[str, Any]]:
    """
    Return the records with which a rule's own tests expect it to match.
    """
    return [test.record for test in screener.rulebook.by_id[rule].tests if test.expect == "match"]


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_not_asked_changes_no_outcome(screener: Screener, seed: int) -> None:
    """
    Whatever would make a rule match that is not asked about, the outcome stays.
    """
    chooser, tried = Chooser(screener.rulebook), 0
    for told in records(seed):
        before = screener.screen(told)
        asked = {gap.rule for gap in chooser.questions(before)}
        if before.outcome == "refer":
            assert asked == set()
            continue
        for gap in before.gaps:
            if gap.rule not in asked:
                for answer in worst_answers(screener, gap.rule):
                    tried += 1
                    assert screener.screen(answered(told, answer)).outcome == before.outcome, (told, gap.rule)

    assert tried


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_asked_can_change_the_outcome(screener: Screener, seed: int) -> None:
    """
    The worst answers, each alone and one after another, change the outcome.

    Records are left out where some of the answers cannot stand beside what is told, so that their rules do not match.
    """
    chooser, changed = Chooser(screener.rulebook), 0
    for told in records(seed):
        before = screener.screen(told)
        asked = {gap.rule for gap in chooser.questions(before)} & screener.rulebook.by_id.keys()
        outcomes, matched, filled = {before.outcome}, set[str](), told
        for rule in sorted(asked):
            answer = worst_answers(screener, rule)[0]
            filled = answered(filled, answer)
            for after in (screener.screen(filled), screener.screen(answered(told, answer))):
                outcomes.add(after.outcome)
                matched |= {flag.rule for flag in after.flags if flag.status == "raised"}
        changed += len(outcomes) > 1
        assert len(outcomes) > 1 or not asked or asked - matched, (told, asked)

    assert changed >= 3
