"""
Quarters and half-years, as people write them where they know no day: "Q4 2019", «II кв. 2018», 2019년 하반기.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_HAN_FIGURES = {"一": 1, "二": 2, "三": 3, "四": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBER = r"(?P<number>[1-4]|[一二三四]|i{1,3}|iv)"
_YEAR = r"(?P<year>\d{4})"
_QUARTER = (
    rf"q\s*{_NUMBER}[\s,/-]*{_YEAR}",
    rf"{_YEAR}[\s,/-]*q\s*{_NUMBER}",
    rf"{_NUMBER}\s*-?(?:й|ый|st|nd|rd|th)?\s*(?:q|quarter(?: of)?|кв\.?|квартал[ае]?)[\s,/]*{_YEAR}",
    rf"{_YEAR}\s*년\s*{_NUMBER}\s*/?\s*분기",
    rf"{_YEAR}\s*年\s*第?{_NUMBER}季度?",
)
_HALF = (
    rf"h\s*{_NUMBER}[\s,/-]*{_YEAR}",
    rf"{_YEAR}[\s,/-]*h\s*{_NUMBER}",
    rf"{_NUMBER}\s*-?(?:е|ое|st|nd)?\s*(?:half(?: of)?|полугоди[ея])[\s,/]*{_YEAR}",
)
_HALF_NAMED = re.compile(rf"{_YEAR}\s*[년年]\s*(?P<half>상반기|하반기|上半年|下半年|上半期|下半期)")
_FIRST_HALF = ("상", "上")
_INTERVAL = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})")
_QUARTERS = tuple(re.compile(pattern) for pattern in _QUARTER)
_HALVES = tuple(re.compile(pattern) for pattern in _HALF)


def stretch_of(text: str) -> tuple[date, date] | None:
    """
    Return the first and last day of a quarter, a half-year or an ISO 8601 interval; None for anything else.

    Args:
        text: the folded text.

    >>> stretch_of("q4 2019")
    (datetime.date(2019, 10, 1), datetime.date(2019, 12, 31))
    >>> stretch_of("2018-2019") is None  # a start and an end are two dates
    True
    """
    for patterns, months in ((_QUARTERS, 3), (_HALVES, 6)):
        for pattern in patterns:
            if found := pattern.fullmatch(text):
                return _part(int(found["year"]), _figure(found["number"]), months)
    if found := _HALF_NAMED.fullmatch(text):
        return _part(int(found["year"]), 1 if found["half"].startswith(_FIRST_HALF) else 2, 6)
    if found := _INTERVAL.fullmatch(text):
        return _interval(found[1], found[2])
    return None


def _interval(first: str, last: str) -> tuple[date, date] | None:
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    return days if days[0] <= days[1] else None


def _figure(written: str) -> int:
    return _HAN_FIGURES.get(written) or int(written)


def _part(year: int, number: int, months: int) -> tuple[date, date] | None:
    """Return the numbered part of a year that has parts of so many *months*."""
    last = number * months
    if year < 1 or last > 12:
        return None
    return date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1])
