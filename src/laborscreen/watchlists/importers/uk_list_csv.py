"""
The UK Sanctions List in CSV.

A first line tells the date of the report, the second holds the headers, and each row repeats an entry for one of its
names, addresses or numbers. Layout: the format guide published with the list.
"""

from __future__ import annotations

from collections.abc import Iterator

from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.entry import Entry
from laborscreen.watchlists.importers.importer import Importer, ListReading, one_file_each
from laborscreen.watchlists.importers.uk_lists import LIST, add_uk_name, british_date, uk_kind
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.table_stream import table_rows

_NEEDED = ("Unique ID", "Name 6", "Name type", "Regime Name")
_NAME_PARTS = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_ADDRESS_PARTS = (*(f"Address Line {number}" for number in range(1, 7)), "Address Postal Code")
_KIND = ("Individual, Entity, Ship", "Designation Type")  # the header before and after 2025
_NUMBERS = {
    "OFSI Group ID": "OFSI group",
    "UN Reference Number": "UN reference",
    "National Identifier number": "National identifier",
    "Passport number": "Passport",
    "Business registration number (s)": "Business registration number",
    "IMO number": "IMO",
    "Hull identification number (HIN)": "HIN",
    "Phone number": "Phone number",
    "Website": "Website",
    "Email address": "Email address",
}
_REMARKS = (
    "Other Information", "UK Statement of Reasons", "Sanctions Imposed", "Passport additional information",
    "National Identifier additional information", "Type of entity", "Subsidiaries", "Parent company",
    "Current owner/operator (s)", "Previous owner/operator (s)", "Previous flags", "Type of ship",
)  # fmt: skip


def _recognises(file: ListFile) -> bool:
    head = "\n".join(file.text_head.split("\n", 3)[:3])
    return all(name in head for name in _NEEDED)


def _read(file: ListFile) -> ListReading:
    date = ""
    header: list[str] = []
    drafts: dict[str, EntryDraft] = {}
    for line, row in table_rows(file):
        cells = [cell.strip() for cell in row]
        if not header:
            if "Unique ID" in cells:
                header = cells
            else:
                date = date or british_date(" ".join(cells))
            continue
        if len(row) != len(header):
            raise file.refuse(
                f"this row has {len(row)} cells, the header has {len(header)}",
                line=line,
                hint="the file is broken or cut short; fetch it again",
            )
        _add_row(file, line, drafts, dict(zip(header, cells, strict=True)))
    return ListReading.of(
        [file], _finished(file, drafts), list_name=LIST, file_date=date, tells_its_end=False
    )


def _finished(file: ListFile, drafts: dict[str, EntryDraft]) -> Iterator[Entry]:
    for number, draft in drafts.items():
        if not draft.is_named:
            raise file.refuse(f"entry {number} has no name")
        yield draft.finish()


def _add_row(file: ListFile, line: int, drafts: dict[str, EntryDraft], row: dict[str, str]) -> None:
    """Add one row to the entry it belongs to."""

    def cell(name: str) -> str:
        return row.get(name, "")

    number = cell("Unique ID")
    if not number:
        raise file.refuse("this row has no unique id", line=line)
    kind = next((row[name] for name in _KIND if row.get(name)), "")
    draft = drafts.setdefault(number, EntryDraft(number, LIST, uk_kind(kind)))
    add_uk_name(draft, [cell(part) for part in _NAME_PARTS], cell("Name type"), cell("Alias strength"))
    draft.add_name(cell("Name non-latin script"))
    draft.add_programme(cell("Regime Name"))
    draft.add_address(*(cell(part) for part in _ADDRESS_PARTS), country=cell("Address Country"))
    draft.add_birth_date(cell("D.O.B"))
    draft.add_nationality(cell("Nationality(/ies)"))
    draft.add_country(cell("Current believed flag of ship"))
    draft.add_position(cell("Title"))
    draft.add_position(cell("Position"))
    for name, scheme in _NUMBERS.items():
        draft.add_identifier(scheme, cell(name))
    for name in _REMARKS:
        draft.add_remark(cell(name))


IMPORTER = Importer("UK Sanctions List CSV", _recognises, one_file_each(_read))
