"""
Run a program on many records at once: each distinct value is judged once, and the formula runs on bit sets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any as Anything

import numpy as np
import numpy.typing as npt

from laborscreen import values
from laborscreen.conditions.figures import Entry, compared, range_of
from laborscreen.conditions.levels import (
    DEFAULT_SOURCE,
    SOURCE_WHEN_SILENT,
    STATED_WHEN_SILENT,
    Evaluation,
    Grades,
    Sources,
)
from laborscreen.conditions.program import BoundProgram, Program, Seat, Table
from laborscreen.conditions.subjects import SubjectJudge, Way, text_bits
from laborscreen.record import Catalogue, Kind, Reads, read_value

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.integer[Anything]]


def bits_of(flags: Flags) -> int:
    """Return a bit set: bit *i* is set where flag *i* is."""
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def flags_of(bits: int, rows: int) -> Flags:
    """Return the flags of a bit set over so many *rows*."""
    packed = np.frombuffer(bits.to_bytes((rows + 7) // 8, "little"), np.uint8)
    return np.unpackbits(packed, count=rows, bitorder="little").view(np.bool_)


@dataclass(frozen=True)
class Judged:
    """
    The answers of one subject for every row: a code a row, and the bits of each code.

    Args:
        codes: a small number for each row.
        bits: for each code, the subject's bits.
    """

    codes: Codes
    bits: npt.NDArray[np.uint8]

    def slots(self, rows: Codes | None = None) -> list[int]:
        """Return the subject's slots as bit sets over all rows, or over the chosen *rows* in their order."""
        codes = self.codes if rows is None else self.codes[rows]
        full = (1 << len(codes)) - 1
        found = []
        for answers in self.bits.T:
            if not answers.any():
                found.append(0)
            elif answers.all():
                found.append(full)
            else:
                found.append(bits_of(answers.view(np.bool_)[codes]))
        return found


class Encoded:
    """
    One column of written values: a code a row, and the reading of each distinct value.

    Args:
        column: the values as written; for a field read together with another one, pairs.
        reads: how the field is read.
        settings: date order and decimal mark of the file.
        paired: whether the column holds pairs.
    """

    def __init__(
        self, column: Sequence[object], reads: Reads, settings: values.ReadingSettings, *, paired: bool = False
    ) -> None:
        memory = _Readings(reads, settings, paired=paired)
        try:
            found: Codes = np.frombuffer(bytes(map(memory.__getitem__, column)), np.uint8)
        except ValueError:  # more than 256 distinct values do not fit a byte
            found = np.fromiter(map(memory.__getitem__, column), np.int32, len(column))
        self.codes = found
        self.written = [one[0] if paired and isinstance(one, tuple) else one for one in memory]
        self.values = memory.values_read

    @cached_property
    def told(self) -> Flags:
        """The rows in which anything stands, readable or not."""
        return np.array([not values.is_missing(one) for one in self.written], np.bool_)[self.codes]


class _Readings(dict[object, int]):
    """Written value to code; a value is read at first sight."""

    def __init__(self, reads: Reads, settings: values.ReadingSettings, *, paired: bool) -> None:
        super().__init__()
        self._reads = reads
        self._settings = settings
        self._paired = paired
        self.values_read: list[object] = []

    def __missing__(self, written: object) -> int:
        code = len(self.values_read)
        self.values_read.append(self._read(written))
        self[written] = code
        return code

    def _read(self, written: object) -> object:
        if self._paired:
            assert isinstance(written, tuple)
            return read_value(self._reads, written[0], {self._reads.beside: written[1]}, self._settings).value
        if self._reads.many:
            entries = written if isinstance(written, tuple) else (written,)
            found = (read_value(self._reads, entry, {}, self._settings).value for entry in entries)
            return tuple(value for value in found if value is not None)
        return read_value(self._reads, written, {}, self._settings).value


class NumberColumn:
    """
    A column of numbers that are numbers already; NaN is missing.

    Args:
        numbers: the values, of any numeric or yes/no type.
    """

    __slots__ = ("numbers",)

    def __init__(self, numbers: npt.ArrayLike) -> None:
        self.numbers = np.asarray(numbers)

    def __len__(self) -> int:
        return len(self.numbers)


Column = Sequence[object] | NumberColumn

_READ_TOGETHER = (Kind.CODE, Kind.IDENTIFIER)
"""Kinds that cannot be read without the field beside them: a code's or a number's scheme."""


class WrittenRows:
    """
    The rows of a flat table: one entry of each list a record.

    Args:
        count: number of rows.
        columns: full path to a column of written values.
        settings: date order and decimal mark.
    """

    def __init__(self, count: int, columns: Mapping[str, Column], settings: values.ReadingSettings) -> None:
        self.count = count
        self.columns = columns
        self._settings = settings
        self._encoded: dict[str, Encoded] = {}

    def encoded(self, path: str, reads: Reads) -> Encoded:
        """Return a field's column, read once; a column that is not there is missing in every row."""
        found = self._encoded.get(path)
        if found is None:
            column = self._listed(path)
            paired = reads.kind in _READ_TOGETHER
            if paired:
                other = f"{path.rpartition('.')[0]}.{reads.beside}".lstrip(".")
                column = list(zip(column, self._listed(other), strict=True))
            found = Encoded(column, reads, self._settings, paired=paired)
            self._encoded[path] = found
        return found

    def _listed(self, path: str) -> Sequence[object]:
        column = self.columns.get(path)
        if column is None:
            return [None] * self.count
        return column.numbers.tolist() if isinstance(column, NumberColumn) else column

    def judged(self, seat: Seat, judge: SubjectJudge, bound: BoundProgram) -> Judged:
        """Return the answers of one subject for every row."""
        parts = seat.subject.parts
        columns = [self.columns.get(part.path) for part in parts]
        if all(column is None for column in columns):
            nothing = None if len(parts) == 1 else (None,) * len(parts)
            return Judged(np.zeros(self.count, np.uint8), np.array([judge[nothing]], np.uint8))
        first = columns[0]
        if len(parts) == 1 and isinstance(first, NumberColumn):
            return _judge_numbers(first, seat, judge)
        if seat.subject.way is Way.TEXT and not isinstance(first, NumberColumn) and first is not None:
            return judge_texts(first, seat, judge, bound)
        encoded = [self.encoded(part.path, part.reads) for part in parts]
        if len(encoded) == 1:
            return Judged(encoded[0].codes, np.array([judge[value] for value in encoded[0].values], np.uint8))
        return _judge_together(encoded, judge)

    def told(self, group: str) -> Flags:
        """Return the rows in which anything of a list is told."""
        found = np.zeros(self.count, np.bool_)
        for path, column in self.columns.items():
            if path.partition(".")[0] != group:
                continue
            if isinstance(column, NumberColumn):
                found |= ~np.isnan(column.numbers.astype(np.float64))
            elif path in self._encoded:
                found |= self._encoded[path].told
            else:
                found |= np.fromiter((not values.is_missing(one) for one in column), np.bool_, self.count)
        return found


def _judge_numbers(column: NumberColumn, seat: Seat, judge: SubjectJudge) -> Judged:
    """
    Judge numbers by region: between two neighbouring limits of the tests every number gets the same answers.
    """
    numbers = column.numbers
    whole = numbers.dtype.kind in "iub"
    if numbers.dtype.kind == "b":
        return Judged(numbers.view(np.uint8), np.array([judge[False], judge[True]], np.uint8))
    limits = sorted({float(p.wanted) for p in seat.predicates if isinstance(p.wanted, int | float)})
    codes = np.zeros(len(numbers), np.uint8 if len(limits) < 120 else np.int32)
    for limit in limits:
        codes += numbers >= limit
        codes += numbers > limit
    low, high = (limits[0] - 1, limits[-1] + 1) if limits else (0.0, 0.0)
    steps = [low, *limits, high]
    regions: list[float] = [low]
    for place, limit in enumerate(limits, 1):
        regions += (limit, (limit + steps[place + 1]) / 2)
    table = [judge[value] for value in regions]
    if not whole:
        missing = np.isnan(numbers)
        if missing.any():
            codes = np.where(missing, len(table), codes)
            table.append(judge.missing)
    return Judged(codes, np.array(table, np.uint8))


def judge_texts(column: Sequence[object], seat: Seat, judge: SubjectJudge, bound: BoundProgram) -> Judged:
    """Judge a column of texts with one pass of the automaton over all of it."""
    scanner = bound.program.scanner
    assert scanner is not None
    texts = [None if one is None or values.is_missing(one) else str(one) for one in column]
    hits = scanner.scan_column(texts)
    numbers = [bound.program.scanned[str(predicate.wanted)] for predicate in seat.predicates]
    place = {number: at for at, number in enumerate(numbers)}
    wanted = np.isin(hits.lists, numbers)
    rows, inverse = np.unique(hits.rows[wanted], return_inverse=True)
    standings = np.zeros((len(rows), len(numbers)), np.uint8)
    if len(rows):
        at = np.array([place.get(number, 0) for number in range(max(numbers) + 1)])[hits.lists[wanted]]
        standings[inverse, at] = hits.standings[wanted]
    patterns, which = _distinct(standings)
    codes = np.ones(len(texts), np.int32)  # code 0: missing; code 1: nothing mentioned
    codes[np.array([text is None for text in texts], np.bool_)] = 0
    codes[rows] = which + 2
    table = [judge.missing, text_bits([0] * len(numbers)), *(text_bits(pattern) for pattern in patterns.tolist())]
    return Judged(codes, np.array(table, np.uint8))


def _distinct(matrix: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.uint8], Codes]:
    """Return the distinct rows of a matrix and, for every row, the number of its like."""
    if not len(matrix):
        return matrix, np.zeros(0, np.int64)
    packed = np.ascontiguousarray(matrix).view(np.dtype((np.void, matrix.shape[1]))).ravel()
    _, first, inverse = np.unique(packed, return_index=True, return_inverse=True)
    return matrix[first], inverse


def _judge_together(encoded: Sequence[Encoded], judge: SubjectJudge) -> Judged:
    """Judge each distinct combination of several columns once."""
    key = np.zeros(len(encoded[0].codes), np.int64)
    for column in encoded:
        key = key * len(column.values) + column.codes
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    table = [judge[tuple(column.values[column.codes[row]] for column in encoded)] for row in first]
    return Judged(inverse, np.array(table, np.uint8))


class FlatRows:
    """The rows of a list in a flat table: one a record, so that "some" and "every" are the row itself."""

    __slots__ = ("_catalogue", "_rows", "_table", "_which", "all", "slots")

    def __init__(
        self, table: Table, catalogue: Catalogue, rows: WrittenRows, which: Codes | None, slots: Sequence[int]
    ) -> None:
        self._table = table
        self._catalogue = catalogue
        self._rows = rows
        self._which = which
        count = rows.count if which is None else len(which)
        self.all = (1 << count) - 1
        self.slots = slots

    def some(self, bits: int) -> int:
        """Return the records whose row is in *bits*."""
        return bits

    def every(self, bits: int) -> int:
        """Return the records whose row is in *bits*."""
        return bits

    def figure(self, number: int, true: int, false: int) -> tuple[int, int]:
        """Return the truth of a figure, each distinct combination measured once."""
        figure = self._table.figures[number]
        count = self.all.bit_length()
        fields = [self._column(name) for name in (figure.field, figure.by)]
        told = self._rows.told(figure.group)
        key = flags_of(true, count).astype(np.int64) + 2 * flags_of(false, count)
        key = key * 2 + (told if self._which is None else told[self._which])
        for codes, known in fields:
            key = key * max(len(known), 1) + codes
        _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        met = np.zeros((len(first), 2), np.bool_)
        for place, row in enumerate(first.tolist()):
            meant = True if true >> row & 1 else False if false >> row & 1 else None
            value, by = (known[codes[row]] if known else None for codes, known in fields)
            entry: Entry = (meant, value if isinstance(value, int | float) else None, by)
            is_told = bool(told[row if self._which is None else self._which[row]])
            met[place] = compared(figure, range_of(figure, [entry], told=is_told))
        return bits_of(met[inverse, 0]), bits_of(met[inverse, 1])

    def _column(self, name: str) -> tuple[Codes, list[object]]:
        if not name:
            return np.zeros(self.all.bit_length(), np.int64), []
        path = f"{self._table.name}.{name}"
        encoded = self._rows.encoded(path, self._catalogue.fields[path].reads)
        return (encoded.codes if self._which is None else encoded.codes[self._which]), encoded.values


class ColumnRunner:
    """
    Runs a bound program on flat tables.

    Args:
        bound: the program for a day.
        grades: what sources are worth.
    """

    def __init__(self, bound: BoundProgram, grades: Grades) -> None:
        self._bound = bound
        self._program = bound.program
        self._grades = grades

    def judge(
        self, count: int, columns: Mapping[str, Column], settings: values.ReadingSettings = values.DEFAULT
    ) -> JudgedRows:
        """Judge every subject of every row."""
        rows = WrittenRows(count, columns, settings)
        judged = {
            table.name: [
                rows.judged(seat, judge, self._bound)
                for seat, judge in zip(table.seats, self._bound.judges[table.name], strict=True)
            ]
            for table in (self._program.root, *self._program.tables)
        }
        return JudgedRows(self._program, self._grades, rows, judged)


@dataclass(frozen=True)
class JudgedRows:
    """A flat table, every subject judged."""

    program: Program
    grades: Grades
    rows: WrittenRows
    judged: Mapping[str, Sequence[Judged]]

    def evaluate(self, which: Codes | None = None, exempt: Mapping[int, int] | None = None) -> Evaluation:
        """
        Run the formula on all rows, or on the rows *which* in their order.

        Args:
            which: row numbers, or None for all.
            exempt: root slot to the rows (as numbered in the answer) on which a rule is excepted.
        """
        count = self.rows.count if which is None else len(which)
        full = (1 << count) - 1
        root = [full]
        for judged in self.judged[""]:
            root += judged.slots(which)
        root += [(exempt or {}).get(slot, 0) for slot in self.program.exempt.values()]
        groups = []
        for table in self.program.tables:
            slots: list[int] = []
            for judged in self.judged[table.name]:
                slots += judged.slots(which)
            groups.append(FlatRows(table, self.program.catalogue, self.rows, which, slots))
        sources, stated = self._sources(which, full)
        return Evaluation(self.program, root, groups, sources, stated, self.grades)

    @cached_property
    def patterns(self) -> tuple[Codes, Codes]:
        """
        Return one row of each distinct pattern of answers, and for every row the number of its pattern.

        Rows of one pattern get the same answers from the formula on any level of evidence.
        """
        key = np.zeros(self.rows.count, np.int64)
        for codes, kinds in self._everything():
            if kinds == 1:
                continue
            key = key * kinds + codes
            if key.max(initial=0) > 2**40:
                key = np.unique(key, return_inverse=True)[1].astype(np.int64)
        _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        return first, inverse

    def _everything(self) -> list[tuple[Codes, int]]:
        """Return the codes of all that an answer can depend on, and how many kinds of each there are."""
        found = [
            (judged.codes, len(judged.bits)) for table in self.judged.values() for judged in table
        ]
        for path in self._source_paths():
            found.append(self._kinds(path))
        for table in self.program.tables:
            for figure in table.figures:
                found.append((self.rows.told(table.name), 2))
                found += [self._kinds(f"{table.name}.{name}") for name in (figure.field, figure.by) if name]
        return found

    def _kinds(self, path: str) -> tuple[Codes, int]:
        encoded = self.rows.encoded(path, self.program.catalogue.fields[path].reads)
        return encoded.codes, len(encoded.values)

    def _source_paths(self) -> list[str]:
        paths = ["source_type", *(f"{table.name}.source_type" for table in self.program.tables)]
        for table in (self.program.root, *self.program.tables):
            stated = [seat.subject.parts[0].stated_by for seat in table.seats]
            paths += [f"{table.name}.{name}".lstrip(".") for name in stated if name]
        return [path for path in dict.fromkeys(paths) if path in self.program.catalogue.fields]

    def _sources(self, which: Codes | None, full: int) -> tuple[dict[str, Sources], dict[tuple[str, str], Sources]]:
        whole = self._by_source("source_type", which, {DEFAULT_SOURCE: full}, full)
        sources: dict[str, Sources] = {"": whole}
        stated: dict[tuple[str, str], Sources] = {}
        for table in (self.program.root, *self.program.tables):
            if table.name:
                silent = SOURCE_WHEN_SILENT.get(table.name)
                otherwise = {silent: full} if silent else whole
                sources[table.name] = self._by_source(f"{table.name}.source_type", which, otherwise, full)
            for seat in table.seats:
                part = seat.subject.parts[0]
                if part.stated_by:
                    path = f"{table.name}.{part.stated_by}" if table.name else part.stated_by
                    otherwise = whole if part.holder else {STATED_WHEN_SILENT: full}
                    stated[table.name, part.stated_by] = self._by_source(path, which, otherwise, full)
        return sources, stated

    def _by_source(self, path: str, which: Codes | None, otherwise: Sources, full: int) -> Sources:
        if path not in self.rows.columns:
            return otherwise
        encoded = self.rows.encoded(path, self.program.catalogue.fields[path].reads)
        codes = encoded.codes if which is None else encoded.codes[which]
        found: dict[str, int] = {}
        told = 0
        for code, value in enumerate(encoded.values):
            if isinstance(value, str):
                rows = bits_of(codes == code)
                told |= rows
                found[value] = found.get(value, 0) | rows
        for source, rows in otherwise.items():
            found[source] = found.get(source, 0) | (rows & full & ~told)
        return found
