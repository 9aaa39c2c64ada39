"""Identifiers of companies, people and ships, with their check digits verified."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from laborscreen.text.marks import HIDDEN
from laborscreen.values import tables
from laborscreen.values.missing import is_missing
from laborscreen.values.reading import Reading, remembered, shown
from laborscreen.values.spelling import key

_SEPARATORS = re.compile(r"[\s\-./–—]+")
_INN_AND_KPP = re.compile(r"(\d{9,12})\s*[/\\]\s*(\d{4}[0-9A-Z]{2}\d{3})", re.ASCII)


def read_identifier(scheme: object, value: object) -> Reading[str]:
    """
    Read an identifier of a *scheme*: RU-INN, RU-KPP, RU-OGRN, RU-OGRNIP, LEI, CN-USCC, DUNS, VAT or IMO.

    Check digits are verified; a value that fails them is unknown. A scheme we do not know keeps its value as text.

    >>> read_identifier("ИНН", "7707083893").value, read_identifier("RU-INN", "7707083894").value
    ('7707083893', None)
    """
    return _read(value, identifier_scheme(scheme))


def identifier_scheme(written: object) -> str:
    """
    Return the usual name of an identifier scheme; one we do not know comes back in capitals.

    >>> identifier_scheme("ИНН"), identifier_scheme("company number")
    ('RU-INN', 'COMPANY NUMBER')
    """
    return _scheme(written) if isinstance(written, str) and len(written) <= 100 else ""


@lru_cache(maxsize=1024)
def _scheme(written: str) -> str:
    folded = key(written)
    return _schemes().get(folded, folded.upper())


def russian_region_of(scheme: str, value: str) -> str | None:
    """
    Return the ISO 3166-2 code of the Russian region that a tax number points to, or None.

    A KPP tells where a company is registered now. An INN keeps the region of its first registration for life, and an
    OGRN that of its entry, so ask for the KPP first. Numbers that begin with 99 belong to no region.

    >>> russian_region_of("RU-KPP", "254301001"), russian_region_of("RU-INN", "9909000001")
    ('RU-PRI', None)
    """
    if scheme in {"RU-KPP", "RU-INN"}:
        return _regions().get(value[:2])
    if scheme in {"RU-OGRN", "RU-OGRNIP"}:
        return _regions().get(value[3:5])
    return None


@remembered
def _read(written: str, scheme: str) -> Reading[str]:
    if is_missing(written):
        return Reading(None)
    text = " ".join(HIDDEN.sub("", unicodedata.normalize("NFKC", written)).split())
    check = _CHECKS.get(scheme)
    if check is None:
        return Reading(text)
    compact = _SEPARATORS.sub("", _alone(text, scheme)).upper()
    if scheme == "IMO":
        compact = compact.removeprefix("IMO")
    fault = "it is one sign repeated" if len(set(compact)) == 1 else check(compact)
    if fault and scheme == "RU-INN" and len(compact) in {9, 11} and not check(f"0{compact}"):
        return Reading(
            f"0{compact}", f"the leading 0 of {shown(written)} was lost, and put back as the check digits ask"
        )
    if fault:
        return Reading(None, f"{shown(written)} is not a valid {scheme}: {fault}")
    return Reading(compact)


def _alone(text: str, scheme: str) -> str:
    """
    Take a number from what is often written with it.

    That is the name of its scheme («ИНН 7707083893»), the tax number and the KPP in one cell («7707083893/773601001»),
    and the ".0" that comes of keeping a number as a fraction.
    """
    name, _, number = text.replace(":", " ").replace("№", " ").partition(" ")
    if number and name.isalpha() and identifier_scheme(name) == scheme:
        text = number.strip()
    both = _INN_AND_KPP.fullmatch(text)
    if both and scheme in {"RU-INN", "RU-KPP"}:
        text = both[1] if scheme == "RU-INN" else both[2]
    return text.removesuffix(".0") if text.removesuffix(".0").isdecimal() else text


def _checked(form: str, says: str, check: Callable[[str], bool]) -> Callable[[str], str]:
    """Return a check of form, then of check digits, that tells the fault or gives an empty string."""
    pattern = re.compile(form, re.ASCII)

    def fault(compact: str) -> str:
        if not pattern.fullmatch(compact):
            hint = "; a spreadsheet has rounded it" if re.fullmatch(r"\d[\d,]*E\+?\d+", compact) else ""
            return f"it must have {says}{hint}"
        return "" if check(compact) else "its check digits do not agree"

    return fault


def _inn(compact: str) -> bool:
    from stdnum.ru import inn

    return bool(inn.is_valid(compact))


def _ogrn(compact: str) -> bool:
    from stdnum.ru import ogrn

    return bool(ogrn.is_valid(compact))


def _lei(compact: str) -> bool:
    from stdnum import lei

    return bool(lei.is_valid(compact))


def _uscc(compact: str) -> bool:
    from stdnum.cn import uscc

    return bool(uscc.is_valid(compact))


def _imo(compact: str) -> bool:
    from stdnum import imo

    return bool(imo.is_valid(compact))


def _vat(compact: str) -> bool:
    """Check the numbers of EU member States and the United Kingdom; other States' numbers by their form alone."""
    if compact[:2] == "GB":
        from stdnum.gb import vat as british

        return bool(british.is_valid(compact))
    from stdnum.eu import vat

    country = compact[:2].lower()
    return country not in {*vat.MEMBER_STATES, "el"} or bool(vat.is_valid(compact))


_CHECKS: dict[str, Callable[[str], str]] = {
    "RU-INN": _checked(r"\d{10}|\d{12}", "10 figures for a company or 12 for a person", _inn),
    "RU-KPP": _checked(r"\d{4}[0-9A-Z]{2}\d{3}", "9 figures", lambda _: True),
    "RU-OGRN": _checked(r"\d{13}", "13 figures", _ogrn),
    "RU-OGRNIP": _checked(r"\d{15}", "15 figures", _ogrn),
    "LEI": _checked(r"[0-9A-Z]{18}\d{2}", "18 letters and figures and 2 check digits", _lei),
    "CN-USCC": _checked(r"[0-9A-Z]{18}", "18 letters and figures", _uscc),
    "DUNS": _checked(r"\d{9}", "9 figures", lambda _: True),
    "IMO": _checked(r"\d{7}", "7 figures", _imo),
    "VAT": _checked(r"[A-Z]{2}[0-9A-Z+*]{2,13}", "a country code and up to 13 letters and figures", _vat),
}


@lru_cache(maxsize=1)
def _schemes() -> dict[str, str]:
    return {
        key(form): row["scheme"]
        for row in tables.rows("identifier_schemes")
        for form in [row["scheme"], *tables.forms(row["written"])]
    }


@lru_cache(maxsize=1)
def _regions() -> dict[str, str]:
    return {
        number: row["region"]
        for row in tables.rows("russian_regions")
        for number in tables.forms(row["tax_numbers"])
    }
