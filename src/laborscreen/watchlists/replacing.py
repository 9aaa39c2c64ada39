"""
What speaks against putting newly read lists in the place of those that were used so far.

A table cut short between two rows reads like a whole one, and so does last year's file. Beside the lists in use both show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from laborscreen.watchlists.entry import Provenance

MOST_LOST = 0.1
"""The share of its entries that a list may lose from one import to the next without a question."""


def against_replacing(used: Iterable[Provenance], read: Iterable[Provenance]) -> Iterator[str]:
    """
    Yield in words what a person should look at before *read* takes the place of *used*.

    Args:
        used: the lists in use.
        read: the lists just read.

    >>> from dataclasses import replace
    >>> used = Provenance("demo", "Demo", "", "2026-06-01", "", "", "", 1_000)
    >>> list(against_replacing([used], [replace(used, imported_entries=400)]))
    ['demo would shrink from 1,000 to 400 entries']
    """
    newer = {item.list: item for item in read}
    for old in used:
        new = newer.get(old.list)
        if new is None:
            yield f"{old.list} would be gone: it is not among the files read"
            continue
        if new.imported_entries < old.imported_entries * (1 - MOST_LOST):
            yield f"{old.list} would shrink from {old.imported_entries:,} to {new.imported_entries:,} entries"
        if new.file_date and new.file_date < old.file_date:
            yield f"{old.list} would go back from {old.file_date} to {new.file_date}"
