"""
What changed between two conditions, in words, and whether the change lets more or fewer records in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from laborscreen.conditions.tree import (
    All,
    Any,
    AtLeast,
    Condition,
    Figure,
    Flagged,
    Not,
    Operator,
    Over,
    Quantifier,
    Test,
)
from laborscreen.rulebook.english import in_english
from laborscreen.rulebook.model import ValueList

MORE, FEWER, OPEN = "matches more", "matches fewer", ""

_RISING = (Operator.AT_LEAST, Operator.ABOVE, Operator.ON_OR_AFTER)
_FALLING = (Operator.AT_MOST, Operator.BELOW, Operator.BEFORE, Operator.WITHIN_DAYS)
_MOVED = (*_RISING, *_FALLING)
_TURNED = {MORE: FEWER, FEWER: MORE, OPEN: OPEN}


@dataclass(frozen=True, slots=True)
class Moved:
    """
    One change within a condition.

    Args:
        words: what changed, as a sentence without its full stop.
        effect: `MORE` or `FEWER` where that is certain for this change taken alone, else `OPEN`.
    """

    words: str
    effect: str


def condition_changes(
    old: Condition, new: Condition, before: Mapping[str, ValueList], after: Mapping[str, ValueList]
) -> tuple[Moved, ...]:
    """
    Return what changed from one condition to another; empty where they ask the same.

    Args:
        old: the condition as it was.
        new: the condition as it is.
        before: the old rulebook's lists, for their titles.
        after: the new rulebook's lists.

    >>> sixteen = Test("workforce.hours_per_day", Operator.AT_LEAST, 16.0)
    >>> condition_changes(sixteen, replace(sixteen, wanted=14.0), {}, {})[0].words
    'the workforce: hours per day is at least 16 hours -> at least 14 hours'
    """
    return tuple(_Comparison(before, after).between(old, new, ""))


@dataclass(frozen=True, slots=True)
class _Comparison:
    before: Mapping[str, ValueList]
    after: Mapping[str, ValueList]

    def between(self, old: Condition, new: Condition, group: str) -> Iterator[Moved]:
        if _bare(old) == _bare(new):
            return
        match old, new:
            case Not(), Not():
                yield from map(_turned, self.between(old.condition, new.condition, group))
            case Over(), Over() if (old.group, old.quantifier) == (new.group, new.quantifier):
                inner = self.between(old.where, new.where, old.group)
                yield from map(_turned, inner) if old.quantifier is Quantifier.NONE else inner
            case All(), All():
                yield from self._several(old, new, group)
            case Any(), Any():
                yield from self._several(old, new, group)
            case AtLeast(), AtLeast():
                yield from self._several(old, new, group)
            case Test(), Test() if old.field == new.field:
                yield self._test(old, new, group)
            case Figure(), Figure() if _bare(replace(old, wanted=new.wanted)) == _bare(new):
                yield Moved(self._arrow(old, new, group), _effect(old.operator, old.wanted, new.wanted))
            case _:
                yield Moved(self._arrow(old, new, group), OPEN)

    def _several(self, old: All | Any | AtLeast, new: All | Any | AtLeast, group: str) -> Iterator[Moved]:
        if isinstance(old, AtLeast) and isinstance(new, AtLeast) and old.number != new.number:
            effect = FEWER if new.number > old.number else MORE
            yield Moved(f"at least {old.number} of the signs -> at least {new.number} of them", effect)
        pairs, gone, come = _paired(old.of, new.of)
        for one, other in pairs:
            yield from self.between(one, other, group)
        # Another condition to meet lets fewer in; another way to meet it lets more in.
        narrows = isinstance(old, All)
        for part in gone:
            words = f"no longer asked: {self._said(part, group, self.before)}"
            yield Moved(words, MORE if narrows else FEWER)
        for part in come:
            words = f"newly asked: {self._said(part, group, self.after)}"
            yield Moved(words, FEWER if narrows else MORE)

    def _test(self, old: Test, new: Test, group: str) -> Moved:
        effect = OPEN
        if old.if_missing == new.if_missing and old.operator is new.operator:
            effect = _effect(old.operator, old.wanted, new.wanted)
        return Moved(self._arrow(old, new, group), effect)

    def _arrow(self, old: Condition, new: Condition, group: str) -> str:
        was, now = self._said(old, group, self.before), self._said(new, group, self.after)
        return f"{was} -> {_rest(was, now)}"

    def _said(self, condition: Condition, group: str, lists: Mapping[str, ValueList]) -> str:
        inside = Over(Quantifier.SOME, group, condition) if group else condition
        lines = in_english(inside, lists)
        told = " ".join(line.strip() for line in lines)
        return told.partition(": ")[2] if group else told


def _paired(
    old: Sequence[Condition], new: Sequence[Condition]
) -> tuple[list[tuple[Condition, Condition]], list[Condition], list[Condition]]:
    """Return the parts that belong together, those that are gone, and those that have come."""
    gone, come = list(old), list(new)
    for part in list(gone):
        twin = next((one for one in come if _bare(one) == _bare(part)), None)
        if twin is not None:
            gone.remove(part)
            come.remove(twin)
    pairs = []
    for likeness in (_close, _like):
        for part in list(gone):
            twin = next((one for one in come if likeness(part) == likeness(one)), None)
            if twin is not None:
                pairs.append((part, twin))
                gone.remove(part)
                come.remove(twin)
    return pairs, gone, come


def _close(condition: Condition) -> object:
    match condition:
        case Test():
            return ("test", condition.field, condition.operator)
        case Over():
            return ("over", condition.group, condition.quantifier)
        case Figure():
            return ("figure", condition.group, condition.field, condition.measure, condition.operator)
        case Flagged():
            return ("flagged", condition.rule)
        case _:
            return type(condition)


def _like(condition: Condition) -> object:
    return ("test", condition.field) if isinstance(condition, Test) else _close(condition)


def _bare(condition: Condition) -> object:
    """Return a condition without places, so that the same question compares equal wherever it stands."""
    match condition:
        case All() | Any():
            return (type(condition), tuple(map(_bare, condition.of)))
        case AtLeast():
            return (AtLeast, condition.number, tuple(map(_bare, condition.of)))
        case Not():
            return (Not, _bare(condition.condition))
        case Over():
            return (condition.quantifier, condition.group, _bare(condition.where))
        case Figure():
            where = None if condition.where is None else _bare(condition.where)
            return (
                condition.measure,
                condition.group,
                condition.field,
                condition.operator,
                condition.wanted,
                condition.by,
                where,
            )
        case Flagged():
            return (Flagged, condition.rule)
        case Test():
            return (condition.field, condition.operator, condition.wanted, condition.if_missing)


def _effect(operator: Operator, old: object, new: object) -> str:
    """Return what moving a limit does; a set of words that only grows or shrinks is a limit, too."""
    if operator in _MOVED and isinstance(old, float | date) and isinstance(new, float | date):
        grew = new > old  # type: ignore[operator] # both are numbers, or both are days
        return FEWER if grew is (operator in _RISING) else MORE
    if operator is Operator.IS_ONE_OF and isinstance(old, tuple) and isinstance(new, tuple):
        if set(old) < set(new):
            return MORE
        if set(new) < set(old):
            return FEWER
    return OPEN


def _turned(moved: Moved) -> Moved:
    return replace(moved, effect=_TURNED[moved.effect])


def _rest(was: str, now: str) -> str:
    """Return *now* without the words it begins with in common with *was*, up to the verb."""
    for verb in (" is ", " lies ", " mentions ", " resembles ", " differs from "):
        head, found, rest = now.partition(verb)
        if found and was.startswith(head + found) and rest:
            return rest if verb == " is " else f"{verb.strip()} {rest}"
    return now
