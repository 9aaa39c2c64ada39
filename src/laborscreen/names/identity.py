"""
Facts beside the name: what agrees, what disagrees, what is missing.

A fact counts only where both sides state it. Missing is never agreement and never disagreement.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Identity", "identity_evidence"]

SAME_DAY, SAME_YEAR, NEAR_YEAR, OTHER_DAY, OTHER_YEAR = 2.2, 1.0, 0.0, -1.0, -2.5
SAME_COUNTRY, OTHER_COUNTRY = 0.4, -0.5
SAME_IDENTIFIER, OTHER_IDENTIFIER = 4.0, 0.0
SAME_POSITION = 0.5
YEARS_APART = 1


class Identity(NamedTuple):
    """
    What is known of a party beside its name; everything is optional.

    Args:
        birth_dates: ``1984-01-08``, ``1984-01`` or ``1984``, or :class:`datetime.date`; several where sources differ.
        countries: ISO 3166 codes of nationality or seat.
        identifiers: numbers of passports, tax offices, ships, registers.
        positions: offices held, in any words.
    """

    birth_dates: tuple[str | dt.date, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()


def identity_evidence(left: Identity | None, right: Identity | None) -> tuple[float, tuple[str, ...]]:
    """
    Return the evidence in the facts of two parties, and the reasons.

    >>> identity_evidence(Identity(birth_dates=("1984-01-08",)), Identity(birth_dates=("1984-01-08",)))
    (2.2, ('birth date agrees: 1984-01-08',))
    >>> identity_evidence(Identity(birth_dates=("1984",)), None)
    (0.0, ())
    """
    if left is None or right is None:
        return 0.0, ()
    heard = [
        _births(_texts(left.birth_dates), _texts(right.birth_dates)),
        _sets("country", _plain(left.countries), _plain(right.countries), SAME_COUNTRY, OTHER_COUNTRY),
        _sets(
            "identifier",
            _codes(left.identifiers),
            _codes(right.identifiers),
            SAME_IDENTIFIER,
            OTHER_IDENTIFIER,
        ),
        _sets("position", _plain(left.positions), _plain(right.positions), SAME_POSITION, 0.0),
    ]
    return sum(evidence for evidence, _ in heard), tuple(reason for _, reason in heard if reason)


def _texts(dates: Iterable[str | dt.date]) -> list[str]:
    return sorted({date if isinstance(date, str) else date.isoformat() for date in dates} - {""})


def _plain(values: Iterable[str]) -> set[str]:
    return {value.strip().casefold() for value in values} - {""}


def _codes(values: Iterable[str]) -> set[str]:
    return {"".join(letter for letter in value.casefold() if letter.isalnum()) for value in values} - {""}


def _births(one: list[str], other: list[str]) -> tuple[float, str]:
    """Compare every date of one side with every date of the other; the best agreement counts."""
    if not one or not other:
        return 0.0, ""
    return max((_two_births(a, b) for a in one for b in other), key=lambda heard: (heard[0], heard[1]))


def _two_births(one: str, other: str) -> tuple[float, str]:
    shared = min(len(one), len(other))
    if one[:shared] == other[:shared]:
        if shared >= len("1984-01-08"):
            return SAME_DAY, f"birth date agrees: {one[:shared]}"
        return SAME_YEAR, f"birth year agrees: {one[:4]}"
    pair = " / ".join(sorted((one, other)))
    if one[:4] == other[:4]:
        return OTHER_DAY, f"birth date differs within one year: {pair}"
    years = (one[:4], other[:4])
    if all(year.isdigit() for year in years) and abs(int(years[0]) - int(years[1])) <= YEARS_APART:
        return NEAR_YEAR, f"birth years one apart: {pair}"
    return OTHER_YEAR, f"birth date disagrees: {pair}"


def _sets(what: str, one: set[str], other: set[str], same: float, different: float) -> tuple[float, str]:
    if not one or not other:
        return 0.0, ""
    shared = sorted(one & other)
    if shared:
        return same, f"{what} agrees: {', '.join(shared)}"
    sides = " / ".join(sorted(", ".join(sorted(side)) for side in (one, other)))
    return different, f"{what} differs: {sides}" if different else ""
