"""
One subject judged in every row: each distinct value, combination of values or party once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from laborscreen.conditions.columns.alike import told_apart
from laborscreen.conditions.columns.bits import Codes, Judged
from laborscreen.conditions.columns.readings import Encoded
from laborscreen.conditions.columns.rows import WrittenRows
from laborscreen.conditions.columns.texts import judge_texts
from laborscreen.conditions.columns.written import NumberColumn
from laborscreen.conditions.part import Part
from laborscreen.conditions.program import BoundProgram, Seat
from laborscreen.conditions.subjects import SubjectJudge, Way
from laborscreen.conditions.tree import Operator
from laborscreen.record import Kind, entry_path

_FREE = (Kind.NAME, Kind.TEXT, Kind.PROSE)


def judged(rows: WrittenRows, seat: Seat, entry: int, judge: SubjectJudge, bound: BoundProgram) -> Judged:
    """Return the answers of one subject for every row, in one entry of its list."""
    if seat.subject.way in (Way.PARTY, Way.OWNED):
        return _judge_parties(rows, seat, entry, judge)
    parts = seat.subject.parts
    paths = [part.path if part.of_record else entry_path(part.path, entry) for part in parts]
    columns = [rows.columns.get(path) for path in paths]
    implied = any(part.reads.named_by for part in parts)  # a currency that its amounts may name
    if all(column is None for column in columns) and not implied:
        key: object = None if len(parts) == 1 else (None,) * len(parts)
        return Judged(np.zeros(rows.count, np.uint8), np.array([judge.bits[judge[key]]], np.uint8))
    first = columns[0]
    if len(parts) == 1 and isinstance(first, NumberColumn):
        return _judge_numbers(first, seat, judge)
    if len(parts) == 1 and first is not None and not isinstance(first, NumberColumn) and not implied:
        if _asks_only_whether_told(seat) and (nothing := rows.nothing(paths[0])).readable:
            table = [judge.bits[judge[one]] for one in (None, "told")]
            return Judged(nothing.told.view(np.uint8), np.array(table, np.uint8))
        if seat.subject.way is Way.TEXT:
            return judge_texts(first, lambda: rows.nothing(paths[0]).told, seat, judge, bound)
    encoded = [rows.encoded(path, part.reads) for path, part in zip(paths, parts, strict=True)]
    if len(encoded) == 1:
        table = [judge.bits[judge[value]] for value in encoded[0].values]
        return Judged(encoded[0].codes, np.array(table, np.uint8))
    return _judge_together(encoded, judge)


def _judge_parties(rows: WrittenRows, seat: Seat, entry: int, judge: SubjectJudge) -> Judged:
    """Judge each distinct party, or set of holders, once; rows with the same answers share a code."""
    told = [_told_of(rows, part, entry) for part in seat.subject.parts]
    first, inverse = told_apart(
        [(column.codes, len(column.values)) for columns in told for column in columns if column is not None],
        rows.count,
    )
    nothing = [None] * len(first)
    of_parts: list[Sequence[object]] = []
    for part, columns in zip(seat.subject.parts, told, strict=True):
        several = [nothing if column is None else column.values_of(first) for column in columns]
        of_parts.append(list(zip(*several, strict=True)) if part.gathered else several[0])
    keys = list(zip(*of_parts, strict=True)) if len(of_parts) > 1 else of_parts[0]
    classes = np.array(judge.classes_of(keys), np.int64)
    kinds, codes = np.unique(classes, return_inverse=True)
    return Judged(codes[inverse], np.array([judge.bits[kind] for kind in kinds.tolist()], np.uint8))


def _told_of(rows: WrittenRows, part: Part, entry: int) -> list[Encoded | None]:
    """Return the columns of one part: one for each entry of a gathered list; None for one that is not there."""
    entries = range(rows.entries(part.gathered)) if part.gathered else (entry,)
    paths = [
        part.path if part.of_record and not part.gathered else entry_path(part.path, number)
        for number in entries
    ]
    return [rows.encoded(path, part.reads) if path in rows.columns else None for path in paths]


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


def _judge_together(encoded: Sequence[Encoded], judge: SubjectJudge) -> Judged:
    """Judge each distinct combination of several columns once."""
    columns = [(column.codes, len(column.values)) for column in encoded]
    first, inverse = told_apart(columns, len(encoded[0].codes))
    classes = [judge[tuple(column.values[column.codes[row]] for column in encoded)] for row in first]
    return Judged(inverse, np.array([judge.bits[one] for one in classes], np.uint8))
