"""Regions as ISO 3166-2 codes, and the cities the rules speak of under one name each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from laborscreen.values import tables
from laborscreen.values.missing import is_missing
from laborscreen.values.reading import Reading, remembered, shown
from laborscreen.values.spelling import key

_CITY_FRAME = re.compile(
    r"^(?:г|гор|город|пгт|пос|поселок|с|село|дер|деревня|ст|станция|рп|city of|town of|the city of|gorod) "
    r"| (?:г|город|city|town|shi|пгт)$"
)
_REGION_FRAME = re.compile(
    r"^(?:the |republic of |province of |region of |респ(?:ублика)? |обл(?:асть)? |краи |г |город )+"
    r"| (?:краи|кр|обл|область|респ|республика|ао|автономныи округ|автономная область|автономная обл|krai|kray|kraj|"
    r"oblast|obl|region|territory|province|republic|rep|autonomous okrug|ao|city|prefecture)$"
)
_ADJECTIVE = re.compile(r"sk(?:ii|iy|ij|yi|yy|yj|i|y|aya|aia|aja)$")
_REGION_CODE = re.compile(r"[A-Z]{2}-[0-9A-Z]{1,3}")
_PARTS = re.compile(r"[,;()（）/，、|]")


@remembered
def read_region(written: str) -> Reading[str]:
    """
    Read a region as its ISO 3166-2 code; a region we do not know keeps its folded text.

    A city of our gazetteer that stands in place of its region ("Хабаровск") tells the region.

    >>> read_region("Приморский край").value, read_region("Primorye, Russia").value, read_region("Bavaria").value
    ('RU-PRI', 'RU-PRI', 'bavaria')
    >>> read_region("Khabarovskii kray").value, read_region("г. Хабаровск").value
    ('RU-KHA', 'RU-KHA')
    """
    code = written.strip().upper()
    if _REGION_CODE.fullmatch(code):
        return Reading(code)
    reading = _read(written, _regions(), _REGION_FRAME)
    if reading.value is None or _REGION_CODE.fullmatch(reading.value):
        return reading
    city = _read(written, _cities(), _CITY_FRAME).value
    return Reading(region_of_city(city) or reading.value) if city else reading


@remembered
def read_city(written: str) -> Reading[str]:
    """
    Read a city under its canonical name; one that is not in our gazetteer keeps its folded text.

    >>> read_city("г. Владивосток").value, read_city("海参崴").value, read_city("Lyon").value
    ('Vladivostok', 'Vladivostok', 'lyon')
    """
    return _read(written, _cities(), _CITY_FRAME)


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


def region_name(region: str) -> str:
    """
    Return a region as people read it: its English name and country, where its ISO 3166-2 code is one that we know.

    >>> region_name("RU-PRI"), region_name("FR-69"), region_name("bavaria")
    ('Primorsky Krai, RU', 'FR-69', 'Bavaria')
    """
    if not _REGION_CODE.fullmatch(region):
        return region.title()
    name = _region_names().get(region)
    return f"{name}, {region[:2]}" if name else region


@lru_cache(maxsize=1)
def _region_names() -> Mapping[str, str]:
    russian = {row["region"]: row["english"].split("|")[0] for row in tables.rows("russian_regions")}
    other = {row["region"]: row["written"].split("|")[0] for row in tables.rows("region_names")}
    return other | russian


@lru_cache(maxsize=1)
def far_eastern_regions() -> frozenset[str]:
    """
    Return the ISO 3166-2 codes of the 11 subjects of the Far Eastern Federal District.

    >>> len(far_eastern_regions())
    11
    """
    return frozenset(row["region"] for row in tables.rows("russian_regions") if row["far_east"])


def _read(written: str, known: Mapping[str, str], frame: re.Pattern[str]) -> Reading[str]:
    """Read a place whole; else the one known place among the parts of an address; else keep the folded text."""
    if is_missing(written):
        return Reading(None)
    folded = key(written)
    found = _find(folded, known, frame)
    if found is None:
        inside = {_find(key(part), known, frame) for part in _PARTS.split(written)} - {None}
        found = inside.pop() if len(inside) == 1 else None
    if found is None and (not folded or is_missing(folded)):  # “nil:” is no name of a place either
        return Reading(None, f"{shown(written)} could not be read as a place")
    return Reading(found or folded)


def _find(folded: str, known: Mapping[str, str], frame: re.Pattern[str]) -> str | None:
    return known.get(folded) or known.get(_bare(folded, frame))


def _bare(folded: str, frame: re.Pattern[str]) -> str:
    """Take "krai", "oblast" and the like away, and give Russian adjectives in Latin letters one ending."""
    return _ADJECTIVE.sub("sky", frame.sub("", frame.sub("", folded)).strip())


@lru_cache(maxsize=1)
def _regions() -> Mapping[str, str]:
    """Return the regions by written form; a form without its "krai" counts where it can mean one region only."""
    whole: dict[str, str] = {}
    bare: dict[str, set[str]] = defaultdict(set)
    for row in tables.rows("russian_regions"):
        for form in [*tables.forms(row["english"]), *tables.forms(row["russian"])]:
            whole[key(form)] = row["region"]
            bare[_bare(key(form), _REGION_FRAME)].add(row["region"])
    for row in tables.rows("region_names"):
        whole |= {key(form): row["region"] for form in tables.forms(row["written"])}
    return {form: regions.pop() for form, regions in bare.items() if len(regions) == 1} | whole


@lru_cache(maxsize=1)
def _cities() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in tables.rows("places"):
        found |= {key(form): row["name"] for form in (row["name"], *tables.forms(row["written"]))}
    for row in tables.rows("place_spellings"):
        for form in tables.forms(row["written"]):
            found.setdefault(key(form), row["name"])
    return found


@lru_cache(maxsize=1)
def _region_by_city() -> Mapping[str, str]:
    return {row["name"]: row["region"] for row in tables.rows("places")}
