"""
Birth dates as publishers of lists write them.

The result follows the Extended Date/Time Format (ISO 8601-2): ``1961-09-18``, ``1961-09``, ``1961``, about ``1961~``,
a span ``1958/1960``. What cannot be read stands as it was written: a date nobody could read is still evidence.
"""

from __future__ import annotations

import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ABOUT = re.compile(r"^(?:circa|c\.|ca\.?|about|approximately|approx\.?)\s*|頃$", re.IGNORECASE)
_SPAN = re.compile(r"\s+(?:to|until)\s+|\s*[-–~〜～]\s*(?=(?:about\s+)?\d{4}年?$)|/(?=\d{4}$)", re.IGNORECASE)
_DAY_MONTH_YEAR = re.compile(r"^(?:(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?,?\s+)?(\d{4})$")
_ISO = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]00:00(?::00)?)?$")
_SLASHED = re.compile(r"^(?:(\d{2}|dd)/)?(?:(\d{2}|mm)/)?(\d{4})$", re.IGNORECASE)
_JAPANESE = re.compile(r"^(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?(?:生(?:まれ)?)?$")
_WIDE_FIGURES = str.maketrans("０１２３４５６７８９", "0123456789")


def read_birth_date(text: str) -> str:
    """
    Return the date in *text* in the Extended Date/Time Format, or the text itself where it cannot be read.

    Slashed dates are day before month, as the UK list writes them.

    Example:
        >>> read_birth_date("18 Sep 1961"), read_birth_date("circa 1961"), read_birth_date("dd/mm/1945")
        ('1961-09-18', '1961~', '1945')
        >>> read_birth_date("1958 to 1960"), read_birth_date("1957年4月15日"), read_birth_date("a Tuesday")
        ('1958/1960', '1957-04-15', 'a Tuesday')
    """
    written = " ".join(text.split())
    plain = written.translate(_WIDE_FIGURES)
    bare = _ABOUT.sub("", plain)
    about = "~" if bare != plain else ""
    single = _one_date(bare)
    if single:
        return single + about
    ends = _SPAN.split(bare)
    if len(ends) == 2:
        first, last = (_one_date(_ABOUT.sub("", end)) for end in ends)
        if first and last and first <= last:
            return f"{first}{about}/{last}{about}"
    return written


def birth_date_from_parts(year: str, month: str = "", day: str = "") -> str:
    """Return a date from its parts as far as they make one: a wrong day leaves the month, a wrong month the year."""
    if not _lies_in(year, 1850, 2100):
        return ""
    if not _lies_in(month, 1, 12):
        return year
    if not _lies_in(day, 1, 31):
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"


def _lies_in(figures: str, least: int, greatest: int) -> bool:
    """Tell whether figures of a year, month or day are a number in a range."""
    return len(figures) <= 4 and figures.isdecimal() and least <= int(figures) <= greatest


def _one_date(text: str) -> str:
    """Return one date in the format of this module, or an empty string."""
    text = text.strip()
    if found := _ISO.match(text) or _JAPANESE.match(text):
        return birth_date_from_parts(found[1], found[2] or "", found[3] or "")
    if found := _DAY_MONTH_YEAR.match(text):
        day, month, year = found.groups(default="")
        if month and month.casefold() not in _MONTHS:
            return ""
        return birth_date_from_parts(year, str(_MONTHS.get(month.casefold(), "")), day)
    if found := _SLASHED.match(text):
        first, second, year = found.groups(default="")
        day, month = (first, second) if second else ("", first)
        return birth_date_from_parts(year, month, day)
    return ""
