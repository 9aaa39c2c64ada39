"""Numbers: either decimal mark, units, and no guessing where two numbers are possible."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.values import ReadingSettings, read_number

COMMA = ReadingSettings(decimal_mark=",")
POINT = ReadingSettings(decimal_mark=".")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("12", 12),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1 234,5", 1234.5),
        ("1\u00a0234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234,56", 1234.56),
        ("1'234.50", 1234.5),
        ("1 000 000", 1_000_000),
        ("1.234.567", 1_234_567),
        ("12 часов", 12),
        ("12h", 12),
        ("8 hours per day", 8),
        ("45 000 руб./мес.", 45_000),
        ("20명", 20),
        ("70 %", 70),
        ("70%", 70),
        ("$1,200.50", 1200.5),
        ("USD 500", 500),
        ("RUB 45 000", 45_000),
        ("500 USD", 500),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("１２", 12),
        ("٣٤", 34),
        ("-5", -5),
        ("+7", 7),
        ("1e3", 1000),
        (".5", 0.5),
        ("100 м²", 100),
        ("12-часовой", 12),
        (Decimal("1.5"), 1.5),
        (7, 7),
    ],
)
def test_numbers_are_read(written, wanted):
    """Marks, spaces, units, signs and figures of other scripts."""
    reading = read_number(written)
    assert (reading.value, reading.note) == (wanted, "")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1,234", "set decimal_mark"),
        ("1.234", "set decimal_mark"),
        ("10-12", "range"),
        ("2 to 3", "range"),
        ("12/7", "range"),
        ("18+", "bound"),
        ("< 5", "bound"),
        ("до 16", "bound"),
        ("не менее 16", "bound"),
        ("16 часов и более", "bound"),
        ("12,3,4", "could not"),
        ("12:30", "could not"),
        ("five", "could not"),
        ("0x10", "could not"),
        ("inf", "could not"),
        ("12 3", "could not"),
        ("½", "could not"),
        ("1e308", "too large"),
        (1e308, "too large"),
        (float("inf"), "too large"),
        (10**400, "too large"),
        (True, "yes or no"),
        ([1], "list"),
        ("1" * 20_000, "longer"),
        ("1e9999", "too large"),
    ],
)
def test_what_is_not_one_number_is_unknown_and_says_why(written, said):
    """A range, a bound, a mark that can mean two things, and what cannot be true."""
    reading = read_number(written)
    assert reading.value is None
    assert said in reading.note


@pytest.mark.parametrize(
    ("written", "with_comma", "with_point"),
    [
        ("1,234", 1.234, 1234),
        ("1.234", 1234, 1.234),
        ("1.234,5", 1234.5, None),
        ("1,234.5", None, 1234.5),
        ("0,125", 0.125, None),
    ],
)
def test_the_profile_decides_the_decimal_mark(written, with_comma, with_point):
    """The same text is two numbers in two files, and unknown where it does not fit the file's mark."""
    assert read_number(written, COMMA).value == with_comma
    assert read_number(written, POINT).value == with_point


def test_bounds_are_those_of_the_field():
    """A negative headcount, 30 hours a day and a fraction of a worker cannot be."""
    assert "less than 0" in read_number("-3", low=0, whole=True).note
    assert "more than 24" in read_number("30", low=0, high=24).note
    assert "whole" in read_number("2,5", whole=True).note
    assert type(read_number("3", whole=True).value) is int


def test_an_estimate_is_read_and_said_to_be_one():
    """A number called approximate keeps its value and gets a note."""
    reading = read_number("около 40 человек")
    assert reading.value == 40
    assert "estimate" in reading.note


@pytest.mark.parametrize("written", ["", "n/a", None, float("nan"), "NaN", "нет данных", Decimal("NaN")])
def test_silence_has_no_note(written):
    """What says nothing is unknown without a fault."""
    assert read_number(written) == read_number(None)


@given(st.integers(-(10**9), 10**9) | st.decimals(-10_000, 10_000, places=2))
def test_a_plain_number_reads_as_itself(number):
    """Two decimals and whole numbers come back, as a number and as text with either mark."""
    assert read_number(number).value == float(number)
    assert read_number(str(number), POINT).value == float(number)
    assert read_number(str(number).replace(".", ","), COMMA).value == float(number)


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(",."))
def test_thousand_or_fraction_is_never_guessed(before, after, mark):
    """Three figures after a lone mark are unknown without a profile."""
    assert read_number(f"{before}{mark}{after:03d}").value is None
