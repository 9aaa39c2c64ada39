"""
What every reader gives: batches of columns, and what is told of the file they came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

BATCH_ROWS = 16_384
"""Rows of a batch unless told: large enough to judge distinct values once, small enough to stay in memory."""


@dataclass(frozen=True, slots=True)
class Reject:
    """
    A row that cannot be screened.

    Args:
        file: the file as the user named it.
        row: number of the data row, from 1.
        line: physical line in the file, from 1 (the row of the sheet in a workbook).
        id: the record's id where it could be read.
        reason: one sentence that says what is wrong and what cures it.
    """

    file: str
    row: int
    line: int
    id: str
    reason: str


class Position(NamedTuple):
    """
    Where reading stands after a batch, so that a later run can go on from there.

    Args:
        row: data rows read so far, rejected ones included.
        offset: a byte of the unpacked file at which a row begins; 0 where a format cannot be entered in the middle.
        line: physical lines before *offset*.
        skip: rows between *offset* and here, to be read again and left out.
    """

    row: int
    offset: int = 0
    line: int = 0
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """
    Some rows of a file, as columns.

    A column is named by the path of its field: ``country``, ``remote_work.vpn``, ``addresses.city``. A list of
    entries is laid side by side: ``workforce.nationality`` is of the first entry, ``workforce[1].nationality`` of
    the second (`laborscreen.formats.nesting`).

    Args:
        columns: for each path, one written value a row: text, a JSON value, or None where nothing was written.
        rows: the number of each row in its file, from 1.
        lines: the physical line of each row.
        nested: whole objects where the format nests; columns are then empty.
        rejects: rows of this stretch of the file that cannot be screened; they stand in no column.
        spans: how many rows of the file each entry was made of, where rows are grouped; None means one each.
        position: a mark from which a later run can go on reading after this batch.
        silenced: columns in which every cell that says nothing ("n/a", "-") is None already.
    """

    columns: Mapping[str, Sequence[object]]
    rows: Sequence[int]
    lines: Sequence[int]
    nested: Sequence[Mapping[str, object]] | None = None
    rejects: tuple[Reject, ...] = ()
    spans: Sequence[int] | None = None
    position: Position | None = None
    silenced: frozenset[str] = frozenset()

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.rows)

    @property
    def rows_read(self) -> int:
        """Rows of the file this batch accounts for, rejected ones included."""
        return (sum(self.spans) if self.spans is not None else len(self.rows)) + len(self.rejects)


class Source(Protocol):
    """A file that can be read in batches."""

    @property
    def name(self) -> str:
        """The file as the user named it."""
        ...

    @property
    def path(self) -> Path:
        """The file."""
        ...

    @property
    def format(self) -> str:
        """What it is read as: csv, xlsx, jsonl, json, parquet, arrow ..."""
        ...

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file, in hexadecimal."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the file was read; complete after the last batch."""
        ...

    def batches(self, size: int = BATCH_ROWS, after: Position | None = None) -> Iterator[Batch]:
        """Yield the rows in order, at most *size* at a time, going on *after* a position of an earlier run."""
        ...
