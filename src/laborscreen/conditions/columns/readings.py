"""
What is read in a column: a code a row, and the reading of each distinct value.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from laborscreen import values
from laborscreen.conditions.columns.bits import Codes
from laborscreen.conditions.columns.written import TEXT
from laborscreen.record import Reads, read_value
from laborscreen.text.text_column import TextColumn


class Encoded:
    """
    One column of written values: a code a row, and the reading of each distinct value.

    Args:
        column: the values as written; for a field read together with another one, pairs.
        reads: how the field is read.
        settings: date order and decimal mark of the file.
        paired: whether the column holds pairs.
        kinds: the types of its values, of pairs those of their parts; looked up unless told.
    """

    def __init__(
        self,
        column: Sequence[object],
        reads: Reads,
        settings: values.ReadingSettings,
        *,
        paired: bool = False,
        kinds: frozenset[type] | None = None,
    ) -> None:
        if reads.many:
            column = [tuple(one) if isinstance(one, list) else one for one in column]
        elif isinstance(column, TextColumn):
            self._read_distinct(column, reads, settings)
            return
        memory = _Readings(reads, settings, paired=paired)
        keys: Sequence[object] = column
        if _equals_may_differ(column, kinds):
            memory = _TypedReadings(reads, settings, paired=paired)
            keys = [(_types(one), one) for one in column]
        try:
            found: Codes = np.frombuffer(bytes(map(memory.__getitem__, keys)), np.uint8)
        except ValueError:  # more than 256 distinct values do not fit a byte
            found = np.fromiter(map(memory.__getitem__, keys), np.int32, len(keys))
        self.codes: Codes = found
        self.values = memory.values_read
        self.notes = memory.notes

    def values_of(self, rows: Codes) -> list[object]:
        """Return what was read in some *rows*."""
        return list(map(self.values.__getitem__, self.codes[rows].tolist()))

    def _read_distinct(self, column: TextColumn, reads: Reads, settings: values.ReadingSettings) -> None:
        """Read a column whose texts the library that holds them tells apart."""
        memory = _Readings(reads, settings, paired=False)
        codes, distinct = column.distinct()
        for written in distinct:
            memory[written]
        self.codes = codes if len(distinct) > 256 else codes.astype(np.uint8)
        self.values = memory.values_read
        self.notes = memory.notes


class _Readings(dict[object, int]):
    """Written value to code; a value is read at first sight."""

    def __init__(self, reads: Reads, settings: values.ReadingSettings, *, paired: bool) -> None:
        super().__init__()
        self._reads = reads
        self._settings = settings
        self._paired = paired
        self.values_read: list[object] = []
        self.notes: list[str] = []

    def __missing__(self, written: object) -> int:
        code = len(self.values_read)
        value, note = self._read(written)
        self.values_read.append(value)
        self.notes.append(note)
        self[written] = code
        return code

    def _read(self, written: object) -> tuple[object, str]:
        if self._reads.many:
            entries = written if isinstance(written, tuple) else (written,)
            found = [read_value(self._reads, entry, {}, self._settings) for entry in entries]
            kept = tuple(one.value for one in found if one.value is not None)
            return kept, "".join(one.note for one in found)
        beside: dict[str, object] = {}
        if self._paired:
            assert isinstance(written, tuple)
            written, beside[self._reads.beside] = written
        reading = read_value(self._reads, written, beside, self._settings)
        return reading.value, reading.note


class _TypedReadings(_Readings):
    """The same for columns in which values are equal to Python that read differently; keys are (types, value)."""

    def _read(self, written: object) -> tuple[object, str]:
        assert isinstance(written, tuple)
        return super()._read(written[1])


def _equals_may_differ(column: Sequence[object], kinds: frozenset[type] | None) -> bool:
    """Return whether a column holds several kinds of numbers: 1, 1.0 and yes are equal to Python."""
    kinds = frozenset(map(type, column)) if kinds is None else kinds
    if tuple in kinds or list in kinds:
        kinds |= set(map(type, chain.from_iterable(one for one in column if isinstance(one, tuple))))
    return len(kinds - TEXT - {tuple, list}) > 1


def _types(value: object) -> object:
    return tuple(map(type, value)) if isinstance(value, tuple) else type(value)
