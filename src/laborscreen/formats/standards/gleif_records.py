"""
What GLEIF publishes of legal entities: who they are (level 1), who consolidates them (level 2), or why that is not told.

Source: LEI-CDF 3.1, RR-CDF 2.1 and Reporting Exceptions Format 2.1, and the Golden Copy as XML, JSON and CSV
(https://www.gleif.org/en/about-lei/common-data-file-format). The JSON form writes a text as ``{"$": "text"}``; the CSV form
has the path of each element as its header, and numbers those that repeat (``Relationship.Period.1.endDate``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from laborscreen.formats.loose import Loose, without_nothing
from laborscreen.formats.standards.gleif_xml import TEXT

PARENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "IS_DIRECTLY_CONSOLIDATED_BY": "direct parent",
        "IS_ULTIMATELY_CONSOLIDATED_BY": "ultimate parent",
        "IS_INTERNATIONAL_BRANCH_OF": "head office",
    }
)
"""Relationships in which the end node has the start node in its power; those of funds tell of management."""

EXCEPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "NO_LEI": "the parent has no LEI",
        "NATURAL_PERSONS": "natural persons hold it, without a legal entity that consolidates it",
        "NON_CONSOLIDATING": "its parents need not consolidate their accounts",
        "NO_KNOWN_PERSON": "nobody is known who controls it",
        "NON_PUBLIC": "the parent is not public",
    }
)
"""Why a parent is not told, in words; codes that are no longer in use are told as they stand."""

_CATEGORIES: Final = MappingProxyType(
    {
        "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT": "direct parent",
        "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT": "ultimate parent",
    }
)
_VOID: Final = frozenset({"ANNULLED", "DUPLICATE", "RETIRED", "CANCELLED", "TRANSFERRED"})
_NUMBERED: Final = 5  # a repeated element has so many columns in the CSV form
_FRACTION: Final = 1.0  # at or below it nobody can tell a fraction from a percentage


@dataclass(frozen=True, slots=True)
class Relationship:
    """
    One record of level 2.

    Args:
        child: the LEI of the entity it is about.
        parent: the LEI, or the provisional number, of the other one.
        kind: its type, as published.
        standing: why it does not count, in words; empty where it does.
        share: percent, where the record tells one; else None.
        unclear: whether it tells a figure that may be a fraction as well as a percentage.
    """

    child: str
    parent: str
    kind: str
    standing: str
    share: float | None
    unclear: bool


@dataclass(frozen=True, slots=True)
class ReportingException:
    """
    A parent that is not told.

    Args:
        child: the LEI of the entity it is about.
        which: direct or ultimate parent.
        reason: why, in words, with the published code.
        person: whether natural persons hold it.
    """

    child: str
    which: str
    reason: str
    person: bool


def said(told: Loose, *path: str) -> str:
    """
    Return the text at a *path* of an object, however it is wrapped; empty where there is none.

    >>> said({"LEI": {"$": "549300 "}}, "LEI"), said({"A": {"B": "c"}}, "A", "B"), said({}, "A", "B")
    ('549300', 'c', '')
    """
    value: Any = told
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(value, Mapping):
        value = value.get(TEXT)
    if isinstance(value, list):
        return said({"": value[0]}, "") if value else ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def each(told: Loose, *path: str) -> Iterator[Loose]:
    """Yield what stands at a *path*, one by one, be it a list, an object or a text."""
    value: Any = told
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    if value is None:
        return
    for one in value if isinstance(value, list) else [value]:
        yield one if isinstance(one, Mapping) else {TEXT: one}


def entity(told: Loose) -> dict[str, object]:
    """Return the record of a legal entity of level 1, as XML and JSON tell it."""
    known = told.get("Entity")
    body: Loose = known if isinstance(known, Mapping) else {}
    lei = said(told, "LEI")
    number = said(body, "RegistrationAuthority", "RegistrationAuthorityEntityID")
    aliases = [
        name
        for group, one in (
            ("OtherEntityNames", "OtherEntityName"),
            ("TransliteratedOtherEntityNames", "TransliteratedOtherEntityName"),
        )
        for other in each(body, group, one)
        if (name := said(other, TEXT))
    ]
    addresses = [
        _address(body, key, use) for key, use in (("LegalAddress", "registered"), ("HeadquartersAddress", ""))
    ]
    return without_nothing(
        {
            "id": lei or None,
            "name": said(body, "LegalName") or None,
            "aliases": list(dict.fromkeys(aliases)),
            "country": said(body, "LegalAddress", "Country") or None,
            "founded": said(body, "EntityCreationDate")[:10] or None,
            "identifiers": [
                *([{"scheme": "LEI", "value": lei}] if lei else []),
                *([{"scheme": "REG", "value": number}] if number else []),
            ],
            "addresses": [one for one in addresses if one],
        }
    )


def _address(body: Loose, key: str, use: str) -> dict[str, object]:
    lines = [said(body, key, "FirstAddressLine")]
    lines += [said(one, TEXT) for one in each(body, key, "AdditionalAddressLine")]
    told = {
        "street": ", ".join(filter(None, lines)),
        "city": said(body, key, "City"),
        "region": said(body, key, "Region"),
        "postal_code": said(body, key, "PostalCode"),
        "country": said(body, key, "Country"),
    }
    found: dict[str, object] = {name: value for name, value in told.items() if value}
    return {"use": use, **found} if found and use else found


def relationship(told: Loose) -> Relationship | None:
    """Return a record of level 2, as XML and JSON tell it; None where it is none."""
    body = told.get("Relationship")
    if not isinstance(body, Mapping):
        return None
    periods = [
        (said(one, "PeriodType"), said(one, "EndDate"))
        for one in each(body, "RelationshipPeriods", "RelationshipPeriod")
    ] or [(said(one, "PeriodType"), said(one, "EndDate")) for one in each(body, "RelationshipPeriods")]
    quantifiers = [
        (said(one, "QuantifierAmount"), said(one, "QuantifierUnits"))
        for one in (
            *each(body, "RelationshipQuantifiers", "RelationshipQuantifier"),
            *each(body, "RelationshipQuantifiers"),
        )
    ]
    return _relationship(
        said(body, "StartNode", "NodeID"),
        said(body, "EndNode", "NodeID"),
        said(body, "RelationshipType"),
        said(body, "RelationshipStatus"),
        said(told, "Registration", "RegistrationStatus"),
        said(told, "Registration", "LastUpdateDate"),
        periods,
        quantifiers,
    )


def relationship_of_row(row: Mapping[str, str]) -> Relationship | None:
    """Return a record of level 2 from a row of the CSV form; None where it names no two nodes."""
    numbers = range(1, _NUMBERED + 1)

    def cell(name: str) -> str:
        return row.get(name, "").strip()

    return _relationship(
        cell("Relationship.StartNode.NodeID"),
        cell("Relationship.EndNode.NodeID"),
        cell("Relationship.RelationshipType"),
        cell("Relationship.RelationshipStatus"),
        cell("Registration.RegistrationStatus"),
        cell("Registration.LastUpdateDate"),
        [
            (cell(f"Relationship.Period.{n}.periodType"), cell(f"Relationship.Period.{n}.endDate"))
            for n in numbers
        ],
        [
            (
                cell(f"Relationship.Quantifiers.{n}.QuantifierAmount"),
                cell(f"Relationship.Quantifiers.{n}.QuantifierUnits"),
            )
            for n in numbers
        ],
    )


def _relationship(
    child: str,
    parent: str,
    kind: str,
    status: str,
    registration: str,
    updated: str,
    periods: list[tuple[str, str]],
    quantifiers: list[tuple[str, str]],
) -> Relationship | None:
    if not child or not parent or not kind:
        return None
    share, unclear = _share(quantifiers)
    return Relationship(
        child, parent, kind, _why_not(kind, status, registration, updated, periods), share, unclear
    )


def _why_not(kind: str, status: str, registration: str, updated: str, periods: list[tuple[str, str]]) -> str:
    """Say why a relationship does not count; nothing where it does."""
    if kind not in PARENTS:
        return "tell of the management of funds, which is no ownership"
    if status != "ACTIVE":
        return "are not active any more, or not yet"
    if registration in _VOID:
        return "are annulled, retired or told twice"
    if any(
        what == "RELATIONSHIP_PERIOD" and ended and updated and ended[:10] <= updated[:10]
        for what, ended in periods
    ):
        return "had ended when they were last updated"
    return ""


def _share(quantifiers: list[tuple[str, str]]) -> tuple[float | None, bool]:
    """Return the greatest percentage told, and whether a figure may be a fraction as well."""
    best: float | None = None
    unclear = False
    for amount, units in quantifiers:
        try:
            figure = float(amount)
        except ValueError:
            continue
        if units != "PERCENTAGE" or not 0 < figure <= 100:
            continue
        if figure <= _FRACTION:
            unclear = True
        else:
            best = max(best or 0.0, figure)
    return best, unclear and best is None


def reporting_exception(told: Loose) -> ReportingException | None:
    """Return a reporting exception, as XML and JSON tell it; None where it is none."""
    reasons = [said(one, TEXT) for one in each(told, "ExceptionReason")]
    return _exception(said(told, "LEI"), said(told, "ExceptionCategory"), reasons)


def exception_of_row(row: Mapping[str, str]) -> ReportingException | None:
    """Return a reporting exception from a row of the CSV form; None where it names no entity."""
    reasons = [row.get(f"Exception.Reason.{n}", "") for n in range(1, _NUMBERED + 1)]
    return _exception(row.get("LEI", ""), row.get("Exception.Category", ""), reasons)


def _exception(child: str, category: str, reasons: list[str]) -> ReportingException | None:
    told = list(dict.fromkeys(filter(None, reasons)))
    if not child or not category or not told:
        return None
    words = "; ".join(f"{EXCEPTIONS[one]} ({one})" if one in EXCEPTIONS else one for one in told)
    return ReportingException(child, _CATEGORIES.get(category, category), words, told == ["NATURAL_PERSONS"])
