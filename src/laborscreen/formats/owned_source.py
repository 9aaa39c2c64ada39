"""
Batches and sources with the owners told elsewhere in their records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from laborscreen.errors import RecordError
from laborscreen.formats.batch import BATCH_ROWS, Batch, Position, Reject, Source
from laborscreen.owners import Found, OwnersIndex, into_columns, into_mapping


@dataclass(frozen=True, slots=True)
class Joined:
    """
    A batch with its owners in it.

    Args:
        batch: the batch.
        companies: the numbers of the companies that its records met.
        ambiguous: how many records bear a number that is that of several companies.
    """

    batch: Batch
    companies: tuple[int, ...] = ()
    ambiguous: int = 0


def join(owners: OwnersIndex, batch: Batch, name: str) -> Joined:
    """
    Put the owners and people that *owners* knows of into the records of a *batch*, after those told there.

    A record that would have more than `laborscreen.owners.MAX_OWNERS` of them is rejected.

    Args:
        owners: the owners.
        batch: the batch.
        name: the file as the user named it.
    """
    refused: dict[int, RecordError] = {}
    found: dict[int, Found] = {}
    if batch.nested is None:
        laid = into_columns(owners, len(batch), batch.columns)
        found |= laid.found
        refused |= laid.refused
        batch = replace(batch, columns=laid.columns, silenced=batch.silenced - laid.made)
    else:
        nested = list(batch.nested)
        for place, told in enumerate(nested):
            try:
                nested[place], found[place] = into_mapping(owners, told)
            except RecordError as error:
                refused[place] = error
        batch = replace(batch, nested=tuple(nested))
    companies = dict.fromkeys(
        number for place, one in found.items() if place not in refused for number in one.companies
    )
    ambiguous = sum(one.ambiguous for one in found.values())
    return Joined(_without(batch, refused, name) if refused else batch, tuple(companies), ambiguous)


def _without(batch: Batch, refused: dict[int, RecordError], name: str) -> Batch:
    """Return a batch without the records that were refused; they are rejected."""
    keep = [row for row in range(len(batch)) if row not in refused]
    rejects = [
        Reject(
            name,
            batch.rows[row] + more,
            batch.lines[row],
            error.record_id[:200],
            f"{error.field}: {error.message} ({error.hint})",
        )
        for row, error in refused.items()
        for more in range(batch.spans[row] if batch.spans is not None else 1)
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


class OwnedSource:
    """
    A file of records with owners from elsewhere.

    Args:
        source: the file.
        owners: the owners.
    """

    def __init__(self, source: Source, owners: OwnersIndex) -> None:
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
