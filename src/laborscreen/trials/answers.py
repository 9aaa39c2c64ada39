"""
A condition tree with its answers, told line by line.

Each line says what was asked, what the answer is, and which value gave it, so that a rule author sees where a rule
went another way than meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any as Anything

from laborscreen.conditions import (
    All,
    Any,
    AtLeast,
    Condition,
    Figure,
    Flagged,
    Measure,
    Not,
    Operator,
    Over,
    Quantifier,
    Test,
    Traced,
    Tracer,
)
from laborscreen.record import Catalogue, Record

_LONGEST_VALUE = 80

_WORDS = {
    Operator.IS: "is",
    Operator.IS_ONE_OF: "is one of",
    Operator.IN_LIST: "is in the list",
    Operator.MENTIONS: "mentions a term of",
    Operator.AT_LEAST: "is at least",
    Operator.AT_MOST: "is at most",
    Operator.ABOVE: "is above",
    Operator.BELOW: "is below",
    Operator.BEFORE: "is before",
    Operator.ON_OR_AFTER: "is on or after",
    Operator.WITHIN_DAYS: "lies at most so many days back:",
    Operator.DIFFERS_FROM: "differs from",
    Operator.ON_WATCHLIST: "resembles a listed name:",
    Operator.OWNED_BY_LISTED: "is owned by listed parties:",
}

_QUANTIFIED = {
    Quantifier.SOME: "some entry of {} where",
    Quantifier.EVERY: "every entry of {} has",
    Quantifier.NONE: "no entry of {} where",
}

ANSWERS = {True: "match", False: "no match", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Line:
    """
    One node of a tree.

    Args:
        depth: how deep it stands, from 0.
        asked: the question in words.
        truth: match, no match, or None for unknown.
        seen: the value that gave the answer, in words; empty where there is none to show.
    """

    depth: int
    asked: str
    truth: bool | None
    seen: str = ""

    def __str__(self) -> str:
        """Return the line as plain text."""
        seen = f" ({self.seen})" if self.seen else ""
        return f"{'  ' * self.depth}{ANSWERS[self.truth]}: {self.asked}{seen}"


def told(
    traced: Traced,
    record: Record,
    tracer: Tracer,
    catalogue: Catalogue,
    titles: Mapping[str, str] | None = None,
) -> tuple[Line, ...]:
    """
    Tell a traced condition line by line.

    Args:
        traced: the condition with its answers.
        record: the record it was asked of.
        tracer: knows the entries of the record's lists.
        catalogue: knows the fields.
        titles: rule id to title, for conditions that refer to other rules.
    """
    return tuple(_Teller(record, tracer, catalogue, titles or {}).lines(traced, 0))


@dataclass(frozen=True, slots=True)
class _Teller:
    record: Record
    tracer: Tracer
    catalogue: Catalogue
    titles: Mapping[str, str]

    def lines(self, node: Traced, depth: int) -> Iterator[Line]:
        condition = node.condition
        seen = ""
        match condition:
            case Test():
                seen = self._value(condition, node)
            case Figure():
                seen = _span(condition, node)
            case Over():
                seen = "" if node.told else f"no entry of {condition.group} is told"
            case Flagged():
                seen = self.titles.get(condition.rule, "")
            case _:
                pass
        yield Line(depth, asked(condition), node.truth, seen)
        if isinstance(condition, Over | Figure):
            yield from self._entries(condition, node, depth + 1)
            return
        for part in node.parts:
            yield from self.lines(part, depth + 1)

    def _entries(self, condition: Over | Figure, node: Traced, depth: int) -> Iterator[Line]:
        """Tell each entry of a list on its own."""
        if not node.told:
            return
        for place, part in enumerate(node.parts):
            if isinstance(part.condition, Test):
                line = next(self.lines(part, depth))
                yield Line(depth, f"{condition.group}[{place}]: {line.asked}", line.truth, line.seen)
            else:
                yield Line(depth, f"{condition.group}[{place}]", part.truth)
                yield from self.lines(part, depth + 1)

    def _value(self, test: Test, node: Traced) -> str:
        first = self._one_value(test.field, node)
        if test.operator is not Operator.DIFFERS_FROM:
            return first
        other = str(test.wanted)
        return f"{test.field}: {first}; {other}: {self._one_value(other, node)}"

    def _one_value(self, name: str, node: Traced) -> str:
        """Return what stands in a field: as written, and as read where that differs."""
        field = self.catalogue.find(name, node.group)
        assert field is not None, name
        holder: Anything = self.record
        if field.group:
            holder = self.tracer.holder(node.group, node.entry)
        *outer, last = field.name.split(".")
        for part in outer:
            holder = None if holder is None else getattr(holder, part)
        value = None if holder is None else getattr(holder, last)
        if value in (None, ()):
            return "not told"
        if isinstance(value, tuple):
            return f"“{_short(', '.join(map(str, value)))}”"
        written, read = str(holder.as_written(last)), _word(value)
        if written.casefold() in (read.casefold(), str(value).casefold()):
            return f"“{_short(read)}”"
        return f"“{_short(written)}”, read as {_short(read)}"


def asked(condition: Condition) -> str:
    """
    Return one node as a question in words, without what stands below it.

    >>> asked(Test("workforce.hours_per_day", Operator.AT_LEAST, 16.0))
    'workforce.hours_per_day is at least 16'
    """
    match condition:
        case Test():
            return _asked_of(condition)
        case All():
            return "all of"
        case Any():
            return "any of"
        case AtLeast():
            return f"at least {condition.number} of"
        case Not():
            return "not"
        case Over():
            return _QUANTIFIED[condition.quantifier].format(condition.group)
        case Figure():
            return _asked_figure(condition)
        case Flagged():
            return f"{condition.rule} is flagged"


def _asked_of(test: Test) -> str:
    missing = "" if test.if_missing is None else f" (if missing: {ANSWERS[test.if_missing]})"
    if test.operator is Operator.IS_KNOWN:
        return f"{test.field} is {'known' if test.wanted else 'not known'}"
    wanted = test.wanted if isinstance(test.wanted, tuple) else (test.wanted,)
    return f"{test.field} {_WORDS[test.operator]} {_short(', '.join(map(_word, wanted)))}{missing}"


def _asked_figure(figure: Figure) -> str:
    what = {
        Measure.TOTAL: f"the total of {figure.group}.{figure.field}",
        Measure.SHARE: f"the share of {figure.group}.{figure.field}, in percent,",
        Measure.COUNT: f"the number of different {figure.group}.{figure.by}"
        if figure.by
        else f"the number of entries of {figure.group}",
    }[figure.measure]
    where = " in entries that meet the test below" if figure.where is not None else ""
    return f"{what}{where} {_WORDS[figure.operator]} {_word(figure.wanted)}"


def _span(figure: Figure, node: Traced) -> str:
    if not node.told:
        return f"no entry of {figure.group} is told"
    low, high = node.span or (0.0, 0.0)
    if low == high:
        return f"it is {_word(low)}"
    if high == float("inf"):
        return f"it is {_word(low)} or more: something is not told"
    return f"it is between {_word(low)} and {_word(high)}: something is not told"


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
