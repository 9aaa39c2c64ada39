"""
Which branches of a rule its own tests have seen both ways.

A test that never came out true might be misspelt, one that never came out false might be idle. Each line of a rule's
conditions is followed through all its tests; in a list of entries every entry counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from laborscreen.conditions import Condition, Figure, Flagged, Not, Operator, Test, Traced, Tracer, walk
from laborscreen.rulebook import Rule, Rulebook
from laborscreen.source import Location
from laborscreen.trials.answers import asked
from laborscreen.trials.bench import Bench, Case, Trial, trees_of
from laborscreen.trials.rule_tests import chosen


@dataclass(frozen=True, slots=True)
class Branch:
    """
    One line of a rule and the answers its tests gave it.

    Args:
        rule: the rule's id.
        asked: the line in words.
        location: where it stands.
        elementary: whether it is a test of its own and not a bracket around others.
        seen: which of match (True), no match (False) and unknown (None) the tests gave it.
        may_be_unknown: whether unknown is an answer it can give by itself.
    """

    rule: str
    asked: str
    location: Location
    elementary: bool
    seen: frozenset[bool | None]
    may_be_unknown: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """The answers no test gave it, of match and no match."""
        return tuple(word for truth, word in ((True, "match"), (False, "no match")) if truth not in self.seen)

    @property
    def never_unknown(self) -> bool:
        """Whether it could be unknown and never was."""
        return self.may_be_unknown and None not in self.seen


@dataclass(frozen=True)
class Coverage:
    """
    The branches of the rules tried.

    Args:
        branches: in the order of the rules and their lines.
        untested: rules without a single test that runs.
    """

    branches: tuple[Branch, ...]
    untested: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Branch, ...]:
        """The branches not seen both ways."""
        return tuple(branch for branch in self.branches if branch.missing)

    @property
    def silent(self) -> tuple[Branch, ...]:
        """The branches seen both ways that could be unknown and never were."""
        return tuple(branch for branch in self.branches if not branch.missing and branch.never_unknown)

    @property
    def both_ways(self) -> int:
        """How many branches were seen both ways."""
        return len(self.branches) - len(self.open)

    @property
    def percent(self) -> float:
        """The share of branches seen both ways; 100 where there is none."""
        return 100 * self.both_ways / len(self.branches) if self.branches else 100.0


@dataclass(slots=True)
class _Line:
    condition: Condition
    seen: set[bool | None] = field(default_factory=set)


def cover(rulebook: Rulebook, *, rules: Collection[str] | None = None) -> Coverage:
    """
    Follow every line of the rules through their tests.

    Args:
        rulebook: the rules and all they rest on.
        rules: ids of the rules to look at; all that are not retired if left out.

    Raises:
        UsageError: an id that no rule has.

    >>> from laborscreen.rulebook import load_rulebook
    >>> cover(load_rulebook(), rules=["LS-HRS-003"]).percent
    100.0
    """
    bench = Bench(rulebook)
    branches: list[Branch] = []
    untested = []
    for rule in chosen(rulebook, rules):
        found, ran = _branches(bench.trial(rule.id), rule)
        branches += found
        if not ran:
            untested.append(rule.id)
    return Coverage(tuple(branches), tuple(untested))


def _branches(trial: Trial, rule: Rule) -> tuple[list[Branch], int]:
    trees = trees_of(rule)
    lines = {id(node): _Line(node) for tree in trees for node in _lines(tree)}
    ran = 0
    for test in rule.tests:
        case = Case.of(rule, test)
        if case.record is None or not rule.in_force(case.day):
            continue
        ran += 1
        tracer = Tracer(trial.run(case))
        for tree in trees:
            _follow(tracer.trace(tree), lines)
    return [_branch(rule, line) for line in lines.values()], ran


def _follow(traced: Traced, lines: dict[int, _Line]) -> None:
    line = lines.get(id(traced.condition))
    if line is not None:
        line.seen.add(traced.truth)
    for part in traced.parts:
        _follow(part, lines)


def _branch(rule: Rule, line: _Line) -> Branch:
    node = line.condition
    elementary = isinstance(node, Test | Figure | Flagged)
    may = elementary
    if isinstance(node, Test):
        may = node.operator is not Operator.IS_KNOWN and node.if_missing is None
    return Branch(rule.id, asked(node), node.location, elementary, frozenset(line.seen), may)


def _lines(tree: Condition) -> Iterator[Condition]:
    """Yield every node that can be seen both ways by itself: a `not` is but the other side of what stands below it."""
    for node, _ in walk(tree):
        if not isinstance(node, Not):
            yield node
