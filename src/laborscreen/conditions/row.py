"""
Run a program on one record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any as Anything

from laborscreen.conditions.figures import Entry, compared, range_of
from laborscreen.conditions.levels import (
    DEFAULT_SOURCE,
    SOURCE_WHEN_SILENT,
    STATED_WHEN_SILENT,
    Evaluation,
    Grades,
    Sources,
)
from laborscreen.conditions.program import BoundProgram, Table
from laborscreen.conditions.subjects import Bits, Part, Subject, SubjectJudge
from laborscreen.record import ReadModel

Key = Callable[[Anything, Anything], object]
"""Gives a subject's value from a row and its record."""


class Blank:
    """A row of which nothing is told."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


BLANK = Blank()


def key_of(subject: Subject) -> Key:
    """Return the function that takes a subject's value from a row of its table and the record."""
    getters = [_getter(part) for part in subject.parts]
    if len(getters) == 1:
        return getters[0]
    return lambda row, record: tuple(get(row, record) for get in getters)


def _getter(part: Part) -> Key:
    get = attrgetter(part.name)
    if part.holder:
        hold = attrgetter(part.holder)

        def held(_row: Anything, record: Anything) -> object:
            holder = hold(record)
            return None if holder is None else get(holder)

        return held
    if part.of_record:
        return lambda _row, record: get(record)
    return lambda row, _: get(row)


class EntryRows:
    """
    The entries of one list of one record, as bits.

    A list that is not told is one entry of which nothing is known.
    """

    __slots__ = ("_plan", "_record", "all", "entries", "slots", "told")

    def __init__(self, plan: TablePlan, entries: Sequence[Anything], record: Anything) -> None:
        self._plan = plan
        self._record = record
        self.told = bool(entries)
        self.entries: Sequence[Anything] = entries or (BLANK,)
        self.all = (1 << len(self.entries)) - 1
        if not entries and plan.untold is not None:
            self.slots: Sequence[int] = plan.untold
            return
        slots = plan.bits(self.entries[0], record)
        for place, entry in enumerate(self.entries[1:], 1):
            slots = [bits | bit << place for bits, bit in zip(slots, plan.bits(entry, record), strict=True)]
        self.slots = slots

    def some(self, bits: int) -> int:
        """Return 1 if any entry is in *bits*."""
        return 1 if bits else 0

    def every(self, bits: int) -> int:
        """Return 1 if all entries are in *bits*."""
        return 1 if bits == self.all else 0

    def figure(self, number: int, true: int, false: int) -> tuple[int, int]:
        """Return the truth of a figure over the entries."""
        figure = self._plan.table.figures[number]
        entries: list[Entry] = []
        for place, entry in enumerate(self.entries):
            meant = True if true >> place & 1 else False if false >> place & 1 else None
            value = getattr(entry, figure.field) if figure.field else None
            by = getattr(entry, figure.by) if figure.by else None
            entries.append((meant, value, by))
        met, not_met = compared(figure, range_of(figure, entries, told=self.told))
        return int(met), int(not_met)


class TablePlan:
    """How one table's slots are filled from a row."""

    __slots__ = ("_seats", "source_field", "stated", "table", "untold")

    def __init__(self, table: Table, judges: Sequence[SubjectJudge], *, has_source: bool) -> None:
        self.table = table
        self._seats = [(key_of(seat.subject), judge) for seat, judge in zip(table.seats, judges, strict=True)]
        self.source_field = has_source
        self.stated = sorted({seat.subject.parts[0].stated_by for seat in table.seats} - {""})
        reaches_up = any(part.of_record for seat in table.seats for part in seat.subject.parts)
        self.untold: list[int] | None = None if reaches_up else self.bits(BLANK, BLANK)

    def bits(self, row: Anything, record: Anything) -> list[int]:
        """Return the slots of one row."""
        slots: list[int] = []
        for key, judge in self._seats:
            slots += judge[key(row, record)]
        return slots

    def each(self, row: Anything, record: Anything) -> list[Bits]:
        """Return the bits of each subject for one row."""
        return [judge[key(row, record)] for key, judge in self._seats]


class RowRunner:
    """
    Runs a bound program on one record at a time.

    Args:
        bound: the program for a day.
        grades: what sources are worth.
    """

    def __init__(self, bound: BoundProgram, grades: Grades) -> None:
        self._program = bound.program
        self._grades = grades
        groups = bound.program.catalogue.groups
        self._root = TablePlan(bound.program.root, bound.judges[""], has_source=True)
        self._tables = [
            TablePlan(table, bound.judges[table.name], has_source="source_type" in groups[table.name].fields)
            for table in bound.program.tables
        ]

    def run(self, record: ReadModel, exempt: Sequence[int] = ()) -> Evaluation:
        """
        Judge one record.

        Args:
            record: the record.
            exempt: root slots of rules on which this record has an exception.
        """
        root = [1, *self._root.bits(record, record)]
        if self._program.exempt:
            root += [0] * len(self._program.exempt)
            for slot in exempt:
                root[slot] = 1
        groups = [EntryRows(plan, getattr(record, plan.table.name), record) for plan in self._tables]
        sources, stated_by = self._sources(record, groups)
        return Evaluation(self._program, root, groups, sources, stated_by, self._grades)

    def _sources(
        self, record: Anything, groups: Sequence[EntryRows]
    ) -> tuple[dict[str, Sources], dict[tuple[str, str], Sources]]:
        whole = getattr(record, "source_type", None) or DEFAULT_SOURCE
        sources: dict[str, Sources] = {"": {whole: 1}}
        stated: dict[tuple[str, str], Sources] = {}
        for field in self._root.stated:
            holder, _, name = field.rpartition(".")
            row = getattr(record, holder) if holder else record
            told = None if row is None else getattr(row, name)
            stated["", field] = {told or (whole if holder else STATED_WHEN_SILENT): 1}
        for plan, rows in zip(self._tables, groups, strict=True):
            name = plan.table.name
            if plan.source_field:
                silent = SOURCE_WHEN_SILENT.get(name, whole)
                sources[name] = _by_source(rows.entries, "source_type", silent)
            else:
                sources[name] = {whole: rows.all}
            for field in plan.stated:
                stated[name, field] = _by_source(rows.entries, field, STATED_WHEN_SILENT)
        return sources, stated


def _by_source(entries: Sequence[Anything], field: str, silent: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, entry in enumerate(entries):
        source = getattr(entry, field) or silent
        found[source] = found.get(source, 0) | 1 << place
    return found
