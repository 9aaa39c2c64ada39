"""
Owners told elsewhere, put into the records they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import Final

from laborscreen.formats.batch import BATCH_ROWS, Batch, Position, Reject, Source
from laborscreen.formats.limits import MAX_LIST
from laborscreen.formats.nesting import column_name, tables
from laborscreen.formats.owners.index import Found, Owners
from laborscreen.formats.owners.keys import Key, entries_of, identifiers_of, keys_of
from laborscreen.record import catalogue

_ROW_ID: Final = re.compile(r"row-\d+")


@dataclass(frozen=True, slots=True)
class Joined:
    """
    A batch with its owners in it.

    Args:
        batch: the batch.
        companies: the numbers of the companies that its records met.
        records: how many records were given owners.
        ambiguous: how many bear a number that is that of several companies.
    """

    batch: Batch
    companies: tuple[int, ...] = ()
    records: int = 0
    ambiguous: int = 0


def join(owners: Owners, batch: Batch, name: str) -> Joined:
    """
    Put the owners and people that *owners* knows of into the records of a *batch*, after those told there.

    A record that would have more than `MAX_LIST` of them is rejected.

    Args:
        owners: the index.
        batch: the batch.
        name: the file as the user named it.
    """
    countries = batch.columns.get("country")
    found: dict[int, Found] = {}
    for place, keys in _known(owners, batch):
        country = (
            batch.nested[place].get("country") if batch.nested is not None else countries and countries[place]
        )
        found[place] = owners.of(keys, country)
    met = {place: one for place, one in found.items() if one.companies}
    ambiguous = sum(one.ambiguous for one in found.values())
    if not met:
        return Joined(batch, ambiguous=ambiguous)
    companies = tuple(dict.fromkeys(number for one in met.values() for number in one.companies))
    told = _Told(batch)
    over = {
        place: group
        for place, one in met.items()
        for group, entries in one.groups.items()
        if len(entries) + told.before(place, group) > MAX_LIST
    }
    laid = _into_objects(batch, met) if batch.nested is not None else _into_columns(batch, met, over, told)
    return Joined(_without(laid, over, name) if over else laid, companies, len(met) - len(over), ambiguous)


def _own(record_id: object) -> object:
    """Return an id, unless it was made up for a row that has none."""
    return None if isinstance(record_id, str) and _ROW_ID.fullmatch(record_id) else record_id


def _known(owners: Owners, batch: Batch) -> Iterator[tuple[int, list[Key]]]:
    """Yield the records that may stand among the *owners*, each with what it is known by."""
    marks = owners.marks
    told: Iterable[tuple[object, list[tuple[object, object]]]]
    if batch.nested is not None:
        told = ((one.get("id"), identifiers_of(one)) for one in batch.nested)
    else:
        columns, nothing = batch.columns, [None] * len(batch)
        pairs = [
            (columns.get(one.get("scheme", "")) or nothing, columns[one["value"]])
            for one in tables(columns).get("identifiers", [])
            if "value" in one
        ]
        numbers = zip(*(zip(*pair, strict=True) for pair in pairs), strict=True) if pairs else repeat(())
        told = zip(columns["id"], map(list, numbers), strict=False)
    for place, (record_id, identifiers) in enumerate(told):
        keys = keys_of(_own(record_id), identifiers, among=marks)
        if keys:
            yield place, keys


def _into_objects(batch: Batch, met: Mapping[int, Found]) -> Batch:
    assert batch.nested is not None
    nested = list(batch.nested)
    for place, one in met.items():
        record = dict(nested[place])
        for group, entries in one.groups.items():
            record[group] = [*entries_of(record.get(group)), *entries]
        nested[place] = record
    return replace(batch, nested=tuple(nested))


def _into_columns(batch: Batch, met: Mapping[int, Found], over: Mapping[int, str], told: _Told) -> Batch:
    made: dict[tuple[str, str, int], list[object]] = {}
    known = catalogue().fields
    names: dict[str, list[object]] = {}
    for place, one in met.items():
        if place in over:
            continue
        for group, entries in one.groups.items():
            begins = told.before(place, group)
            for number, entry in enumerate(entries, begins):
                for field, value in entry.items():
                    column = made.get((group, field, number))
                    if column is None:
                        path = column_name(known[f"{group}.{field}"], number)
                        column = list(batch.columns.get(path) or [None] * len(batch))
                        made[group, field, number] = names[path] = column
                    column[place] = value
    return replace(batch, columns={**batch.columns, **names}, silenced=batch.silenced - set(names))


class _Told:
    """How many owners and people the records of a batch tell themselves."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._entries = tables(batch.columns)

    def before(self, place: int, group: str) -> int:
        """Return the number of entries of a group in one record."""
        batch = self._batch
        if batch.nested is not None:
            return len(entries_of(batch.nested[place].get(group)))
        return max(
            (
                number
                for number, one in enumerate(self._entries.get(group, []), 1)
                if any(batch.columns[path][place] is not None for path in one.values())
            ),
            default=0,
        )


def _without(batch: Batch, over: Mapping[int, str], name: str) -> Batch:
    """Return a batch without the records that would have too many owners; they are rejected."""
    keep = [row for row in range(len(batch)) if row not in over]
    rejects = [
        Reject(
            name,
            batch.rows[row],
            batch.lines[row],
            str(_id_of(batch, row))[:200],
            f"{group}: with those of the files of owners there are more than {MAX_LIST} (MAX_LIST); "
            "leave out those who hold least",
        )
        for row, group in over.items()
    ]
    return replace(
        batch,
        columns={path: [column[row] for row in keep] for path, column in batch.columns.items()},
        rows=[batch.rows[row] for row in keep],
        lines=[batch.lines[row] for row in keep],
        nested=None if batch.nested is None else tuple(batch.nested[row] for row in keep),
        spans=None if batch.spans is None else [batch.spans[row] for row in keep],
        rejects=tuple(sorted([*batch.rejects, *rejects], key=lambda one: one.row)),
    )


def _id_of(batch: Batch, row: int) -> object:
    return batch.columns["id"][row] if batch.nested is None else batch.nested[row].get("id")


class OwnedSource:
    """
    A file of records with owners from elsewhere.

    Args:
        source: the file.
        owners: the owners.
    """

    def __init__(self, source: Source, owners: Owners) -> None:
        self._source = source
        self._owners = owners
        self._met: set[int] = set()

    @property
    def path(self) -> Path:
        """The file."""
        return self._source.path

    @property
    def name(self) -> str:
        """The file as the user named it."""
        return self._source.name

    @property
    def format(self) -> str:
        """What it is read as."""
        return self._source.format

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file, in hexadecimal."""
        return self._source.digest

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the file was read, and how many companies were met."""
        told = f"{len(self._met):,} of {len(self._owners):,} companies of the files of owners were met in the records"
        return (*self._source.notes, told)

    def batches(self, size: int = BATCH_ROWS, after: Position | None = None) -> Iterator[Batch]:
        """Yield the rows in order, at most *size* at a time, going on *after* a position of an earlier run."""
        self._met = set()
        for batch in self._source.batches(size, after):
            joined = join(self._owners, batch, self.name)
            self._met.update(joined.companies)
            yield joined.batch
