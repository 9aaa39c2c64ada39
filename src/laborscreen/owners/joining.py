"""
The one step in which owners told elsewhere come into records: after the owners that a record tells itself.

A record is known by its LEI, its id or its number in a register, never by its name. Whatever form it comes in (the mapping a
reader gives, a `Record`, the row of a table), it gets the same entries in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Final

from laborscreen import values
from laborscreen.errors import RecordError
from laborscreen.owners.keys import Key, entries_of, identifiers_of, keys_of
from laborscreen.record import Record, column_parts, entry_path

if TYPE_CHECKING:
    from laborscreen.owners.index import Found, OwnersIndex

MAX_OWNERS: Final = 200
"""Owners, or people, of one record; one with more is not screened."""

_ROW_ID: Final = re.compile(r"row-\d+")
_Columns = Mapping[str, Sequence[object]]


@dataclass(frozen=True, slots=True)
class WithOwners:
    """
    A table with its owners in it.

    Args:
        columns: the columns.
        found: by row, what was found for the records that met a company, or a number of several.
        made: the columns that are new or were changed.
        refused: by row, why a record would have too many of them; its columns are as they were.
    """

    columns: _Columns
    found: Mapping[int, Found]
    made: frozenset[str]
    refused: Mapping[int, RecordError]


def into_mapping(owners: OwnersIndex, record: Mapping[str, object]) -> tuple[Mapping[str, object], Found]:
    """
    Put owners into a record that was not read yet.

    Args:
        owners: the owners.
        record: the fields of a record.

    Returns:
        The record, and what was found of it.

    Raises:
        RecordError: it would have more than `MAX_OWNERS` of them.
    """
    keys = keys_of(_own(record.get("id")), identifiers_of(record), among=owners.marks)
    found = owners.of(keys, record.get("country"))
    if not found.companies:
        return record, found
    whole = dict(record)
    for group, entries in found.groups.items():
        told = entries_of(record.get(group))
        _refuse_too_many(len(told) + len(entries), group, record.get("id"))
        whole[group] = [*told, *entries]
    return whole, found


def into_record(
    owners: OwnersIndex, record: Record, settings: values.ReadingSettings = values.DEFAULT
) -> Record:
    """
    Put owners into a record.

    Args:
        owners: the owners.
        record: the record.
        settings: date order and decimal mark, as the record was read.

    Raises:
        RecordError: it would have more than `MAX_OWNERS` of them.
    """
    numbers = [(one.as_written("scheme"), one.as_written("value")) for one in record.identifiers]
    keys = keys_of(_own(record.id), numbers, among=owners.marks)
    for group, entries in owners.of(keys, record.as_written("country")).groups.items():
        _refuse_too_many(len(getattr(record, group)) + len(entries), group, record.id)
        record = record.with_entries(group, entries, settings)
    return record


def into_columns(owners: OwnersIndex, count: int, columns: _Columns) -> WithOwners:
    """
    Put owners into the rows of a table.

    Args:
        owners: the owners.
        count: number of rows.
        columns: column (`laborscreen.record.entry_path`) to one written value a row.
    """
    countries = columns.get("country")
    found = {
        row: owners.of(keys, countries and countries[row]) for row, keys in _known(owners, count, columns)
    }
    entries = _by_entry(columns)
    refused: dict[int, RecordError] = {}
    made: dict[str, list[object]] = {}
    for row, one in found.items():
        begins = {group: _told_in(columns, entries.get(group, []), row) for group in one.groups}
        try:
            for group, told in one.groups.items():
                _refuse_too_many(begins[group] + len(told), group, _at(columns, "id", row))
        except RecordError as error:
            refused[row] = error
            continue
        for group, told in one.groups.items():
            for number, entry in enumerate(told, begins[group]):
                for field, value in entry.items():
                    path = entry_path(f"{group}.{field}", number)
                    column = made.get(path)
                    if column is None:
                        column = made[path] = list(columns[path] if path in columns else repeat(None, count))
                    column[row] = value
    return WithOwners({**columns, **made}, found, frozenset(made), refused)


def _own(record_id: object) -> object:
    """Return an id, unless it was made up for a row that has none."""
    return None if isinstance(record_id, str) and _ROW_ID.fullmatch(record_id) else record_id


def _refuse_too_many(count: int, group: str, record_id: object) -> None:
    if count > MAX_OWNERS:
        raise RecordError(
            f"with those told elsewhere there are more than {MAX_OWNERS} (MAX_OWNERS)",
            field=group,
            record_id="" if record_id is None else str(record_id),
            hint="leave out those who hold least",
        )


def _known(owners: OwnersIndex, count: int, columns: _Columns) -> Iterator[tuple[int, list[Key]]]:
    """Yield the rows that may stand among the *owners*, each with what it is known by."""
    nothing: Sequence[object] = [None] * count
    pairs = [
        (columns.get(one.get("scheme", "")) or nothing, columns[one["value"]])
        for one in _by_entry(columns).get("identifiers", [])
        if "value" in one
    ]
    numbers: Iterable[tuple[tuple[object, object], ...]] = (
        zip(*(zip(*pair, strict=True) for pair in pairs), strict=True) if pairs else repeat((), count)
    )
    marks = owners.marks
    ids = columns.get("id") or nothing
    for row, (record_id, identifiers) in enumerate(zip(ids, numbers, strict=True)):
        keys = keys_of(_own(record_id), identifiers, among=marks)
        if keys:
            yield row, keys


def _by_entry(columns: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """Return for each group its entries in order, each telling which column holds which field."""
    found: dict[str, dict[int, dict[str, str]]] = {}
    for column in columns:
        group, number, field = column_parts(column)
        if group:
            found.setdefault(group, {}).setdefault(number, {})[field] = column
    return {group: [numbered[number] for number in sorted(numbered)] for group, numbered in found.items()}


def _told_in(columns: _Columns, entries: Sequence[Mapping[str, str]], row: int) -> int:
    """Return the number of the first entry after those that a row tells of."""
    return max(
        (
            number
            for number, one in enumerate(entries, 1)
            if not all(values.is_missing(columns[path][row]) for path in one.values())
        ),
        default=0,
    )


def _at(columns: _Columns, path: str, row: int) -> object:
    return columns[path][row] if path in columns else None
