"""
The condition tree: what a rule asks of a record, as plain data.

A tree is made by ``rulebook`` from YAML and compiled by ``conditions.program``. Every node keeps its place in the file, so
that an explanation and an error can both point at the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from laborscreen.source import Location


class Operator(StrEnum):
    """The words for a test on one field."""

    IS = "is"
    IS_ONE_OF = "is_one_of"
    IN_LIST = "in_list"
    MENTIONS = "mentions"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"
    BEFORE = "before"
    ON_OR_AFTER = "on_or_after"
    WITHIN_DAYS = "within_days"
    IS_KNOWN = "is_known"
    DIFFERS_FROM = "differs_from"
    ON_WATCHLIST = "on_watchlist"
    OWNED_BY_LISTED = "owned_by_listed"


ON_LISTS = (Operator.ON_WATCHLIST, Operator.OWNED_BY_LISTED)
"""The tests that compare names with lists of parties."""

ANY_LIST, DPRK_RELATED, OTHER_PROGRAMMES = "any", "dprk_related", "other_programmes"
LIST_WORDS = (ANY_LIST, DPRK_RELATED, OTHER_PROGRAMMES)
"""What a test may want of a listed party beside the ids of lists: anything, a tie to the DPRK, or no such tie."""

COMPARISONS = (Operator.AT_LEAST, Operator.AT_MOST, Operator.ABOVE, Operator.BELOW)

Wanted = str | bool | float | date | tuple[str, ...] | tuple[float, ...]
"""
What a test compares with.

``is``: a word, number or yes/no; ``is_one_of``: several; ``in_list`` and ``mentions``: the id of a list; comparisons: a
number; ``before`` and ``on_or_after``: a day; ``within_days``: a number of days back from the day screened; ``is_known``:
yes/no; ``differs_from``: the name of another field; ``on_watchlist`` and ``owned_by_listed``: ids of lists, or one of
`LIST_WORDS`.
"""


class Quantifier(StrEnum):
    """How the answers for the entries of a list make one answer."""

    SOME = "some"
    EVERY = "every"
    NONE = "none"


class Measure(StrEnum):
    """Figures over the entries of a list."""

    TOTAL = "total"
    SHARE = "share"
    COUNT = "count"


NOWHERE = Location("")


@dataclass(frozen=True, slots=True)
class Test:
    """
    One elementary test: a field, an operator, what is wanted.

    Args:
        field: name within the group the test stands in, or a full path from the record.
        operator: the word.
        wanted: what the value is compared with.
        if_missing: the answer when the value is not known; None means unknown.
    """

    field: str
    operator: Operator
    wanted: Wanted
    if_missing: bool | None = None
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class All:
    """Every condition holds."""

    of: tuple[Condition, ...]
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Any:
    """At least one condition holds."""

    of: tuple[Condition, ...]
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least *number* of the conditions hold."""

    number: int
    of: tuple[Condition, ...]
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold; not unknown is unknown."""

    condition: Condition
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Over:
    """Some, every or none of the entries of a list meet a condition. An empty list is unknown."""

    quantifier: Quantifier
    group: str
    where: Condition
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A figure over the entries of a list, compared with a number.

    Args:
        measure: ``total`` adds up a number field; ``share`` gives the percentage of the total that stands in entries meeting
            *where*; ``count`` counts entries meeting *where*.
        group: the list.
        field: the number field added up, within the group; empty for ``count``.
        where: which entries; None means all.
        by: for ``count``: distinct values of this field are counted instead of entries.
        operator: one of `COMPARISONS`.
        wanted: the number.
    """

    measure: Measure
    group: str
    field: str
    operator: Operator
    wanted: float
    where: Condition | None = None
    by: str = ""
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Flagged:
    """Another rule is raised."""

    rule: str
    location: Location = NOWHERE


Condition = Test | All | Any | AtLeast | Not | Over | Figure | Flagged


def walk(condition: Condition, group: str = "") -> Iterator[tuple[Condition, str]]:
    """Yield every node of a tree with the group it stands in, parents first."""
    yield condition, group
    match condition:
        case All() | Any() | AtLeast():
            for part in condition.of:
                yield from walk(part, group)
        case Not():
            yield from walk(condition.condition, group)
        case Over():
            yield from walk(condition.where, condition.group)
        case Figure():
            if condition.where is not None:
                yield from walk(condition.where, condition.group)
        case Test() | Flagged():
            pass
