"""The fairness set: nobody is flagged for a name, a script, a birthplace or a language."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from laborscreen.screening import Assessment, Screener

SET = Path(__file__).with_name("people_and_firms.jsonl")
BANDS = ("info", "low", "medium", "high", "critical")
DAY = date(2026, 6, 1)


@lru_cache(maxsize=1)
def lines() -> tuple[Mapping[str, Any], ...]:
    """Return the set."""
    return tuple(json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines())


@lru_cache(maxsize=1)
def screened() -> Mapping[str, Assessment]:
    """Return what the shipped rulebook says of each line, by its rules alone; lists are looked at further below."""
    screener = Screener(watchlists=())
    return {line["id"]: screener.screen(line["record"], as_of=DAY) for line in lines()}


def groups() -> list[str]:
    """Return the groups of the set."""
    return sorted({line["group"] for line in lines()})


def test_the_set_is_large_and_varied() -> None:
    """The set holds at least 400 records of at least 20 groups, and pairs of all four kinds."""
    assert len(lines()) >= 400
    assert len(groups()) >= 20
    assert {line["differs"] for line in lines() if "differs" in line} == {
        "name",
        "script",
        "birthplace",
        "language",
    }


@pytest.mark.parametrize("group", groups())
def test_nobody_of_a_group_is_accused(group: str) -> None:
    """No member of the group stands above the band that is fair for it on dprk_nexus."""
    accused = [
        (line["id"], screened()[line["id"]].axes["dprk_nexus"].band)
        for line in lines()
        if line["group"] == group
        and line["at_most"]
        and BANDS.index(screened()[line["id"]].axes["dprk_nexus"].band) > BANDS.index(line["at_most"])
    ]
    assert accused == []


def test_a_swap_changes_nothing() -> None:
    """Two records that differ only in a name, a script, a birthplace or a language get the same scores and outcome."""
    pairs: dict[str, list[tuple[str, dict[str, float], dict[str, str]]]] = defaultdict(list)
    for line in lines():
        if "pair" in line:
            found = screened()[line["id"]]
            scores = {name: axis.score for name, axis in found.axes.items()}
            bands = {name: axis.band for name, axis in found.axes.items()}
            pairs[line["pair"]].append((found.outcome, scores, bands))
    assert all(len(both) == 2 for both in pairs.values())
    assert [name for name, (one, other) in pairs.items() if one != other] == []


def test_flag_rates_by_group_are_told(tell: Callable[[str], None]) -> None:
    """How many of each group get points on dprk_nexus is printed; none does but for conduct."""
    sizes: Counter[str] = Counter()
    scored: Counter[str] = Counter()
    raised: Counter[str] = Counter()
    for line in lines():
        found = screened()[line["id"]]
        sizes[line["group"]] += 1
        scored[line["group"]] += found.axes["dprk_nexus"].score > 0
        raised[line["group"]] += found.outcome in ("refer", "review")
    told = [f"{'group':<24}{'records':>8}{'dprk points':>13}{'review or refer':>17}"]
    told += [f"{group:<24}{sizes[group]:>8}{scored[group]:>13}{raised[group]:>17}" for group in sorted(sizes)]
    tell("\n".join(told))
    assert {group for group, number in scored.items() if number} <= {"pairs_conduct"}


def test_a_list_raises_only_namesakes() -> None:
    """
    With the embedded list those alone are raised whose name is by its sounds a listed one; to review at most.
    """
    screener = Screener()
    met: dict[str, str] = {}
    for line in lines():
        found = screener.screen(line["record"], as_of=DAY)
        before = screened()[line["id"]]
        if found.outcome != before.outcome:
            assert found.outcome == "review"
            shown = [item for flag in found.flags for item in flag.evidence if item.listed is not None]
            assert all(item.listed is not None and item.listed.standing == "possible match" for item in shown)
            met |= {item.seen: item.listed.name.casefold() for item in shown if item.listed is not None}

    assert set(met) == {
        "金光日",
        "김광일",
    }  # Kim Kwang Il is one of the commonest names there are, and a listed one
