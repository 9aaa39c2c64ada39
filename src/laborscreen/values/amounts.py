"""Numbers as people write them, with either decimal mark and a unit behind."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from functools import lru_cache
from numbers import Real
from typing import SupportsFloat

from laborscreen.text import fold
from laborscreen.values.currencies import read_currency
from laborscreen.values.measures import in_unit, measure_of
from laborscreen.values.missing import is_missing
from laborscreen.values.reading import DEFAULT, Reading, ReadingSettings, remembered, shown
from laborscreen.values.spelling import latin_figures

LARGEST = 1e15
"""No quantity of people, hours, money or percent in a record comes near it; the cell holds something else."""

MONEY = "in its currency"
"""The unit of an amount of money."""

_FIGURES = re.compile(r"[+-]?(?:\d[\d.,]*(?:[ _'`]\d{3}(?!\d))*)")
_LONGEST_AMOUNT = 60  # characters; a longer text is more than an amount
_UNCLEAR = {"m", "м"}
_DECIMALS = 6  # of a converted figure; more would be noise of the conversion
_GROUPS_BY_SPACES = re.compile(r"^\D{0,3}\d{1,3}(?:[ _'`]\d{3})+(?!\d)")
_GROUP_SPACES = re.compile(r"(?<=\d)[ _'`](?=\d{3}(?!\d))")
_SHARES = {"%": 0.01, "‰": 0.001}
FRACTION = "fraction of 1"
"""The unit of a ratio; a percentage is told in hundredths of it."""
_OF_SHARES = {
    "": 100,
    "percent": 100,
    FRACTION: 1,
}  # where a share may stand, and what one of 1 comes to there
_ABOUT = re.compile(
    r"^(?:~|≈|ca\.?|circa|about|approx\.?|approximately|около|примерно|ок\.|약|大约|约)\s*(?=[\d$€£¥₽₩])"
)
_BOUND_WORDS = (
    "at least|at most|up to|over|under|more than|less than|fewer than|no more than|no less than|no fewer than|min|max|"
    "minimum|maximum|до|от|свыше|более|менее|не более|не менее|최대|최소|至少|最多|超过|不超过|不少于"
)
_BOUND = re.compile(
    rf"^(?:[<>≤≥]=?|(?:{_BOUND_WORDS})\.?)\s*[\d.,]"
    r"|\d\s*\S{0,12}\s*(?:\+|plus\b|or more|or less|and more|и более|и менее|и выше|이상|이하|초과|미만|以上|以下)"
)
_RANGE = re.compile(r"\d\s*[^\W\d]*\s*(?:-|/|\.\.+|~|to|до|и|and|或|至)\s*\d")
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<figures>\d[\d.,]*|[.,]\d+)(?P<power>e[+-]?\d{1,4})?(?![\d.,])")
_MONEY = "$€£¥₽₩₴₸₺元円원"
_ABOUT_BEHIND = re.compile(
    r"^\s*(?:여|余|多|几|幾|с лишним)|(?:左右|上下|정도|가량|내외|с лишним|примерно|or so|approx\.?|approximately)\W*$"
)
_CODE = re.compile(r"^([^\W\d_]{2,5})\.?\s*(?=[\d.,])")
_CURRENCY = re.compile(r"^(?:usd|eur|gbp|rub|cny|rmb|krw|jpy|руб\.?|us|hk)?\s*[$€£¥₽₩₴₸₺]?\s*(?=[\d.,+-])")
_UNIT = re.compile(r"[%‰]?-?(?:\s*(?:/\s*)?[^\W\d_]++[23]?\.?){0,5}")
_THOUSANDS = {mark: re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+") for mark in ".,"}
_NUMBERS = (float, int, Decimal, Real)


def read_number(
    written: object,
    settings: ReadingSettings = DEFAULT,
    *,
    low: float | None = None,
    high: float | None = None,
    whole: bool = False,
    unit: str = "",
    per: str = "",
) -> Reading[float]:
    """
    Read a number, with a unit or a percent sign behind it or not.

    Words that multiply it are minded ("45 тыс."), and so is the time it is told in and for: what another unit tells for
    certain is converted ("3 years" where months are counted), anything else is unknown.

    Where one mark stands before exactly three figures ("1,234") it may part thousands or begin a fraction; that is
    unknown unless ``decimal_mark`` is set. A range or a bound ("10-12", "18+") is unknown: it is not one number.

    Args:
        written: a number, or a text.
        settings: the decimal mark of the file.
        low: the smallest value that can be true.
        high: the largest such value.
        whole: whether it counts things; the value is then an int.
        unit: what is counted; a unit of time as "hours" is looked for behind the number.
        per: the time the figure is told for, as "year".

    >>> read_number("1 234,5").value, read_number("12 часов").value, read_number("70 %").value
    (1234.5, 12.0, 70.0)
    >>> read_number("45 тыс. руб.").value, read_number("2 days a month", unit="days", per="year").value
    (45000.0, 24.0)
    >>> read_number("1,234").note
    '“1,234” can be 1234 or 1.234; set decimal_mark in the mapping profile'
    """
    if type(written) is str:
        return _read_text(written, settings, low, high, whole, unit, per)
    if isinstance(written, bool):
        return Reading(None, "a number was expected, not yes or no")
    if isinstance(written, _NUMBERS):
        return _within(written, low, high, whole)
    return _read_text(written, settings, low, high, whole, unit, per)


def currency_of(amount: object) -> str | None:
    """
    Return the ISO 4217 code of the currency that is written with an *amount*, or None.

    >>> currency_of("12 000 руб./мес."), currency_of("$150"), currency_of("150"), currency_of(150)
    ('RUB', 'USD', None, None)
    """
    return _currency_of(amount) if isinstance(amount, str) and len(amount) <= _LONGEST_AMOUNT else None


@lru_cache(maxsize=16_384)
def _currency_of(amount: str) -> str | None:
    text = _ABOUT.sub("", latin_figures(fold(amount)))
    number = _FIGURES.search(text)
    if number is None:
        return None
    around = (text[: number.start()].strip(), measure_of(text[number.end() :]).rest)
    found = {code for words in around if words and (code := read_currency(words).value)}
    return found.pop() if len(found) == 1 else None


def _within(number: SupportsFloat, low: float | None, high: float | None, whole: bool) -> Reading[float]:
    """Check a number against what can be true, and make it an int where it counts."""
    try:
        value = float(number)
    except (OverflowError, ValueError):  # an int beyond floats; a signalling NaN
        value = math.inf
    if math.isnan(value):
        return Reading(None)
    if not -LARGEST <= value <= LARGEST:
        return Reading(None, "the number is too large to be true")
    if low is not None and value < low:
        return Reading(None, f"{_plain(value)} is less than {_plain(low)}, the least that can be true here")
    if high is not None and value > high:
        return Reading(None, f"{_plain(value)} is more than {_plain(high)}, the most that can be true here")
    if not whole:
        return Reading(value)
    if value != int(value):
        return Reading(None, f"{_plain(value)} is not a whole number")
    return Reading(int(value))


def _plain(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.6g}"


@remembered
def _read_text(
    written: str,
    settings: ReadingSettings,
    low: float | None,
    high: float | None,
    whole: bool,
    unit: str,
    per: str,
) -> Reading[float]:
    if is_missing(written):
        return Reading(None)
    text = latin_figures(fold(written)).replace("٫", ".").replace("٬", ",")
    about = _ABOUT.match(text)
    text = _without_currency(_ABOUT.sub("", text), unit)
    if _GROUPS_BY_SPACES.match(text):
        text = _GROUP_SPACES.sub("", text)
    if _RANGE.search(text):
        return Reading(None, f"{shown(written)} is a range, not one number")
    if _BOUND.search(text):
        return Reading(None, f"{shown(written)} is a bound, not one number")
    found = _NUMBER.match(text)
    behind = text[found.end() :] if found else ""
    if found is None or not _UNIT.fullmatch(behind.strip(_MONEY + " ().")):
        return Reading(None, f"{shown(written)} could not be read as a number")
    share = _SHARES.get(behind.strip()[:1])
    if share and (whole or unit not in _OF_SHARES):
        return Reading(None, f"{shown(written)} is a share of something, not a number{unit and ' of '}{unit}")
    measure = measure_of(behind)
    times = in_unit(measure, unit.removesuffix("s"), per)
    if times is None:
        counted = f"{unit} a {per}" if per else unit
        return Reading(None, f"{shown(written)} does not tell {counted} for certain")
    if unit == MONEY and measure.rest in _UNCLEAR:
        return Reading(None, f"{shown(written)} may mean millions; write the figure out")
    figures, fault = _with_point(found["figures"].rstrip(".,"), settings)
    if fault:
        return Reading(None, f"{shown(written)} {fault}")
    if share:
        times *= share * _OF_SHARES[unit]
    number = float(found["sign"] + figures + (found["power"] or ""))
    reading = _within(number if times == 1 else round(number * times, _DECIMALS), low, high, whole)
    if (about or _ABOUT_BEHIND.search(behind)) and reading.value is not None:
        return Reading(reading.value, f"{shown(written)} is an estimate")
    return reading


def _without_currency(text: str, unit: str) -> str:
    """Take a currency from before a number; an amount of money may name any of them by its code."""
    bare = _CURRENCY.sub("", text)
    code = _CODE.match(bare) if unit == MONEY else None
    return bare[code.end() :] if code and read_currency(code[1]).value else bare


def _with_point(figures: str, settings: ReadingSettings) -> tuple[str, str]:
    """Return the figures with a point before the fraction and no other mark, and what is wrong with them if anything."""
    marks = {mark for mark in ".," if mark in figures}
    if not marks:
        return figures, ""
    point: str = settings.decimal_mark or max(marks, key=figures.rfind)
    if settings.decimal_mark is None and len(marks) == 1 and _THOUSANDS[point].fullmatch(figures):
        if figures.count(point) > 1:
            return figures.replace(point, ""), ""
        either = f"{figures.replace(point, '')} or {figures.replace(point, '.')}"
        return "", f"can be {either}; set decimal_mark in the mapping profile"
    thousands = "," if point == "." else "."
    before, _, after = figures.partition(point)
    grouped = thousands not in before or _THOUSANDS[thousands].fullmatch(before)
    if not grouped or (point in figures and not after.isdecimal()):
        said = f"does not fit the decimal mark “{point}” of the mapping profile"
        return "", said if settings.decimal_mark else "could not be read as a number"
    return f"{before.replace(thousands, '') or '0'}.{after or '0'}", ""
