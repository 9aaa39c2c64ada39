"""
Evidence: what made a rule match, read back from the condition tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any as Anything

from laborscreen import values
from laborscreen.conditions import ON_LISTS, Figure, Flagged, Measure, Operator, Test, Traced, Tracer, reasons
from laborscreen.conditions.levels import DEFAULT_SOURCE, SOURCE_WHEN_SILENT, STATED_WHEN_SILENT
from laborscreen.record import Catalogue, CatalogueField, Record
from laborscreen.screening.result import Evidence
from laborscreen.text import Mention

if TYPE_CHECKING:
    from laborscreen.screening.list_evidence import ListWitness

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([a-z_0-9.]+)\}")
_WORDS = {
    Operator.AT_LEAST: "at least",
    Operator.AT_MOST: "at most",
    Operator.ABOVE: "above",
    Operator.BELOW: "below",
    Operator.BEFORE: "before",
    Operator.ON_OR_AFTER: "on or after",
    Operator.IS: "is",
    Operator.IS_ONE_OF: "is one of",
    Operator.IN_LIST: "in the list",
    Operator.MENTIONS: "mentions a term of the list",
    Operator.WITHIN_DAYS: "within so many days before the day screened:",
    Operator.DIFFERS_FROM: "differs from",
    Operator.ON_WATCHLIST: "same as or similar to a listed name:",
    Operator.OWNED_BY_LISTED: "owned by listed parties:",
}
_LONGEST_SEEN = 400  # characters of a text shown on each side of a mention

Mentions = Callable[[str, str], Sequence[Mention]]
"""Gives the mentions of a list (by id) in a text."""


@dataclass(frozen=True)
class Witness:
    """
    Gathers evidence from one record's traced conditions.

    Args:
        record: the record.
        catalogue: the fields.
        tracer: of the record's evaluation.
        mentions: finds the words of a list in a text.
        titles: rule id to title.
        day: the day screened, as text.
        lists: tells which listed parties a name met, if any list is loaded.
    """

    record: Record
    catalogue: Catalogue
    tracer: Tracer
    mentions: Mentions
    titles: Mapping[str, str]
    day: str
    lists: ListWitness | None = None

    def evidence(self, traced: Traced, rule: str = "") -> tuple[Evidence, ...]:
        """Return what made a *rule*'s node match, in the order of the record, each fact once."""
        found: dict[Evidence, None] = {}
        for reason in reasons(traced):
            for one in self._of(reason, rule):
                found[one] = None
        return tuple(found)

    def fields(self, waiting: Iterable[Traced]) -> tuple[str, ...]:
        """Return the full paths of the fields that undecided nodes ask for."""
        found: dict[str, None] = {}
        for node in waiting:
            match node.condition:
                case Test(operator=Operator.OWNED_BY_LISTED):
                    found["owners.name"] = found["owners.share_percent"] = None
                case Test():
                    found[self._field(node.condition.field, node.group).path] = None
                    if node.condition.operator is Operator.DIFFERS_FROM:
                        found[self._field(str(node.condition.wanted), node.group).path] = None
                case Figure():
                    if node.condition.field:
                        found[f"{node.condition.group}.{node.condition.field}"] = None
                    elif not node.told:
                        found[node.condition.group] = None
                case _:
                    pass
        return tuple(found)

    def is_begun(self, path: str) -> bool:
        """Return whether anything is told of the list or part of the record that a field belongs to."""
        part = path.partition(".")[0]
        return bool("." in path and getattr(self.record, part))

    def sentence(self, because: str, evidence: Sequence[Evidence], traced: Traced) -> str:
        """Return a rule's reason with the values that made the match."""
        first = self._first_entries(traced)

        def filled(found: re.Match[str]) -> str:
            name = found.group(1)
            if name is None:
                return found.group(0)[0]
            return self._shown(name, evidence, first)

        return _PLACEHOLDER.sub(filled, because)

    def _shown(self, name: str, evidence: Sequence[Evidence], first: Mapping[str, int]) -> str:
        field = self._known(name, first)
        if field is None:
            return "not told"
        holder: Anything = self.record
        if field.group:
            holder = self.tracer.holder(field.group, first[field.group]) if field.group in first else None
        for one in evidence:
            if re.sub(r"\[\d+\]", "", one.field) == field.path and one.span is not None:
                return one.seen[one.span[0] : one.span[1]]
        value = _value_of(holder, field)
        return "not told" if value in (None, ()) else _in_words(value)

    def _known(self, name: str, groups: Iterable[str]) -> CatalogueField | None:
        for group in groups:
            field = self.catalogue.find(name, group)
            if field is not None:
                return field
        return self.catalogue.find(name)

    def _first_entries(self, traced: Traced) -> dict[str, int]:
        """Return, for each list, the first entry that made the match."""
        first: dict[str, int] = {}
        for reason in reasons(traced):
            if reason.group and reason.entry >= 0:
                first.setdefault(reason.group, reason.entry)
        return first

    def _of(self, reason: Traced, rule: str) -> Iterable[Evidence]:
        match reason.condition:
            case Test():
                yield from self._of_test(reason, reason.condition, rule)
            case Figure():
                yield from self._of_figure(reason, reason.condition, rule)
            case Flagged():
                other = reason.condition.rule
                title = self.titles.get(other, other)
                yield Evidence(
                    field="flags",
                    seen=title,
                    value=other,
                    wanted="flagged" if reason.truth else "not flagged",
                )
            case _:
                pass

    def _of_test(self, reason: Traced, test: Test, rule: str) -> Iterable[Evidence]:
        field = self._field(test.field, reason.group)
        holder: Anything = self.record
        path = field.path
        if field.group:
            holder = self.tracer.holder(reason.group, reason.entry)
            path = f"{reason.group}[{reason.entry}].{field.name}"
        value = _value_of(holder, field)
        source = self._source(holder, field, reason.group)
        if test.operator in ON_LISTS and reason.truth and self.lists is not None and value not in (None, ()):
            yield from self.lists.evidence(test, rule, path, holder, self.record, source)
            return
        wanted = self._wanted(test, holder, reason.group)
        if reason.truth is False:
            wanted = f"not: {wanted}"
        if value in (None, ()):
            meaning = _stands_for(field, self.day) or "not told"
            yield Evidence(path, "", None, wanted, source_type="", note=meaning)
            return
        if test.operator is Operator.MENTIONS and reason.truth:
            yield from self._of_text(path, str(value), str(test.wanted), wanted, source)
            return
        if isinstance(value, tuple):
            for number, one in enumerate(value):
                yield Evidence(
                    f"{path}[{number}]",
                    _written(holder, f"{field.name}[{number}]"),
                    _plain(one),
                    wanted,
                    None,
                    source,
                )
            return
        yield Evidence(path, _written(holder, field.name), _plain(value), wanted, None, source)

    def _of_text(self, path: str, text: str, name: str, wanted: str, source: str) -> Iterable[Evidence]:
        for mention in self.mentions(name, text):
            if not mention.standing:
                continue
            start, end = mention.span
            left = max(0, start - _LONGEST_SEEN)
            seen = text[left : end + _LONGEST_SEEN]
            yield Evidence(
                path, seen, mention.words, wanted, (start - left, end - left), source, note=mention.reason
            )

    def _of_figure(self, reason: Traced, figure: Figure, rule: str) -> Iterable[Evidence]:
        """Return a figure with who told the entries it is taken over, and those that were told apart for it one by one."""
        low, high = reason.span or (0.0, 0.0)
        value = _number(low) if low == high else f"{_number(low)} to {_number(high)}"
        name = f"{figure.group}.{figure.field}" if figure.field else figure.group
        words = {Measure.TOTAL: "total", Measure.SHARE: "percent of the total", Measure.COUNT: "count"}
        wanted = f"{words[figure.measure]} {_WORDS[figure.operator]} {_number(figure.wanted)}"
        counted = [
            (place, entry)
            for place, entry in enumerate(self.tracer.entries(figure.group))
            if not reason.parts or reason.parts[place].truth is True
        ]
        named = figure.by or figure.field
        field = self._field(named, figure.group) if named else None
        sources = list(dict.fromkeys(self._source(entry, field, figure.group) for _, entry in counted))
        one = sources[0] if len(sources) == 1 else ""
        told_by = f"told by {', '.join(sources).replace('_', ' ')}" if len(sources) > 1 else ""
        yield Evidence(
            name,
            value,
            low if low == high else value,
            wanted if reason.truth else f"not: {wanted}",
            source_type=one,
            note=told_by,
        )
        if not (figure.by and field and reason.truth):
            return
        for place, entry in counted:
            apart = _value_of(entry, field)
            if apart in (None, ()):
                continue
            path = f"{figure.group}[{place}].{field.name}"
            source = self._source(entry, field, figure.group)
            yield Evidence(path, _written(entry, field.name), _plain(apart), "counted", source_type=source)
            for below in reasons(reason.parts[place]) if reason.parts else ():
                yield from self._of(below, rule)

    def _wanted(self, test: Test, holder: Anything, group: str) -> str:
        if test.operator is Operator.IS_KNOWN:
            return "is told" if test.wanted else "is not told"
        word = _WORDS[test.operator]
        if test.operator is Operator.DIFFERS_FROM:
            other = self._field(str(test.wanted), group)
            against = _value_of(self.record if not other.group else holder, other)
            return f"{word} {other.path} ({'not told' if against in (None, ()) else _in_words(against)})"
        wanted = test.wanted if isinstance(test.wanted, tuple) else (test.wanted,)
        return f"{word} {', '.join(_in_words(one) for one in wanted)}"

    def _source(self, holder: Anything, field: CatalogueField | None, group: str) -> str:
        """Return who states a field of a record or of a list's entry, or an entry as a whole."""
        whole = self.record.source_type or DEFAULT_SOURCE
        if field is not None and field.reads.stated_by:
            return getattr(holder, field.reads.stated_by) or STATED_WHEN_SILENT
        if field is not None and not field.group:
            part = field.path.partition(".")[0] if "." in field.path else ""
            return (getattr(getattr(self.record, part), "source_type", None) if part else None) or whole
        return getattr(holder, "source_type", None) or SOURCE_WHEN_SILENT.get(group, whole)

    def _field(self, name: str, group: str) -> CatalogueField:
        field = self.catalogue.find(name, group)
        assert field is not None, name
        return field


def _value_of(holder: Anything, field: CatalogueField) -> Anything:
    if holder is None:
        return None
    value = holder
    for name in field.name.split("."):
        value = None if value is None else getattr(value, name)
    return value


def _written(holder: Anything, name: str) -> str:
    outer, _, inner = name.rpartition(".")
    if outer:
        holder, name = getattr(holder, outer), inner
    return str(holder.as_written(name))


def _stands_for(field: CatalogueField, day: str) -> str:
    match field.reads.stands_for:
        case "as_of":
            return f"no end is told, so it goes on to the record's date or the day screened ({day})"
        case "before":
            return "no start is told, so it began before the end"
        case _:
            return ""


def _plain(value: object) -> str | float | bool:
    return value if isinstance(value, str | bool | int | float) else str(value)


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return _number(value)
    if isinstance(value, tuple):
        return ", ".join(_in_words(one) for one in value)
    if isinstance(value, values.PartialDate):
        return str(value)
    return str(value)


def _number(value: float) -> str:
    return f"{value:g}" if abs(value) < 1e6 else f"{value:,.0f}"
