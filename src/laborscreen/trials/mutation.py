"""
How much the tests of a rulebook would notice: change it in every small way, one at a time, and see which changes pass.

Only the tests that a change could reach are run again: those of the rule itself and of the rules that look at its flag. Of a
list's terms only those that stand in some test's record can be missed by it, so the others are known to pass unnoticed
without running anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from laborscreen.conditions import Operator
from laborscreen.conditions.predicates import Predicate, judge_of
from laborscreen.rulebook import Rule, Rulebook, Term, ValueList
from laborscreen.source import Location
from laborscreen.text import TermScanner
from laborscreen.trials.bench import DEFAULT_DAY, Bench, Case, Trial, trees_of, with_tree
from laborscreen.trials.changes import KINDS, changes_of, list_uses
from laborscreen.trials.rule_tests import chosen


@dataclass(frozen=True, slots=True)
class Mutant:
    """
    One change and what became of it.

    Args:
        kind: one of `KINDS`.
        holder: the id of the rule changed, or of the list.
        told: the change in words.
        location: the line.
        noticed_by: the first test that gave another answer, as "rule: test"; empty where none did.
    """

    kind: str
    holder: str
    told: str
    location: Location
    noticed_by: str = ""

    @property
    def survived(self) -> bool:
        """Whether no test noticed it."""
        return not self.noticed_by


@dataclass(frozen=True)
class Mutations:
    """
    All changes made.

    Args:
        mutants: in the order of the rules, then of the lists.
        failing: rules left out because a test of theirs fails as they are written.
    """

    mutants: tuple[Mutant, ...]
    failing: tuple[str, ...] = ()

    @cached_property
    def survivors(self) -> tuple[Mutant, ...]:
        """The changes that no test notices."""
        return tuple(mutant for mutant in self.mutants if mutant.survived)

    @property
    def score(self) -> float:
        """The share of changes that some test notices, in percent; 100 where nothing can be changed."""
        made = len(self.mutants)
        return 100 * (made - len(self.survivors)) / made if made else 100.0

    @cached_property
    def by_kind(self) -> dict[str, tuple[int, int]]:
        """For each kind of change, how many were made and how many were noticed."""
        found = dict.fromkeys(KINDS, (0, 0))
        for mutant in self.mutants:
            made, noticed = found[mutant.kind]
            found[mutant.kind] = (made + 1, noticed + (not mutant.survived))
        return found


def mutate(rulebook: Rulebook, *, rules: Collection[str] | None = None) -> Mutations:
    """
    Change every rule in every small way, one at a time, and run the tests it could reach.

    Args:
        rulebook: the rules and all they rest on.
        rules: ids of the rules to change, with the lists they use; all that are not retired if left out.

    Raises:
        UsageError: an id that no rule has.

    >>> from laborscreen.rulebook import load_rulebook
    >>> mutate(load_rulebook(), rules=["LS-HRS-003"]).by_kind["negation"]
    (2, 2)
    """
    return _Run(rulebook, chosen(rulebook, rules)).mutations()


class _Run:
    def __init__(self, rulebook: Rulebook, rules: tuple[Rule, ...]) -> None:
        self._bench = Bench(rulebook)
        self._lists = rulebook.lists
        everyone = [rule for rule in rulebook.rules if rule.status != "retired"]
        self._cases = {rule.id: tuple(Case.of(rule, test) for test in rule.tests) for rule in everyone}
        self._dependents = {rule.id: self._bench.dependents(rule.id) for rule in rules}
        self._rules = rules
        self._sound: dict[str, bool] = {}

    def mutations(self) -> Mutations:
        mutants: list[Mutant] = []
        failing = [rule.id for rule in self._rules if not self._is_sound(rule.id)]
        for rule in self._rules:
            if rule.id not in failing:
                mutants += self._of_rule(rule)
        mutants += self._of_lists()
        return Mutations(tuple(mutants), tuple(failing))

    def _is_sound(self, rule_id: str) -> bool:
        """Whether a rule passes its tests as it is written; a failing test cannot notice anything."""
        found = self._sound.get(rule_id)
        if found is None:
            cases = self._cases.get(rule_id, ())
            trial = self._bench.trial(rule_id)
            found = self._sound[rule_id] = all(trial.answer_to(case) == case.test.expect for case in cases)
        return found

    def _of_rule(self, rule: Rule) -> Iterator[Mutant]:
        reached = (rule.id, *(one for one in self._dependents[rule.id] if one in self._cases))
        for place, tree in enumerate(trees_of(rule)):
            for change in changes_of(tree):
                changed = with_tree(rule, place, change.tree)
                noticed = self._noticed((one, self._bench.changed(one, changed)) for one in reached)
                yield Mutant(change.kind, rule.id, change.told, change.location, noticed)

    def _noticed(self, trials: Iterable[tuple[str, Trial]]) -> str:
        """Return the first test that gives another answer than expected; later rules are compiled only if need be."""
        for rule_id, trial in trials:
            if not self._is_sound(rule_id):
                continue
            for case in self._cases[rule_id]:
                if trial.answer_to(case) != case.test.expect:
                    return f"{rule_id}: {case.test.name}"
        return ""

    def _of_lists(self) -> Iterator[Mutant]:
        own = {rule.id for rule in self._rules}
        uses = list_uses({one: self._bench.conditions(one) for one in self._cases})
        for name, rules in sorted(uses.items()):
            if own.isdisjoint(rules):
                continue
            listed = self._lists[name]
            met = self._met(listed, rules)
            for term in listed.terms:
                reached = met.get(term.spelled, ())
                noticed = self._noticed(self._without(listed, term, reached)) if reached else ""
                yield Mutant("term", name, f"without “{term.text}”", term.location, noticed)

    def _without(self, listed: ValueList, term: Term, reached: Iterable[str]) -> Iterator[tuple[str, Trial]]:
        lesser = replace(listed, terms=tuple(one for one in listed.terms if one is not term))
        scanner = self._bench.scanner
        number = _number_of(listed.id, scanner)
        if scanner is not None and number >= 0:
            scanner = scanner.without(number, term.spelled)
        for rule_id in reached:
            yield rule_id, self._bench.without_term(rule_id, lesser, scanner)

    def _met(self, listed: ValueList, rules: Mapping[str, set[Operator]]) -> dict[str, tuple[str, ...]]:
        """Return for each term that stands in some test's record the rules of these tests."""
        found: dict[str, dict[str, None]] = {}
        for rule_id, operators in rules.items():
            if not self._is_sound(rule_id):
                continue
            values = self._values(rule_id, listed.id)
            if Operator.MENTIONS in operators:
                for term in self._mentioned(listed.id, values[Operator.MENTIONS]):
                    found.setdefault(term, {})[rule_id] = None
            if Operator.IN_LIST in operators:
                for term in self._equal(rule_id, listed, values[Operator.IN_LIST]):
                    found.setdefault(term, {})[rule_id] = None
        return {term: tuple(reached) for term, reached in found.items()}

    def _mentioned(self, name: str, texts: Collection[object]) -> set[str]:
        scanner = self._bench.scanner
        assert scanner is not None
        number = _number_of(name, scanner)
        return {mention.term for text in texts for mention in scanner.mentions(str(text), number)}

    def _equal(self, rule_id: str, listed: ValueList, values: Collection[object]) -> Iterator[str]:
        """Yield the terms that alone would accept some value."""
        kinds = {
            kind
            for operator, kind, _ in self._bench.trial(rule_id).looked_up(listed.id)
            if operator is Operator.IN_LIST
        }
        predicate = Predicate(Operator.IN_LIST, listed.id, None)
        for term in listed.terms:
            alone = {listed.id: replace(listed, terms=(term,))}
            for kind in kinds:
                judge = judge_of(predicate, kind, alone, DEFAULT_DAY)
                if any(judge(value) is not False for value in values):
                    yield term.text
                    break

    def _values(self, rule_id: str, name: str) -> dict[Operator, set[object]]:
        """Return what a rule's tests wrote where it looks a list up, by the word it does so with."""
        found: dict[Operator, set[object]] = {Operator.MENTIONS: set(), Operator.IN_LIST: set()}
        trial = self._bench.trial(rule_id)
        for operator, _, subject_values in trial.looked_up(name):
            for value in subject_values:
                found[operator] |= set(value) if isinstance(value, tuple) else {value}
        for values in found.values():
            values.discard(None)
        return found


def _number_of(name: str, scanner: TermScanner | None) -> int:
    if scanner is None:
        return -1
    return next((number for number, one in enumerate(scanner.lists) if one.id == name), -1)
