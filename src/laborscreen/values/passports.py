"""Machine-readable zones of passports, identity cards and visas (ICAO Doc 9303), with their check digits verified."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from laborscreen.values import tables
from laborscreen.values.countries import alpha2_of_alpha3
from laborscreen.values.dates import PartialDate
from laborscreen.values.missing import is_missing
from laborscreen.values.reading import Reading, remembered, shown

_WEIGHTS = (7, 3, 1)  # ICAO Doc 9303 part 3, section 4.9
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Mrz:
    """
    What a machine-readable zone says.

    Args:
        kind: TD1 (card, three lines), TD2 (card, two lines), TD3 (passport), MRV-A or MRV-B (visa).
        issuer: the issuing State, ISO 3166-1 alpha-2.
        nationality: the holder's citizenship, ISO 3166-1 alpha-2; None for the stateless, refugees and the like.
        birth: the date of birth where only one century is possible.
        number: the document number.

    """

    kind: str
    issuer: str | None
    nationality: str | None
    birth: PartialDate | None
    number: str


class _Layout(NamedTuple):
    """Where the parts of one format stand: (line, first, last) counted from 0, and the parts under check digits."""

    kind: str
    first: re.Pattern[str]
    issuer: tuple[int, int, int]
    nationality: tuple[int, int, int]
    birth: tuple[int, int, int]
    number: tuple[int, int, int]
    checks: tuple[tuple[tuple[tuple[int, int, int], ...], tuple[int, int]], ...]


_MAY_BE_BLANK = (1, 42)  # the check digit of the optional part of a passport, where that part is empty
_TD3 = _Layout(
    "TD3", re.compile("P"), (0, 2, 5), (1, 10, 13), (1, 13, 19), (1, 0, 9),
    (
        (((1, 0, 9),), (1, 9)),
        (((1, 13, 19),), (1, 19)),
        (((1, 21, 27),), (1, 27)),
        (((1, 28, 42),), (1, 42)),
        (((1, 0, 10), (1, 13, 20), (1, 21, 43)), (1, 43)),
    ),
)  # fmt: skip
_TD2 = _Layout(
    "TD2", re.compile("[ACI]"), (0, 2, 5), (1, 10, 13), (1, 13, 19), (1, 0, 9),
    (
        (((1, 0, 9),), (1, 9)),
        (((1, 13, 19),), (1, 19)),
        (((1, 21, 27),), (1, 27)),
        (((1, 0, 10), (1, 13, 20), (1, 21, 35)), (1, 35)),
    ),
)  # fmt: skip
_TD1 = _Layout(
    "TD1", re.compile("[ACI]"), (0, 2, 5), (1, 15, 18), (1, 0, 6), (0, 5, 14),
    (
        (((0, 5, 14),), (0, 14)),
        (((1, 0, 6),), (1, 6)),
        (((1, 8, 14),), (1, 14)),
        (((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)), (1, 29)),
    ),
)  # fmt: skip
_VISA_CHECKS = ((((1, 0, 9),), (1, 9)), (((1, 13, 19),), (1, 19)), (((1, 21, 27),), (1, 27)))
_MRV_A = _Layout("MRV-A", re.compile("V"), (0, 2, 5), (1, 10, 13), (1, 13, 19), (1, 0, 9), _VISA_CHECKS)
_MRV_B = _Layout("MRV-B", re.compile("V"), (0, 2, 5), (1, 10, 13), (1, 13, 19), (1, 0, 9), _VISA_CHECKS)
_BY_SHAPE = {(2, 44): (_TD3, _MRV_A), (2, 36): (_TD2, _MRV_B), (3, 30): (_TD1,)}


@remembered
def read_mrz(written: str) -> Reading[Mrz]:
    """
    Read a machine-readable zone: two lines of 44 or 36 letters, or three of 30, with or without line breaks.

    A zone whose check digits do not agree is unknown: one misread letter turns one State into another.

    >>> zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    >>> read_mrz(zone).value.number
    'L898902C3'
    """
    if is_missing(written):
        return Reading(None)
    lines = _lines(written)
    layout = _layout(lines)
    if layout is None:
        return Reading(
            None, "this is not a machine-readable zone of two lines of 44 or 36 letters, or three of 30"
        )
    for parts, (line, place) in layout.checks:
        text = "".join(lines[at][first:last] for at, first, last in parts)
        stated = lines[line][place]
        is_blank = (line, place) == _MAY_BE_BLANK and stated == "<" and not text.strip("<")
        if stated != _check_digit(text) and not is_blank:
            return Reading(None, "the check digits of the machine-readable zone do not agree")
    nationality = _part(lines, layout.nationality)
    country = _country(nationality)
    note = _special().get(nationality, "") if country is None else ""
    if country is None and not note:
        note = f"the machine-readable zone names a State we do not know: {shown(nationality)}"
    issuer = _country(_part(lines, layout.issuer))
    zone = Mrz(layout.kind, issuer, country, _birth(_part(lines, layout.birth)), _part(lines, layout.number))
    return Reading(zone, note)


def _lines(written: str) -> tuple[str, ...]:
    text = unicodedata.normalize("NFKC", written).upper().replace("«", "<<").replace("‹", "<")
    lines = tuple(line for line in ("".join(part.split()) for part in text.splitlines()) if line)
    if len(lines) == 1:
        length = {88: 44, 72: 36, 90: 30}.get(len(lines[0]))
        if length:
            whole = lines[0]
            return tuple(whole[start : start + length] for start in range(0, len(whole), length))
    return lines


def _layout(lines: tuple[str, ...]) -> _Layout | None:
    if not lines or any(len(line) != len(lines[0]) or set(line) - set(_ALPHABET + "<") for line in lines):
        return None
    for layout in _BY_SHAPE.get((len(lines), len(lines[0])), ()):
        if layout.first.match(lines[0]):
            return layout
    return None


def _check_digit(text: str) -> str:
    """Return the check digit of ICAO Doc 9303 part 3, section 4.9: weights 7, 3, 1, modulo 10."""
    total = sum(
        (_ALPHABET.index(letter) if letter != "<" else 0) * _WEIGHTS[place % 3]
        for place, letter in enumerate(text)
    )
    return str(total % 10)


def _part(lines: tuple[str, ...], where: tuple[int, int, int]) -> str:
    line, first, last = where
    return lines[line][first:last].strip("<")


def _country(code: str) -> str | None:
    return _special_countries().get(code) or alpha2_of_alpha3(code)


def _birth(figures: str) -> PartialDate | None:
    """
    Return the date of birth where both centuries cannot be meant.

    The zone gives two figures of the year. Years 31 to 99 can only be 19xx for a holder who is alive and born by
    2030; earlier ones can be either century, and a century is not guessed.
    """
    if not figures.isdecimal() or len(figures) != 6 or int(figures[:2]) <= 30:
        return None
    try:
        return PartialDate.of(1900 + int(figures[:2]), int(figures[2:4]), int(figures[4:]))
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _special_countries() -> dict[str, str]:
    return {row["code"]: row["country"] for row in tables.rows("mrz_codes") if row["country"]}


@lru_cache(maxsize=1)
def _special() -> dict[str, str]:
    return {row["code"]: row["note"] for row in tables.rows("mrz_codes") if row["note"]}
