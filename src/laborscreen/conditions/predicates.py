"""
Elementary tests: one operator, one wanted value, and the answer for one value of a field.

A judge answers True, False or None (cannot tell) for a value that is known. Missing values never reach it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple, Protocol

from laborscreen import values
from laborscreen.conditions.tree import Operator, Test, Wanted
from laborscreen.record import Kind
from laborscreen.text import TermPatterns, fold

Judge = Callable[[object], bool | None]

_COULD_BE = frozenset({"KP", "KR", "KG"})
"""
What an ambiguous country may stand for: bare "Korea" is one of the two Koreas, Cyrillic КР is Korea or Kyrgyzstan
(domain dossier s.2.3 and s.5.1). Of any other country it is simply not that country.
"""


class Terms(Protocol):
    """What a test needs of a list in the rulebook."""

    @property
    def match(self) -> Literal["exact", "whole_word", "code_prefix", "words"]:
        """How its terms are compared."""

    @property
    def texts(self) -> Sequence[str]:
        """Its terms."""

    @property
    def patterns(self) -> TermPatterns | None:
        """What its terms look like in a text, where that is known already."""


class Predicate(NamedTuple):
    """
    A test without its place: equal ones are judged once.

    Args:
        operator: the word.
        wanted: what is compared with; for ``differs_from`` the other field stands in the subject.
        if_missing: the answer for a missing value.
    """

    operator: Operator
    wanted: Wanted
    if_missing: bool | None

    @classmethod
    def of(cls, test: Test) -> Predicate:
        """Take the place off a *test*."""
        return cls(test.operator, test.wanted, test.if_missing)

    @property
    def when_missing(self) -> bool | None:
        """The answer when nothing is told."""
        if self.operator is Operator.IS_KNOWN:
            return not self.wanted
        return self.if_missing


def judge_of(predicate: Predicate, kind: Kind, lists: Mapping[str, Terms], day: date) -> Judge:
    """
    Return the judge of a *predicate* on fields of a *kind*.

    Args:
        predicate: the test.
        kind: what the field holds.
        lists: the rulebook's lists by id.
        day: the day screened; ``within_days`` looks back from it.
    """
    wanted = predicate.wanted
    match predicate.operator:
        case Operator.IS_KNOWN:
            known = bool(wanted)
            return lambda _value: known
        case Operator.IS:
            return _one_of((wanted,), kind)
        case Operator.IS_ONE_OF:
            return _one_of(wanted if isinstance(wanted, tuple) else (wanted,), kind)
        case Operator.IN_LIST:
            terms = lists[str(wanted)]
            if terms.match == "code_prefix":
                return _within_codes(tuple(terms.texts))
            return _one_of(tuple(terms.texts), kind)
        case Operator.AT_LEAST | Operator.AT_MOST | Operator.ABOVE | Operator.BELOW:
            return _size(predicate.operator, _number(wanted))
        case Operator.BEFORE:
            limit = _day(wanted)
            return lambda value: value.before(limit) if isinstance(value, values.PartialDate) else None
        case Operator.ON_OR_AFTER:
            limit = _day(wanted)
            return lambda value: value.on_or_after(limit) if isinstance(value, values.PartialDate) else None
        case Operator.WITHIN_DAYS:
            return _within(int(_number(wanted)), day)
        case Operator.DIFFERS_FROM:
            return _differs
        case Operator.MENTIONS | Operator.ON_WATCHLIST | Operator.OWNED_BY_LISTED:
            raise AssertionError(f"{predicate.operator} is judged on the whole text or party, not here")


def canonical(kind: Kind, wanted: object) -> object:
    """Return a word of a rule in the form that values of this *kind* have after reading."""
    match kind:
        case Kind.TEXT:
            return fold(str(wanted))
        case Kind.CITY:
            return values.read_city(wanted).value
        case Kind.REGION:
            return values.read_region(wanted).value
        case Kind.NUMBER | Kind.WHOLE | Kind.MONEY:
            return _number(wanted)
        case _:
            return wanted


def _one_of(wanted: tuple[object, ...], kind: Kind) -> Judge:
    accepted = frozenset(canonical(kind, word) for word in wanted)
    if kind in (Kind.COUNTRY, Kind.MRZ):
        return _country_in(accepted)
    if kind is Kind.TEXT:
        return lambda value: fold(str(value)) in accepted
    if kind is Kind.NUMBER:
        return lambda value: _is_one(value, accepted)
    return lambda value: value in accepted


def _is_one(value: object, accepted: frozenset[object]) -> bool | None:
    if not isinstance(value, values.NumberRange):
        return value in accepted
    return None if any(value.can_be(_number(figure)) for figure in accepted) else False


def _country_in(accepted: frozenset[object]) -> Judge:
    asks_ambiguous = values.AMBIGUOUS in accepted
    of_several = asks_ambiguous or not accepted.isdisjoint(_COULD_BE)

    def judge(value: object) -> bool | None:
        if value != values.AMBIGUOUS:
            return value in accepted
        if asks_ambiguous:
            return True
        return None if of_several else False

    return judge


def _within_codes(prefixes: tuple[str, ...]) -> Judge:
    return lambda value: any(values.code_is_within(str(value), prefix) for prefix in prefixes)


_COMPARED = {
    Operator.AT_LEAST: values.NumberRange.at_least,
    Operator.AT_MOST: values.NumberRange.at_most,
    Operator.ABOVE: values.NumberRange.above,
    Operator.BELOW: values.NumberRange.below,
}


def _size(operator: Operator, limit: float) -> Judge:
    compare = _COMPARED[operator]

    def judge(value: object) -> bool | None:
        if isinstance(value, values.NumberRange):
            return compare(value, limit)
        number = _number(value)
        return compare(values.NumberRange(number, number), limit)

    return judge


def _within(days: int, day: date) -> Judge:
    """Look back: from *days* before the day screened up to that day."""
    earliest = day - timedelta(days=min(days, day.toordinal() - 1))
    after = day + timedelta(days=1) if day < date.max else day

    def judge(value: object) -> bool | None:
        if not isinstance(value, values.PartialDate):
            return None
        recent = value.on_or_after(earliest)
        past = value.before(after)
        if recent is False or past is False:
            return False
        return True if recent and past else None

    return judge


def _differs(value: object) -> bool | None:
    """Judge a pair; of a list, one differing entry is enough."""
    if not isinstance(value, tuple) or len(value) != 2:
        return None
    first, second = value
    answers = [
        _one_differs(one, other)
        for one in (first if isinstance(first, tuple) else (first,))
        for other in (second if isinstance(second, tuple) else (second,))
    ]
    if True in answers:
        return True
    return None if None in answers or not answers else False


def _one_differs(one: object, other: object) -> bool | None:
    if one is None or other is None:
        return None
    if values.AMBIGUOUS in (one, other):
        rest = other if one == values.AMBIGUOUS else one
        return None if rest == values.AMBIGUOUS or rest in _COULD_BE else True
    if isinstance(one, str) and isinstance(other, str):
        return fold(one) != fold(other)
    if isinstance(one, values.NumberRange) or isinstance(other, values.NumberRange):
        return _lie_apart(one, other)
    return one != other


def _lie_apart(one: object, other: object) -> bool | None:
    """Return whether two amounts differ: two ranges that overlap may be one amount."""
    if not isinstance(one, values.NumberRange):
        one, other = other, one
    assert isinstance(one, values.NumberRange)
    if isinstance(other, values.NumberRange):
        return True if one.low > other.high or other.low > one.high else None
    return None if one.can_be(_number(other)) else True


def _number(value: object) -> float:
    assert isinstance(value, int | float), value
    return float(value)


def _day(value: object) -> date:
    assert isinstance(value, date), value
    return value
