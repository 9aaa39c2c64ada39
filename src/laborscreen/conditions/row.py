"""
Run a program on one record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any as Anything
from typing import NamedTuple

from laborscreen.conditions.figures import Entry, compared, range_of
from laborscreen.conditions.levels import (
    DEFAULT_SOURCE,
    SOURCE_WHEN_SILENT,
    STATED_WHEN_SILENT,
    Evaluation,
    Grades,
    Sources,
)
from laborscreen.conditions.part import Part
from laborscreen.conditions.program import BoundProgram, Table
from laborscreen.conditions.subjects import SubjectJudge

Get = Callable[[Anything], object]
Key = Callable[[Anything, Anything], object]
"""Gives a subject's value from a row and its record."""


_REMEMBERED = 20_000  # rows of a table whose slots are remembered; beyond that the memory starts anew


class Blank:
    """A row of which nothing is told."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


BLANK = Blank()


class EntryRows:
    """
    The entries of one list of one record, as bits.

    A list that is not told is one entry of which nothing is known.
    """

    __slots__ = ("_plan", "all", "entries", "slots", "told")

    def __init__(
        self, plan: TablePlan, entries: Sequence[Anything], classes: Sequence[tuple[int, ...]]
    ) -> None:
        self._plan = plan
        self.told = bool(entries)
        self.entries: Sequence[Anything] = entries or (BLANK,)
        self.all = (1 << len(self.entries)) - 1
        slots: Sequence[int] = plan.slots(classes[0])
        for place, one in enumerate(classes[1:], 1):
            slots = [bits | bit << place for bits, bit in zip(slots, plan.slots(one), strict=True)]
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
    """
    How one table's answers are read off a row: the class of each subject's value.

    Subjects are taken in three batches, because a record is read often: fields of the row itself, fields of a single
    group the record holds (``remote_work``), and those that need the row and the record.
    """

    __slots__ = (
        "_blank",
        "_held",
        "_judges",
        "_mixed",
        "_order",
        "_own",
        "_slots",
        "has_source",
        "holder",
        "measured",
        "stated",
        "table",
    )

    def __init__(self, table: Table, judges: Sequence[SubjectJudge], *, has_source: bool) -> None:
        self.table = table
        self.has_source = has_source
        self._judges = tuple(judges)
        self._own: list[tuple[Get, SubjectJudge]] = []
        self._held: list[tuple[Get, SubjectJudge]] = []
        self._mixed: list[tuple[Key, SubjectJudge]] = []
        self.holder = ""
        own, held, mixed = [], [], []
        for number, (seat, judge) in enumerate(zip(table.seats, judges, strict=True)):
            parts = seat.subject.parts
            names = [part.name for part in parts]
            if not any(part.of_record or part.holder or part.gathered for part in parts):
                self._own.append((attrgetter(*names), judge))
                own.append(number)
            elif len({part.holder for part in parts} - {""}) == 1 and all(part.holder for part in parts):
                self.holder = parts[0].holder
                self._held.append((attrgetter(*names), judge))
                held.append(number)
            else:
                self._mixed.append((key_of(parts), judge))
                mixed.append(number)
        order = [*own, *held, *mixed]
        self._slots: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._order = [order.index(number) for number in range(len(order))]
        self._blank = tuple(judge[get(BLANK)] for get, judge in (*self._own, *self._held))
        self.stated = sorted({seat.subject.parts[0].stated_by for seat in table.seats} - {""})
        self.measured = sorted({name for one in table.figures for name in (one.field, one.by)} - {""})

    def classes(self, row: Anything, record: Anything) -> tuple[int, ...]:
        """Return the class of each subject's value in one row, in the plan's own order."""
        found = [judge[get(row)] for get, judge in self._own]
        if self._held:
            holder = getattr(record, self.holder) or BLANK
            found += [judge[get(holder)] for get, judge in self._held]
        if self._mixed:
            found += [judge[key(row, record)] for key, judge in self._mixed]
        return tuple(found)

    def untold(self, record: Anything) -> tuple[int, ...]:
        """Return the classes of an entry of which nothing is told."""
        if not self._mixed:
            return self._blank
        return (*self._blank, *[judge[key(BLANK, record)] for key, judge in self._mixed])

    def slots(self, classes: tuple[int, ...]) -> tuple[int, ...]:
        """Return the slots of a row from the classes of its values; few rows differ in all of them."""
        found = self._slots.get(classes)
        if found is None:
            slots: list[int] = []
            for place, judge in zip(self._order, self._judges, strict=True):
                slots += judge.bits[classes[place]]
            if len(self._slots) >= _REMEMBERED:
                self._slots.clear()
            found = self._slots[classes] = tuple(slots)
        return found

    def told_by(self, row: Anything) -> tuple[object, ...]:
        """Return what else of an entry the answers depend on: who says it, and the numbers that are added up."""
        source = (row.source_type,) if self.has_source else ()
        return (
            *source,
            *[getattr(row, name) for name in self.stated],
            *[getattr(row, name) for name in self.measured],
        )


def key_of(parts: Sequence[Part]) -> Key:
    """Return what takes the values of a subject's parts from a row and its record."""

    def key(row: Anything, record: Anything) -> object:
        found: list[Anything] = []
        for part in parts:
            if part.gathered:
                found.append(tuple([getattr(entry, part.name) for entry in getattr(record, part.gathered)]))
                continue
            holder = record if part.of_record or part.holder else row
            holder = getattr(holder, part.holder) if part.holder else holder
            found.append(None if holder is None else getattr(holder, part.name))
        return found[0] if len(found) == 1 else tuple(found)

    return key


class Pattern(NamedTuple):
    """
    All that a record's answers depend on. Records of one pattern have the same answers on every level of evidence.

    Args:
        root: classes of the record's own values.
        groups: for each list, the classes of each entry.
        told: for each list, who says each entry and the numbers added up; empty where the list is not told.
        sources: who says the record, and its single groups.
    """

    root: tuple[int, ...]
    groups: tuple[tuple[tuple[int, ...], ...], ...]
    told: tuple[tuple[tuple[object, ...], ...], ...]
    sources: tuple[str | None, ...]


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
        self._root = TablePlan(bound.program.root, bound.judges[""], has_source=False)
        self._tables = [
            (
                attrgetter(table.name),
                TablePlan(
                    table, bound.judges[table.name], has_source="source_type" in groups[table.name].fields
                ),
            )
            for table in bound.program.tables
        ]
        self._sources = [(field, *_split(field)) for field in self._root.stated]

    def pattern(self, record: Anything) -> Pattern:
        """Return the pattern of a record: each distinct value is judged once and remembered."""
        groups = []
        told = []
        for entries_of, plan in self._tables:
            entries = entries_of(record)
            if entries:
                groups.append(tuple([plan.classes(entry, record) for entry in entries]))
                told.append(tuple([plan.told_by(entry) for entry in entries]))
            else:
                groups.append((plan.untold(record),))
                told.append(())
        return Pattern(
            self._root.classes(record, record), tuple(groups), tuple(told), self._sources_of(record)
        )

    def run(self, record: Anything, exempt: Sequence[int] = ()) -> Evaluation:
        """
        Judge one record.

        Args:
            record: the record.
            exempt: root slots of rules on which this record has an exception.
        """
        return self.evaluate(self.pattern(record), record, exempt)

    def evaluate(
        self,
        pattern: Pattern,
        record: Anything,
        exempt: Sequence[int] = (),
        answers: tuple[int, ...] | None = None,
    ) -> Evaluation:
        """
        Return the evaluation of a record from its *pattern*.

        Args:
            pattern: the record's pattern.
            record: the record.
            exempt: root slots of rules on which this record has an exception.
            answers: the formula's answers, where the pattern has been met before.
        """
        root = [1, *self._root.slots(pattern.root)]
        if self._program.exempt:
            root += [0] * len(self._program.exempt)
            for slot in exempt:
                root[slot] = 1
        groups = [
            EntryRows(plan, entries_of(record), classes)
            for (entries_of, plan), classes in zip(self._tables, pattern.groups, strict=True)
        ]
        whole = pattern.sources[0] or DEFAULT_SOURCE
        sources: dict[str, Sources] = {"": {whole: 1}}
        stated: dict[tuple[str, str], Sources] = {}
        for (field, holder, _), told in zip(
            self._sources, pattern.sources[len(pattern.sources) - len(self._sources) :], strict=True
        ):
            stated["", field] = {told or (whole if holder else STATED_WHEN_SILENT): 1}
        for (_, plan), rows in zip(self._tables, groups, strict=True):
            name = plan.table.name
            silent = SOURCE_WHEN_SILENT.get(name, whole)
            sources[name] = (
                _by_source(rows.entries, "source_type", silent) if plan.has_source else {whole: rows.all}
            )
            for field in plan.stated:
                stated[name, field] = _by_source(rows.entries, field, STATED_WHEN_SILENT)
        evaluation = Evaluation(self._program, root, groups, sources, stated, self._grades)
        if answers is not None:
            evaluation.__dict__["answers"] = answers
        return evaluation

    def _sources_of(self, record: Anything) -> tuple[str | None, ...]:
        found: list[str | None] = [getattr(record, "source_type", None)]
        if self._root.holder:  # whether the single group is told at all decides what is asked for
            found.append("told" if getattr(record, self._root.holder) else None)
        for _, holder, name in self._sources:
            row = getattr(record, holder) if holder else record
            found.append(None if row is None else getattr(row, name))
        return tuple(found)


def _split(field: str) -> tuple[str, str]:
    holder, _, name = field.rpartition(".")
    return holder, name


def _by_source(entries: Sequence[Anything], field: str, silent: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, entry in enumerate(entries):
        source = getattr(entry, field) or silent
        found[source] = found.get(source, 0) | 1 << place
    return found
