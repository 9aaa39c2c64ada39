"""
Birth dates as publishers write them.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.watchlists.birth_dates import read_birth_date
from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.listed_identity import identity_of


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("18 Sep 1961", "1961-09-18"),
        ("Sep 1961", "1961-09"),
        ("September 1961", "1961-09"),
        ("1961", "1961"),
        ("circa 1961", "1961~"),
        ("circa Sep 1961", "1961-09~"),
        ("1961頃", "1961~"),
        ("1958 to 1960", "1958/1960"),
        ("circa 1958 to 1960", "1958~/1960~"),
        ("01 Jan 1958 to 31 Dec 1958", "1958-01-01/1958-12-31"),
        ("1961-09-18", "1961-09-18"),
        ("1961-09-18 00:00:00", "1961-09-18"),
        ("dd/mm/1961", "1961"),
        ("dd/09/1961", "1961-09"),
        ("18/09/1961", "1961-09-18"),
        ("1957年4月15日", "1957-04-15"),
        ("１９５７年４月", "1957-04"),
        ("1955年-1958年", "1955/1958"),
    ],
)
def test_dates_are_read_in_the_extended_format(written: str, read: str) -> None:
    """
    Days, months, years, approximations and spans take one form.
    """
    assert read_birth_date(written) == read


@pytest.mark.parametrize(
    "written", ["a Tuesday", "18 Foo 1961", "1960 to 1958", "3017-08-22", "unknown", "12345"]
)
def test_what_cannot_be_read_stands_as_written(written: str) -> None:
    """
    A date nobody can read is kept, and no other is made of it.
    """
    assert read_birth_date(written) == written


def test_what_is_not_a_date_is_not_compared() -> None:
    """
    Unreadable dates and wide spans tell nobody from anybody; approximate ones count as their year.
    """
    draft = EntryDraft("1", "demo", "person")
    draft.add_name("A")
    for date in ("a Tuesday", "1900 to 1990", "circa 18 Sep 1961", "1970"):
        draft.add_birth_date(date)

    assert identity_of(draft.finish()).birth_dates == ("1961", "1970")


@given(st.text(max_size=40))
def test_reading_never_fails_and_reading_twice_changes_nothing(text: str) -> None:
    """
    Any text gives a text, and a date once read reads as itself.
    """
    once = read_birth_date(text)

    assert read_birth_date(once) == once
