"""
Conditions as one straight-line formula over truth vectors.

A truth vector is a pair of Python integers used as bit sets, one bit a row: *true* and *false*. A row in neither
is unknown. `all`, `any`, `not` and `at_least` need only ``&`` and ``|`` (Kleene's tables), so the compiled formula
does not know whether it runs on one record or on a hundred thousand, and a row that is unknown can never become true
through `not`.

The formula is written as the source of one Python function and compiled once. Only slot numbers and the operators ``&``,
``|`` and ``~`` are written into it; no text from a rule, a list or a record ever enters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any as Anything
from typing import NamedTuple, Protocol

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

Pair = tuple[str, str]


class Rows(Protocol):
    """The rows of one list, reduced to the records they belong to."""

    slots: Sequence[int]
    all: int

    def some(self, bits: int) -> int:
        """Return the records with at least one of their rows in *bits*."""

    def every(self, bits: int) -> int:
        """Return the records with all of their rows in *bits*."""

    def figure(self, number: int, true: int, false: int) -> tuple[int, int]:
        """Return the truth of the *number*-th figure, for rows that meet its condition and rows that do not."""


Formula = Callable[[Sequence[int], Sequence[Rows]], tuple[int, ...]]


class Clause(NamedTuple):
    """
    One rule as the formula sees it.

    Args:
        name: the rule's id; `Flagged` refers to it.
        when: the condition.
        applies: which records it is about; None means all.
        guards: conditions that suppress it; a suppressed rule is not flagged.
        exempt: the root slot that is set for records on which the rule is excepted; None means no exception names it.
    """

    name: str
    when: Condition
    applies: Condition | None = None
    guards: tuple[Condition, ...] = ()
    exempt: int | None = None


@dataclass(slots=True)
class Writer:
    """
    Writes the formula's source, each distinct subtree once.

    Args:
        slot_of: gives the first of the two slots of a test in a table.
        figure_of: gives the number of a figure among its list's figures.
        tables: names of the lists, in the order their rows are handed in.
    """

    slot_of: Callable[[Test, str], int]
    figure_of: Callable[[Figure], int]
    tables: Sequence[str]
    lines: list[str] = field(default_factory=list)
    _seen: dict[object, Pair] = field(default_factory=dict)
    _flags: dict[str, Pair] = field(default_factory=dict)
    _count: int = 0

    def pair(self, condition: Condition, table: str = "") -> Pair:
        """Write a *condition* and return the names of its true and false sets."""
        key = (table, shape(condition))
        found = self._seen.get(key)
        if found is None:
            found = self._write(condition, table)
            self._seen[key] = found
        return found

    def clause(self, clause: Clause) -> tuple[str, str, str, str]:
        """Write a rule; return the names of: condition true, condition false, applies, suppressed."""
        true, false = self.pair(clause.when)
        applies, applies_not = ("full", "0") if clause.applies is None else self.pair(clause.applies)
        guards = [self.pair(guard)[0] for guard in clause.guards]
        suppressed = self._assign(" | ".join(guards)) if guards else "0"
        away = [
            name
            for name in (suppressed, f"r{clause.exempt}" if clause.exempt is not None else "0")
            if name != "0"
        ]
        flagged = true if clause.applies is None else self._assign(f"{true} & {applies}")
        if away:
            flagged = self._assign(f"{flagged} & ~({' | '.join(away)})")
        not_flagged = [name for name in (false, applies_not, *away) if name != "0"]
        self._flags[clause.name] = (flagged, self._assign(" | ".join(not_flagged) or "0"))
        return true, false, applies, suppressed

    def _write(self, condition: Condition, table: str) -> Pair:
        match condition:
            case Test():
                slot = self.slot_of(condition, table)
                letter = f"g{self.tables.index(table)}_" if table else "r"
                return f"{letter}{slot}", f"{letter}{slot + 1}"
            case All():
                return self._join([self.pair(part, table) for part in condition.of], "&", "|")
            case Any():
                return self._join([self.pair(part, table) for part in condition.of], "|", "&")
            case Not():
                true, false = self.pair(condition.condition, table)
                return false, true
            case AtLeast():
                pairs = [self.pair(part, table) for part in condition.of]
                too_few = len(pairs) - condition.number + 1
                everyone = f"g{self.tables.index(table)}.all" if table else "full"
                return (
                    self._threshold([true for true, _ in pairs], condition.number, everyone),
                    self._threshold([false for _, false in pairs], too_few, everyone),
                )
            case Over():
                return self._over(condition)
            case Figure():
                return self._figure(condition)
            case Flagged():
                return self._flags[condition.rule]

    def _join(self, pairs: list[Pair], for_true: str, for_false: str) -> Pair:
        if len(pairs) == 1:
            return pairs[0]
        return (
            self._assign(f" {for_true} ".join(true for true, _ in pairs)),
            self._assign(f" {for_false} ".join(false for _, false in pairs)),
        )

    def _threshold(self, names: list[str], number: int, everyone: str) -> str:
        """Write "at least *number* of these sets" as a running count of unions and intersections."""
        if number <= 0:
            return everyone
        if number > len(names):
            return "0"
        counts: list[str] = []  # counts[k]: rows that are in more than k of the sets seen so far
        for name in names:
            upper = [
                name if k == 0 else self._assign(f"{counts[k - 1]} & {name}")
                for k in range(min(len(counts) + 1, number))
            ]
            counts = [
                self._assign(f"{counts[k]} | {upper[k]}") if k < len(counts) else upper[k]
                for k in range(len(upper))
            ]
        return counts[number - 1]

    def _over(self, condition: Over) -> Pair:
        rows = f"g{self.tables.index(condition.group)}"
        true, false = self.pair(condition.where, condition.group)
        if condition.quantifier is Quantifier.NONE:
            true, false = false, true
        some, every = (
            (f"some_{rows}({true})", f"every_{rows}({false})")
            if condition.quantifier is Quantifier.SOME
            else (f"every_{rows}({true})", f"some_{rows}({false})")
        )
        return self._assign(some), self._assign(every)

    def _figure(self, condition: Figure) -> Pair:
        rows = f"g{self.tables.index(condition.group)}"
        true, false = (
            (f"{rows}.all", "0") if condition.where is None else self.pair(condition.where, condition.group)
        )
        self._count += 2
        names = f"v{self._count - 1}", f"v{self._count}"
        self.lines.append(
            f"{names[0]}, {names[1]} = {rows}.figure({self.figure_of(condition)}, {true}, {false})"
        )
        return names

    def _assign(self, expression: str) -> str:
        if expression.isidentifier() or expression.isdigit():
            return expression
        self._count += 1
        self.lines.append(f"v{self._count} = {expression}")
        return f"v{self._count}"


def shape(condition: Condition) -> object:
    """Return a condition without its places, for telling equal ones."""
    match condition:
        case Test():
            return (
                "test",
                condition.field,
                condition.operator,
                condition.wanted,
                type(condition.wanted),
                condition.if_missing,
            )
        case All() | Any():
            return (type(condition).__name__, tuple(shape(part) for part in condition.of))
        case AtLeast():
            return ("at least", condition.number, tuple(shape(part) for part in condition.of))
        case Not():
            return ("not", shape(condition.condition))
        case Over():
            return ("over", condition.quantifier, condition.group, shape(condition.where))
        case Figure():
            where = None if condition.where is None else shape(condition.where)
            return (
                "figure",
                condition.measure,
                condition.group,
                condition.field,
                condition.operator,
                condition.wanted,
                where,
                condition.by,
            )
        case Flagged():
            return ("flagged", condition.rule)


def compile_formula(
    writer: Writer, clauses: Sequence[Clause], others: Sequence[Condition], widths: Mapping[str, int]
) -> Formula:
    """
    Compile clauses and other root conditions to one function.

    The function's answer is a flat tuple: for each clause (true, false, applies, suppressed, flagged), then for each of the
    other conditions (true, false).

    Args:
        writer: knows the slots.
        clauses: in an order in which every `Flagged` refers to an earlier clause.
        others: guards shown on their own, needs of the policy.
        widths: the number of slots of each table; the root's under the empty name.
    """
    answers: list[str] = []
    for clause in clauses:
        answers += (*writer.clause(clause), writer.pair(Flagged(clause.name))[0])
    for condition in others:
        answers += writer.pair(condition)
    head = ["full = root[0]", _unpack("r", widths[""], "root")]
    for number, table in enumerate(writer.tables):
        rows = f"g{number}"
        head += [
            f"{rows} = groups[{number}]",
            _unpack(f"{rows}_", widths[table], f"{rows}.slots"),
            f"some_{rows} = {rows}.some",
            f"every_{rows} = {rows}.every",
        ]
    body = "\n    ".join([*head, *writer.lines, f"return ({', '.join(answers)},)"])
    source = f"def formula(root, groups):\n    {body}\n"
    made: dict[str, Anything] = {}
    exec(compile(source, "<laborscreen formula>", "exec"), {"__builtins__": {}}, made)  # noqa: S102 -- slots and operators only
    formula: Formula = made["formula"]
    return formula


def _unpack(letter: str, width: int, holder: str) -> str:
    if width == 0:
        return f"{letter}none = {holder}"
    return f"({', '.join(f'{letter}{slot}' for slot in range(width))},) = {holder}"
