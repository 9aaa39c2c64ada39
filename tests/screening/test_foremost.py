"""
What a person in a hurry reads first is what decided the outcome.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from laborscreen import Screener
from laborscreen.screening import foremost

LIFTED: dict[str, Any] = {
    "id": "V-1",
    "name": "Отделка",
    "country": "RU",
    "workforce": [{"visa": "учебная", "occupation": "штукатуры", "hours_per_day": 13}],
    "observations": [
        {"source_type": "internal_note", "text": "Въехали группой через Хасан, сопровождает старший"}
    ],
}


@pytest.fixture(scope="module")
def screener() -> Screener:
    """
    The shipped rulebook on a fixed day.
    """
    return Screener(as_of=date(2026, 6, 30))


def test_the_gravest_axis_comes_before_more_points(screener: Screener) -> None:
    """
    A flag of 35 points on a medium axis stands behind the one that lifted another axis to high.
    """
    found = screener.screen(LIFTED)
    lifted = next(name for name, axis in found.axes.items() if axis.band == "high")

    first = foremost(found)

    assert found.flags[0].axis != lifted
    assert first[0].axis == lifted
    assert found.axes[lifted].held.startswith(first[0].rule)
    assert {flag.rule for flag in first} == {flag.rule for flag in found.flags if flag.points}


def test_context_is_told_only_where_nothing_scores(screener: Screener) -> None:
    """
    An exposed place is the first reason of a record about which nothing else is known, and of no other.
    """
    found = screener.screen({"id": "V-2", "name": "Works", "country": "RU"})

    assert foremost(found)
    assert {flag.strength for flag in foremost(found)} == {"context"}


def test_what_is_set_aside_is_no_reason(screener: Screener) -> None:
    """
    A suppressed flag is never among the reasons.
    """
    crew = {"nationality": "KP", "headcount": 4, "exemption": "committee_approval"}
    found = screener.screen({"id": "V-3", "name": "Works", "country": "RU", "workforce": [crew]})

    assert any(flag.status == "suppressed" for flag in found.flags)
    assert all(flag.status == "raised" for flag in foremost(found))
