"""
Where the tests of this room find lists.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from laborscreen.watchlists.entry import Entry
from laborscreen.watchlists.importers import import_lists
from laborscreen.watchlists.importers.importer import ListReading
from laborscreen.watchlists.listfile import ListFile

FIXTURES = Path(__file__).parent / "fixtures"
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "sanctions"

REAL = {
    # name: files, entries (data README), list, date
    "sdn-xml": (("us_ofac/sdn_2024-05-07.xml.gz",), 14_966, "us-ofac-sdn", "2024-05-07"),
    "cons-xml": (("us_ofac/cons_2024-05-06.xml.gz",), 443, "us-ofac-cons", "2024-05-06"),
    "sdn-csv-2021": (
        tuple(f"us_ofac/csv_2021/{name}.csv" for name in ("sdn", "alt", "add", "sdn_comments")),
        8_976,
        "us-ofac-sdn",
        "",
    ),
    # The data README counts line ends (7,378); the last row of this file has none and is whole.
    "sdn-csv-2019": (
        tuple(f"us_ofac/csv_2019/{name}.csv" for name in ("sdn", "alt", "add", "sdn_comments")),
        7_379,
        "us-ofac-sdn",
        "",
    ),
    "cons-csv-2025": (
        tuple(f"us_ofac/cons_2025/cons_{name}.csv" for name in ("prim", "alt", "add", "comments")),
        442,
        "us-ofac-cons",
        "",
    ),
    "un-2021": (("un/un_consolidated_2021-01-18.xml.gz",), 710 + 293, "un-sc", "2021-01-18"),
    "un-2024": (("un/un_consolidated_2024-09-26.xml.gz",), 682 + 193, "un-sc", "2024-09-26"),
    "un-2026": (("un/un_consolidated_2026-02-27.xml.gz",), 730 + 273, "un-sc", "2026-02-27"),
    "eu": (("eu/eu_fsf_full_1_1_2024-05-13.xml.gz",), 4_811, "eu-fsf", "2024-05-13"),
    "jp": (("jp/mof_shisantouketsu20260305.xlsx",), 2_862, "jp-mof", "2026-03-02"),
    "bis-2019": (("us_bis/dpl.txt",), 546, "us-bis-dpl", "2019-06-12"),
    "bis-2022": (("us_bis/dpl_bench.txt",), 581, "us-bis-dpl", "2022-09-02"),
    "csl": (("us_bis/csl_small.csv",), 115, "us-csl", ""),
}

_READ: dict[str, ListReading] = {}


def shared(name: str) -> Path:
    """Return a real file, or skip the test where the shared data is not there."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared data {name} is not there")
    return path


def real_reading(name: str) -> ListReading:
    """Return a real list as read, once a run."""
    if name not in _READ:
        _READ[name] = read_one(*(shared(file) for file in REAL[name][0]))
    return _READ[name]


def read_one(*paths: Path) -> ListReading:
    """Return the one list in these files."""
    (reading,) = import_lists([ListFile(path) for path in paths])
    return reading


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """Return a file with this content."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def by_id(reading: ListReading) -> dict[str, Entry]:
    """Return the entries of a reading by their ids."""
    return {entry.id: entry for entry in reading.entries}
