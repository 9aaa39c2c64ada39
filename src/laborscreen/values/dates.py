"""Dates as people write them: whole, or only a month or a year, and never with an invented day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from laborscreen.text import fold
from laborscreen.values import tables
from laborscreen.values.missing import is_missing
from laborscreen.values.reading import DEFAULT, Reading, ReadingSettings, remembered, shown
from laborscreen.values.spelling import key, latin_figures
from laborscreen.values.stretches import stretch_of

_EARLIEST, _LATEST = 1850, 2100  # years that can stand in a record about living people and their employers
_JUCHE = 1911  # Juche 1 is 1912; source: domain.md and the calendar in use in the DPRK from 1997 to 2024


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """
    A date known to the day, the month or the year: an interval of days.

    Args:
        first: the earliest day it can be.
        last: the latest day it can be.

    >>> december = read_date("2019-12").value
    >>> str(december), december.before(date(2020, 1, 1)), december.before(date(2019, 12, 22))
    ('2019-12', True, None)

    """

    first: date
    last: date

    @classmethod
    def exact(cls, day: date) -> PartialDate:
        """Return the one *day*."""
        return cls(day, day)

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
        """
        Return a day, a month or a whole year.

        Raises:
            ValueError: there is no such day.

        """
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return cls.exact(date(year, month, day))

    def before(self, day: date) -> bool | None:
        """Return whether it lies before *day*; None where some of its days do and some do not."""
        if self.last < day:
            return True
        return None if self.first < day else False

    def on_or_after(self, day: date) -> bool | None:
        """Return whether it lies on *day* or later; None where some of its days do and some do not."""
        before = self.before(day)
        return None if before is None else not before

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        if self == PartialDate.of(self.first.year, self.first.month):
            return f"{self.first:%Y-%m}"
        if self == PartialDate.of(self.first.year):
            return f"{self.first:%Y}"
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


def read_date(written: object, settings: ReadingSettings = DEFAULT) -> Reading[PartialDate]:
    """
    Read a date, whole or partial, in figures or words.

    A quarter or a half-year is an interval like a month or a year. Figures parted by dots are day, month, year; figures
    parted by slashes or dashes need ``date_order`` unless only one order gives a date. Years of two figures are not
    guessed at.

    >>> str(read_date("22 декабря 2019 г.").value), str(read_date("Juche 108").value)
    ('2019-12-22', '2019')
    >>> read_date("03/04/2019").note
    'day and month of “03/04/2019” cannot be told apart; set date_order in the mapping profile'
    """
    if type(written) is str:
        return _read_text(written, settings)
    if isinstance(written, PartialDate):
        return Reading(written)
    if is_missing(written):
        return Reading(None)
    if isinstance(written, datetime):
        return Reading(PartialDate.exact(written.date()))
    if isinstance(written, date):
        return Reading(PartialDate.exact(written))
    if type(written).__name__ == "datetime64":  # NumPy writes it as ISO 8601; it need not be installed
        written = str(written)
    return _read_text(written, settings)


_TIME = re.compile(r"[t ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:z|[+-]\d{2}:?\d{2}|utc|[ap]\.?m\.?)?$")
_YEAR_WORD = re.compile(r"\s*(?:г\.?|года?|year)$")
_SPACED = re.compile(r"(\d{1,4})\s*([-./])\s*(\d{1,2})\s*\2\s*(\d{1,4})")
_ROMAN = re.compile(r"(\d{1,2})([-./ ])([ivx]{1,4})\2(\d{4})$")
_YEAR_FIRST = re.compile(r"(\d{4})([-./ ])(\d{1,2})(?:\2(\d{1,2}))?\.?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})\2(\d{4}|\d{2}|\d{3})\.?$")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-./](\d{4})$")
_YEAR = re.compile(r"(\d{4})$")
_EAST_ASIAN = re.compile(
    r"(?:주체|主体|主體)?\(?(\d{1,4})\)?(?:年|년)(?:(\d{1,2})(?:月|월)(?:(\d{1,2})(?:日|号|일)?)?)?(?:생)?$"
)
_JUCHE_YEAR = re.compile(
    r"(?:juche|чучхе|주체|主体|主體)(\d{1,3})(?:[년年])?(?:\((\d{4})\)(?:[년年])?)?(?:(\d{1,2})[월月](?:(\d{1,2})[일日])?)?$"
)
_ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_DAY_NUMBER = re.compile(r"[2-5]\d{4}$")  # how spreadsheets count the days from October 1954 to 2064
_SUFFIXES = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


@remembered
def _read_text(written: str, settings: ReadingSettings) -> Reading[PartialDate]:
    if is_missing(written):
        return Reading(None)
    text = _TIME.sub("", latin_figures(fold(written))).strip(" ,;")
    plain = _YEAR_WORD.sub("", text).strip()
    if stretch := stretch_of(plain):
        first, last = stretch
        if first.year >= _EARLIEST and last.year <= _LATEST:
            return Reading(PartialDate(first, last))
    found = _juche(plain) or _figures(plain, settings) or _east_asian(plain) or _words(plain)
    if found is None:
        return Reading(None, f"{shown(written)} could not be read as a date")
    if isinstance(found, str):
        return Reading(None, f"{found} {shown(written)} {_CURES[found]}")
    year, month, day = found
    if not _EARLIEST <= year <= _LATEST:
        return Reading(None, f"the year of {shown(written)} lies outside {_EARLIEST} to {_LATEST}")
    try:
        return Reading(PartialDate.of(year, month, day))
    except ValueError:
        return Reading(None, f"there is no such day as {shown(written)}")


_APART = "day and month of"
_SHORT = "the year of"
_ERAS = "the two years of"
_UNFIT = "day and month of the date"
_SERIAL = "the day number"
_CURES = {
    _APART: "cannot be told apart; set date_order in the mapping profile",
    _SHORT: "has fewer than four figures, so the century is not known",
    _ERAS: "contradict each other",
    _UNFIT: "do not fit the date_order of the mapping profile",
    _SERIAL: "counts days as a spreadsheet does; give the column a date format",
}
Parts = tuple[int, int | None, int | None]


def _juche(text: str) -> Parts | str | None:
    """Read a date of the DPRK calendar: 주체108(2019)년 12월 22일."""
    found = _JUCHE_YEAR.match(text.replace(" ", ""))
    if found is None:
        return None
    year = int(found[1]) + _JUCHE
    if found[2] and int(found[2]) != year:
        return _ERAS
    return year, int(found[3]) if found[3] else None, int(found[4]) if found[4] else None


def _figures(text: str, settings: ReadingSettings) -> Parts | str | None:
    text = _SPACED.sub(r"\1\2\3\2\4", text)  # "2019. 12. 22." as Koreans, Czechs and Germans write it
    if (found := _ROMAN.match(text)) and found[3] in _ROMAN_MONTHS:
        return int(found[4]), _ROMAN_MONTHS.index(found[3]) + 1, int(found[1])
    if found := _YEAR_FIRST.match(text):
        return int(found[1]), int(found[3]), int(found[4]) if found[4] else None
    if found := _COMPACT.match(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _MONTH_YEAR.match(text):
        return int(found[2]), int(found[1]), None
    if _DAY_NUMBER.match(text):
        return _SERIAL
    if found := _YEAR.match(text):
        return int(found[1]), None, None
    if found := _YEAR_LAST.match(text):
        if len(found[4]) != 4:
            return _SHORT
        return _ordered(int(found[1]), int(found[3]), int(found[4]), found[2], settings)
    return None


def _ordered(one: int, two: int, year: int, mark: str, settings: ReadingSettings) -> Parts | str:
    """Tell day and month apart: by the profile, by the dots of Europe, by what can be a month, or not at all."""
    order = settings.date_order
    if order in {"mdy", "dmy"}:
        month, day = (one, two) if order == "mdy" else (two, one)
        return _UNFIT if month > 12 >= day else (year, month, day)
    if mark == "." or one == two or one > 12 or not one * two:
        return year, two, one
    return (year, one, two) if two > 12 else _APART


def _east_asian(text: str) -> Parts | str | None:
    found = _EAST_ASIAN.match(text.replace(" ", ""))
    if found is None:
        return None
    if len(found[1]) < 4:
        return _SHORT
    return int(found[1]), int(found[2]) if found[2] else None, int(found[3]) if found[3] else None


def _words(text: str) -> Parts | str | None:
    """Read a date whose month is a word: "22 Dec 2019", "December 22, 2019", «дек. 2019»."""
    parts = key(_SUFFIXES.sub("", text)).replace("of ", "").split()
    months = [_months()[part] for part in parts if part in _months()]
    figures = [part for part in parts if part.isdecimal()]
    if len(months) != 1 or len(months) + len(figures) != len(parts) or not 1 <= len(figures) <= 2:
        return None
    years = [figure for figure in figures if len(figure) == 4]
    days = [figure for figure in figures if len(figure) <= 2]
    if not years:
        return _SHORT
    if len(years) + len(days) != len(figures) or len(days) > 1:
        return None
    return int(years[0]), months[0], int(days[0]) if days else None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {
        key(form): int(row["month"]) for row in tables.rows("months") for form in tables.forms(row["written"])
    }
