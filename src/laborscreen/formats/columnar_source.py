"""
Parquet and Arrow files: columns that are columns already.

A file whose columns hold lists of entries or structures (``workforce`` as a list of groups) is read row by row, as JSON
objects are; any other is read like a flat file, through the same mapping profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from laborscreen.errors import InputError
from laborscreen.formats.arrow_batches import ArrowFile, open_arrow, open_parquet, refusing
from laborscreen.formats.arrow_cells import CellReader, cell_reader, holds_entries, is_list
from laborscreen.formats.batch import BATCH_ROWS, Batch, Position, Reject
from laborscreen.formats.bytes_in import digest_of
from laborscreen.formats.finishing import finished
from laborscreen.formats.headers import listed
from laborscreen.formats.objects import Item, ObjectMapper, object_batches
from laborscreen.formats.own_parties import Named
from laborscreen.formats.plan import Plan, is_meant, plan_columns
from laborscreen.formats.profile import Profile
from laborscreen.formats.tabular import Stretch, Tally, batches
from laborscreen.formats.typed_cells import cell_fault
from laborscreen.source import Location


class ColumnarSource:
    """
    A Parquet or Arrow file.

    Args:
        path: the file.
        profile: which column means what.
        name: the file as the user named it.
        parquet: whether it is a Parquet file; if not, an Arrow file.

    Raises:
        InputError: it is no such file, cut off or damaged, or no column holds the name.
        MissingExtraError: the extra ``columnar`` is not installed.
    """

    def __init__(self, path: Path, profile: Profile, name: str = "", *, parquet: bool) -> None:
        self.path = path
        self.name = name or str(path)
        self.profile = profile
        self.format = "parquet" if parquet else "arrow"
        self._digest = ""
        self._tally = Tally()
        self._named = Named()
        self._file: ArrowFile = (open_parquet if parquet else open_arrow)(path, self.name)
        self._mapper = ObjectMapper(profile)
        self._passed: list[str] = []
        self._read = [self._reader(field) for field in self._file.schema]
        self._nested = any(holds_entries(field.type) for field in self._file.schema)
        self.plan: Plan | None = None
        if not self._nested:
            self.plan = plan_columns(self._file.schema.names, profile, self.name)
            self._refuse_lists_for_one_value(self.plan)

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file, in hexadecimal."""
        self._digest = self._digest or digest_of(self.path, self.name)
        return self._digest

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the file was read."""
        if self.plan is None:
            passed = f"columns nobody mapped, which hold no values: {listed(self._passed)}"
            return (*((passed,) if self._passed else ()), *self._mapper.notes)
        return (*self.plan.notes, *self._tally.notes, *self._named.notes)

    def batches(self, size: int = BATCH_ROWS, after: Position | None = None) -> Iterator[Batch]:
        """Yield the rows in order, at most *size* at a time, leaving out those up to *after*."""
        self._tally, self._named = Tally(), Named()
        skip = after.row if after else 0
        plan = self.plan
        if plan is None:
            return object_batches(self._items(size), self._mapper, self.name, size, 0, after)
        return finished(
            batches(self.stretches(plan, skip, size), plan, self.name, size, self._tally, after),
            lambda: batches(self.stretches(plan, 0, size), plan, self.name, size, Tally()),
            self.profile, plan, self.name, self._tally, self._named,
        )  # fmt: skip

    def _reader(self, field: Any) -> CellReader:
        """
        Return what reads a column; of one that nobody maps, what is no value of a record is passed over.

        Raises:
            InputError: a column that is meant for a field holds what is no value of a record.
        """
        meant = is_meant(field.name, self.profile)
        try:
            return cell_reader(field.type, field.name, self.name, strict=meant)
        except InputError:
            if meant:
                raise
            self._passed.append(field.name)
            return lambda array: [None] * len(array)

    def _refuse_lists_for_one_value(self, plan: Plan) -> None:
        for use in plan.uses:
            for at in use.sources:
                field = self._file.schema.field(at)
                if is_list(field.type) and not use.path.field.reads.many:
                    raise InputError(
                        f"the column {field.name[:80]!r} holds lists, but `{use.path.field.path}` is one value",
                        location=Location(self.name),
                        hint="write one value a row, or a list of structures named as the group",
                    )

    def _cells(self, batch: Any) -> list[list[object]]:
        with refusing(self.name, self.format.capitalize()):
            return [read(column) for read, column in zip(self._read, batch.columns, strict=True)]

    def stretches(self, plan: Plan, skip: int = 0, size: int = BATCH_ROWS) -> Iterator[Stretch]:
        """Yield the rows as they stand in the file, passing over the first ones."""
        for before, batch in self._file.batches(skip, size):
            if before + batch.num_rows <= skip:
                continue
            rows = list(zip(*self._cells(batch), strict=True))
            numbers = range(before + 1, before + len(rows) + 1)
            faults = {at: fault for at, row in enumerate(rows) if (fault := cell_fault(row))}
            begins = Position(before)
            if not faults:
                yield Stretch(rows, numbers, numbers, [], begins, entered=False)
                continue
            good = [at for at in range(len(rows)) if at not in faults]
            kept = [numbers[at] for at in good]
            rejects = [
                Reject(self.name, numbers[at], numbers[at], _id_in(plan, rows[at], numbers[at]), fault)
                for at, fault in faults.items()
            ]
            yield Stretch([rows[at] for at in good], kept, kept, rejects, begins, entered=False)

    def _items(self, size: int) -> Iterator[Item]:
        """Yield each row as an object; a column in which it holds nothing is left out."""
        names = self._file.schema.names
        for before, batch in self._file.batches(0, size):
            for number, row in enumerate(zip(*self._cells(batch), strict=True), start=before + 1):
                told = {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}
                yield Item(told, number, cell_fault(row))


def _id_in(plan: Plan, row: Sequence[object], number: int) -> str:
    return f"row-{number}" if plan.id_at is None else str(row[plan.id_at])[:200]
