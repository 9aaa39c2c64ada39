"""
The facts of a listed party in the form in which names are compared beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from laborscreen.names import Identity
from laborscreen.watchlists.entry import Entry

_DATE = re.compile(r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")
_LONGEST_SPAN = 15  # years; a wider span tells nobody from anybody


def identity_of(entry: Entry) -> Identity:
    """
    Return birth dates, countries, numbers and offices of *entry*.

    An approximate date counts as its year, a span as every year in it; a date that could not be read is left out.

    Example:
        >>> from laborscreen.watchlists.entry import Entry, ListedName
        >>> entry = Entry("1", "demo", "person", (ListedName("A"),), birth_dates=("1961~", "1958/1959", "a Tuesday"))
        >>> identity_of(entry).birth_dates
        ('1961', '1958', '1959')
    """
    return Identity(
        birth_dates=tuple(dict.fromkeys(date for written in entry.birth_dates for date in _dates(written))),
        countries=entry.nationalities if entry.kind == "person" else entry.countries,
        identifiers=tuple(item.value for item in entry.identifiers),
        positions=entry.positions,
    )


def _dates(written: str) -> Iterator[str]:
    """Yield the dates that one date in the Extended Date/Time Format stands for."""
    first, slash, last = written.replace("~", "").partition("/")
    if not slash:
        if _DATE.match(first):
            yield first[:4] if "~" in written else first
    elif _DATE.match(first) and _DATE.match(last):
        begins, ends = int(first[:4]), int(last[:4])
        if 0 <= ends - begins <= _LONGEST_SPAN:
            yield from map(str, range(begins, ends + 1))
