"""
From what a caller gives as watchlists to lists ready to be searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from laborscreen.errors import WatchlistError

if TYPE_CHECKING:
    from laborscreen.watchlists import StaleList, Watchlist

EMBEDDED = "embedded"
"""Asks for the snapshot of DPRK-related designations that comes with the package."""

NO_LIST = "no watchlist was asked for: names were not compared"

COMPILED = ".lsw"


def open_lists(
    given: Watchlist | str | Path | Sequence[Watchlist | str | Path],
) -> tuple[Watchlist, ...]:
    """
    Return the lists a caller gave.

    Args:
        given: a `Watchlist`, a compiled list (``.lsw``), a file as its publisher made it, the word ``embedded``, or several
            of them; files as published are read together, because some lists come in parts. An empty sequence is no list.

    Raises:
        WatchlistError: a file cannot be read, or one list is given twice.
    """
    from laborscreen.watchlists import Watchlist

    several = [given] if isinstance(given, Watchlist | str | Path) else list(given)
    found: list[Watchlist] = []
    published: list[str | Path] = []
    for one in several:
        if isinstance(one, Watchlist):
            found.append(one)
        elif one == EMBEDDED:
            found.append(Watchlist.embedded())
        elif Path(one).suffix == COMPILED:
            found.append(Watchlist.load(one))
        else:
            published.append(one)
    if published:
        found.append(Watchlist.from_files(published))
    _refuse_repeats(found)
    return tuple(found)


def _refuse_repeats(lists: Iterable[Watchlist]) -> None:
    seen: set[str] = set()
    for watchlist in lists:
        for item in watchlist.provenance:
            if item.list in seen:
                raise WatchlistError(
                    f"the list {item.list} was given twice",
                    hint="give one snapshot of each list; the embedded one holds parts of several",
                )
            seen.add(item.list)


def notice(lists: Sequence[Watchlist], day: date, most_days: int) -> str:
    """Say what a reader of a result should know of the lists: none, a mere snapshot, or older than *most_days*."""
    if not lists:
        return NO_LIST
    told = [one.notice(day) for one in lists if one.snapshot or not one.provenance]
    return "; ".join([*told, *map(str, too_old(lists, day, most_days))])


def too_old(lists: Sequence[Watchlist], day: date, most_days: int) -> tuple[StaleList, ...]:
    """Return the lists older than *most_days* on *day*; the embedded snapshot is not among them, it speaks for itself."""
    return tuple(
        stale
        for one in lists
        if not one.snapshot
        for stale in one.require_fresh(day, max_age=most_days, policy="warn")
    )
