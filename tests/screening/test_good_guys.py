"""
A good-guy entry says that one record's party is not one listed party, and nothing more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from laborscreen import Screener, load_rulebook
from laborscreen.rulebook import ExceptionEntry, Rulebook
from laborscreen.screening import Assessment, Flag
from laborscreen.source import Location

DAY = date(2026, 6, 30)
RULE = "LS-COR-001"
TOLD: dict[str, Any] = {"id": "V-1", "name": "Korea Kwangson Banking Corp", "country": "CN"}


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    """
    The shipped rulebook.
    """
    return load_rulebook()


def hit(assessment: Assessment) -> Flag:
    """
    Return the flag of the name that met the list.
    """
    return next(flag for flag in assessment.flags if flag.rule == RULE)


def cleared(rulebook: Rulebook, found: Flag, **change: Any) -> Screener:
    """
    Return a screener that has a good-guy entry for each listed party the flag met, changed as told.
    """
    entries = [
        replace(
            ExceptionEntry(
                RULE, "V-1", "register extract seen", "Head of compliance", date(2027, 3, 31),
                Location("exceptions.yaml", 1, 1), one.entry or "", one.listed.fingerprint_record, one.listed.fingerprint,
            ),
            **change,
        )
        for one in found.evidence
        if one.listed is not None
    ]  # fmt: skip
    return Screener(rules=replace(rulebook, exceptions=tuple(entries)), as_of=DAY)


@pytest.fixture(scope="module")
def found(shipped: Rulebook) -> Flag:
    """
    The flag before anybody cleared it.
    """
    return hit(Screener(rules=shipped, as_of=DAY).screen(TOLD))


def test_a_cleared_hit_stays_visible(shipped: Rulebook, found: Flag) -> None:
    """
    With an entry for every listed party it met, a hit counts nothing, says who cleared it and why, and is still told.
    """
    flag = hit(cleared(shipped, found).screen(TOLD))

    assert found.status == "raised"
    assert (flag.status, flag.points) == ("excepted", 0.0)
    assert flag.set_aside_by == "Head of compliance"
    assert "register extract seen" in flag.set_aside_because
    assert all(one.listed.cleared for one in flag.evidence if one.listed)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"expires": date(2026, 6, 29)}, "expired on 2026-06-29"),
        ({"fingerprint_entry": "sha256:0"}, "the list says something else"),
        ({"fingerprint_record": "sha256:0"}, "the record says something else"),
    ],
)
def test_a_void_entry_clears_nothing_and_says_why(
    shipped: Rulebook, found: Flag, change: dict[str, Any], why: str
) -> None:
    """
    An entry that is over, or of which one side says something else by now, leaves the hit raised with the reason.
    """
    flag = hit(cleared(shipped, found, **change).screen(TOLD))

    assert (flag.status, flag.points) == ("raised", found.points)
    assert all(why in one.note for one in flag.evidence if one.listed)


@pytest.mark.parametrize(
    "told",
    [
        {**TOLD, "identifiers": [{"scheme": "DUNS", "value": "150483782"}]},
        {**TOLD, "aliases": ["Korea Kwangson Bank"]},
        {**TOLD, "id": "V-2"},
    ],
)
def test_another_party_is_not_cleared(shipped: Rulebook, found: Flag, told: dict[str, Any]) -> None:
    """
    The record with a new identifier or name, or another record of the same name, is not the party that was cleared.
    """
    assert hit(cleared(shipped, found).screen(told)).status == "raised"


def test_one_cleared_party_does_not_clear_the_others(shipped: Rulebook, found: Flag) -> None:
    """
    Where a name met several listed parties, an entry for one of them leaves the hit raised.
    """
    some = replace(found, evidence=found.evidence[:1])

    assert len(found.evidence) > 1
    assert hit(cleared(shipped, some).screen(TOLD)).status == "raised"
