"""Numbers: either decimal mark, units, and no guessing where two numbers are possible."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.values import MONEY, ReadingSettings, currency_of, read_number

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
        ("2 dozen", 24),
        ("10 т.р.", 10_000),
        ("10 т. р. в месяц", 10_000),
        ("10‰", 1),
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


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("45 тыс. руб.", 45_000),
        ("45k", 45_000),
        ("1.2 million", 1_200_000),
        ("1,5 млн", 1_500_000),
        ("5만원", 50_000),
        ("3 千元/月", 3_000),
        ("45 km", 45),
        ("12 тысячелистников", 12),
    ],
)
def test_a_word_that_multiplies_is_minded(written, wanted):
    """Thousands and millions count; a word that only begins like one does not."""
    assert read_number(written).value == wanted


@pytest.mark.parametrize(
    ("written", "unit", "per", "wanted"),
    [
        ("2", "days", "year", 2),
        ("2 days", "days", "year", 2),
        ("2 дня в год", "days", "year", 2),
        ("2 days a month", "days", "year", 24),
        ("1 день в неделю", "days", "year", 52),
        ("4日/月", "days", "year", 48),
        ("2 недели", "days", "year", 14),
        ("3 года", "months", "", 36),
        ("36 мес.", "months", "", 36),
        ("18 часов в сутки", "hours", "day", 18),
        ("1080 минут", "hours", "day", 18),
        ("2 days", "hours", "", 48),
        ("36 000 a year", MONEY, "month", 3_000),
        ("100 hours per week", "hours", "day", None),
        ("2 months", "days", "year", None),
        ("45 days", "months", "", None),
        ("300 a week", MONEY, "month", None),
        ("2.50/h", MONEY, "month", None),
        ("5m", MONEY, "", None),
    ],
)
def test_a_figure_told_in_another_unit_is_converted_or_unknown(written, unit, per, wanted):
    """Years are months for certain; hours of a week are no hours of a day, and nothing is guessed."""
    reading = read_number(written, unit=unit, per=per)
    assert reading.value == wanted
    assert bool(reading.note) == (wanted is None)


@pytest.mark.parametrize(
    ("amount", "wanted"),
    [
        ("150 USD", "USD"),
        ("USD 150", "USD"),
        ("$150", "USD"),
        ("12 000 руб./мес.", "RUB"),
        ("12 тыс. руб.", "RUB"),
        ("ca. 200 €", "EUR"),
        ("150", None),
        ("150 net", None),
        ("150 won", None),
        ("100 USD / 9 000 руб.", None),
        (150, None),
        ("none", None),
    ],
)
def test_the_currency_an_amount_names(amount, wanted):
    """A code, a sign or a word before or behind the figures; a word that several States use names none."""
    assert currency_of(amount) == wanted


def test_bounds_are_those_of_the_field():
    """A negative headcount, 30 hours a day and a fraction of a worker cannot be."""
    assert "less than 0" in read_number("-3", low=0, whole=True).note
    assert "more than 24" in read_number("30", low=0, high=24).note
    assert "whole" in read_number("2,5", whole=True).note
    assert type(read_number("3", whole=True).value) is int


@pytest.mark.parametrize("written", ["40여 명", "40多人", "40名左右", "40명 정도", "40 (approx)"])
def test_an_estimate_may_be_told_behind_the_number(written):
    """Koreans and Chinese write "some" after the figure."""
    assert read_number(written, whole=True).value == 40
    assert read_number(written, whole=True).note.endswith("is an estimate")


def test_a_share_is_no_count_and_no_time():
    """100% of a crew is not a hundred people, and 40% is not forty hours."""
    assert read_number("100%", whole=True).value is None
    assert read_number("12%", unit="hours", per="day").value is None
    assert "share" in read_number("100%", whole=True).note


def test_a_ratio_may_be_told_in_percent():
    """A price of "80%" of the market is a ratio of 0.8, and "80" is one of 80."""
    assert read_number("80%", unit="fraction of 1").value == 0.8
    assert read_number("80", unit="fraction of 1").value == 80


def test_an_amount_may_begin_with_the_code_of_any_currency():
    """Only amounts of money name one; a word before another number makes it unreadable."""
    assert read_number("KPW 5000", unit=MONEY).value == 5000
    assert read_number("KPW 5000", unit="hours").value is None
    assert read_number("No 5000", unit=MONEY).value is None


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
