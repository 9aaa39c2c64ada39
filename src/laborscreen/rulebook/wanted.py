"""
The right-hand side of a test: what a value is compared with, checked against what the field can hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from laborscreen import values
from laborscreen.conditions.operators import FITTING
from laborscreen.conditions.tree import LIST_WORDS, Operator, Wanted
from laborscreen.record import Catalogue, CatalogueField, Kind
from laborscreen.rulebook.faults import Faults, listed
from laborscreen.rulebook.nodes import Items, Node, Text
from laborscreen.rulebook.values_written import (
    in_brackets,
    one_value,
    read_day,
    read_number,
    read_whole,
    read_yes_no,
)

_LIST_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_NUMBERS = frozenset({Kind.NUMBER, Kind.WHOLE, Kind.MONEY})
_CODES = frozenset({Kind.CODE, Kind.HS_CODE})
ANY_MATCH = ""
"""How a list matches that is too faulty to tell; uses of it are not faults of their own."""


@dataclass(frozen=True, slots=True)
class Compared:
    """
    What checking a right-hand side needs.

    Args:
        catalogue: the fields.
        lists: the rulebook's lists: id to how they match.
        faults: collects what is wrong.
    """

    catalogue: Catalogue
    lists: Mapping[str, str]
    faults: Faults


def read_wanted(  # noqa: PLR0911 -- one line an operator is the plainest way to say it
    operator: Operator, node: Node, field: CatalogueField, group: str, on: Compared
) -> Wanted | None:
    """Return what a test compares with, or None with the fault told."""
    faults = on.faults
    what = f"`{operator}`"
    match operator:
        case Operator.IS_KNOWN:
            return read_yes_no(node, faults, what)
        case Operator.IS:
            if isinstance(node, Items):
                faults.error(
                    "wrong-shape",
                    node,
                    "`is` compares with one value",
                    "write `is_one_of: [...]` for several",
                )
                return None
            return _value(node, field, on)
        case Operator.IS_ONE_OF:
            return _several(node, field, on)
        case Operator.IN_LIST | Operator.MENTIONS:
            return _list(operator, node, field, on)
        case Operator.AT_LEAST | Operator.AT_MOST | Operator.ABOVE | Operator.BELOW:
            return size(node, field, what, faults)
        case Operator.BEFORE | Operator.ON_OR_AFTER:
            return read_day(node, faults, what)
        case Operator.WITHIN_DAYS:
            days = read_whole(node, faults, what, low=1)
            return None if days is None else float(days)
        case Operator.DIFFERS_FROM:
            return _other_field(node, field, group, on)
        case Operator.ON_WATCHLIST:
            return _watchlists(operator, node, faults)
        case Operator.OWNED_BY_LISTED:
            if field.path != "name":
                faults.error(
                    "operator-does-not-fit",
                    node,
                    "`owned_by_listed` is about the record's own party and looks at its owners and people",
                    "write {field: name, owned_by_listed: ...}, outside `some:`",
                )
                return None
            return _watchlists(operator, node, faults)


def size(node: Node, field: CatalogueField, what: str, faults: Faults) -> float | None:
    """Return a number that a value of the field can be compared with."""
    number = read_number(node, faults, what)
    low, high = field.reads.low, field.reads.high
    if number is not None and ((low is not None and number < low) or (high is not None and number > high)):
        unit = f" {field.reads.unit}" if field.reads.unit else ""
        faults.error(
            "value-out-of-range",
            node,
            f"`{field.path}` lies between {low:g} and {high:g}{unit}, so {number:g} decides nothing",
            f"write a number between {low:g} and {high:g}",
        )
        return None
    return number


def _several(node: Node, field: CatalogueField, on: Compared) -> Wanted | None:
    if not isinstance(node, Items):
        on.faults.error(
            "wrong-shape",
            node,
            f"`is_one_of` takes a list, not {node.shape}",
            "write `is_one_of: [..., ...]`, or `is:` for one",
            replacement=in_brackets(node),
        )
        return None
    if not node.items:
        on.faults.error(
            "empty-list", node, "`is_one_of` has no values, so it can never be met", "list the values"
        )
        return None
    found = []
    for item in node.items:
        value = _value(item, field, on)
        if value is None:
            continue
        if value in found:
            on.faults.warn("repeated-value", item, f"`{value}` is listed twice", "take one out")
        else:
            found.append(value)
    return tuple(str(value) for value in found) if len(found) > 0 else None


def _value(node: Node, field: CatalogueField, on: Compared) -> str | bool | float | None:
    """Return one value in the form that values of the field have after reading."""
    what = f"`{field.path}`"
    if field.kind is Kind.YES_NO:
        return read_yes_no(node, on.faults, what)
    if field.kind in _NUMBERS:
        return size(node, field, what, on.faults)
    text = one_value(node, on.faults, what)
    if text is None:
        return None
    written = text.value.strip()
    if field.kind is Kind.WORD:
        return _word(text, written, field, on.faults)
    if field.kind is Kind.TEXT or field.kind is Kind.IDENTIFIER:
        return written
    return _canonical(text, written, field, on.faults)


def _word(node: Text, written: str, field: CatalogueField, faults: Faults) -> str | None:
    words = field.words
    if written in words:
        return written
    meant = values.read_word(field.reads.words, written).value
    hint = f"write `{meant}`" if meant else faults.meant(written, words)
    known = ", ".join(words)
    faults.error(
        "unknown-value",
        node,
        f"`{written[:60]}` is not a word that `{field.path}` can hold",
        f"{hint} (known: {known})" if hint else f"use one of: {known}",
        replacement=str(meant) if meant else faults.respelled(written, words),
    )
    return None


def _canonical(node: Text, written: str, field: CatalogueField, faults: Faults) -> str | None:
    """Check a country, region, city, currency or code: the rulebook writes the short form, so that all see which is meant."""
    match field.kind:
        case Kind.COUNTRY | Kind.MRZ:
            reading = values.read_country(written, nationality=field.reads.nationality)
            hint = "use the two letters of ISO 3166, such as KP, or `ambiguous`"
            if written == values.AMBIGUOUS:
                return written
        case Kind.CURRENCY:
            reading, hint = values.read_currency(written), "use the three letters of ISO 4217, such as RUB"
        case Kind.REGION:
            reading, hint = values.read_region(written), "use the ISO 3166-2 code, such as RU-PRI"
        case Kind.CITY:
            reading, hint = values.read_city(written), "use the English name"
        case Kind.CODE:
            scheme, _, code = written.partition(":")
            if scheme not in values.words_of("industry_scheme") or not code:
                known = ", ".join(values.words_of("industry_scheme"))
                faults.error(
                    "unknown-value",
                    node,
                    f"`{written[:60]}` is not an industry code with its scheme",
                    f"write NACE2:41.20; schemes: {known}",
                )
                return None
            reading, hint = (
                values.read_industry_code(scheme, code),
                "write the scheme, a colon and the code, such as NACE2:41.20",
            )
        case _:
            reading, hint = values.read_hs_code(written), "write the digits of the customs code"
    if reading.value == written:
        return written
    if reading.value is None:
        faults.error(
            "unknown-value", node, f"`{written[:60]}` is not a value that `{field.path}` can hold", hint
        )
    else:
        faults.error(
            "unknown-value",
            node,
            f"`{field.path}` never holds `{written[:60]}`: it is kept as `{reading.value}`",
            f"write `{reading.value}`",
            replacement=None if reading.value == values.AMBIGUOUS else str(reading.value),
        )
    return None


def comparable_term(kind: Kind, term: str) -> bool:
    """Tell whether a value of a field of this *kind* can ever equal a *term* of an exact or code list."""
    match kind:
        case Kind.COUNTRY | Kind.MRZ:
            return term == values.AMBIGUOUS or values.read_country(term).value == term
        case Kind.REGION:
            return values.read_region(term).value == term
        case Kind.CITY:
            return values.read_city(term).value == term
        case Kind.CURRENCY:
            return values.read_currency(term).value == term
        case Kind.CODE | Kind.HS_CODE:
            return term.partition(":")[0] in values.words_of("industry_scheme")
        case _:
            return True


def _list(operator: Operator, node: Node, field: CatalogueField, on: Compared) -> str | None:
    text = one_value(node, on.faults, f"`{operator}`")
    if text is None:
        return None
    name = text.value.strip()
    match = on.lists.get(name)
    if match == ANY_MATCH or (match is None and on.faults.may_be_defined(name)):
        return None
    if match is None:
        hint = on.faults.meant(name, on.lists)
        on.faults.error(
            "unknown-list",
            text,
            f"there is no list `{name[:60]}`",
            hint or "define it under `lists:`",
            replacement=on.faults.respelled(name, on.lists),
        )
        return None
    if operator is Operator.MENTIONS:
        fits, instead = (
            match == "whole_word",
            "`mentions` looks for words in text and needs `match: whole_word`",
        )
    elif field.kind in _CODES:
        fits, instead = (
            match in {"code_prefix", "exact"},
            "codes are compared with `match: code_prefix` or `exact`",
        )
    else:
        fits, instead = match == "exact", "`in_list` compares whole values and needs `match: exact`"
    if not fits:
        usual = (
            "use `mentions` on a text field, or another list" if match == "whole_word" else "use another list"
        )
        on.faults.error(
            "list-does-not-fit", text, f"the list `{name}` has `match: {match}`; {instead}", usual
        )
        return None
    return name


def _other_field(node: Node, field: CatalogueField, group: str, on: Compared) -> str | None:
    text = one_value(node, on.faults, "`differs_from`")
    if text is None:
        return None
    name = text.value.strip()
    other = on.catalogue.find(name, group)
    if other is None:
        hint = on.catalogue.hint(name, group)
        on.faults.error(
            "unknown-field",
            text,
            f"`{name[:60]}` is not a record field",
            hint or "`laborscreen fields` lists them",
        )
        return None
    if other.group and group and other.group != group:
        on.faults.error(
            "field-of-other-list",
            text,
            f"`{name}` belongs to the list `{other.group}`",
            f"compare with a field of `{group}` or of the record",
        )
        return None
    if other.path == field.path:
        on.faults.error("same-field", text, f"`{name}` is compared with itself", "name the other field")
        return None
    if _family(other.kind) != _family(field.kind) or Operator.DIFFERS_FROM not in FITTING[other.kind]:
        fitting = [
            path
            for path, known in on.catalogue.fields.items()
            if _family(known.kind) == _family(field.kind)
            and path != field.path
            and known.group in {"", field.group}
        ]
        on.faults.error(
            "fields-not-comparable",
            text,
            f"`{field.path}` is {_a(field.type_name)} and `{other.path}` is {_a(other.type_name)}",
            f"compare with {listed(fitting, most=6)}" if fitting else "compare two fields of one kind",
        )
        return None
    return other.name if group and other.group else other.path


def _family(kind: Kind) -> str:
    """Kinds whose values can be held against each other."""
    if kind in {Kind.COUNTRY, Kind.MRZ}:
        return "country"
    return "number" if kind in _NUMBERS else str(kind)


def _a(name: str) -> str:
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"


def _watchlists(operator: Operator, node: Node, faults: Faults) -> str | tuple[str, ...] | None:
    names = node.items if isinstance(node, Items) else [node]
    found = []
    for item in names:
        text = one_value(item, faults, f"`{operator}`")
        if text is None:
            continue
        if not _LIST_NAME.fullmatch(text.value):
            faults.error(
                "odd-id",
                text,
                f"`{text.value[:60]}` cannot be the name of a watchlist",
                f"write one of {', '.join(LIST_WORDS)}, or names as `laborscreen lists info` shows them",
            )
            continue
        found.append(text.value)
    if not found:
        if isinstance(node, Items) and not node.items:
            faults.error(
                "empty-list", node, f"`{operator}` names no list", "write `any`, or the lists' names"
            )
        return None
    return tuple(found) if isinstance(node, Items) else found[0]
