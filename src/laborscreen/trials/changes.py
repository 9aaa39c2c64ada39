"""
The small changes a mutation run makes to a rule: a threshold moved, a word dropped, a test negated.

Each change is one that a slip of the pen could make, and each is told in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

from laborscreen.conditions import (
    COMPARISONS,
    All,
    Any,
    AtLeast,
    Condition,
    Figure,
    Flagged,
    Not,
    Operator,
    Over,
    Test,
    walk,
)
from laborscreen.source import Location
from laborscreen.trials.answers import asked

_BOUNDARY = {
    Operator.AT_LEAST: Operator.ABOVE,
    Operator.ABOVE: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.BELOW,
    Operator.BELOW: Operator.AT_MOST,
}
"""The same limit, with the limit itself on the other side."""

_TURNED = {
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.ABOVE: Operator.BELOW,
    Operator.BELOW: Operator.ABOVE,
    Operator.BEFORE: Operator.ON_OR_AFTER,
    Operator.ON_OR_AFTER: Operator.BEFORE,
}
"""The same limit, looked at from the other direction."""

KINDS = ("threshold", "negation", "word", "term")
"""What can be changed: a limit, a test turned round, a word of a rule's own, a term of a named list."""


@dataclass(frozen=True, slots=True)
class Change:
    """
    One change to one condition.

    Args:
        kind: one of `KINDS`.
        told: what is changed, in words.
        location: the line.
        tree: the whole condition with the change in it.
    """

    kind: str
    told: str
    location: Location
    tree: Condition


def changes_of(tree: Condition) -> Iterator[Change]:
    """
    Yield every change to a condition, each made alone; terms of named lists aside.

    >>> hours = Test("hours_per_day", Operator.AT_LEAST, 16.0)
    >>> [change.told.partition(" -> ")[2] for change in changes_of(hours)][:3]
    ['is at least 17', 'is at least 15', 'is above 16']
    """
    for node, _ in walk(tree):
        for kind, told, other in _of_node(node):
            yield Change(kind, told, node.location, replaced(tree, node, other))


def replaced(tree: Condition, node: Condition, other: Condition) -> Condition:
    """Return a condition with another one in the place of *node*."""
    if tree is node:
        return other
    match tree:
        case All() | Any() | AtLeast():
            return replace(tree, of=tuple(replaced(part, node, other) for part in tree.of))
        case Not():
            return replace(tree, condition=replaced(tree.condition, node, other))
        case Over():
            return replace(tree, where=replaced(tree.where, node, other))
        case Figure():
            return tree if tree.where is None else replace(tree, where=replaced(tree.where, node, other))
        case Test() | Flagged():
            return tree


def _of_node(node: Condition) -> Iterator[tuple[str, str, Condition]]:
    match node:
        case Test():
            yield from _thresholds(node)
            yield from _words(node)
            yield "negation", f"not: {asked(node)}", Not(node, node.location)
        case Figure():
            yield from _thresholds(node)
            yield "negation", f"not: {asked(node)}", Not(node, node.location)
        case Flagged():
            yield "negation", f"not: {asked(node)}", Not(node, node.location)
        case AtLeast():
            for number in (node.number + 1, node.number - 1):
                if 1 <= number <= len(node.of):
                    yield "threshold", f"{asked(node)} -> at least {number} of", replace(node, number=number)
        case All() | Any() | Not() | Over():
            return


def _thresholds(node: Test | Figure) -> Iterator[tuple[str, str, Condition]]:
    operator, wanted = node.operator, node.wanted
    changed: list[tuple[Operator, object]] = []
    if operator in COMPARISONS and isinstance(wanted, int | float):
        step = step_of(float(wanted))
        changed = [
            (operator, round(wanted + step, 9)),
            (operator, round(wanted - step, 9)),
            (_BOUNDARY[operator], wanted),
            (_TURNED[operator], wanted),
        ]
    elif operator in (Operator.BEFORE, Operator.ON_OR_AFTER) and isinstance(wanted, date):
        day = timedelta(days=1)
        changed = [(operator, wanted + day), (operator, wanted - day), (_TURNED[operator], wanted)]
    elif operator is Operator.WITHIN_DAYS and isinstance(wanted, int | float):
        changed = [(operator, wanted + 1), (operator, max(wanted - 1, 0))]
    make = cast("Callable[..., Condition]", replace)
    for other, limit in changed:
        changed_node = make(node, operator=other, wanted=limit)
        yield "threshold", f"{asked(node)} -> {_tail(node, changed_node)}", changed_node


def _words(test: Test) -> Iterator[tuple[str, str, Condition]]:
    if test.operator is not Operator.IS_ONE_OF or not isinstance(test.wanted, tuple) or len(test.wanted) < 2:
        return
    for word in test.wanted:
        rest = tuple(one for one in test.wanted if one != word)
        yield "word", f"{test.field} is one of: without {word}", replace(test, wanted=rest)  # type: ignore[arg-type] # of one kind, as before


def _tail(before: Condition, after: Condition) -> str:
    """Return what a changed line asks, without the words it has in common with the old one at their beginning."""
    old, new = asked(before).split(), asked(after).split()
    start = next(
        (n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(new) - 1
    )
    verb = max((n for n in range(min(start + 1, len(new))) if new[n] == "is"), default=0)
    return " ".join(new[verb:])


def step_of(limit: float) -> float:
    """
    Return the smallest step that a limit as written would be moved by.

    >>> step_of(16.0), step_of(0.6), step_of(1.25)
    (1.0, 0.1, 0.01)
    """
    text = f"{limit:.9f}".rstrip("0")
    return 10.0 ** -len(text.partition(".")[2])


def list_uses(conditions: Mapping[str, list[Condition]]) -> dict[str, dict[str, set[Operator]]]:
    """
    Return for each list the rules whose answer depends on it, and how they use it.

    Args:
        conditions: rule id to the conditions that decide its answer.
    """
    found: dict[str, dict[str, set[Operator]]] = {}
    for rule, trees in conditions.items():
        for tree in trees:
            for node, _ in walk(tree):
                if isinstance(node, Test) and node.operator in (Operator.IN_LIST, Operator.MENTIONS):
                    found.setdefault(str(node.wanted), {}).setdefault(rule, set()).add(node.operator)
    return found
