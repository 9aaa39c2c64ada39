"""
A condition in plain English, for people who read rules and do not write them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from laborscreen.conditions.tree import (
    ANY_LIST,
    DPRK_RELATED,
    OTHER_PROGRAMMES,
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
)
from laborscreen.record import Catalogue, CatalogueField, Kind, catalogue
from laborscreen.rulebook.model import ValueList

_COMPARED = {
    Operator.AT_LEAST: "at least",
    Operator.AT_MOST: "at most",
    Operator.ABOVE: "more than",
    Operator.BELOW: "less than",
}
_ENTRY = {
    Quantifier.SOME: "for some entry of {group}",
    Quantifier.EVERY: "for every entry of {group}",
    Quantifier.NONE: "for no entry of {group}",
}
_LISTED = {
    ANY_LIST: "a name on any watchlist",
    DPRK_RELATED: "a listed name related to the DPRK",
    OTHER_PROGRAMMES: "a name listed under other programmes",
}
_SILENCE = {True: ", or is not told", False: " (not told counts as no)", None: ""}
_INDENT = "  "


def in_english(condition: Condition, lists: Mapping[str, ValueList] | None = None) -> tuple[str, ...]:
    r"""
    Return a condition as indented lines.

    Args:
        condition: what a rule asks of a record.
        lists: the rulebook's lists, for their titles.

    >>> print("\n".join(in_english(All((Test("country", Operator.IS, "RU"), Flagged("LS-WRK-001"))))))
    all of these:
      the country is RU
      the rule LS-WRK-001 is raised
    """
    return tuple(_Speaker(catalogue(), lists or {}).lines(condition, ""))


class _Speaker:
    """Says conditions; knows the fields' units and the lists' titles."""

    def __init__(self, fields: Catalogue, lists: Mapping[str, ValueList]) -> None:
        self._fields = fields
        self._lists = lists

    def lines(self, condition: Condition, group: str) -> list[str]:
        """Return the lines of a condition, the first without indentation."""
        match condition:
            case All() | Any() | AtLeast():
                return self._several(condition, group)
            case Not():
                return _after("not: ", self.lines(condition.condition, group))
            case Over():
                head = _ENTRY[condition.quantifier].format(group=_words(condition.group))
                return _after(f"{head}: ", self.lines(condition.where, condition.group))
            case Figure():
                return self._figure(condition)
            case Flagged():
                return [f"the rule {condition.rule} is raised"]
            case Test():
                return [self._test(condition, group)]

    def _several(self, condition: All | Any | AtLeast, group: str) -> list[str]:
        if not condition.of:
            return ["never (it refers to a rule that is not in force)"]
        if len(condition.of) == 1:
            return self.lines(condition.of[0], group)
        match condition:
            case All():
                head = "all of these:"
            case Any():
                head = "any of these:"
            case AtLeast():
                head = f"at least {condition.number} of these:"
        return [head, *self._below(condition.of, group)]

    def _below(self, parts: Sequence[Condition], group: str) -> list[str]:
        return [_INDENT + line for part in parts for line in self.lines(part, group)]

    def _figure(self, figure: Figure) -> list[str]:
        group = _words(figure.group)
        limit = f"{_COMPARED[figure.operator]} {figure.wanted:g}"
        match figure.measure:
            case Measure.COUNT if figure.by:
                head = f"the number of different values of {_words(figure.by)} in {group} is {limit}"
            case Measure.COUNT:
                head = f"the number of entries of {group} is {limit}"
            case Measure.TOTAL:
                head = f"the total of {_words(figure.field)} over {group} is {limit}"
            case Measure.SHARE:
                head = f"the share of {_words(figure.field)} of {group} is {limit} percent"
        if figure.where is None:
            return [head]
        return _after(f"{head}, counting entries where ", self.lines(figure.where, figure.group))

    def _test(self, test: Test, group: str) -> str:
        field = self._fields.find(test.field, group)
        words = _words(test.field)
        name = f"the {words}"
        if field is not None and field.reads.many:
            name = f"one of the {words}"
        elif field is not None and field.kind is Kind.YES_NO:
            name = f"“{words}”"
        return f"{name} {self._predicate(test, field, group)}{_SILENCE[test.if_missing]}"

    def _predicate(self, test: Test, field: CatalogueField | None, group: str) -> str:
        wanted = test.wanted
        if test.operator in _COMPARED:
            unit = field.reads.unit if field is not None else ""
            unit = "US dollars" if unit == "in its currency" else unit
            return f"is {_COMPARED[test.operator]} {_value(wanted)} {unit}".rstrip()
        match test.operator:
            case Operator.IS_KNOWN:
                said = "is told" if wanted else "is not told"
            case Operator.IN_LIST:
                said = f"is on the list {self._list(wanted)}"
            case Operator.MENTIONS:
                said = f"mentions words of the list {self._list(wanted)}"
            case Operator.BEFORE:
                said = f"lies before {_value(wanted)}"
            case Operator.ON_OR_AFTER:
                said = f"lies on {_value(wanted)} or later"
            case Operator.WITHIN_DAYS:
                said = f"lies within the {_value(wanted)} days up to the day screened"
            case Operator.DIFFERS_FROM:
                other = self._fields.find(str(wanted), group)
                whose = " of the record" if group and other is not None and not other.group else ""
                said = f"differs from the {_words(str(wanted))}{whose}"
            case Operator.ON_WATCHLIST:
                said = f"resembles {_listed(wanted)}"
            case Operator.OWNED_BY_LISTED:
                said = f"is that of a company owned, by the policy's share, by those whose name resembles {_listed(wanted)}"
            case _:
                said = f"is {_either(wanted)}"
        return said

    def _list(self, wanted: object) -> str:
        known = self._lists.get(str(wanted))
        return f"“{known.title}” ({wanted})" if known else str(wanted)


def _after(head: str, lines: list[str]) -> list[str]:
    """Return *lines* with *head* before the first."""
    first, *rest = lines
    return [head + first, *rest]


def _words(name: str) -> str:
    """Return a field's name as words: ``remote_work.vpn`` is "remote work: vpn"."""
    return name.replace("_", " ").replace(".", ": ")


def _value(wanted: object) -> str:
    if isinstance(wanted, bool):
        return "yes" if wanted else "no"
    if isinstance(wanted, float):
        return f"{wanted:g}"
    if isinstance(wanted, date):
        return f"{wanted.day} {wanted:%B %Y}"
    return str(wanted).replace("_", " ")


def _listed(wanted: object) -> str:
    words = wanted if isinstance(wanted, tuple) else (wanted,)
    return " or ".join(_LISTED.get(str(word), f"a name on the watchlist {word}") for word in words)


def _either(wanted: object) -> str:
    words = [_value(word) for word in wanted] if isinstance(wanted, tuple) else [_value(wanted)]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
