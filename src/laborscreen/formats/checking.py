"""
What became of each column of a file: values as written and as read, how many could be read, and which could not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from laborscreen import values
from laborscreen.errors import RecordError
from laborscreen.formats.batch import Batch, Source
from laborscreen.formats.columnar_source import ColumnarSource
from laborscreen.formats.csv_source import CsvSource
from laborscreen.formats.nesting import read_path
from laborscreen.formats.xlsx_source import XlsxSource
from laborscreen.record import Record, catalogue
from laborscreen.record.reading import read_value, text_of

_SAMPLES = 3
_STRANGE = 5
_KEPT = 10_000  # different unread values counted; more are a sign of a wrong mapping, not of more words
_INDEX = re.compile(r"\[\d+\]")


@dataclass(slots=True)
class ColumnCheck:
    """
    What became of one column.

    Args:
        path: the field it fills.
        headers: the headers it was read from; none for a constant, and for formats that name the field themselves.
        read: how many values were read.
        unknown: how many could not be.
        missing: how many rows tell nothing.
        samples: some values as written, with what they were read as.
        strange: values that could not be read, and how often each stands there.
    """

    path: str
    headers: tuple[str, ...] = ()
    read: int = 0
    unknown: int = 0
    missing: int = 0
    samples: dict[str, str] = field(default_factory=dict)
    strange: Counter[str] = field(default_factory=Counter)

    def add(self, written: str, value: object, count: int) -> None:
        """Count a value."""
        if value is None:
            self.unknown += count
            if len(self.strange) < _KEPT or written in self.strange:
                self.strange[written] += count
            return
        self.read += count
        if len(self.samples) < _SAMPLES:
            self.samples.setdefault(written, text_of(value))

    @property
    def words(self) -> tuple[tuple[str, int], ...]:
        """The most frequent values that were not understood."""
        return tuple(sorted(self.strange.items(), key=lambda one: (-one[1], one[0]))[:_STRANGE])


@dataclass(slots=True)
class Checked:
    """
    What became of a file.

    Args:
        rows: how many rows were looked at.
        rejected: how many of them could not be screened, with the first reasons.
        columns: what became of each column.
        unmapped: headers that nothing is read from.
        reasons: why rows were rejected, and how many for each reason.
    """

    rows: int = 0
    rejected: int = 0
    columns: dict[str, ColumnCheck] = field(default_factory=dict)
    unmapped: tuple[str, ...] = ()
    reasons: Counter[str] = field(default_factory=Counter)


def check(source: Source, settings: values.ReadingSettings, rows: int | None = None) -> Checked:
    """
    Read a file and tell what became of it.

    Args:
        source: the file.
        settings: the writing habits that its profile tells.
        rows: how many rows to look at; None for all.
    """
    found = Checked()
    headers: dict[str, tuple[str, ...]] = {}
    plan = source.plan if isinstance(source, CsvSource | XlsxSource | ColumnarSource) else None
    if plan is not None:
        headers = {use.name: tuple(plan.header[at] for at in use.sources) for use in plan.uses}
        found.unmapped = plan.unmapped
        for name, written in headers.items():
            found.columns[name] = ColumnCheck(name, written)
    for batch in source.batches():
        found.rows += batch.rows_read
        found.rejected += len(batch.rejects)
        found.reasons.update(reject.reason for reject in batch.rejects)
        if batch.nested is None:
            _check_columns(batch, settings, found)
        else:
            _check_records(batch, settings, found)
        if rows is not None and found.rows >= rows:
            break
    screened = found.rows - found.rejected
    for column in found.columns.values():
        if plan is None:
            column.missing = max(screened - column.read - column.unknown, 0)
    return found


def _check_columns(batch: Batch, settings: values.ReadingSettings, found: Checked) -> None:
    for name, cells in batch.columns.items():
        field_ = read_path(name).field
        column = found.columns.setdefault(name, ColumnCheck(name))
        beside_name = f"{name.rpartition('.')[0]}.{field_.reads.beside}" if field_.reads.beside else ""
        beside = batch.columns.get(beside_name) or [None] * len(batch)
        pairs = Counter((_key(cell), other) for cell, other in zip(cells, beside, strict=True))
        for (cell, other), count in pairs.items():
            for one in cell if isinstance(cell, tuple) else (cell,):
                if values.is_missing(one):
                    column.missing += count
                    continue
                reading = read_value(field_.reads, one, {field_.reads.beside: other}, settings)
                column.add(str(one), reading.value, count)


def _key(cell: object) -> object:
    return tuple(map(str, cell)) if isinstance(cell, list) else cell


def _check_records(batch: Batch, settings: values.ReadingSettings, found: Checked) -> None:
    for told in batch.nested or ():
        try:
            record = Record.model_validate(told, context=settings)
        except RecordError as error:
            found.rejected += 1
            found.reasons[f"{error.field}: {error.message}"] += 1
            continue
        unread = {note.field for note in record.notes()}
        for path, written in record.written_items():
            name = _INDEX.sub("", path)
            if name in catalogue().fields:
                value = None if path in unread else _value_at(record, path)
                found.columns.setdefault(name, ColumnCheck(name)).add(written, value, 1)


def _value_at(record: Record, path: str) -> object:
    """Return the value of a record at a full path."""
    value: object = record
    for name, index in _steps(path):
        value = getattr(value, name, None)
        if index is not None and isinstance(value, tuple):
            value = value[index] if index < len(value) else None
    return value


def _steps(path: str) -> Iterator[tuple[str, int | None]]:
    for part in path.split("."):
        name, _, index = part.partition("[")
        yield name, int(index.rstrip("]")) if index else None


def as_dict(found: Checked) -> Mapping[str, object]:
    """Return the form that ``map check --json`` prints."""
    return {
        "rows": found.rows,
        "rejected": found.rejected,
        "columns": [
            {
                "field": one.path,
                "headers": list(one.headers),
                "read": one.read,
                "unknown": one.unknown,
                "missing": one.missing,
                "samples": [{"written": written, "read": read} for written, read in one.samples.items()],
                "not_understood": [{"written": written, "rows": count} for written, count in one.words],
            }
            for one in found.columns.values()
        ],
        "unmapped": list(found.unmapped),
        "reasons": dict(found.reasons.most_common(10)),
    }
