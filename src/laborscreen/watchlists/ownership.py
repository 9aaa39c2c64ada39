"""
Whether listed parties own half of a company, directly or through others, with shares that are not known as ranges.

The rule of OFAC (guidance of 13 August 2014, FAQ 398 to 402): a company of which blocked persons together own 50 percent
or more, directly or indirectly, is itself blocked, and so counts with its whole share in the next company down. The UK
asks for *more than* 50 percent (or control, which no figure shows); pass ``more_than=True``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

OwnershipAnswer = Literal["met", "not_met", "cannot_tell"]
HALF = 50.0  # percent
_ROUNDING = 1e-9  # percent; three thirds add up to a hundred
_OVER = 0.5  # percent; registers round shares


@dataclass(frozen=True, slots=True)
class Stake:
    """
    One owner's share of one company.

    Args:
        owned: the company.
        owner: the owner.
        low: least share in percent.
        high: greatest share in percent.
    """

    owned: str
    owner: str
    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 100:
            raise ValueError(
                f"a share lies between 0 and 100 percent, least before greatest: {self.low}, {self.high}"
            )

    @classmethod
    def known(cls, owned: str, owner: str, percent: float) -> Stake:
        """Return a stake of exactly *percent*."""
        return cls(owned, owner, percent, percent)

    @classmethod
    def unknown(cls, owned: str, owner: str) -> Stake:
        """Return a stake of which only the owner is known."""
        return cls(owned, owner, 0.0, 100.0)


class Ownership(NamedTuple):
    """
    The answer for one company.

    Args:
        answer: met, not met, or not to be told from what is known.
        low: least share of listed owners together, percent.
        high: greatest share of listed owners together, percent.
        reasons: which owner counts with how much, in words.
    """

    answer: OwnershipAnswer
    low: float
    high: float
    reasons: tuple[str, ...]


def listed_ownership(
    company: str,
    stakes: Iterable[Stake],
    listed: Mapping[str, bool | None],
    *,
    threshold: float = HALF,
    more_than: bool = False,
) -> Ownership:
    """
    Say whether listed owners together reach *threshold* percent of *company*.

    What nobody is known to hold may be held by anybody, so the answer is ``not_met`` only where the shares that surely
    belong to others leave too little. An owner of whom no owners are given counts as not listed unless *listed* says so.

    Args:
        company: whose owners are meant.
        stakes: who owns how much of what, over as many steps as known; a company may own its owner.
        listed: True for a listed owner, None for one that may be (a possible match); the others are not listed.
        threshold: percent.
        more_than: whether the threshold itself is not enough.

    Example:
        >>> stakes = [Stake.known("Shop", "Holding", 60), Stake.known("Holding", "Ri", 50), Stake.known("Shop", "Kim", 40)]
        >>> listed_ownership("Shop", stakes, {"Ri": True}).answer
        'met'
        >>> unclear = listed_ownership("Shop", [Stake.unknown("Shop", "Ri"), Stake.known("Shop", "Kim", 40)], {"Ri": True})
        >>> unclear.answer, unclear.low, unclear.high
        ('cannot_tell', 0.0, 60.0)
    """
    owners: dict[str, list[Stake]] = defaultdict(list)
    for stake in stakes:
        owners[stake.owned].append(stake)

    def reaches(share: float) -> bool:
        return share > threshold + _ROUNDING if more_than else share >= threshold - _ROUNDING

    surely = {name for name, is_listed in listed.items() if is_listed}
    possibly = {name for name, is_listed in listed.items() if is_listed is not False}
    _spread(owners, surely, lambda held: reaches(_least(held, surely)))
    _spread(owners, possibly, lambda held: reaches(_greatest(held, possibly)))
    held = owners.get(company, [])
    low = _least(held, surely)
    high = max(low, _greatest(held, possibly))
    answer: OwnershipAnswer = "met" if reaches(low) else "cannot_tell" if reaches(high) else "not_met"
    blocked = _Blocked(surely, possibly, listed)
    return Ownership(answer, low, high, tuple(_reasons(company, owners, blocked, {company})))


class _Blocked(NamedTuple):
    """Who counts: surely, possibly, and because a list has the name."""

    surely: set[str]
    possibly: set[str]
    listed: Mapping[str, bool | None]


def _spread(
    owners: Mapping[str, list[Stake]], blocked: set[str], reached: Callable[[list[Stake]], bool]
) -> None:
    """Add to *blocked* the companies its members hold, round by round; a ring of companies alone adds nothing."""
    grew = True
    while grew:
        more = {owned for owned, held in owners.items() if owned not in blocked and reached(held)}
        blocked |= more
        grew = bool(more)


def _least(held: Iterable[Stake], blocked: set[str]) -> float:
    """Return what *blocked* owners hold together at least, in percent."""
    return min(100.0, math.fsum(stake.low for stake in held if stake.owner in blocked))


def _greatest(held: Iterable[Stake], blocked: set[str]) -> float:
    """Return what they may hold together at most: everything that others do not surely hold."""
    return max(0.0, 100.0 - math.fsum(stake.low for stake in held if stake.owner not in blocked))


def _reasons(
    company: str, owners: Mapping[str, list[Stake]], blocked: _Blocked, told: set[str]
) -> Iterable[str]:
    """Say of each owner that counts why, and with how much; then the same of the companies through which others count."""
    held = owners.get(company, [])
    total = math.fsum(stake.low for stake in held)
    if not held:
        yield f"no owner of {company} is known"
    elif total > 100.0 + _OVER:
        yield f"the shares stated for {company} add up to {total:g} percent"
    elif total < 100.0 - _OVER:
        yield f"the holders of {100.0 - total:g} percent of {company} are not known for certain"
    between = []
    for stake in held:
        if stake.owner not in blocked.possibly:
            continue
        share = f"{stake.low:g}" if stake.low == stake.high else f"between {stake.low:g} and {stake.high:g}"
        if blocked.listed.get(stake.owner):
            why = "is listed"
        elif stake.owner in blocked.listed and blocked.listed[stake.owner] is None:
            why = "may be listed (a possible match)"
        else:
            sure = stake.owner in blocked.surely
            why = "is itself owned by listed parties" if sure else "may itself be owned by listed parties"
            between.append(stake.owner)
        yield f"{stake.owner} {why} and holds {share} percent of {company}"
    for owner in between:
        if owner not in told:
            told.add(owner)
            yield from _reasons(owner, owners, blocked, told)
