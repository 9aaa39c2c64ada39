"""
The Denied Persons List of the US Bureau of Industry and Security, tab separated (``dpl.txt``).

The list has no numbers of its own and does not say who is a person and who a firm. An entry's id is made of its row,
so the same order keeps its id from file to file.
"""

from __future__ import annotations

from hashlib import sha256

from laborscreen.watchlists.draft import EntryDraft, tidy
from laborscreen.watchlists.entry import Entry
from laborscreen.watchlists.importers.importer import Importer, ListReading, one_file_each
from laborscreen.watchlists.importers.ofac_lists import american_date
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.table_stream import first_row, table_rows

LIST = "us-bis-dpl"
_HEADER = [
    "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date",
    "Standard_Order", "Last_Update", "Action", "FR_Citation",
]  # fmt: skip
_NO_DAY_YET = "2100"  # the list of 2019 has a row "last updated" in the year 3017
_IDENTITY = ("Name", "Street_Address", "City", "State", "Country", "Effective_Date")


def _recognises(file: ListFile) -> bool:
    return first_row(file, delimiter="\t") == _HEADER


def _read(file: ListFile) -> ListReading:
    newest = ""
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    rows = table_rows(file, delimiter="\t")
    next(rows)
    for line, row in rows:
        if len(row) != len(_HEADER):
            raise file.refuse(
                f"this row has {len(row)} cells, the header has {len(_HEADER)}",
                line=line,
                hint="the file is broken or cut short; fetch it again",
            )
        cells = {name: tidy(cell) for name, cell in zip(_HEADER, row, strict=True)}
        updated = cells["Last_Update"][:10]
        newest = max(newest, updated if updated < _NO_DAY_YET else "")
        entries.append(_entry(file, line, cells, seen))
    return ListReading.of([file], entries, list_name=LIST, file_date=newest, tells_its_end=False)


def _entry(file: ListFile, line: int, cells: dict[str, str], seen: dict[str, int]) -> Entry:
    """Read one row."""
    number = sha256("\t".join(cells[name] for name in _IDENTITY).encode()).hexdigest()[:12]
    seen[number] = seen.get(number, 0) + 1
    if seen[number] > 1:
        number = f"{number}-{seen[number]}"  # the very same order, written twice
    draft = EntryDraft(number, LIST)
    draft.add_name(cells["Name"], kind="primary")
    if not draft.is_named:
        raise file.refuse("this row has no name", line=line)
    parts = (cells["Street_Address"], cells["City"], cells["State"], cells["Postal_Code"])
    draft.add_address(*parts, country=cells["Country"])
    draft.add_programme("Denied Persons")
    begins, ends = american_date(cells["Effective_Date"]), american_date(cells["Expiration_Date"])
    draft.add_remark(f"denial order from {begins or 'an unknown day'} to {ends or 'no stated end'}")
    draft.add_remark(cells["FR_Citation"])
    return draft.finish()


IMPORTER = Importer("BIS Denied Persons List", _recognises, one_file_each(_read))
