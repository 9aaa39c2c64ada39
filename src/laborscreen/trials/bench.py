"""
Rules compiled one by one, each with the rules it refers to, for whoever runs many small trials.

A screener compiles all rules into one program, because every record meets them all. A trial asks one rule about a few
records, and a changed rule is compiled anew for each change, so here each rule is a program of its own. What is compiled, and
what runs it, is the same engine; the term scanner is shared, because what a mention means may depend on the other lists'
terms beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from laborscreen.conditions import (
    CLAUSE_ANSWERS,
    BoundProgram,
    Clause,
    Condition,
    Evaluation,
    Grades,
    Operator,
    PartyLists,
    Program,
    RowRunner,
    Tracer,
    compile_program,
    scanner_of,
)
from laborscreen.errors import RecordError
from laborscreen.record import Kind, Record, catalogue
from laborscreen.rulebook import Rule, Rulebook, RuleTest, ValueList, flagged_in
from laborscreen.rulebook.model import ListedExample
from laborscreen.text import TermScanner
from laborscreen.trials.listed_parties import lists_of

Answer = Literal["match", "no_match", "unknown", "refused"]

_LOOKED_UP = (Operator.IN_LIST, Operator.MENTIONS)

DEFAULT_DAY = date(2026, 1, 1)
"""The day screened in tests that name none; where the rule is not in force then, the nearest day on which it is."""


@dataclass(frozen=True, slots=True)
class Case:
    """
    One test of a rule, made ready.

    Args:
        rule: the rule it stands beside.
        test: the test.
        day: the day screened.
        record: its record; None where it cannot be read.
        refusal: why it cannot be read, or an empty string.
    """

    rule: Rule
    test: RuleTest
    day: date
    record: Record | None
    refusal: str = ""

    @classmethod
    def of(cls, rule: Rule, test: RuleTest) -> Case:
        """Read a test's record."""
        day = test.as_of or day_in_force(rule)
        try:
            record = Record.model_validate({"id": "test", "name": "A test record", **test.record})
        except RecordError as error:
            return cls(rule, test, day, None, f"the record cannot be read: {error}")
        return cls(rule, test, day, record)


class Trial:
    """
    One rule, compiled with the rules it refers to.

    Args:
        rule: the rule.
        program: the compiled rules.
        bench: what it was made by.
    """

    def __init__(self, rule: Rule, program: Program, bench: Bench) -> None:
        self.rule = rule
        self.program = program
        self._bench = bench
        self._place = program.places[rule.id]
        self._runners: dict[tuple[date, tuple[ListedExample, ...] | None], RowRunner] = {}
        self._bound: list[BoundProgram] = []

    @property
    def clause(self) -> Clause:
        """The rule as the program holds it."""
        return self.program.clauses[self._place]

    def run(self, case: Case) -> Evaluation:
        """Run a test's record."""
        assert case.record is not None
        key = (case.day, case.test.listed)
        runner = self._runners.get(key)
        if runner is None:
            runner = self._runners[key] = self.runner(case.day, self._bench.parties(case.test.listed))
        return runner.run(case.record)

    def runner(self, day: date, parties: PartyLists | None = None) -> RowRunner:
        """Return what runs the rule on records of a day."""
        bound = self.program.on(day, self._bench.rates, parties)
        self._bound.append(bound)
        return RowRunner(bound, self._bench.grades)

    def looked_up(self, name: str) -> Iterator[tuple[Operator, Kind, Collection[object]]]:
        """Yield how and on what kind of field the rule looks a list up, and the values it has met there so far."""
        for table in (self.program.root, *self.program.tables):
            for number, seat in enumerate(table.seats):
                for predicate in seat.predicates:
                    if predicate.operator in _LOOKED_UP and predicate.wanted == name:
                        met = [value for bound in self._bound for value in bound.judges[table.name][number]]
                        yield predicate.operator, seat.subject.kind, met

    def answer(self, evaluation: Evaluation) -> Answer:
        """Return the rule's own answer, `applies_when` included: a rule that is not about a record does not match it."""
        start = self._place * CLAUSE_ANSWERS
        true, false, applies = evaluation.answers[start : start + 3]
        if false:
            return "no_match"
        clause = self.clause
        if (
            not applies
            and clause.applies is not None
            and Tracer(evaluation).trace(clause.applies).truth is False
        ):
            return "no_match"
        return "match" if true and applies else "unknown"

    def answer_to(self, case: Case) -> Answer:
        """Return the rule's answer to a test."""
        if case.record is None:
            return "refused"
        if not self.rule.in_force(case.day):
            return "no_match"
        return self.answer(self.run(case))


class Bench:
    """
    Compiles rules of a rulebook, as written or changed.

    Args:
        rulebook: the rules and all they rest on.
        rules: the rules as they are to be tried, if not as written (a reference that can never be met, say).
        scanner: a term scanner over all that they and the guards mention; made here if left out.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        rules: Sequence[Rule] | None = None,
        scanner: TermScanner | None = None,
    ) -> None:
        policy = rulebook.policy
        self.rulebook = rulebook
        self.grades = Grades(dict(policy.quality), policy.direct_from, policy.named_person_direct_from)
        self.rates = dict(rulebook.rates.usd_per_unit)
        self.rules: Mapping[str, Rule] = {rule.id: rule for rule in rules or rulebook.rules}
        self._parties: dict[tuple[ListedExample, ...], PartyLists] = {}
        self._trials: dict[str, Trial] = {}
        self._refers = {rule.id: self._referred(rule) for rule in self.rules.values()}
        trees = [tree for rule in self.rules.values() for tree in trees_of(rule)]
        self.scanner = scanner or scanner_of(
            [*trees, *(guard.when for guard in rulebook.guards)], rulebook.lists
        )

    def trial(self, rule_id: str) -> Trial:
        """Return a rule compiled as it is written; compiled once."""
        found = self._trials.get(rule_id)
        if found is None:
            found = self._trials[rule_id] = self._compile(
                rule_id, self.rules, self.rulebook.lists, self.scanner
            )
        return found

    def changed(self, rule_id: str, changed: Rule) -> Trial:
        """Return a rule compiled as it would be if one rule, itself or one it refers to, were *changed*."""
        rules = {**self.rules, changed.id: changed}
        return self._compile(rule_id, rules, self.rulebook.lists, self.scanner)

    def without_term(self, rule_id: str, lesser: ValueList, scanner: TermScanner | None) -> Trial:
        """Return a rule compiled as it would be if a list had fewer terms."""
        lists = {**self.rulebook.lists, lesser.id: lesser}
        return self._compile(rule_id, self.rules, lists, scanner)

    def dependents(self, rule_id: str) -> tuple[str, ...]:
        """Return the rules that look at a rule's flag, at any depth."""
        found: dict[str, None] = {}
        waiting = [rule_id]
        while waiting:
            one = waiting.pop(0)
            for other, refers in self._refers.items():
                if one in refers and other not in found:
                    found[other] = None
                    waiting.append(other)
        return tuple(found)

    def parties(self, listed: tuple[ListedExample, ...] | None) -> PartyLists | None:
        """Return the watchlists of a test."""
        if listed is None:
            return None
        found = self._parties.get(listed)
        if found is None:
            found = self._parties[listed] = lists_of(listed, self.rulebook.policy)
        return found

    def conditions(self, rule_id: str) -> list[Condition]:
        """Return every condition that decides a rule's answer: its own, those it refers to, and their guards."""
        return [
            tree
            for one in self._with_referred(rule_id, self.rules)
            for tree in (
                *trees_of(self.rules[one]),
                *(self._guards(self.rules[one]) if one != rule_id else ()),
            )
        ]

    def _compile(
        self,
        rule_id: str,
        rules: Mapping[str, Rule],
        lists: Mapping[str, ValueList],
        scanner: TermScanner | None,
    ) -> Trial:
        clauses = [
            # Guards do not change a rule's own answer, but they do change what a combination sees of it.
            Clause(
                one,
                rules[one].when,
                rules[one].applies_when,
                self._guards(rules[one]) if one != rule_id else (),
            )
            for one in self._with_referred(rule_id, rules)
        ]
        program = compile_program(clauses, catalogue=catalogue(), lists=lists, scanner=scanner)
        return Trial(rules[rule_id], program, self)

    def _with_referred(self, rule_id: str, rules: Mapping[str, Rule]) -> tuple[str, ...]:
        found = {rule_id: None}
        waiting = [rule_id]
        while waiting:
            rule = rules[waiting.pop()]
            for other in self._referred(rule):
                if other not in found:
                    found[other] = None
                    waiting.append(other)
        return tuple(found)

    def _guards(self, rule: Rule) -> tuple[Condition, ...]:
        return tuple(
            guard.when
            for guard in self.rulebook.guards
            if rule.id in guard.suppresses or rule.group in guard.suppresses
        )

    @staticmethod
    def _referred(rule: Rule) -> tuple[str, ...]:
        return tuple(dict.fromkeys(flag.rule for tree in trees_of(rule) for flag in flagged_in(tree)))


def trees_of(rule: Rule) -> tuple[Condition, ...]:
    """Return a rule's conditions."""
    return (rule.when,) if rule.applies_when is None else (rule.applies_when, rule.when)


def with_tree(rule: Rule, place: int, tree: Condition) -> Rule:
    """Return a rule with another condition in the *place* that `trees_of` gives it."""
    if rule.applies_when is not None and place == 0:
        return replace(rule, applies_when=tree)
    return replace(rule, when=tree)


def day_in_force(rule: Rule) -> date:
    """Return the day on which a rule is tried where a test names none."""
    day = DEFAULT_DAY
    if rule.valid_from is not None:
        day = max(day, rule.valid_from)
    if rule.valid_to is not None:
        day = min(day, rule.valid_to)
    return day
