"""
How old lists may be before one warns, or refuses to rely on them.

A screening against a stale list looks the same as one against a fresh one, and misses whoever was listed since. A list
that bears no date counts as too old: nobody can say that it is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from laborscreen.errors import UsageError, WatchlistError
from laborscreen.source import Location
from laborscreen.watchlists.entry import Provenance

StalePolicy = Literal["warn", "fail"]
DEFAULT_MAX_AGE = 30  # days; OFAC alone publishes changes about every week


class StaleList(NamedTuple):
    """
    A list that is too old, or bears no date.

    Args:
        provenance: which list.
        age: days between its date and the day screened, or None without a date.
    """

    provenance: Provenance
    age: int | None

    def __str__(self) -> str:
        """Say it in words."""
        told = (
            "bears no date"
            if self.age is None
            else f"of {self.provenance.file_date} is {self.age:,} days old"
        )
        return f"the list {self.provenance.list} {told}"


def age_in_days(provenance: Provenance, day: date) -> int | None:
    """
    Return the age of a list on *day*, or None where it bears no date.

    A list dated after *day* has a negative age; screening a day in the past against today's list is not an error.
    """
    if not provenance.file_date:
        return None
    try:
        return (day - date.fromisoformat(provenance.file_date)).days
    except ValueError:
        return None


def stale_lists(
    provenance: Iterable[Provenance], day: date, max_age: int = DEFAULT_MAX_AGE
) -> tuple[StaleList, ...]:
    """
    Return the lists older than *max_age* days on *day*, and those without a date.

    Raises:
        UsageError: *max_age* is negative.
    """
    if max_age < 0:
        raise UsageError(f"the greatest age of a list is a number of days, not {max_age}")
    aged = ((item, age_in_days(item, day)) for item in provenance)
    return tuple(StaleList(item, age) for item, age in aged if age is None or age > max_age)


def require_fresh(
    provenance: Iterable[Provenance],
    day: date,
    *,
    max_age: int = DEFAULT_MAX_AGE,
    policy: StalePolicy = "fail",
) -> tuple[StaleList, ...]:
    """
    Return the stale lists to warn of, or refuse to go on.

    Raises:
        WatchlistError: *policy* is ``fail`` and a list is too old; every such list is named.
    """
    stale = stale_lists(provenance, day, max_age)
    if stale and policy == "fail":
        raise WatchlistError(
            "; ".join(map(str, stale)) + f"; the limit is {max_age:,} days",
            location=Location(stale[0].provenance.file),
            hint="import a newer list, raise the limit, or set the policy to warn",
        )
    return stale
