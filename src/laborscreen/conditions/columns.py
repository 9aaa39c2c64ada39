"""
Run a program on many records at once: each distinct value is judged once, and the formula runs on bit sets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
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
from laborscreen.conditions.subjects import Part, SubjectJudge, Way, text_bits
from laborscreen.conditions.tree import Operator
from laborscreen.record import (
    LONGEST,
    Catalogue,
    Kind,
    Reads,
    currency_beside,
    entry_path,
    read_value,
)
from laborscreen.values.missing import LONGEST_SILENCE
from laborscreen.values.silence import silent_among

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.integer[Anything]]
Meaning = tuple[object, ...]
"""All that a row's answers depend on, the same in every table."""


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

    @property
    def kinds(self) -> tuple[Codes, int]:
        """A number for each row, the same where the bits are the same, and how many numbers there are."""
        if len(self.bits) == 1:
            return self.codes, 1
        distinct, kind_of = _distinct(self.bits)
        if len(distinct) == len(self.bits):
            return self.codes, len(distinct)
        return kind_of[self.codes], len(distinct)

    def slots(self, rows: Codes | None = None) -> list[int]:
        """Return the subject's slots as bit sets over all rows, or over the chosen *rows* in their order."""
        codes = self.codes if rows is None else self.codes[rows]
        full = (1 << len(codes)) - 1
        zeros, ones = bytes(len(self.bits)), b"\1" * len(self.bits)
        met = {zeros: 0, ones: full}
        found = []
        for answers in self.bits.T:
            key = answers.tobytes()
            bits = met.get(key)
            if bits is None:
                bits = bits_of(answers.view(np.bool_)[codes])
                met[key] = bits
                met[(1 - answers).tobytes()] = full ^ bits  # false is mostly true's other side
            found.append(bits)
        return found


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
        memory = _Readings(reads, settings, paired=paired)
        keys: Sequence[object] = column
        if _equals_may_differ(column, kinds):
            memory = _TypedReadings(reads, settings, paired=paired)
            keys = [(_types(one), one) for one in column]
        try:
            found: Codes = np.frombuffer(bytes(map(memory.__getitem__, keys)), np.uint8)
        except ValueError:  # more than 256 distinct values do not fit a byte
            found = np.fromiter(map(memory.__getitem__, keys), np.int32, len(keys))
        self.codes = found
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


_TEXT = frozenset({str, type(None)})


def _equals_may_differ(column: Sequence[object], kinds: frozenset[type] | None) -> bool:
    """Return whether a column holds several kinds of numbers: 1, 1.0 and yes are equal to Python."""
    kinds = frozenset(map(type, column)) if kinds is None else kinds
    if tuple in kinds or list in kinds:
        kinds |= set(map(type, chain.from_iterable(one for one in column if isinstance(one, tuple))))
    return len(kinds - _TEXT - {tuple, list}) > 1


def _types(value: object) -> object:
    return tuple(map(type, value)) if isinstance(value, tuple) else type(value)


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

_FREE = (Kind.NAME, Kind.TEXT, Kind.PROSE)

_READ_TOGETHER = (Kind.CODE, Kind.IDENTIFIER)
"""Kinds that cannot be read without the field beside them: a code's or a number's scheme. An amount as text may name
another currency than the one beside it."""


class WrittenRows:
    """
    The rows of a flat table. The entries of a list stand side by side (``workforce.visa``, ``workforce[1].visa``).

    Args:
        count: number of rows.
        columns: full path to a column of written values.
        settings: date order and decimal mark.
        silenced: columns in which every cell that says nothing is None already.
    """

    def __init__(
        self,
        count: int,
        columns: Mapping[str, Column],
        settings: values.ReadingSettings,
        silenced: frozenset[str] = frozenset(),
    ) -> None:
        self.count = count
        self._silenced = silenced
        self.columns = columns
        self._settings = settings
        self._encoded: dict[str, Encoded] = {}
        self._present: dict[str, list[Flags]] = {}
        self._told_of_entry: dict[str, Flags] = {}
        self._nothing: dict[str, Nothing] = {}
        self._types: dict[str, frozenset[type]] = {}

    def encoded(self, path: str, reads: Reads) -> Encoded:
        """Return a field's column, read once; a column that is not there is missing in every row."""
        found = self._encoded.get(path)
        if found is None:
            paired = reads.kind in _READ_TOGETHER or (reads.kind is Kind.MONEY and not self._is_numbers(path))
            column = self._written(path, reads, paired=paired)
            if column is None:
                nothing = (None, None) if paired else None
                found = Encoded([nothing], reads, self._settings, paired=paired)
                found.codes = np.zeros(self.count, np.uint8)
            else:
                kinds = self._kinds(path)
                if paired:
                    kinds |= self._kinds(_beside(path, reads))
                elif reads.kind is Kind.CURRENCY:
                    kinds |= {str}
                found = Encoded(column, reads, self._settings, paired=paired, kinds=kinds)
            self._encoded[path] = found
        return found

    def _kinds(self, path: str) -> frozenset[type]:
        """Return the types of a column's values."""
        found = self._types.get(path)
        if found is None:
            column = self.columns.get(path, ())
            listed = column.numbers[:1].tolist() if isinstance(column, NumberColumn) else column
            found = self._types[path] = frozenset(map(type, listed))
        return found

    def _written(self, path: str, reads: Reads, *, paired: bool) -> Sequence[object] | None:
        """Return what is read for a field, a value or a pair a row; None where no column tells anything of it."""
        if reads.kind is Kind.CURRENCY:
            return self._with_currencies(path, reads)
        beside = _beside(path, reads) if paired else path
        if path not in self.columns and beside not in self.columns:
            return None
        return (
            list(zip(self._listed(path), self._listed(beside), strict=True)) if paired else self._listed(path)
        )

    def _is_numbers(self, path: str) -> bool:
        return isinstance(self.columns.get(path), NumberColumn)

    def _with_currencies(self, path: str, reads: Reads) -> Sequence[object] | None:
        """Return a column of currencies, filled, where none is told, with what the amounts beside it name."""
        group = path.rpartition(".")[0]
        paths = [f"{group}.{amount}".lstrip(".") for amount in reads.named_by]
        amounts = [self._listed(one) for one in paths if one in self.columns and not self._is_numbers(one)]
        if not amounts:
            return self._listed(path) if path in self.columns else None
        column = self._listed(path)
        named: dict[object, str | None] = {}
        filled = []
        for row, told in enumerate(column):
            if not values.is_missing(told):
                filled.append(told)
                continue
            texts = tuple(one for amount in amounts if isinstance(one := amount[row], str))
            if texts not in named:
                named[texts] = currency_beside(texts)
            filled.append(named[texts])
        return filled

    def _listed(self, path: str) -> Sequence[object]:
        column = self.columns.get(path)
        if column is None:
            return [None] * self.count
        return column.numbers.tolist() if isinstance(column, NumberColumn) else column

    def judged(self, seat: Seat, entry: int, judge: SubjectJudge, bound: BoundProgram) -> Judged:
        """Return the answers of one subject for every row, in one entry of its list."""
        if seat.subject.way in (Way.PARTY, Way.OWNED):
            return self._judge_parties(seat, entry, judge)
        parts = seat.subject.parts
        paths = [part.path if part.of_record else entry_path(part.path, entry) for part in parts]
        columns = [self.columns.get(path) for path in paths]
        implied = any(part.reads.named_by for part in parts)  # a currency that its amounts may name
        if all(column is None for column in columns) and not implied:
            key: object = None if len(parts) == 1 else (None,) * len(parts)
            return Judged(np.zeros(self.count, np.uint8), np.array([judge.bits[judge[key]]], np.uint8))
        first = columns[0]
        if len(parts) == 1 and isinstance(first, NumberColumn):
            return _judge_numbers(first, seat, judge)
        if len(parts) == 1 and first is not None and not isinstance(first, NumberColumn) and not implied:
            if _asks_only_whether_told(seat) and (nothing := self.nothing(paths[0])).readable:
                table = [judge.bits[judge[one]] for one in (None, "told")]
                return Judged(nothing.told.view(np.uint8), np.array(table, np.uint8))
            if seat.subject.way is Way.TEXT:
                return judge_texts(first, lambda: self.nothing(paths[0]).told, seat, judge, bound)
        encoded = [self.encoded(path, part.reads) for path, part in zip(paths, parts, strict=True)]
        if len(encoded) == 1:
            table = [judge.bits[judge[value]] for value in encoded[0].values]
            return Judged(encoded[0].codes, np.array(table, np.uint8))
        return _judge_together(encoded, judge)

    def _judge_parties(self, seat: Seat, entry: int, judge: SubjectJudge) -> Judged:
        """Judge each distinct party, or set of holders, once; rows with the same answers share a code."""
        told = [self._told_of(part, entry) for part in seat.subject.parts]
        key = np.zeros(self.count, np.int64)
        for columns in told:
            for column in columns:
                if column is not None:
                    key = np.unique(key * len(column.values) + column.codes, return_inverse=True)[1]
        _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        keys: list[object] = []
        for row in first.tolist():
            values_told = [
                [None if column is None else column.values[column.codes[row]] for column in columns]
                for columns in told
            ]
            parts = zip(seat.subject.parts, values_told, strict=True)
            of_row = tuple(tuple(several) if part.gathered else several[0] for part, several in parts)
            keys.append(of_row[0] if len(of_row) == 1 else of_row)
        judge.foresee(keys)
        classes = np.array([judge[key] for key in keys], np.int64)
        kinds, codes = np.unique(classes, return_inverse=True)
        return Judged(codes[inverse], np.array([judge.bits[kind] for kind in kinds.tolist()], np.uint8))

    def _told_of(self, part: Part, entry: int) -> list[Encoded | None]:
        """Return the columns of one part: one for each entry of a gathered list; None for one that is not there."""
        entries = range(self._entries(part.gathered)) if part.gathered else (entry,)
        paths = [
            part.path if part.of_record and not part.gathered else entry_path(part.path, number)
            for number in entries
        ]
        return [self.encoded(path, part.reads) if path in self.columns else None for path in paths]

    def present(self, group: str) -> list[Flags]:
        """
        Return for each entry of a list the rows in which it is there.

        An entry of which nothing is told is not there; of a list of which nothing is told, the first entry stands for what
        might be in it.
        """
        found = self._present.get(group)
        if found is None:
            found = [self._told(group, entry) for entry in range(self._entries(group))]
            found[0] = found[0] | ~np.logical_or.reduce(found)
            self._present[group] = found
        return found

    def told(self, group: str) -> Flags:
        """Return the rows in which anything of a list is told."""
        told: Flags = np.logical_or.reduce(
            [self._told(group, entry) for entry in range(self._entries(group))]
        )
        return told

    def _entries(self, group: str) -> int:
        numbers = [
            int(path[len(group) + 1 :].partition("]")[0])
            for path in self.columns
            if path.startswith(f"{group}[")
        ]
        return max(numbers, default=0) + 1

    def nothing(self, path: str) -> Nothing:
        """Return which cells of a column of written values say nothing."""
        found = self._nothing.get(path)
        if found is None:
            column = self.columns[path]
            assert not isinstance(column, NumberColumn)
            found = self._nothing[path] = Nothing(
                column, silenced=path in self._silenced, kinds=self._kinds(path)
            )
        return found

    def _told(self, group: str, entry: int) -> Flags:
        start = entry_path(f"{group}.", entry)
        known = self._told_of_entry.get(start)
        if known is not None:
            return known
        found = self._told_of_entry[start] = np.zeros(self.count, np.bool_)
        for path, column in self.columns.items():
            if not path.startswith(start):
                continue
            if isinstance(column, NumberColumn):
                found |= ~np.isnan(column.numbers.astype(np.float64))
            else:
                found |= self.nothing(path).told
        return found


def _beside(path: str, reads: Reads) -> str:
    """Return the path of the field that another one is read together with."""
    return f"{path.rpartition('.')[0]}.{reads.beside}".lstrip(".")


class Nothing:
    """
    Which cells of one column say nothing, told once for all who ask.

    Args:
        column: the written values.
        silenced: whether every cell that says nothing is None already.
        kinds: the types of the values; looked up unless told.
    """

    def __init__(
        self, column: Sequence[object], *, silenced: bool = False, kinds: frozenset[type] | None = None
    ) -> None:
        self._column = column
        kinds = frozenset(map(type, column)) if kinds is None else kinds
        self.plain = kinds <= {str, type(None)}
        """Whether the column holds nothing but texts and None."""
        known = list in kinds or (silenced and self.plain)
        self.words: frozenset[object] = frozenset() if known else frozenset(silent_among(column))
        """The distinct cells that say nothing, None aside; of a column of lists none are told."""
        self._lists = list in kinds

    @cached_property
    def told(self) -> Flags:
        """The rows in which something is told."""
        column = self._column
        if self._lists:
            return np.fromiter((not values.is_missing(one) for one in column), np.bool_, len(column))
        if not self.words and None not in column:
            return np.ones(len(column), np.bool_)
        silent = {*self.words, None}
        return ~np.fromiter(map(silent.__contains__, column), np.bool_, len(column))

    @cached_property
    def readable(self) -> bool:
        """Whether the column holds nothing but texts that are kept whole, and None."""
        longest = max(map(len, filter(None, self._column)), default=0) if self.plain else 0  # type: ignore[arg-type] # texts
        return self.plain and longest <= LONGEST


def _asks_only_whether_told(seat: Seat) -> bool:
    """Return whether a subject is free text of which nothing but its presence is asked."""
    return (
        seat.subject.way is Way.PLAIN
        and seat.subject.kind in _FREE
        and all(predicate.operator is Operator.IS_KNOWN for predicate in seat.predicates)
    )


def _judge_numbers(column: NumberColumn, seat: Seat, judge: SubjectJudge) -> Judged:
    """
    Judge numbers by region: between two neighbouring limits of the tests every number gets the same answers.
    """
    numbers = column.numbers
    whole = numbers.dtype.kind in "iub"
    if numbers.dtype.kind == "b":
        return Judged(
            numbers.view(np.uint8), np.array([judge.bits[judge[value]] for value in (False, True)], np.uint8)
        )
    limits = sorted({float(p.wanted) for p in seat.predicates if isinstance(p.wanted, int | float)})
    codes: Codes = np.zeros(len(numbers), np.uint8 if len(limits) < 120 else np.int32)
    for limit in limits:
        np.add(codes, numbers >= limit, out=codes)
        np.add(codes, numbers > limit, out=codes)
    low, high = (limits[0] - 1, limits[-1] + 1) if limits else (0.0, 0.0)
    steps = [low, *limits, high]
    regions: list[float] = [low]
    for place, limit in enumerate(limits, 1):
        regions += (limit, (limit + steps[place + 1]) / 2)
    table = [judge.bits[judge[value]] for value in regions]
    if not whole:
        missing = np.isnan(numbers)
        if missing.any():
            codes = np.where(missing, len(table), codes)
            table.append(judge.bits[0])
    return Judged(codes, np.array(table, np.uint8))


def judge_texts(
    column: Sequence[object],
    told_in: Callable[[], Flags],
    seat: Seat,
    judge: SubjectJudge,
    bound: BoundProgram,
) -> Judged:
    """Judge a column of texts with one pass of the automaton over all of it; *told_in* says which cells tell something."""
    scanner = bound.program.scanner
    assert scanner is not None
    try:
        hits = scanner.scan_column(column)  # type: ignore[arg-type]
        told = told_in() if hits.blank else _told_of_texts(column, hits.lengths)
    except TypeError:  # a frame may hold numbers in a text column
        texts = [None if one is None or isinstance(one, bool) else str(one) for one in column]
        hits = scanner.scan_column(texts)
        told = told_in() & np.fromiter((one is not None for one in texts), np.bool_, len(texts))
    missing = ~told
    numbers = [bound.program.scanned[str(predicate.wanted)] for predicate in seat.predicates]
    lists = sorted(set(numbers))
    wanted = np.isin(hits.lists, lists) & ~missing[hits.rows]
    rows, inverse = np.unique(hits.rows[wanted], return_inverse=True)
    standings = np.zeros((len(rows), len(lists)), np.uint8)
    standings[inverse, np.searchsorted(lists, hits.lists[wanted])] = hits.standings[wanted]
    patterns, which = _distinct(standings)
    codes = np.ones(len(column), np.int32)  # code 0: missing; code 1: nothing mentioned
    codes[missing] = 0
    codes[rows] = which + 2
    of_predicates = [lists.index(number) for number in numbers]
    table = [judge.bits[0], text_bits([0] * len(numbers))]
    table += [text_bits(pattern) for pattern in patterns[:, of_predicates].tolist()]
    return Judged(codes, np.array(table, np.uint8))


def _told_of_texts(column: Sequence[object], lengths: npt.NDArray[np.int64]) -> Flags:
    """Return which texts, none of them blank, tell something: only short ones need to be looked at."""
    told = np.ones(len(column), np.bool_)
    short = np.flatnonzero(lengths <= LONGEST_SILENCE)
    if len(short):
        told[short] = Nothing([column[row] for row in short.tolist()]).told
    return told


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
    classes = [judge[tuple(column.values[column.codes[row]] for column in encoded)] for row in first]
    return Judged(inverse, np.array([judge.bits[one] for one in classes], np.uint8))


class FlatRows:
    """
    The entries of a list in a flat table, as bits: those of the first entry in the lowest bits, then the second's.
    """

    __slots__ = ("_catalogue", "_count", "_present", "_rows", "_table", "_which", "all", "slots")

    def __init__(
        self,
        table: Table,
        catalogue: Catalogue,
        rows: WrittenRows,
        which: Codes | None,
        judged: Sequence[Sequence[Judged]],
    ) -> None:
        self._table = table
        self._catalogue = catalogue
        self._rows = rows
        self._which = which
        self._count = rows.count if which is None else len(which)
        self._present = [
            bits_of(flags if which is None else flags[which]) for flags in rows.present(table.name)
        ]
        self.all = self._side_by_side(self._present)
        slots = [0] * table.width
        for entry, (subjects, there) in enumerate(zip(judged, self._present, strict=True)):
            found = [bits for one in subjects for bits in one.slots(which)]
            slots = [
                bits | (new & there) << entry * self._count for bits, new in zip(slots, found, strict=True)
            ]
        self.slots: Sequence[int] = slots

    def _side_by_side(self, entries: Sequence[int]) -> int:
        found = 0
        for entry, bits in enumerate(entries):
            found |= bits << entry * self._count
        return found

    def _entry(self, bits: int, entry: int) -> int:
        return bits >> entry * self._count & ((1 << self._count) - 1)

    def some(self, bits: int) -> int:
        """Return the records with at least one of their entries in *bits*."""
        found = 0
        for entry in range(len(self._present)):
            found |= self._entry(bits, entry)
        return found

    def every(self, bits: int) -> int:
        """Return the records with all of their entries in *bits*."""
        found = (1 << self._count) - 1
        for entry, there in enumerate(self._present):
            found &= self._entry(bits, entry) | ~there
        return found

    def figure(self, number: int, true: int, false: int) -> tuple[int, int]:
        """Return the truth of a figure, each distinct combination measured once."""
        figure = self._table.figures[number]
        told = self._chosen(self._rows.told(figure.group))
        key = told.astype(np.int64)
        columns = []
        for entry, there in enumerate(self._present):
            fields = [self._column(name, entry) for name in (figure.field, figure.by)]
            truths = [
                flags_of(bits, self._count)
                for bits in (self._entry(true, entry), self._entry(false, entry), there)
            ]
            columns.append((truths, fields))
            parts: list[tuple[Codes, int]] = [(flags.view(np.uint8), 2) for flags in truths]
            parts += [(codes, max(len(known), 1)) for codes, known in fields]
            for codes, kinds in parts:
                key = np.unique(key * kinds + codes, return_inverse=True)[1].astype(np.int64)
        _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        met = np.zeros((len(first), 2), np.bool_)
        for place, row in enumerate(first.tolist()):
            entries = [_entry_of(truths, fields, row) for truths, fields in columns if truths[2][row]]
            met[place] = compared(figure, range_of(figure, entries, told=bool(told[row])))
        return bits_of(met[inverse, 0]), bits_of(met[inverse, 1])

    def _chosen(self, flags: Flags) -> Flags:
        return flags if self._which is None else flags[self._which]

    def _column(self, name: str, entry: int) -> tuple[Codes, list[object]]:
        if not name:
            return np.zeros(self._count, np.int64), []
        path = f"{self._table.name}.{name}"
        encoded = self._rows.encoded(entry_path(path, entry), self._catalogue.fields[path].reads)
        return (encoded.codes if self._which is None else encoded.codes[self._which]), encoded.values


def _entry_of(truths: Sequence[Flags], fields: Sequence[tuple[Codes, list[object]]], row: int) -> Entry:
    meant = True if truths[0][row] else False if truths[1][row] else None
    value, by = (known[codes[row]] if known else None for codes, known in fields)
    return meant, value if isinstance(value, int | float) else None, by


class ColumnRunner:
    """
    Runs a bound program on flat tables.

    Args:
        bound: the program for a day.
        grades: what sources are worth.
    """

    def __init__(self, bound: BoundProgram, grades: Grades) -> None:
        self._bound = bound
        self.program = bound.program
        self._grades = grades

    def judge(
        self,
        count: int,
        columns: Mapping[str, Column],
        settings: values.ReadingSettings = values.DEFAULT,
        silenced: frozenset[str] = frozenset(),
    ) -> JudgedRows:
        """
        Judge every subject of every row.

        Args:
            count: number of rows.
            columns: full path to a column of written values.
            settings: date order and decimal mark.
            silenced: columns in which every cell that says nothing is None already.
        """
        return self.judge_rows(WrittenRows(count, columns, settings, silenced))

    def judge_rows(self, rows: WrittenRows) -> JudgedRows:
        """Judge every subject of rows that other programs may judge too; what is read of them is read once."""
        judged = {
            table.name: [
                [
                    rows.judged(seat, entry, judge, self._bound)
                    for seat, judge in zip(table.seats, self._bound.judges[table.name], strict=True)
                ]
                for entry in range(len(rows.present(table.name)) if table.name else 1)
            ]
            for table in (self.program.root, *self.program.tables)
        }
        return JudgedRows(self.program, self._grades, rows, judged)


@dataclass(frozen=True)
class JudgedRows:
    """
    A flat table, every subject judged.

    Args:
        program: the compiled conditions.
        grades: what sources are worth.
        rows: the table.
        judged: for each table, for each entry, the answers of each subject.
    """

    program: Program
    grades: Grades
    rows: WrittenRows
    judged: Mapping[str, Sequence[Sequence[Judged]]]

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
        for judged in self.judged[""][0]:
            root += judged.slots(which)
        root += [(exempt or {}).get(slot, 0) for slot in self.program.exempt.values()]
        groups = [
            FlatRows(table, self.program.catalogue, self.rows, which, self.judged[table.name])
            for table in self.program.tables
        ]
        sources, stated = self._sources(which, count)
        return Evaluation(self.program, root, groups, sources, stated, self.grades)

    @cached_property
    def patterns(self) -> tuple[Codes, Codes]:
        """
        Return one row of each distinct pattern of answers, and for every row the number of its pattern.

        Rows of one pattern get the same answers from the formula on any level of evidence.
        """
        key = np.zeros(self.rows.count, np.int64)
        everything = [one.kinds for one in self._subjects()]
        everything += [(codes, len(meant)) for codes, meant in self._beside()]
        for codes, kinds in everything:
            if kinds == 1:
                continue
            key = key * kinds + codes
            if key.max(initial=0) > 2**40:
                key = np.unique(key, return_inverse=True)[1].astype(np.int64)
        _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        return first, inverse

    def meanings(self, which: Codes) -> list[Meaning]:
        """
        Return the pattern of some rows in a form that is the same in every table of the program.

        Rows of one meaning, of whatever table, get the same answers from the formula on any level of evidence.
        """
        if not len(which):
            return []
        shape = tuple(len(entries) for entries in self.judged.values())
        bits = np.hstack([one.bits[one.codes[which]] for one in self._subjects()])
        beside = [[meant[code] for code in codes[which].tolist()] for codes, meant in self._beside()]
        return [
            (shape, row.tobytes(), *values_told)
            for row, *values_told in zip(np.ascontiguousarray(bits), *beside, strict=True)
        ]

    def _subjects(self) -> Iterator[Judged]:
        """Yield the answers of every subject in every entry."""
        for table in self.judged.values():
            for entry in table:
                yield from entry

    def _beside(self) -> list[tuple[Codes, Sequence[object]]]:
        """Return the codes of all else that an answer can depend on, and what each of them means."""
        found: list[tuple[Codes, Sequence[object]]] = []
        for table in self.program.tables:
            present = self.rows.present(table.name)
            found.append((self.rows.told(table.name).view(np.uint8), (False, True)))
            found += [(flags.view(np.uint8), (False, True)) for flags in present[1:]]
            found += [
                self._meant(f"{table.name}.{name}", entry)
                for figure in table.figures
                for name in (figure.field, figure.by)
                for entry in range(len(present))
                if name
            ]
        for path, entry in self._source_columns():
            found.append(self._meant(path, entry))
        holders = {part.holder for seat in self.program.root.seats for part in seat.subject.parts} - {""}
        found += [(self.rows.told(holder).view(np.uint8), (False, True)) for holder in sorted(holders)]
        return found

    def _meant(self, path: str, entry: int) -> tuple[Codes, Sequence[object]]:
        encoded = self.rows.encoded(entry_path(path, entry), self.program.catalogue.fields[path].reads)
        return encoded.codes, encoded.values

    def _source_columns(self) -> list[tuple[str, int]]:
        """Return the columns that name sources, each with the entry it belongs to."""
        found = {("source_type", 0): None}
        for table in (self.program.root, *self.program.tables):
            entries = len(self.rows.present(table.name)) if table.name else 1
            names = [seat.subject.parts[0].stated_by for seat in table.seats]
            for name in ("source_type", *names) if table.name else names:
                for entry in range(entries):
                    if name:
                        found[f"{table.name}.{name}".lstrip("."), entry] = None
        return [(path, entry) for path, entry in found if path in self.program.catalogue.fields]

    def _sources(
        self, which: Codes | None, count: int
    ) -> tuple[dict[str, Sources], dict[tuple[str, str], Sources]]:
        full = (1 << count) - 1
        whole = self._by_source("source_type", which, {DEFAULT_SOURCE: full})
        sources: dict[str, Sources] = {"": whole}
        stated: dict[tuple[str, str], Sources] = {}
        for table in (self.program.root, *self.program.tables):
            if table.name:
                silent = SOURCE_WHEN_SILENT.get(table.name)
                sources[table.name] = self._of_entries(
                    f"{table.name}.source_type", which, {silent: full} if silent else whole, count
                )
            for seat in table.seats:
                part = seat.subject.parts[0]
                if part.stated_by:
                    path = f"{table.name}.{part.stated_by}".lstrip(".")
                    otherwise = whole if part.holder else {STATED_WHEN_SILENT: full}
                    stated[table.name, part.stated_by] = self._of_entries(path, which, otherwise, count)
        return sources, stated

    def _of_entries(self, path: str, which: Codes | None, otherwise: Sources, count: int) -> Sources:
        """Return the sources of a list's entries, side by side."""
        group = path.partition(".")[0]
        entries = len(self.rows.present(group)) if group in self.judged else 1
        found: dict[str, int] = {}
        for entry in range(entries):
            for source, rows in self._by_source(entry_path(path, entry), which, otherwise).items():
                found[source] = found.get(source, 0) | rows << entry * count
        return found

    def _by_source(self, column: str, which: Codes | None, otherwise: Sources) -> Sources:
        if column not in self.rows.columns:
            return otherwise
        path = re.sub(r"\[\d+\]", "", column)
        encoded = self.rows.encoded(column, self.program.catalogue.fields[path].reads)
        codes = encoded.codes if which is None else encoded.codes[which]
        found: dict[str, int] = {}
        told = 0
        for code, value in enumerate(encoded.values):
            if isinstance(value, str):
                rows = bits_of(codes == code)
                told |= rows
                found[value] = found.get(value, 0) | rows
        for source, rows in otherwise.items():
            found[source] = found.get(source, 0) | (rows & ~told)
        return found
