"""
Lists of sanctioned and denied parties: read as published, compiled, searched, compared.

::

    from laborscreen.watchlists import Watchlist

    lists = Watchlist.from_files(["sdn.xml", "un.xml"])
    lists.save("lists.lsw")
    for hit in Watchlist.load("lists.lsw").search("Ким Чен Ын", kind="person"):
        print(hit.score, hit.name, hit.entry.key, hit.reasons)

>>> from laborscreen.watchlists import Watchlist
>>> Watchlist.from_files([]).description
'no list: nothing can be found'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from laborscreen.watchlists.entry import DprkReason, Entry, Identifier, ListedName, Provenance
from laborscreen.watchlists.fingerprint import fingerprint
from laborscreen.watchlists.name_lookup import Hit
from laborscreen.watchlists.ownership import Ownership, Stake, listed_ownership
from laborscreen.watchlists.publishers import known_lists
from laborscreen.watchlists.replacing import against_replacing
from laborscreen.watchlists.staleness import StaleList, stale_lists
from laborscreen.watchlists.store import Watchlist

if TYPE_CHECKING:
    from laborscreen.watchlists.diff import EntryChange, FieldChange, ListDiff, diff_entries

__all__ = [
    "DprkReason",
    "Entry",
    "EntryChange",
    "FieldChange",
    "Hit",
    "Identifier",
    "ListDiff",
    "ListedName",
    "Ownership",
    "Provenance",
    "Stake",
    "StaleList",
    "Watchlist",
    "against_replacing",
    "diff_entries",
    "fingerprint",
    "known_lists",
    "listed_ownership",
    "stale_lists",
]

_OF_DIFF = ("EntryChange", "FieldChange", "ListDiff", "diff_entries")


def __getattr__(name: str) -> Any:
    """Import what compares two lists the first time it is asked for."""
    if name not in _OF_DIFF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from laborscreen.watchlists import diff

    return getattr(diff, name)
