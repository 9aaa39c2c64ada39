"""
The house's rules for its ledger: how long rows are kept, and which decisions need a second person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from laborscreen.errors import UsageError
from laborscreen.ledger.decision import SETTLES, DecisionWord

RETAIN_YEARS = 10
"""31 CFR 501.601 as amended on 21 March 2025: ten years."""


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """
    Rules that hold from the row on where they are written.

    Args:
        retain_years: years a row is kept, 1 to 100.
        separate_reviewer: decisions that whoever asked for the screening may not take.

    >>> ReviewPolicy().retain_until(date(2024, 2, 29))
    datetime.date(2034, 3, 1)
    """

    retain_years: int = RETAIN_YEARS
    separate_reviewer: frozenset[DecisionWord] = SETTLES

    def __post_init__(self) -> None:
        if not 1 <= self.retain_years <= 100:
            raise UsageError(f"rows are kept for 1 to 100 years, not {self.retain_years}")

    @classmethod
    def read(cls, retain_years: int, words: str) -> Self:
        """Return the policy that a row holds."""
        return cls(retain_years, frozenset(DecisionWord(word) for word in words.split()))

    @property
    def words(self) -> str:
        """The decisions that need a second person, as a row holds them."""
        return " ".join(sorted(word.value for word in self.separate_reviewer))

    def retain_until(self, day: date) -> date:
        """Return the last day a row written on *day* is kept."""
        year = day.year + self.retain_years
        if (day.month, day.day) == (2, 29):
            return date(year, 3, 1)
        return day.replace(year=year)


def same_person(names: Iterable[str]) -> bool:
    """
    Tell whether some names are the same but for case and spacing.

    >>> same_person(["Mary Okafor", "mary  okafor"]), same_person(["Mary Okafor", "M. Okafor"])
    (True, False)
    """
    return len({" ".join(name.split()).casefold() for name in names}) == 1
