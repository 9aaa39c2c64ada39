"""Currencies, given as ISO 4217 codes."""

from __future__ import annotations

from functools import lru_cache

from laborscreen.text import fold
from laborscreen.values import tables
from laborscreen.values.missing import is_missing
from laborscreen.values.reading import Reading, remembered, shown


@remembered
def read_currency(written: str) -> Reading[str]:
    """
    Read a currency as its ISO 4217 code.

    A lone "$" is read as US dollars, with a note; a sign or word that several countries use is unknown.

    >>> read_currency("руб.").value, read_currency("usd").value, read_currency("¥").value
    ('RUB', 'USD', None)
    """
    if is_missing(written):
        return Reading(None)
    text = _plain(written)
    known = _known().get(text)
    if known is not None:
        code, note = known
        return Reading(code or None, f"{shown(written)}: {note}" if note else "")
    if text.upper() in _codes():
        return Reading(text.upper())
    return Reading(None, f"{shown(written)} is not a currency we know; write its ISO 4217 code")


def _plain(written: str) -> str:
    """Fold case, width and spaces only: the signs matter."""
    return fold(written).rstrip(".")


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(row["code"] for row in tables.rows("currency_codes"))


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, str]]:
    return {
        _plain(form): (row["code"], row["note"])
        for row in tables.rows("currencies")
        for form in tables.forms(row["written"])
    }
