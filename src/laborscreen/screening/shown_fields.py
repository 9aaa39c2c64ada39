"""
Which fields an explanation shows: always, or where they are evidence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from laborscreen.conditions import ON_LISTS, Figure, Operator, Over, Test, walk
from laborscreen.conditions.parties import FACTS, HOLDINGS
from laborscreen.record import catalogue

if TYPE_CHECKING:
    from laborscreen.screening.day import Day
    from laborscreen.screening.result import Assessment

_INDEX = re.compile(r"\[\d+\]")


@lru_cache(maxsize=4_096)
def bare(path: str) -> str:
    """Return a path without the numbers of entries."""
    return _INDEX.sub("", path)


_Paths = frozenset[str]


class ShownFields:
    """
    Tells which fields explanations of one day show.

    Args:
        day: the screener on a day.
    """

    def __init__(self, day: Day) -> None:
        self._day = day
        self._read_by: dict[str, tuple[_Paths, _Paths]] = {}  # of the rules that were raised

    def of(self, assessment: Assessment) -> frozenset[str]:
        """Return the full paths of the fields that one explanation shows, without the numbers of entries."""
        paths: set[str] = set()
        for flag in assessment.flags:
            read = self._read_by.get(flag.rule)
            if read is None:
                read = self._read_by[flag.rule] = _paths_read(self._day, flag.rule)
            always, if_evident = read
            evident = {bare(evidence.field) for evidence in flag.evidence}
            paths |= always | (if_evident & evident)
        return frozenset(paths)


def _paths_read(day: Day, rule_id: str) -> tuple[_Paths, _Paths]:
    """Return the full paths of the fields that a rule's explanation always shows, and of those it shows as evidence."""
    rule = day.rulebook.by_id[rule_id]
    known = catalogue()
    always: set[str] = set()
    tested: set[str] = set()
    trees = [rule.when] if rule.applies_when is None else [rule.when, rule.applies_when]
    for tree in trees:
        for node, group in walk(tree):
            match node:
                case Test():
                    if node.operator in ON_LISTS:
                        always |= _facts(node, group)
                    field = known.find(node.field, group)
                    if field is not None:
                        (always if node.operator in ON_LISTS else tested).add(field.path)
                    other = known.find(str(node.wanted), group)
                    if other is not None:
                        always.add(other.path)
                case Figure():
                    always |= {
                        f"{node.group}.{name}" for name in (node.field, node.by, "source_type") if name
                    }
                case Over() | _:
                    pass
            if group:
                always.add(f"{group}.source_type")
    always |= {path for path in known.fields if f"{{{path.rpartition('.')[2]}}}" in rule.because}
    always |= {path for path in known.fields if f"{{{path}}}" in rule.because}
    always |= {"source_type", "nationality_source", "people.nationality_source", "as_of"}
    return frozenset(always & known.fields.keys()), frozenset(tested)


def _facts(test: Test, group: str) -> set[str]:
    """Return the full paths of the fields that tell more of the party whose name a test compares with lists."""
    field = catalogue().find(test.field, group)
    if field is None:
        return set()
    return set(HOLDINGS if test.operator is Operator.OWNED_BY_LISTED else FACTS.get(field.path, ()))
