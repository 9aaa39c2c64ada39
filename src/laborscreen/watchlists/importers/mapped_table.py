"""
Any CSV or XLSX list, read with a mapping (`laborscreen.watchlists.list_mapping`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256

from laborscreen.watchlists.draft import EntryDraft, tidy
from laborscreen.watchlists.entry import Entry, EntryKind
from laborscreen.watchlists.importers.importer import ListReading
from laborscreen.watchlists.list_mapping import Column, ListMapping
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.table_stream import table_rows
from laborscreen.watchlists.workbook import is_workbook, open_workbook

_DELIMITERS = (",", ";", "\t", "|")


def read_mapped(file: ListFile, mapping: ListMapping) -> ListReading:
    """
    Read *file* as *mapping* says.

    Raises:
        WatchlistError: a mapped column is missing, a row has too few or too many cells, or a row has no name.
    """
    header: list[str] = []
    seen: dict[str, int] = {}
    entries: list[Entry] = []
    for line, row in _rows(file, mapping):
        if not header:
            header = [tidy(cell) for cell in row]
            _check_columns(file, line, header, mapping)
            continue
        if len(row) != len(header):
            raise file.refuse(
                f"this row has {len(row)} cells, the header has {len(header)}",
                line=line,
                hint="the file is broken or cut short; fetch it again",
            )
        entries.append(_entry(file, line, dict(zip(header, row, strict=True)), mapping, seen))
    if not header:
        raise file.refuse("the file is empty", hint="fetch it again")
    reading = ListReading.of(
        [file], entries, list_name=mapping.list, file_date=mapping.file_date, tells_its_end=is_workbook(file)
    )
    described = replace(
        reading.provenance,
        title=mapping.title or mapping.list,
        publisher=mapping.publisher,
        licence=mapping.licence,
    )
    return ListReading(reading.entries, described)


def _rows(file: ListFile, mapping: ListMapping) -> Iterator[tuple[int, list[str]]]:
    """Yield rows of a table or of the sheet meant."""
    if not is_workbook(file):
        first = file.text_head.partition("\n")[0]
        yield from table_rows(file, delimiter=max(_DELIMITERS, key=first.count))
        return
    titles: list[str] = []
    for title, rows in open_workbook(file).sheets():
        titles.append(title)
        if mapping.sheet in ("", title):
            for number, row in enumerate(rows, start=1):
                if any(cell.strip() for cell in row):
                    yield number, row
            return
    raise file.refuse(
        f"the workbook has no sheet {mapping.sheet!r}", hint=f"its sheets are {', '.join(titles)}"
    )


def _check_columns(file: ListFile, line: int, header: list[str], mapping: ListMapping) -> None:
    """Refuse a file that lacks a mapped column, or names one twice."""
    wanted = [column for columns in mapping.columns.values() for column in columns]
    wanted.extend(column for _, column in mapping.identifiers)
    for column in wanted:
        if header.count(column.header) != 1:
            fault = "twice" if column.header in header else "nowhere"
            raise file.refuse(
                f"the mapping reads the column {column.header!r}, which the header names {fault}",
                line=line,
                hint=f"the columns are {', '.join(header)}",
            )


def _entry(
    file: ListFile, line: int, cells: dict[str, str], mapping: ListMapping, seen: dict[str, int]
) -> Entry:
    """Read one row."""

    def values(name: str) -> list[str]:
        return [
            *(value for column in mapping.columns.get(name, ()) for value in _values(cells, column)),
            *([mapping.constants[name]] if name in mapping.constants else []),
        ]

    draft = EntryDraft(_number(values("id"), cells, seen), mapping.list, _kind(values("kind"), mapping))
    for name in values("name"):
        draft.add_name(name, kind="primary")
    if not draft.is_named:
        raise file.refuse("this row has no name", line=line)
    for name in values("aliases"):
        draft.add_name(name)
    for name in values("weak_aliases"):
        draft.add_name(name, strength="weak")
    for name in values("former_names"):
        draft.add_name(name, kind="fka")
    adders: dict[str, Callable[[str], object]] = {
        "programmes": draft.add_programme, "countries": draft.add_country, "nationalities": draft.add_nationality,
        "birth_dates": draft.add_birth_date, "positions": draft.add_position, "addresses": draft.add_address,
        "remarks": draft.add_remark,
    }  # fmt: skip
    for name, add in adders.items():
        for value in values(name):
            add(value)
    for scheme, column in mapping.identifiers:
        for value in _values(cells, column):
            draft.add_identifier(scheme, value)
    return draft.finish()


def _values(cells: dict[str, str], column: Column) -> list[str]:
    """Return the values of a cell that are not empty."""
    cell = cells[column.header]
    parts = cell.split(column.separator) if column.separator else [cell]
    return [value for part in parts if (value := tidy(part))]


def _number(written: list[str], cells: dict[str, str], seen: dict[str, int]) -> str:
    """Return the id of a row: its own, or one made of its content."""
    content = "\t".join(f"{header}={tidy(cell)}" for header, cell in cells.items())
    number = written[0] if written else sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    if written:
        return number
    seen[number] = seen.get(number, 0) + 1
    return number if seen[number] == 1 else f"{number}-{seen[number]}"


def _kind(words: list[str], mapping: ListMapping) -> EntryKind:
    """Return the kind by the mapping's words; a word it does not know is no kind."""
    plain: dict[str, EntryKind] = {
        "person": "person", "organization": "organization", "vessel": "vessel", "aircraft": "aircraft",
    }  # fmt: skip
    for word in words:
        found = mapping.kinds.get(word.casefold()) or plain.get(word)
        if found:
            return found
    return "other"
