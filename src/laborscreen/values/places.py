"""Regions as ISO 3166-2 codes, and the cities the rules speak of under one name each."""

from __future__ import annotations

import re
from functools import lru_cache

from laborscreen.values import tables
from laborscreen.values.missing import is_missing
from laborscreen.values.reading import Reading, remembered, shown
from laborscreen.values.spelling import key

_CITY_FRAME = re.compile(
    r"^(?:г|гор|город|пгт|пос|поселок|с|село|дер|деревня|ст|станция|рп|city of|town of|the city of|gorod)\s+"
    r"|\s+(?:г|город|city|town|shi|пгт)$"
)
_REGION_FRAME = re.compile(
    r"^(?:the\s+|republic of\s+|province of\s+|region of\s+|респ(?:ублика)?\s+|обл(?:асть)?\s+|кра[ий]\s+|г\s+|город\s+)+"
    r"|\s+(?:край|краи|кр|обл|область|респ|республика|ао|автономныи округ|автономная область|krai|kray|krai|kraj|"
    r"oblast|obl|region|territory|province|republic|rep|okrug|ao|city|prefecture)$"
)
_REGION_CODE = re.compile(r"[A-Z]{2}-[0-9A-Z]{1,3}")


@remembered
def read_region(written: str) -> Reading[str]:
    """
    Read a region as its ISO 3166-2 code; a region we do not know keeps its folded text.

    >>> read_region("Приморский край").value, read_region("Primorye").value, read_region("Bavaria").value
    ('RU-PRI', 'RU-PRI', 'bavaria')
    """
    if is_missing(written):
        return Reading(None)
    code = written.strip().upper()
    if _REGION_CODE.fullmatch(code):
        return Reading(code)
    folded = key(written)
    found = _regions().get(folded) or _regions().get(_bare(folded, _REGION_FRAME))
    if found:
        return Reading(found)
    return Reading(folded) if folded else Reading(None, f"{shown(written)} could not be read as a region")


@remembered
def read_city(written: str) -> Reading[str]:
    """
    Read a city under its canonical name; one that is not in our gazetteer keeps its folded text.

    >>> read_city("г. Владивосток").value, read_city("海参崴").value, read_city("Lyon").value
    ('Vladivostok', 'Vladivostok', 'lyon')
    """
    if is_missing(written):
        return Reading(None)
    folded = key(written)
    found = _cities().get(folded) or _cities().get(_bare(folded, _CITY_FRAME))
    if found:
        return Reading(found)
    return Reading(folded) if folded else Reading(None, f"{shown(written)} could not be read as a city")


def region_of_city(city: str) -> str | None:
    """
    Return the ISO 3166-2 code of the region in which a canonical *city* lies, or None.

    >>> region_of_city("Vladivostok")
    'RU-PRI'
    """
    return _region_by_city().get(city)


def country_of_city(city: str) -> str | None:
    """
    Return the ISO 3166-1 alpha-2 code of the country of a canonical *city*, or None.

    >>> country_of_city("Dandong")
    'CN'
    """
    region = _region_by_city().get(city)
    return region[:2] if region else None


def far_eastern_regions() -> frozenset[str]:
    """Return the ISO 3166-2 codes of the 11 subjects of the Far Eastern Federal District."""
    return frozenset(row["region"] for row in tables.rows("russian_regions") if row["far_east"])


def _bare(folded: str, frame: re.Pattern[str]) -> str:
    return frame.sub("", frame.sub("", folded)).strip()


@lru_cache(maxsize=1)
def _regions() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in tables.rows("russian_regions"):
        for form in [*tables.forms(row["english"]), *tables.forms(row["russian"])]:
            folded = key(form)
            found.setdefault(folded, row["region"])
            found.setdefault(_bare(folded, _REGION_FRAME), row["region"])
    for row in tables.rows("regions_elsewhere"):
        for form in tables.forms(row["written"]):
            found.setdefault(key(form), row["region"])
    return found


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in tables.rows("places"):
        for form in (row["name"], *tables.forms(row["written"])):
            found.setdefault(key(form), row["name"])
    return found


@lru_cache(maxsize=1)
def _region_by_city() -> dict[str, str]:
    return {row["name"]: row["region"] for row in tables.rows("places")}
