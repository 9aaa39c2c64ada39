"""
Compile once: every rule's conditions become predicates on fields, tables of lists, and one formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from laborscreen.conditions.formula import Clause, Formula, Writer, compile_formula, shape
from laborscreen.conditions.part import Part
from laborscreen.conditions.parties import FACTS, HOLDINGS, PartyLists
from laborscreen.conditions.predicates import Predicate, Terms
from laborscreen.conditions.subjects import (
    Circumstances,
    Subject,
    SubjectJudge,
    Way,
)
from laborscreen.conditions.tree import Condition, Figure, Flagged, Operator, Test, walk
from laborscreen.record import Catalogue, CatalogueField, Kind
from laborscreen.text import TermList, TermScanner

CLAUSE_ANSWERS = 5
"""How many sets the formula gives for each clause: true, false, applies, suppressed, flagged."""


class Seat(NamedTuple):
    """
    Where a subject's bits stand among its table's slots.

    Args:
        subject: the fields looked at.
        predicates: the tests on them.
        start: the slot of the missing bit; the tests' pairs follow, then the firm bits where there are any.
    """

    subject: Subject
    predicates: tuple[Predicate, ...]
    start: int

    @property
    def width(self) -> int:
        """The number of slots taken."""
        firm = len(self.predicates) if self.subject.way.has_firm else 0
        return 1 + 2 * len(self.predicates) + firm

    def slot(self, predicate: Predicate) -> int:
        """Return the slot of a predicate's true bit; the false bit follows."""
        return self.start + 1 + 2 * self.predicates.index(predicate)

    def firm_slot(self, number: int) -> int:
        """Return the slot of the firm bit of predicate *number*, of a subject that has them."""
        return self.start + 1 + 2 * len(self.predicates) + number


class Table(NamedTuple):
    """
    The record itself, or one of its lists, as the tests see it.

    Args:
        name: the list's name, or an empty string for the record.
        seats: subjects and their slots.
        width: the number of slots.
        figures: the figures taken over this list.
    """

    name: str
    seats: tuple[Seat, ...]
    width: int
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Program:
    """
    Compiled conditions, for one rulebook and any number of records.

    Args:
        catalogue: the fields.
        clauses: the rules, in an order in which every reference looks back.
        others: guards and needs, answered beside the rules.
        root: the record's own table.
        tables: the tables of lists that any test looks at.
        formula: the compiled formula.
        scanner: the term scanner over all lists that any ``mentions`` names.
        scanned: list id to its number in the scanner.
        lists: the rulebook's lists.
        exempt: rule to the root slot that excepts it.
        slots: where each test of the rules stands.
    """

    catalogue: Catalogue
    clauses: tuple[Clause, ...]
    others: tuple[Condition, ...]
    root: Table
    tables: tuple[Table, ...]
    formula: Formula
    scanner: TermScanner | None
    scanned: Mapping[str, int]
    lists: Mapping[str, Terms]
    exempt: Mapping[str, int]
    slots: Mapping[tuple[str, Test], int]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Rule to its place among the clauses."""
        return {clause.name: place for place, clause in enumerate(self.clauses)}

    def slot_of(self, test: Test, group: str) -> int:
        """Return the slot of a test's true bit in the table of the list it stands in; the false bit follows."""
        return self.slots[group, test]

    def on(
        self, day: date, usd_per_unit: Mapping[str, float], parties: PartyLists | None = None
    ) -> BoundProgram:
        """Return the program for one *day* screened, one rate table and one set of watchlists."""
        circumstances = Circumstances(
            self.lists,
            usd_per_unit,
            day,
            self.scanner if self.scanner is None else _Standings(self.scanner),
            self.scanned,
            parties,
        )
        judges = {
            table.name: tuple(
                SubjectJudge(seat.subject, seat.predicates, circumstances) for seat in table.seats
            )
            for table in (self.root, *self.tables)
        }
        return BoundProgram(self, circumstances, judges)


@dataclass(frozen=True, slots=True)
class _Standings:
    """The scanner with plain numbers for standings."""

    scanner: TermScanner

    def scan(self, text: str) -> tuple[tuple[int, int], ...]:
        return tuple((number, int(standing)) for number, standing in self.scanner.scan(text))


class BoundProgram(NamedTuple):
    """A program with its memories of judged values, for one day."""

    program: Program
    circumstances: Circumstances
    judges: Mapping[str, tuple[SubjectJudge, ...]]


def compile_program(
    clauses: Iterable[Clause],
    *,
    catalogue: Catalogue,
    lists: Mapping[str, Terms],
    others: Sequence[Condition] = (),
    exempted: Iterable[str] = (),
    scanner: TermScanner | None = None,
) -> Program:
    """
    Compile rules and other conditions.

    Args:
        clauses: the rules; references among them must not form a circle.
        catalogue: the fields they may name.
        lists: the lists they may name.
        others: conditions answered beside the rules (guards, needs).
        exempted: ids of rules for which some record has an exception.
        scanner: looks for the terms of at least the lists that the conditions mention; made here if left out. Programs
            that share one build its automaton once.
    """
    ordered = in_order(tuple(clauses))
    trees = [tree for clause in ordered for tree in _trees(clause)] + list(others)
    layout = _Layout(catalogue)
    for tree in trees:
        layout.add(tree)
    exempt_rules = sorted(set(exempted) & {clause.name for clause in ordered})
    root = layout.table("", first_slot=1)
    exempt = {rule: root.width + number for number, rule in enumerate(exempt_rules)}
    root = Table(root.name, root.seats, root.width + len(exempt))
    tables = tuple(layout.table(name) for name in sorted(layout.groups))
    ordered = tuple(
        Clause(clause.name, clause.when, clause.applies, clause.guards, exempt.get(clause.name))
        for clause in ordered
    )
    by_name = {"": root} | {table.name: table for table in tables}
    writer = Writer(
        slot_of=layout.slot,
        figure_of=layout.figure_number,
        tables=[table.name for table in tables],
    )
    formula = compile_formula(writer, ordered, others, {name: table.width for name, table in by_name.items()})
    if scanner is None:
        scanner = scanner_of(trees, lists)
    return Program(
        catalogue,
        ordered,
        tuple(others),
        root,
        tables,
        formula,
        scanner,
        {} if scanner is None else {one.id: number for number, one in enumerate(scanner.lists)},
        lists,
        exempt,
        {
            (group, node): layout.slot(node, group)
            for tree in trees
            for node, group in walk(tree)
            if isinstance(node, Test)
        },
    )


def scanner_of(trees: Iterable[Condition], lists: Mapping[str, Terms]) -> TermScanner | None:
    """Return a scanner over every list that a ``mentions`` in *trees* names, or None where there is none."""
    mentioned = sorted(
        {
            str(node.wanted)
            for tree in trees
            for node, _ in walk(tree)
            if isinstance(node, Test) and node.operator is Operator.MENTIONS
        }
    )
    return (
        TermScanner([TermList(name, tuple(lists[name].texts), lists[name].patterns) for name in mentioned])
        if mentioned
        else None
    )


def in_order(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Return the clauses so that each comes after those it refers to, otherwise as they were."""
    by_name = {clause.name: clause for clause in clauses}
    done: dict[str, Clause] = {}

    def visit(clause: Clause, above: tuple[str, ...]) -> None:
        if clause.name in done:
            return
        if clause.name in above:
            raise ValueError(f"rules refer to each other in a circle: {' -> '.join((*above, clause.name))}")
        for tree in _trees(clause):
            for node, _ in walk(tree):
                if isinstance(node, Flagged):
                    visit(by_name[node.rule], (*above, clause.name))
        done[clause.name] = clause

    for clause in clauses:
        visit(clause, ())
    return tuple(done.values())


def _trees(clause: Clause) -> list[Condition]:
    applies = [] if clause.applies is None else [clause.applies]
    return [clause.when, *applies, *clause.guards]


class _Layout:
    """Collects the subjects, predicates and figures of trees, in order of first sight."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._predicates: dict[str, dict[Subject, list[Predicate]]] = {"": {}}
        self._figures: dict[str, dict[object, Figure]] = {}
        self._seats: dict[Subject, Seat] = {}
        self._slots: dict[tuple[object, ...], int] = {}

    @property
    def groups(self) -> set[str]:
        return set(self._predicates) - {""}

    def add(self, tree: Condition) -> None:
        for node, group in walk(tree):
            if isinstance(node, Figure):
                self._predicates.setdefault(node.group, {})
                self._figures.setdefault(node.group, {}).setdefault(shape(node), node)
            elif isinstance(node, Test):
                subject = self.subject(node, group)
                predicates = self._predicates.setdefault(group, {}).setdefault(subject, [])
                if Predicate.of(node) not in predicates:
                    predicates.append(Predicate.of(node))

    def table(self, name: str, first_slot: int = 0) -> Table:
        seats = []
        start = first_slot
        for subject, predicates in self._predicates[name].items():
            seat = Seat(subject, tuple(predicates), start)
            seats.append(seat)
            self._seats[subject] = seat
            start += seat.width
        return Table(name, tuple(seats), start, tuple(self._figures.get(name, {}).values()))

    def slot(self, test: Test, group: str) -> int:
        """Return the slot of a test's true bit in its table, which must have been made."""
        key = group, test.field, test.operator, test.wanted, test.if_missing
        found = self._slots.get(key)
        if found is None:
            found = self._slots[key] = self._seats[self.subject(test, group)].slot(Predicate.of(test))
        return found

    def figure_number(self, figure: Figure) -> int:
        return list(self._figures[figure.group]).index(shape(figure))

    def subject(self, test: Test, group: str) -> Subject:
        field = self._field(test.field, group)
        part = _part(field, group)
        if test.operator is Operator.DIFFERS_FROM:
            return Subject(group, Way.PAIR, (part, _part(self._field(str(test.wanted), group), group)))
        if test.operator is Operator.MENTIONS:
            return Subject(group, Way.TEXT, (part,))
        if test.operator is Operator.OWNED_BY_LISTED:
            return Subject(group, Way.OWNED, tuple(self._fact(path, group) for path in HOLDINGS))
        if field.kind is Kind.NAME:
            facts = tuple(self._fact(path, group) for path in FACTS.get(field.path, ()))
            return Subject(group, Way.PARTY, (part, *facts))
        if field.reads.many:
            return Subject(group, Way.MANY, (part,))
        if test.operator is Operator.IS_KNOWN:
            return Subject(group, Way.PLAIN, (part,))
        if field.kind is Kind.MONEY:
            return Subject(group, Way.MONEY, (part, self._sibling(field.reads.beside, group)))
        if field.reads.stands_for == "as_of":
            return Subject(group, Way.GOES_ON, (part, self._sibling("as_of", group)))
        if field.reads.stands_for == "before":
            return Subject(
                group, Way.BEGAN, (part, self._sibling("ends", group), self._sibling("as_of", group))
            )
        return Subject(group, Way.PLAIN, (part,))

    def _fact(self, path: str, group: str) -> Part:
        field = self.catalogue.fields[path]
        if field.group and field.group != group:
            return Part(path, field.name, "", bool(group), field.reads, field.group)
        return _part(field, group)

    def _sibling(self, name: str, group: str) -> Part:
        return _part(self._field(name, group), group)

    def _field(self, name: str, group: str) -> CatalogueField:
        field = self.catalogue.find(name, group)
        if field is None:
            raise ValueError(f"{name!r} is not a field")
        if field.group and field.group != group:
            raise ValueError(f"{name!r} belongs to the list {field.group!r}: say which entries with `some`")
        return field


def _part(field: CatalogueField, group: str) -> Part:
    holder, _, name = field.name.rpartition(".") if not field.group else ("", "", field.name)
    return Part(field.path, name, holder, bool(group) and not field.group, field.reads)
