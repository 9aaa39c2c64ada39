"""
What follows from a condition, and what can never hold: enough logic to tell of rules that are never raised.

Only what is certain is told. A condition that needs more thought than one look at each choice is taken as possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import inf

from laborscreen.conditions.formula import shape
from laborscreen.conditions.tree import (
    COMPARISONS,
    All,
    Any,
    AtLeast,
    Condition,
    Figure,
    Not,
    Operator,
    Over,
    Quantifier,
    Test,
)
from laborscreen.record import Catalogue

_OPPOSITE = {
    Operator.AT_LEAST: Operator.BELOW,
    Operator.BELOW: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.ABOVE,
    Operator.ABOVE: Operator.AT_MOST,
    Operator.BEFORE: Operator.ON_OR_AFTER,
    Operator.ON_OR_AFTER: Operator.BEFORE,
}
_UPWARDS = (Operator.AT_LEAST, Operator.ABOVE, Operator.ON_OR_AFTER)
_SIZES = (*COMPARISONS, Operator.BEFORE, Operator.ON_OR_AFTER)
_HAIR = 1e-9  # what lies between "above" and "at least"


def conjuncts(condition: Condition) -> Iterator[Condition]:
    """Yield what must hold together: through nested ``all``, and with ``not`` moved inwards."""
    match condition:
        case All():
            for part in condition.of:
                yield from conjuncts(part)
        case AtLeast() if condition.number == len(condition.of):
            for part in condition.of:
                yield from conjuncts(part)
        case Not():
            turned = _turned(condition.condition)
            if isinstance(turned, Not):
                yield turned
            else:
                yield from conjuncts(turned)
        case _:
            yield condition


def _turned(condition: Condition) -> Condition:
    """Return the opposite of a condition, said without ``not`` where that can be."""
    match condition:
        case Not():
            return condition.condition
        case All():
            return Any(tuple(Not(part, part.location) for part in condition.of), condition.location)
        case Any():
            return All(tuple(Not(part, part.location) for part in condition.of), condition.location)
        case Over() if condition.quantifier is not Quantifier.EVERY:
            some = condition.quantifier is Quantifier.SOME
            return replace(condition, quantifier=Quantifier.NONE if some else Quantifier.SOME)
        case Test() if condition.operator in _OPPOSITE:
            return _opposite(condition, _OPPOSITE[condition.operator])
        case Test() if isinstance(condition.wanted, bool):
            return replace(_opposite(condition, condition.operator), wanted=not condition.wanted)
        case _:
            return Not(condition, condition.location)


def _opposite(test: Test, operator: Operator) -> Test:
    return replace(
        test, operator=operator, if_missing=None if test.if_missing is None else not test.if_missing
    )


def contradiction(
    parts: Iterable[Condition], group: str, catalogue: Catalogue
) -> tuple[Condition, str] | None:
    """
    Return the condition that cannot hold beside the others of *parts*, with the reason; None where all may.

    Args:
        parts: what must hold together.
        group: the list whose entries are looked at; empty for the record.
        catalogue: the fields of a record.
    """
    flat = [one for part in parts for one in conjuncts(part)]
    plain = [part for part in flat if not isinstance(part, Any)]
    found = _clash(plain, group, catalogue)
    if found is not None:
        return found
    for choice in flat:
        if isinstance(choice, Any) and all(
            contradiction([*plain, option], group, catalogue) is not None for option in choice.of
        ):
            return choice, "none of these choices can hold"
    return None


@dataclass(slots=True)
class _Room:
    """What the tests on one field leave possible."""

    low: float = -inf
    high: float = inf
    words: set[object] | None = None
    unknown: Test | None = None
    known: Test | None = None
    tests: list[tuple[Test, str]] = field(default_factory=list)
    missing_fits: bool = True

    def take(self, test: Test, name: str) -> str:
        """Add a test; return why it cannot hold beside the earlier ones, or an empty string."""
        self.missing_fits = self.missing_fits and test.if_missing is True
        if test.operator is Operator.IS_KNOWN:
            if test.wanted:
                self.known = test
            else:
                self.unknown = test
            return self._both_known_and_not(name)
        if test.if_missing is not True:
            self.known = test
        return self._bounds(test, name) or self._choice(test, name) or self._both_known_and_not(name)

    def _both_known_and_not(self, name: str) -> str:
        return f"`{name}` cannot be unknown and have a value" if self.known and self.unknown else ""

    def _bounds(self, test: Test, name: str) -> str:
        interval = _interval(test)
        if interval is None:
            return ""
        self.low, self.high = max(self.low, interval[0]), min(self.high, interval[1])
        if self.low <= self.high:
            return ""
        if test.operator in (Operator.BEFORE, Operator.ON_OR_AFTER):
            return f"`{name}` cannot lie before one day and after a later one"
        return f"`{name}` cannot be {_bound(self.low)} or more and {_bound(self.high)} or less"

    def _choice(self, test: Test, name: str) -> str:
        asked = _asked(test)
        if asked is None:
            return ""
        left = asked if self.words is None else self.words & asked
        if not left:
            return f"`{name}` cannot be two things at once"
        self.words = left
        return ""


def _interval(test: Test) -> tuple[float, float] | None:
    """Return the values a test of size leaves, lowest and highest; None for other tests."""
    wanted = test.wanted
    if test.operator is Operator.IS and isinstance(wanted, float):
        return wanted, wanted
    if test.operator in (Operator.BEFORE, Operator.ON_OR_AFTER) and isinstance(wanted, date):
        day = float(wanted.toordinal())
        return (day, inf) if test.operator is Operator.ON_OR_AFTER else (-inf, day - 1)
    if test.operator not in COMPARISONS or not isinstance(wanted, float):
        return None
    hair = _HAIR if test.operator in (Operator.ABOVE, Operator.BELOW) else 0.0
    return (wanted + hair, inf) if test.operator in _UPWARDS else (-inf, wanted - hair)


def _asked(test: Test) -> set[object] | None:
    """Return the words a test of sameness leaves; None for other tests."""
    if test.operator is Operator.IS and not isinstance(test.wanted, float):
        return {test.wanted}
    if test.operator is Operator.IS_ONE_OF and isinstance(test.wanted, tuple):
        return set(test.wanted)
    return None


def _bound(number: float) -> str:
    return f"{round(number, 6):g}"


def _clash(parts: Sequence[Condition], group: str, catalogue: Catalogue) -> tuple[Condition, str] | None:
    """Return the first part that excludes an earlier one, or cannot hold by itself."""
    rooms: dict[str, _Room] = {}
    figures: dict[object, _Room] = {}
    wanted: set[object] = set()
    refused: set[object] = set()
    for part in parts:
        found = _against_the_same(part, wanted, refused)
        if not found and isinstance(part, Test):
            known = catalogue.find(part.field, group)
            if known is not None and not known.reads.many:
                room = rooms.setdefault(known.path, _Room())
                reason = room.take(part, known.path)
                found = "" if room.missing_fits else reason
        elif not found and isinstance(part, Over) and part.quantifier is not Quantifier.NONE:
            inner = contradiction((part.where,), part.group, catalogue)
            if inner is not None:
                return inner
        elif not found and isinstance(part, Figure):
            found = _figure_clash(part, figures)
        if found:
            return part, found
    return None


def _against_the_same(part: Condition, wanted: set[object], refused: set[object]) -> str:
    """Note what a part wants or refuses; tell where an earlier one said the opposite."""
    if isinstance(part, Over) and part.quantifier is Quantifier.NONE:
        key, for_it = shape(replace(part, quantifier=Quantifier.SOME)), False
    elif isinstance(part, Not):
        key, for_it = shape(part.condition), False
    else:
        key, for_it = shape(part), True
    (wanted if for_it else refused).add(key)
    return "the same is asked for and against" if key in (refused if for_it else wanted) else ""


def _figure_clash(figure: Figure, rooms: dict[object, _Room]) -> str:
    key = shape(replace(figure, operator=Operator.AT_LEAST, wanted=0.0))
    name = f"{figure.group}.{figure.field}".rstrip(".")
    test = Test(figure.field, figure.operator, figure.wanted)
    reason = rooms.setdefault(key, _Room()).take(test, name)
    return reason and f"the {figure.measure} over {reason}"


def follows(part: Condition, known: Sequence[Condition]) -> bool:
    """Tell whether *part* certainly holds wherever all of *known* do."""
    match part:
        case Any():
            if any(follows(option, known) for option in part.of):
                return True
        case All():
            return all(follows(inner, known) for inner in part.of)
        case Over() if part.quantifier is Quantifier.SOME:
            inner = [
                list(conjuncts(one.where))
                for one in known
                if isinstance(one, Over) and one.quantifier is Quantifier.SOME and one.group == part.group
            ]
            if any(all(follows(want, have) for want in conjuncts(part.where)) for have in inner):
                return True
        case Test():
            if any(isinstance(one, Test) and _stronger(one, part) for one in known):
                return True
        case _:
            pass
    return shape(part) in {shape(one) for one in known}


def _stronger(one: Test, other: Test) -> bool:
    """Tell whether a value that meets *one* meets *other*; a test met by silence proves nothing."""
    if one.field != other.field or one.if_missing is True:
        return False
    if other.operator is Operator.IS_KNOWN and other.wanted is True:
        return not (one.operator is Operator.IS_KNOWN and one.wanted is False)
    mine, theirs = _interval(one), _interval(other)
    if mine is not None and theirs is not None:
        same_kind = isinstance(one.wanted, date) is isinstance(other.wanted, date)
        return same_kind and theirs[0] <= mine[0] and mine[1] <= theirs[1]
    asked, needed = _asked(one), _asked(other)
    return asked is not None and needed is not None and asked <= needed
