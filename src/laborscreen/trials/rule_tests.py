"""
The examples that stand beside each rule, run on the engine that screens.

Each rule is compiled with the rules it refers to, and each example's record is judged once. What is compared is the rule's
own three-valued answer, `applies_when` included: a rule that is not about a record does not match it. Guards do not change a
rule's own answer, but they do change what a combination sees of the rules it refers to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from laborscreen.conditions import Clause, Condition, Tracer
from laborscreen.errors import UsageError
from laborscreen.record import Record, did_you_mean
from laborscreen.rulebook import Rule, Rulebook, RuleTest
from laborscreen.trials.answers import Line, told
from laborscreen.trials.bench import Answer, Bench, Case, Trial


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


def run_tests(rulebook: Rulebook, *, rules: Collection[str] | None = None) -> TrialReport:
    """
    Run the tests of every rule that is not retired, whatever its status.

    A test that names ``listed`` parties is run against a list of these; any other without a list, so that what compares
    names answers unknown.

    Args:
        rulebook: the rules and all they rest on.
        rules: ids of the rules to try; all if left out.

    Raises:
        UsageError: an id that no rule has.

    >>> from laborscreen.rulebook import load_rulebook
    >>> run_tests(load_rulebook()).passed
    True
    """
    wanted = chosen(rulebook, rules)
    retired = sum(len(rule.tests) for rule in rulebook.rules if rule.status == "retired")
    return TrialReport(tuple(_run(Bench(rulebook), wanted)), retired if rules is None else 0)


def chosen(rulebook: Rulebook, rules: Collection[str] | None) -> tuple[Rule, ...]:
    """
    Return the rules to try: those named, or all that are not retired.

    Raises:
        UsageError: an id that no rule has.
    """
    if rules is None:
        return tuple(rule for rule in rulebook.rules if rule.status != "retired")
    for name in rules:
        if name not in rulebook.by_id:
            hint = did_you_mean(name.upper(), rulebook.by_id) or "`laborscreen rules list` lists them"
            raise UsageError(f"there is no rule {name!r}", hint=hint)
    return tuple(rule for rule in rulebook.rules if rule.id in rules)


def _run(bench: Bench, rules: tuple[Rule, ...]) -> Iterator[TestResult]:
    titles = {rule.id: rule.title for rule in bench.rulebook.rules}
    for rule in rules:
        for test in rule.tests:
            yield _one(bench.trial(rule.id), Case.of(rule, test), titles)


def _one(trial: Trial, case: Case, titles: dict[str, str]) -> TestResult:
    rule, test = case.rule, case.test
    if case.record is None:
        return TestResult(rule, test, "refused", remarks=(case.refusal,))
    if not rule.in_force(case.day):
        remark = f"the rule is not in force on {case.day}"
        return TestResult(rule, test, "no_match", remarks=() if test.expect == "no_match" else (remark,))
    evaluation = trial.run(case)
    got = trial.answer(evaluation)
    if got == test.expect:
        return TestResult(rule, test, got)
    why = _why(trial, case.record, Tracer(evaluation), titles)
    return TestResult(rule, test, got, why, _remarks(case.record))


def _why(trial: Trial, record: Record, tracer: Tracer, titles: dict[str, str]) -> tuple[Line, ...]:
    def lines(condition: Condition) -> tuple[Line, ...]:
        return told(tracer.trace(condition), record, tracer, trial.program.catalogue, titles)

    clause: Clause = trial.clause
    if clause.applies is None:
        return lines(clause.when)
    below = lines(clause.applies)
    deeper = (Line(line.depth + 1, line.asked, line.truth, line.seen) for line in below)
    return (Line(0, "applies when", below[0].truth), *deeper, *lines(clause.when))


def _remarks(record: Record) -> tuple[str, ...]:
    return tuple(
        f"{note.field}: “{note.written[:80]}” could not be read: {note.note}" for note in record.notes()
    )
