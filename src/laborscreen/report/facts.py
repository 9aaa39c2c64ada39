"""
Where a record is and what it does, in the few broad words that charts and filters are made of.

They are read from the record and take no part in its score.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any, Final

from laborscreen import values
from laborscreen.screening import Flag

NOT_TOLD: Final = "not told"
GOODS: Final = "Goods codes only"

FIELDS: Final = ("country", "addresses", "industries")
"""The parts of a record that facts are read from."""

_SECTOR_RULES: Final = "sector"
_LIKE_ISIC = frozenset({"ISIC4", "NACE2", "OKVED2"})
_GOODS = frozenset({"HS", "CPV", "UNSPSC"})


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What charts and filters know of a record.

    Args:
        country: name of the country of registration or residence.
        region: name of the region of its site, or of another address where no site is told.
        sector: the broad trade of its first industry code.
    """

    country: str = NOT_TOLD
    region: str = NOT_TOLD
    sector: str = NOT_TOLD


def facts_of(told: Mapping[str, Any]) -> Facts:
    """
    Read the facts of a record.

    >>> facts_of({"country": "Россия", "addresses": [{"city": "Владивосток"}],
    ...           "industries": [{"scheme": "OKVED2", "code": "41.20"}]})
    Facts(country='Russia', region='Primorsky Krai, RU', sector='Building')
    >>> facts_of({"country": "Korea"}).country
    'Korea, not told which'
    """
    return Facts(_country(told.get("country")), _region(told), _sector(told))


def _country(written: object) -> str:
    found = values.read_country(str(written)).value if written is not None else None
    if found == values.AMBIGUOUS:
        return "Korea, not told which"
    return values.country_name(str(found)) if found else NOT_TOLD


def _region(told: Mapping[str, Any]) -> str:
    addresses = _entries(told.get("addresses"))
    sites = [one for one in addresses if values.read_word("address_use", one.get("use")).value == "site"]
    for one in chain(sites, addresses):
        found = _region_of(one)
        if found:
            return found
    return NOT_TOLD


def _region_of(address: Mapping[str, Any]) -> str:
    region = values.read_region(str(address.get("region") or "")).value
    if region is None:
        city = values.read_city(str(address.get("city") or "")).value
        region = values.region_of_city(str(city)) if city else None
    return values.region_name(str(region)) if region else ""


def _sector(told: Mapping[str, Any]) -> str:
    goods = ""
    for one in _entries(told.get("industries")):
        code = values.read_industry_code(one.get("scheme"), one.get("code")).value
        scheme, _, figures = str(code or "").partition(":")
        found = _sector_of(scheme, figures.replace(".", ""))
        if found:
            return found
        if scheme in _GOODS:
            goods = GOODS
    return goods or NOT_TOLD


def _sector_of(scheme: str, figures: str) -> str:
    family = "ISIC" if scheme in _LIKE_ISIC else "NAICS" if scheme == "NAICS2022" else ""
    for first, last, sector in _sectors().get(family, ()):
        if first <= figures[: len(first)] <= last and len(figures) >= len(first):
            return sector
    return ""


def sector_sign(flags: Iterable[Flag]) -> str:
    """Return the trade that a rule of context found in the record's words, where no code tells it."""
    return next(
        (one.title for one in flags if one.group == _SECTOR_RULES and one.strength == "context"), NOT_TOLD
    )


def _entries(given: object) -> list[Mapping[str, Any]]:
    if not isinstance(given, list | tuple):
        return []
    return [one for one in given if isinstance(one, Mapping)]


@lru_cache(maxsize=1)
def _sectors() -> Mapping[str, tuple[tuple[str, str, str], ...]]:
    """Return the ranges of each family of schemes, narrow ones first."""
    text = (files("laborscreen.report") / "sectors.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    rows.sort(key=lambda row: (-len(row["first"]), int(row["last"]) - int(row["first"])))
    found: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for row in rows:
        found[row["scheme"]] = (*found.get(row["scheme"], ()), (row["first"], row["last"], row["sector"]))
    return found
