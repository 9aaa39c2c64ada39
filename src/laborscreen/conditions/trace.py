"""
A condition tree with its answers filled in, for one record: what gave what, and on which value.

The answers of the tests are read from the slots the formula ran on, so that an explanation cannot tell another story than the
verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any as Anything
from typing import NamedTuple, cast

from laborscreen.conditions.figures import Range, range_of
from laborscreen.conditions.levels import Evaluation
from laborscreen.conditions.program import CLAUSE_ANSWERS, Table
from laborscreen.conditions.row import EntryRows
from laborscreen.conditions.tree import (
    All,
    Any,
    AtLeast,
    Condition,
    Figure,
    Flagged,
    Not,
    Over,
    Quantifier,
    Test,
)

Truth = bool | None


class Traced(NamedTuple):
    """
    A node with its answer.

    Args:
        condition: the node.
        truth: match, no match, or None for unknown.
        group: the list it was asked in, or an empty string.
        entry: the number of the list's entry it was asked of; -1 for the record itself.
        parts: the answers below; for a list, the parts of every entry in turn.
        span: for a figure, its smallest and largest possible value.
        told: for a list, whether it holds anything.
    """

    condition: Condition
    truth: Truth
    group: str = ""
    entry: int = -1
    parts: tuple[Traced, ...] = ()
    span: Range | None = None
    told: bool = True


class Tracer:
    """
    Reads one record's evaluation.

    Args:
        evaluation: of one record.
    """

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        program = evaluation.program
        self._tables: Mapping[str, Table] = {"": program.root} | {
            table.name: table for table in program.tables
        }
        self._rows = {
            table.name: cast("EntryRows", rows)
            for table, rows in zip(program.tables, evaluation.groups, strict=True)
        }
        self._clauses = program.places

    def trace(self, condition: Condition, group: str = "", entry: int = -1) -> Traced:
        """Return a condition of the program with its answers."""
        match condition:
            case Test():
                return Traced(condition, self._test(condition, group, entry), group, entry)
            case All() | Any() | AtLeast():
                parts = tuple(self.trace(part, group, entry) for part in condition.of)
                return Traced(
                    condition, _joined(condition, [part.truth for part in parts]), group, entry, parts
                )
            case Not():
                part = self.trace(condition.condition, group, entry)
                return Traced(
                    condition, None if part.truth is None else not part.truth, group, entry, (part,)
                )
            case Over():
                rows = self._rows[condition.group]
                parts = tuple(
                    self.trace(condition.where, condition.group, place) for place in range(len(rows.entries))
                )
                truth = _quantified(condition.quantifier, [part.truth for part in parts])
                return Traced(condition, truth, condition.group, -1, parts, told=rows.told)
            case Figure():
                return self._figure(condition)
            case Flagged():
                return Traced(condition, self._flagged(condition.rule))

    def holder(self, group: str, entry: int) -> Anything:
        """Return the entry a node was asked of."""
        return self._rows[group].entries[entry]

    def entries(self, group: str) -> Sequence[Anything]:
        """Return the entries of a list that the conditions look at."""
        return self._rows[group].entries

    def _test(self, test: Test, group: str, entry: int) -> Truth:
        slots = self._rows[group].slots if group else self._evaluation.root
        slot = self._evaluation.program.slot_of(test, group)
        place = max(entry, 0)
        if slots[slot] >> place & 1:
            return True
        return False if slots[slot + 1] >> place & 1 else None

    def _figure(self, figure: Figure) -> Traced:
        rows = self._rows[figure.group]
        parts: tuple[Traced, ...] = ()
        meant: list[Truth] = [True] * len(rows.entries)
        if figure.where is not None:
            parts = tuple(self.trace(figure.where, figure.group, place) for place in range(len(rows.entries)))
            meant = [part.truth for part in parts]
        entries = [
            (
                one,
                getattr(entry, figure.field) if figure.field else None,
                getattr(entry, figure.by) if figure.by else None,
            )
            for one, entry in zip(meant, rows.entries, strict=True)
        ]
        true = sum(1 << place for place, one in enumerate(meant) if one is True)
        false = sum(1 << place for place, one in enumerate(meant) if one is False)
        number = next(
            n for n, one in enumerate(self._tables[figure.group].figures) if _same_figure(one, figure)
        )
        met, not_met = rows.figure(number, true, false)
        truth = True if met else False if not_met else None
        span = range_of(figure, entries, told=rows.told)
        return Traced(figure, truth, figure.group, -1, parts, span, rows.told)

    def _flagged(self, rule: str) -> Truth:
        answers = self._evaluation.answers
        start = self._clauses[rule] * CLAUSE_ANSWERS
        true, false, applies, suppressed, flagged = answers[start : start + CLAUSE_ANSWERS]
        if flagged:
            return True
        exempt = self._evaluation.program.exempt.get(rule)
        excepted = exempt is not None and self._evaluation.root[exempt]
        clause = self._evaluation.program.clauses[self._clauses[rule]]
        applies_not = clause.applies is not None and not applies and self.trace(clause.applies).truth is False
        return False if false or suppressed or excepted or applies_not or (true and not applies) else None


def _same_figure(one: Figure, other: Figure) -> bool:
    from laborscreen.conditions.formula import shape

    return shape(one) == shape(other)


def _joined(condition: All | Any | AtLeast, truths: list[Truth]) -> Truth:
    wanted = {All: len(truths), Any: 1}.get(type(condition)) or (
        condition.number if isinstance(condition, AtLeast) else 0
    )
    met = truths.count(True)
    if met >= wanted:
        return True
    return None if met + truths.count(None) >= wanted else False


def _quantified(quantifier: Quantifier, truths: list[Truth]) -> Truth:
    match quantifier:
        case Quantifier.SOME:
            return True if True in truths else None if None in truths else False
        case Quantifier.EVERY:
            return False if False in truths else None if None in truths else True
        case Quantifier.NONE:
            return False if True in truths else None if None in truths else True


def reasons(traced: Traced, wanted: bool = True) -> Iterator[Traced]:
    """
    Yield the tests, figures and flags that made a node's answer.

    Args:
        traced: a node whose answer is known.
        wanted: the answer to account for.
    """
    if traced.truth is not wanted:
        return
    match traced.condition:
        case Test() | Figure() | Flagged():
            yield traced
        case Not():
            yield from reasons(traced.parts[0], not wanted)
        case Over(quantifier=Quantifier.NONE):
            for part in traced.parts:
                yield from reasons(part, not wanted)
        case _:
            for part in traced.parts:
                yield from reasons(part, wanted)


def undecided(traced: Traced) -> Iterator[Traced]:
    """Yield the tests and figures that are unknown and could decide a node whose answer is unknown."""
    if traced.truth is not None:
        return
    match traced.condition:
        case Test() | Flagged():
            yield traced
        case Figure():
            yield traced
            for part in traced.parts:
                yield from undecided(part)
        case _:
            for part in traced.parts:
                yield from undecided(part)
