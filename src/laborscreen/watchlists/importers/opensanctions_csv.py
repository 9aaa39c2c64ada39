"""
OpenSanctions in its simple form, ``targets.simple.csv``.

One row a target, several values of a cell parted by semicolons, countries as two-letter codes in small letters. Layout:
"targets.simple.csv" in the OpenSanctions documentation. The data is under CC BY-NC: commercial use needs their licence.
"""

from __future__ import annotations

from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.entry import Entry
from laborscreen.watchlists.importers.importer import Importer, ListReading, one_file_each
from laborscreen.watchlists.importers.opensanctions import LIST, kind_of_schema
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.table_stream import first_row, table_rows

_NEEDED = frozenset({"id", "schema", "name", "aliases", "countries", "identifiers", "sanctions", "dataset"})


def _recognises(file: ListFile) -> bool:
    return _NEEDED.issubset(first_row(file))


def _read(file: ListFile) -> ListReading:
    header: list[str] = []
    newest = ""
    entries: list[Entry] = []
    for line, row in table_rows(file):
        if not header:
            header = row
            continue
        if len(row) != len(header):
            raise file.refuse(
                f"this row has {len(row)} cells, the header has {len(header)}",
                line=line,
                hint="the file is broken or cut short; fetch it again",
            )
        cells = dict(zip(header, row, strict=True))
        newest = max(newest, cells.get("last_seen", "")[:10])
        entries.append(_entry(file, line, cells))
    return ListReading.of([file], entries, list_name=LIST, file_date=newest, tells_its_end=False)


def _entry(file: ListFile, line: int, cells: dict[str, str]) -> Entry:
    """Read one row."""
    draft = EntryDraft(cells["id"].strip(), LIST, kind_of_schema(cells["schema"]))
    draft.add_name(cells["name"], kind="primary")
    if not (draft.id and draft.is_named):
        raise file.refuse("this row has no id or no name", line=line)
    for alias in cells["aliases"].split(";"):
        draft.add_name(alias)
    for country in cells["countries"].split(";"):
        draft.add_country(country.strip().upper())
    for address in cells.get("addresses", "").split(";"):
        draft.add_address(address)
    for identifier in cells["identifiers"].split(";"):
        draft.add_identifier("identifier", identifier)
    for date in cells.get("birth_date", "").split(";"):
        draft.add_birth_date(date)
    for programme in (*cells["sanctions"].split(";"), *cells.get("program_ids", "").split(";")):
        draft.add_programme(programme)
    draft.add_remark(f"data sets: {cells['dataset']}")
    return draft.finish()


IMPORTER = Importer("OpenSanctions targets.simple.csv", _recognises, one_file_each(_read))
