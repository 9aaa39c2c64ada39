"""
Values worth writing into a field: for each test on it one that meets it and one that does not.

Between two neighbouring limits every number and every day gets the same answers, and a field of a few words has but those
words, so for these kinds the values tried stand for all there are. Of free text and codes they are examples.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from laborscreen.conditions import COMPARISONS, Operator, Test
from laborscreen.record import CatalogueField, Kind
from laborscreen.rulebook import ValueList
from laborscreen.text import example_of
from laborscreen.trials.changes import step_of

_NUMBERS = (Kind.NUMBER, Kind.WHOLE, Kind.MONEY)
_OTHERS = {
    Kind.COUNTRY: ("FR", "BR", "DE"),
    Kind.MRZ: ("FR", "BR", "DE"),
    Kind.REGION: ("FR-69", "BR-SP"),
    Kind.CITY: ("Lyon", "Recife"),
    Kind.CURRENCY: ("EUR", "BRL"),
    Kind.CODE: ("69.10",),
    Kind.HS_CODE: ("490199",),
    Kind.TEXT: ("nothing of note",),
    Kind.PROSE: ("Nothing of note.",),
}
"""Ordinary values, of which at least one is none of those a rule looks for."""

_TERMS_TRIED = 3
AMBIGUOUS = "Korea"
"""What is written for a country nobody can tell apart."""


def values_to_try(
    field: CatalogueField, tests: Iterable[Test], lists: Mapping[str, ValueList], day: date
) -> tuple[object, ...]:
    """
    Return written values that answer the *tests* on a field both ways, as a person would write them.

    Args:
        field: the field.
        tests: the tests on it.
        lists: the rulebook's lists.
        day: the day screened.

    >>> from laborscreen.record import catalogue
    >>> hours = catalogue().fields["workforce.hours_per_day"]
    >>> values_to_try(hours, [Test("hours_per_day", Operator.AT_LEAST, 16.0)], {}, date(2026, 1, 1))
    (16, 15, 17)
    """
    asked = list(tests)
    if field.kind in _NUMBERS:
        found = _numbers(field, asked)
    elif field.kind is Kind.DATE:
        found = _days(asked, day)
    elif field.kind is Kind.YES_NO:
        found = ["yes", "no"]
    elif field.words:
        found = [*_wanted(asked, lists), *field.words]
    else:
        found = [*_wanted(asked, lists), *_OTHERS.get(field.kind, ())]
    return tuple(dict.fromkeys(found))


def _numbers(field: CatalogueField, tests: Sequence[Test]) -> list[object]:
    limits = [
        float(test.wanted)
        for test in tests
        if isinstance(test.wanted, int | float) and test.operator in (*COMPARISONS, Operator.IS)
    ]
    tried = [value for limit in limits for value in (limit, limit - step_of(limit), limit + step_of(limit))]
    tried = tried or [1.0]
    low, high = field.reads.low, field.reads.high
    kept = [
        round(value, 9)
        for value in tried
        if (low is None or value >= low) and (high is None or value <= high)
    ]
    return [int(value) if value == int(value) else value for value in kept]


def _days(tests: Sequence[Test], day: date) -> list[object]:
    found: list[date] = []
    for test in tests:
        if test.operator is Operator.WITHIN_DAYS and isinstance(test.wanted, int | float):
            first = day - timedelta(days=int(test.wanted))
            found += [first, first - timedelta(days=1), day]
        elif isinstance(test.wanted, date):
            found += [test.wanted, test.wanted - timedelta(days=1)]
    return [one.isoformat() for one in found or [day]]


def _wanted(tests: Sequence[Test], lists: Mapping[str, ValueList]) -> list[object]:
    found: list[object] = []
    for test in tests:
        if test.operator in (Operator.IN_LIST, Operator.MENTIONS):
            listed = lists[str(test.wanted)]
            terms = listed.texts[:_TERMS_TRIED]
            in_text = listed.match == "whole_word"
            found += [example_of(term) if in_text else term.rpartition(":")[2] for term in terms]
        elif test.operator is Operator.IS:
            found.append(_written(test.wanted))
        elif test.operator is Operator.IS_ONE_OF and isinstance(test.wanted, tuple):
            found += map(_written, test.wanted)
    return found


def _written(word: object) -> object:
    return AMBIGUOUS if word == "ambiguous" else word
