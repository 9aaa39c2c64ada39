"""Numbers as people write them, with either decimal mark and a unit behind."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from numbers import Real

from laborscreen.values.missing import is_missing
from laborscreen.values.reading import DEFAULT, Reading, ReadingSettings, remembered, shown

# No quantity of people, hours, money or percent in a record comes near it; beyond it the cell holds something else.
LARGEST = 1e15

_SPACES = re.compile(r"[\s_’'`]+")
_ABOUT = re.compile(
    r"^(?:~|≈|ca\.?|c\.|circa|about|approx\.?|approximately|около|примерно|ок\.|약|大约|约)\s*", re.IGNORECASE
)
_BOUND = re.compile(
    r"^(?:[<>≤≥]=?|at least|at most|up to|over|under|more than|less than|min\.?|max\.?|до|от|свыше|более|менее"
    r"|не более|не менее|최대|최소|至少|最多|超过)\s*[\d.,]|\d\s*(?:\+|or more|or less|и более|и менее|이상|이하|以上|以下)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d\s*[^\d\s.,]*\s*(?:-|to|до|~|/|\.\.+|и|and)\s*\d", re.IGNORECASE)
_MONEY_SIGNS = "$€£¥₽₩₴₸₺"
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<figures>\d[\d.,]*|[.,]\d+)(?P<power>[eE][+-]?\d{1,4})?")
_UNIT = re.compile(
    r"^(?:[^\W\d_][\w./²%]*\.?|%|‰)?(?:\s*(?:/|per|в|a|an|за|по)?\s*[^\W\d_][\w./²]*\.?){0,4}$"
)
_THOUSANDS = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+$") for mark in (".", ",")}


def read_number(
    written: object,
    settings: ReadingSettings = DEFAULT,
    *,
    low: float | None = None,
    high: float | None = None,
    whole: bool = False,
) -> Reading[float]:
    """
    Read a number, with a unit or a percent sign behind it or not.

    Where one mark stands before exactly three figures ("1,234") it may part thousands or begin a fraction; that is
    unknown unless ``decimal_mark`` is set. A range or a bound ("10-12", "18+") is unknown: its meaning is not one number.

    Args:
        written: a number, or a text.
        settings: the decimal mark of the file.
        low: the smallest value that can be true.
        high: the largest such value.
        whole: whether it counts things; the value is then an int.

    >>> read_number("1 234,5").value, read_number("12 часов").value, read_number("70 %").value
    (1234.5, 12.0, 70.0)
    >>> read_number("1,234").note
    '“1,234” can be 1234 or 1.234; set decimal_mark in the mapping profile'

    """
    if isinstance(written, bool):
        return Reading(None, "a number was expected, not yes or no")
    if isinstance(written, (Real, Decimal)):
        return _within(written, low, high, whole)
    return _read_text(written, settings, low, high, whole)


def _within(number: Real | Decimal, low: float | None, high: float | None, whole: bool) -> Reading[float]:
    try:
        value = float(number)
    except (OverflowError, ValueError):
        value = math.inf
    if math.isnan(value):
        return Reading(None)
    if not abs(value) <= LARGEST:
        return Reading(None, "the number is too large to be true")
    plain = f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    if low is not None and value < low:
        return Reading(None, f"{plain} is less than {low:g}, the least this field can hold")
    if high is not None and value > high:
        return Reading(None, f"{plain} is more than {high:g}, the most this field can hold")
    if whole:
        if value != int(value):
            return Reading(None, f"{plain} is not a whole number")
        return Reading(int(value))
    return Reading(value)


@remembered
def _read_text(
    written: str, settings: ReadingSettings, low: float | None, high: float | None, whole: bool
) -> Reading[float]:
    if is_missing(written):
        return Reading(None)
    text = _plain_figures(written)
    about = _ABOUT.match(text)
    if about:
        text = text[about.end() :]
    if _RANGE.search(text):
        return Reading(None, f"{shown(written)} is a range, not one number")
    if _BOUND.search(text):
        return Reading(None, f"{shown(written)} is a bound, not one number")
    compact = _SPACES.sub("", text) if _grouped_by_spaces(text) else text
    found = _NUMBER.match(compact.lstrip(_MONEY_SIGNS + " "))
    rest = compact.lstrip(_MONEY_SIGNS + " ")[found.end() :].strip() if found else ""
    if found is None or not _UNIT.match(rest.strip(_MONEY_SIGNS + " ()")):
        return Reading(None, f"{shown(written)} could not be read as a number")
    figures = _with_point(found["figures"], settings)
    if isinstance(figures, Reading):
        return Reading(None, f"{shown(written)} {figures.note}")
    try:
        value = float(found["sign"] + figures + (found["power"] or ""))
    except ValueError:
        return Reading(None, f"{shown(written)} could not be read as a number")
    reading = _within(value, low, high, whole)
    if about and reading.value is not None:
        return Reading(reading.value, f"{shown(written)} is an estimate")
    return reading


def _plain_figures(written: str) -> str:
    text = (
        unicodedata.normalize("NFKC", written)
        .replace("−", "-")
        .replace("–", "-")
        .replace("—", "-")
        .replace("٫", ".")
    )
    text = "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf").strip()


def _grouped_by_spaces(text: str) -> bool:
    return re.match(r"^\D{0,3}\d{1,3}(?:[\s_’'`]\d{3})+(?!\d)", text) is not None


def _with_point(figures: str, settings: ReadingSettings) -> str | Reading[float]:
    """Give the figures a point before the fraction and no other mark; a Reading says what is wrong."""
    figures = figures.rstrip(".,")
    marks = {mark for mark in ".," if mark in figures}
    if settings.decimal_mark is not None:
        other = "," if settings.decimal_mark == "." else "."
        before = figures.split(settings.decimal_mark)[0]
        if other in figures and (
            not _THOUSANDS[other].match(before) or figures.count(settings.decimal_mark) > 1
        ):
            return Reading(
                None, f"does not fit the decimal mark “{settings.decimal_mark}” of the mapping profile"
            )
        return figures.replace(other, "").replace(settings.decimal_mark, ".")
    if not marks:
        return figures
    last = max(marks, key=figures.rfind)
    if len(marks) == 2:
        thousands = "," if last == "." else "."
        if figures.count(last) > 1 or not _THOUSANDS[thousands].match(figures[: figures.rfind(last)]):
            return Reading(None, "could not be read as a number")
        return figures.replace(thousands, "").replace(last, ".")
    if figures.count(last) > 1:
        if _THOUSANDS[last].match(figures):
            return figures.replace(last, "")
        return Reading(None, "could not be read as a number")
    if _THOUSANDS[last].match(figures) and not figures.startswith("0"):
        either = f"{figures.replace(last, '')} or {figures.replace(last, '.')}"
        return Reading(None, f"can be {either}; set decimal_mark in the mapping profile")
    return figures.replace(last, ".")
