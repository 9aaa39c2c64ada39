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
    from laborscreen.watchlists import Watchlist

EMBEDDED = "embedded"
"""Asks for the snapshot of DPRK-related designations that comes with the package."""

COMPILED = ".lsw"


def open_lists(
    given: Watchlist | str | Path | Sequence[Watchlist | str | Path] | None,
) -> tuple[Watchlist, ...]:
    """
    Return the lists a caller gave.

    Args:
        given: a `Watchlist`, a compiled list (``.lsw``), a file as its publisher made it, the word ``embedded``, or several
            of them; files as published are read together, because some lists come in parts. None is no list.

    Raises:
        WatchlistError: a file cannot be read, or one list is given twice.
    """
    from laborscreen.watchlists import Watchlist

    if given is None:
        return ()
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


def notice(lists: Iterable[Watchlist], day: date) -> str:
    """Say what a reader of a result should know of the lists: none, a mere snapshot, or too old."""
    told = [one.notice(day) for one in lists if one.snapshot or not one.provenance]
    told += [
        f"{stale}" for one in lists if not one.snapshot for stale in one.require_fresh(day, policy="warn")
    ]
    return "; ".join(told)
