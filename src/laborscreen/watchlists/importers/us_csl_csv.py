"""
The Consolidated Screening List of the US International Trade Administration, CSV.

It joins the lists of three departments; the name of the source list becomes a programme of the entry. Several values
of a cell are parted by semicolons. Rows without an entity number get an id made of their content.
"""

from __future__ import annotations

from hashlib import sha256

from laborscreen.watchlists.draft import EntryDraft, tidy
from laborscreen.watchlists.entry import Entry, EntryKind
from laborscreen.watchlists.importers.importer import Importer, ListReading, one_file_each
from laborscreen.watchlists.importers.ofac_remarks import person_name
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.table_stream import first_row, table_rows

LIST = "us-csl"
_NEEDED = frozenset({"source", "entity_number", "programs", "name", "alt_names", "source_list_url", "ids"})
_KINDS: dict[str, EntryKind] = {
    "Individual": "person",
    "Entity": "organization",
    "Vessel": "vessel",
    "Aircraft": "aircraft",
}


def _recognises(file: ListFile) -> bool:
    return _NEEDED.issubset(first_row(file))


def _read(file: ListFile) -> ListReading:
    header: list[str] = []
    entries: list[Entry] = []
    seen: dict[str, int] = {}
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
        entries.append(_entry(file, line, dict(zip(header, row, strict=True)), seen))
    return ListReading.of([file], entries, list_name=LIST, tells_its_end=False)


def _entry(file: ListFile, line: int, cells: dict[str, str], seen: dict[str, int]) -> Entry:
    """Read one row."""
    draft = EntryDraft(_number(cells, seen), LIST, _KINDS.get(cells.get("type", ""), "other"))
    is_person = draft.kind == "person"
    draft.add_name(person_name(tidy(cells["name"])) if is_person else cells["name"], kind="primary")
    if not draft.is_named:
        raise file.refuse("this row has no name", line=line)
    for alias in _values(cells, "alt_names"):
        draft.add_name(person_name(alias) if is_person else alias)
    draft.add_programme(cells["source"])
    for programme in _values(cells, "programs"):
        draft.add_programme(programme)
    for address in _values(cells, "addresses"):
        street, _, country = address.rpartition(", ")
        draft.add_address(street, country=country)
    for name in ("nationalities", "citizenships"):
        for country in _values(cells, name):
            draft.add_nationality(country)
    for date in _values(cells, "dates_of_birth"):
        draft.add_birth_date(date)
    for place in _values(cells, "places_of_birth"):
        draft.add_birthplace(place)
    for number in _values(cells, "ids"):
        _add_number(draft, number)
    draft.add_position(cells.get("title"))
    draft.add_country(cells.get("vessel_flag"))
    draft.add_identifier("Call Sign", cells.get("call_sign"))
    for name in ("remarks", "license_requirement", "license_policy", "federal_register_notice"):
        draft.add_remark(cells.get(name))
    return draft.finish()


def _number(cells: dict[str, str], seen: dict[str, int]) -> str:
    """Return the publisher's number, or one made of the row where there is none."""
    written = tidy(cells["entity_number"])
    identity = "\t".join(cells.get(name, "") for name in ("source", "name", "addresses", "start_date"))
    number = written or sha256(identity.encode()).hexdigest()[:12]
    seen[number] = seen.get(number, 0) + 1
    return number if seen[number] == 1 else f"{number}-{seen[number]}"


def _values(cells: dict[str, str], name: str) -> list[str]:
    return [value for part in cells.get(name, "").split("; ") if (value := tidy(part))]


def _add_number(draft: EntryDraft, text: str) -> None:
    """Add ``US, 80-0890696, Tax ID No.``; without three parts the first is no country."""
    parts = [part.strip() for part in text.split(", ")]
    if len(parts) >= 3:
        draft.add_identifier(", ".join(parts[2:]), parts[1], parts[0])
    elif len(parts) == 2:
        draft.add_identifier(parts[1], parts[0])
    else:
        draft.add_remark(text)


IMPORTER = Importer("US Consolidated Screening List CSV", _recognises, one_file_each(_read))
