"""
What another day screened may move, told without screening anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from laborscreen.conditions import Operator, Test, walk
from laborscreen.record import CatalogueField, Record, catalogue
from laborscreen.rulebook import Rulebook

_COMPARED = (Operator.BEFORE, Operator.ON_OR_AFTER)


def fields_the_day_moves(rulebook: Rulebook, then: date, now: date) -> frozenset[str] | None:
    """
    Return the fields of which a record must tell nothing for its answers to be the same on two days.

    None where answers may differ whatever a record tells: a rule came into force or an exception expired in between, or a
    period that goes on to the day screened crossed a date that a rule names.
    """
    if then == now:
        return frozenset()
    if rulebook.active_on(then) != rulebook.active_on(now):
        return None
    if any(entry.expired(then) != entry.expired(now) for entry in rulebook.exceptions):
        return None
    first, last = sorted((then, now))
    found: set[str] = set()
    for test, field in _tests(rulebook):
        if test.operator is Operator.WITHIN_DAYS:
            found.add(field.path)
            if field.reads.stands_for:  # what is not told of one is taken from the others
                found |= {f"{field.group}.ends", "as_of"}
        if test.operator in _COMPARED and field.reads.stands_for:
            assert isinstance(test.wanted, date)
            if first < test.wanted <= last:
                return None
    return frozenset(found)


def tells(record: Record, path: str) -> bool:
    """Return whether a record tells a field, readably."""
    name, _, inner = path.partition(".")
    value = getattr(record, name)
    several = value if isinstance(value, tuple | list) else (value,)
    return any((getattr(one, inner) if inner and one is not None else one) is not None for one in several)


def _tests(rulebook: Rulebook) -> Iterator[tuple[Test, CatalogueField]]:
    trees = [tree for rule in rulebook.active for tree in (rule.when, rule.applies_when) if tree is not None]
    trees += [guard.when for guard in rulebook.guards]
    trees += [need.satisfied_when for need in rulebook.policy.needs]
    known = catalogue()
    for tree in trees:
        for node, group in walk(tree):
            if isinstance(node, Test):
                field = known.find(node.field, group)
                assert field is not None, node.field
                yield node, field
