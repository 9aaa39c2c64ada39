#!/usr/bin/env python3
"""
Compile the lists that come with the package from a folder of lists as published.

::

    python scripts/build_embedded_watchlist.py FOLDER

Takes the newest dated file of every list whose terms allow shipping, keeps the entries related to the Democratic People's
Republic of Korea, and writes ``src/laborscreen/watchlists/embedded/dprk.lsw`` with its index of names. The same files give
the same bytes. ``--index-only`` takes the entries that are there and makes the index anew, as is needed after every change
to how names are compared.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from laborscreen.errors import WatchlistError
from laborscreen.watchlists import Watchlist
from laborscreen.watchlists.importers import ListReading, import_lists
from laborscreen.watchlists.listfile import ListFile

SHIPPABLE = ("us-ofac-sdn", "us-ofac-cons", "us-bis-dpl", "eu-fsf", "jp-mof")
TARGET = Path(__file__).parents[1] / "src" / "laborscreen" / "watchlists" / "embedded" / "dprk.lsw"
MOST_BYTES = 1_500_000


def readings(folder: Path) -> Iterator[ListReading]:
    """Yield every list of the folder that can be read by itself, saying which cannot."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            yield from import_lists([ListFile(path)])
        except WatchlistError as fault:
            print(f"left out: {fault}")


def newest(folder: Path) -> dict[str, ListReading]:
    """Return the newest dated reading of each list that may be shipped."""
    found: dict[str, ListReading] = {}
    for reading in readings(folder):
        name, date = reading.provenance.list, reading.provenance.file_date
        known = found.get(name)
        if name in SHIPPABLE and date and (known is None or known.provenance.file_date < date):
            found[name] = reading
    return found


def related(reading: ListReading) -> ListReading:
    """Return the DPRK-related entries of a reading."""
    kept = tuple(entry for entry in reading.entries if entry.dprk_related)
    left_out = len(reading.entries) - len(kept)
    told = f"only its DPRK-related entries: {left_out:,} others are left out"
    provenance = replace(
        reading.provenance, imported_entries=len(kept), warnings=(*reading.provenance.warnings, told)
    )
    return ListReading(kept, provenance)


def main() -> None:
    """Compile the lists."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("folder", type=Path, nargs="?", help="a folder of lists as published")
    what.add_argument("--index-only", action="store_true", help="make the index of names anew")
    asked = parser.parse_args()
    lists = Watchlist.embedded() if asked.index_only else compiled(asked.folder)
    Watchlist(list(lists.entries), lists.provenance).save(TARGET)
    size = TARGET.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{size:,} bytes are more than the {MOST_BYTES:,} a package should carry")
    print(lists.description)
    print(f"{TARGET.name}: {size:,} bytes")


def compiled(folder: Path) -> Watchlist:
    """Return the DPRK-related entries of the newest lists in *folder* that may be shipped."""
    kept = [reading for _, full in sorted(newest(folder).items()) if (reading := related(full)).entries]
    return Watchlist(
        [entry for reading in kept for entry in reading.entries], [reading.provenance for reading in kept]
    )


if __name__ == "__main__":
    main()
