"""
How good the evidence is: the strictest evidence on which a rule still holds.

A formula that holds is run again with weaker evidence taken away: first what rumours say, then reports, then
statements. What is taken away becomes unknown, so a rule that still holds does so on the better evidence alone.
Kleene's logic is monotone: a rule that holds on strict evidence holds on all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from laborscreen.conditions.formula import Rows
from laborscreen.conditions.program import Program, Table
from laborscreen.conditions.subjects import Way

DEFAULT_SOURCE = "document"
"""The source type of a record that names none (design: `source_type` defaults to document)."""

SOURCE_WHEN_SILENT = {"observations": "internal_note"}
"""Lists whose entries have a source type of their own, and what silence means there."""

STATED_WHEN_SILENT = "supplier_statement"
"""Who states a named person's nationality when nobody is named."""


@dataclass(frozen=True)
class Grades:
    """
    What kinds of source are worth.

    Args:
        quality: source type to a multiplier between 0 and 1.
        direct_from: source types on which a direct indicator stays direct.
        person_direct_from: those on which the nationality of a named person does.
    """

    quality: Mapping[str, float]
    direct_from: frozenset[str]
    person_direct_from: frozenset[str]

    @cached_property
    def levels(self) -> tuple[float, ...]:
        """The distinct qualities, best first."""
        return tuple(sorted(set(self.quality.values()), reverse=True))

    def at_least(self, level: float, *, doubtful: bool = False) -> frozenset[str]:
        """
        Return the source types of at least this quality.

        A doubtful mention, and a name without a second identifier, count one level below their source; the lowest level
        has no lower one.
        """
        levels = self.levels
        if doubtful and level != levels[-1]:
            place = levels.index(level)
            if place == 0:
                return frozenset()
            level = levels[place - 1]
        return frozenset(source for source, quality in self.quality.items() if quality >= level)


Sources = Mapping[str, int]
"""Source type to the rows whose entry comes from it."""


@dataclass(frozen=True)
class Evaluation:
    """
    One run of a program: the slots of one record or of many, and the formula's answers.

    Args:
        program: the compiled conditions.
        root: the record table's slots.
        groups: the lists' rows, in the program's order.
        sources: source types of each table's rows.
        stated_by: for fields whose own source is named: (table, field that names it) to source types.
        grades: what sources are worth.
    """

    program: Program
    root: Sequence[int]
    groups: Sequence[Rows]
    sources: Mapping[str, Sources]
    stated_by: Mapping[tuple[str, str], Sources]
    grades: Grades

    @cached_property
    def answers(self) -> tuple[int, ...]:
        """The formula's answers on all evidence."""
        return self.program.formula(self.root, self.groups)

    def at(self, level: float) -> tuple[int, ...]:
        """Return the formula's answers on evidence of at least this quality."""
        accepted = self.grades.at_least(level)
        doubtful = self.grades.at_least(level, doubtful=True)
        return self._strict(accepted, accepted, accepted, doubtful)

    @cached_property
    def direct(self) -> tuple[int, ...]:
        """The formula's answers on evidence that can be direct: no free text, no mere allegation, no name alone."""
        nothing: frozenset[str] = frozenset()
        return self._strict(self.grades.direct_from, self.grades.person_direct_from, nothing, nothing)

    def _strict(
        self,
        accepted: frozenset[str],
        of_persons: frozenset[str],
        firm_text: frozenset[str],
        doubtful_text: frozenset[str],
    ) -> tuple[int, ...]:
        def slots(table: Table, before: Sequence[int]) -> list[int]:
            rows = self.sources[table.name]
            plain, firm, doubtful = (
                _rows_from(rows, kinds) for kinds in (accepted, firm_text, doubtful_text)
            )
            after = list(before)
            for seat in table.seats:
                part = seat.subject.parts[0]
                keep = plain
                if part.stated_by:
                    stated = self.stated_by[table.name, part.stated_by]
                    keep = _rows_from(stated, of_persons if part.reads.named_person else accepted)
                silent = before[seat.start]
                for number in range(len(seat.predicates)):
                    slot = seat.start + 1 + 2 * number
                    if seat.subject.way.has_firm:
                        sure = before[seat.firm_slot(number)]
                        whole = firm if seat.subject.way is Way.TEXT else plain
                        after[slot] = (sure & whole) | (before[slot] & (doubtful | silent))
                    else:
                        after[slot] = before[slot] & (keep | silent)
            return after

        root = slots(self.program.root, self.root)
        groups = [
            _WithSlots(rows, slots(table, rows.slots))
            for table, rows in zip(self.program.tables, self.groups, strict=True)
        ]
        return self.program.formula(root, groups)


def _rows_from(sources: Sources, kinds: frozenset[str]) -> int:
    found = 0
    for source, rows in sources.items():
        if source in kinds:
            found |= rows
    return found


class _WithSlots:
    """The rows of a list with other slots."""

    __slots__ = ("_rows", "all", "every", "figure", "slots", "some")

    def __init__(self, rows: Rows, slots: Sequence[int]) -> None:
        self._rows = rows
        self.slots = slots
        self.all = rows.all
        self.some = rows.some
        self.every = rows.every
        self.figure = rows.figure
