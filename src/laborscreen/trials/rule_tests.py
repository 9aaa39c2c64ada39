"""
The examples that stand beside each rule, run on the engine that screens.

All rules are compiled into one program, the one a screener would run, and each example's record is judged once. What is
compared is the rule's own three-valued answer, `applies_when` included: a rule that is not about a record does not match it.
Guards do not change a rule's own answer, but they do change what a combination sees of the rules it refers to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from laborscreen.conditions import (
    CLAUSE_ANSWERS,
    BoundProgram,
    Clause,
    Condition,
    Evaluation,
    Grades,
    Program,
    RowRunner,
    Tracer,
)
from laborscreen.errors import RecordError
from laborscreen.record import Record
from laborscreen.rulebook import Rule, Rulebook, RuleTest
from laborscreen.rulebook.model import ListedExample
from laborscreen.screening.screener import compile_rules
from laborscreen.trials.answers import Line, told
from laborscreen.trials.listed_parties import lists_of

Answer = Literal["match", "no_match", "unknown", "refused"]

DEFAULT_DAY = date(2026, 1, 1)
"""The day screened in tests that name none; where the rule is not in force then, the nearest day on which it is."""


@dataclass(frozen=True, slots=True)
class TestResult:
    """
    What became of one test.

    Args:
        rule: the rule it stands beside.
        test: the test.
        got: the rule's answer; ``refused`` where the record could not be read at all.
        why: the condition with its answers, for a surprise; empty otherwise.
        remarks: what else the author should know: values that could not be read, the reason of a refusal.
    """

    __test__ = False  # its name is no invitation to pytest

    rule: Rule
    test: RuleTest
    got: Answer
    why: tuple[Line, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the answer is the one expected."""
        return self.got == self.test.expect


@dataclass(frozen=True)
class TrialReport:
    """
    What became of all tests of a rulebook.

    Args:
        results: in the order of the rules and their tests.
        retired: tests of retired rules, which are not run.
    """

    results: tuple[TestResult, ...]
    retired: int = 0

    @cached_property
    def surprises(self) -> tuple[TestResult, ...]:
        """The tests whose answer is not the one expected."""
        return tuple(result for result in self.results if not result.passed)

    @property
    def passed(self) -> bool:
        """Whether every test gave the answer expected."""
        return not self.surprises

    @cached_property
    def by_expectation(self) -> dict[str, tuple[int, int]]:
        """For each expected answer, how many tests expect it and how many of them got it."""
        found = {"match": (0, 0), "no_match": (0, 0), "unknown": (0, 0)}
        for result in self.results:
            run, met = found[result.test.expect]
            found[result.test.expect] = (run + 1, met + result.passed)
        return found


def run_tests(rulebook: Rulebook) -> TrialReport:
    """
    Run the tests of every rule that is not retired, whatever its status.

    A test that names ``listed`` parties is run against a list of these; any other without a list, so that what compares
    names answers unknown.

    Args:
        rulebook: the rules and all they rest on.

    >>> from laborscreen.rulebook import load_rulebook
    >>> run_tests(load_rulebook()).passed
    True
    """
    rules = tuple(rule for rule in rulebook.rules if rule.status != "retired")
    retired = sum(len(rule.tests) for rule in rulebook.rules if rule.status == "retired")
    program = compile_rules(rulebook, rulebook.rules).program
    bench = _Bench(rulebook, program)
    return TrialReport(tuple(bench.run(rules)), retired)


class _Bench:
    """The compiled rules, bound to each day that some test is about."""

    def __init__(self, rulebook: Rulebook, program: Program) -> None:
        policy = self._policy = rulebook.policy
        self._grades = Grades(dict(policy.quality), policy.direct_from, policy.named_person_direct_from)
        self._rates = dict(rulebook.rates.usd_per_unit)
        self._program = program
        self._runners: dict[tuple[date, tuple[ListedExample, ...] | None], RowRunner] = {}
        self._titles = {rule.id: rule.title for rule in rulebook.rules}
        self._places = {clause.name: number for number, clause in enumerate(program.clauses)}

    def run(self, rules: tuple[Rule, ...]) -> Iterator[TestResult]:
        for rule in rules:
            for test in rule.tests:
                yield self._one(rule, test)

    def _one(self, rule: Rule, test: RuleTest) -> TestResult:
        day = test.as_of or _day_in_force(rule)
        try:
            record = Record.model_validate({"id": "test", "name": "A test record", **test.record})
        except RecordError as error:
            return TestResult(rule, test, "refused", remarks=(f"the record cannot be read: {error}",))
        if not rule.in_force(day):
            remark = f"the rule is not in force on {day}"
            return TestResult(rule, test, "no_match", remarks=() if test.expect == "no_match" else (remark,))
        evaluation = self._on(day, test.listed).run(record)
        clause = self._program.clauses[self._places[rule.id]]
        got = self._answer(clause, evaluation)
        if got == test.expect:
            return TestResult(rule, test, got)
        return TestResult(rule, test, got, self._why(clause, record, Tracer(evaluation)), _remarks(record))

    def _answer(self, clause: Clause, evaluation: Evaluation) -> Answer:
        start = self._places[clause.name] * CLAUSE_ANSWERS
        true, false, applies = evaluation.answers[start : start + 3]
        if false:
            return "no_match"
        if (
            not applies
            and clause.applies is not None
            and Tracer(evaluation).trace(clause.applies).truth is False
        ):
            return "no_match"
        return "match" if true and applies else "unknown"

    def _why(self, clause: Clause, record: Record, tracer: Tracer) -> tuple[Line, ...]:
        def lines(condition: Condition) -> tuple[Line, ...]:
            return told(tracer.trace(condition), record, tracer, self._program.catalogue, self._titles)

        if clause.applies is None:
            return lines(clause.when)
        below = lines(clause.applies)
        deeper = (Line(line.depth + 1, line.asked, line.truth, line.seen) for line in below)
        return (Line(0, "applies when", below[0].truth), *deeper, *lines(clause.when))

    def _on(self, day: date, listed: tuple[ListedExample, ...] | None) -> RowRunner:
        found = self._runners.get((day, listed))
        if found is None:
            lists = None if listed is None else lists_of(listed, self._policy)
            bound: BoundProgram = self._program.on(day, self._rates, lists)
            found = self._runners[day, listed] = RowRunner(bound, self._grades)
        return found


def _day_in_force(rule: Rule) -> date:
    day = DEFAULT_DAY
    if rule.valid_from is not None:
        day = max(day, rule.valid_from)
    if rule.valid_to is not None:
        day = min(day, rule.valid_to)
    return day


def _remarks(record: Record) -> tuple[str, ...]:
    return tuple(
        f"{note.field}: “{note.written[:80]}” could not be read: {note.note}" for note in record.notes()
    )
