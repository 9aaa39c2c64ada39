"""Dates: read to the precision given, and never with an invented day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.values import PartialDate, ReadingSettings, read_date

DAY_FIRST = ReadingSettings(date_order="dmy")
MONTH_FIRST = ReadingSettings(date_order="mdy")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("2019-12-22", "2019-12-22"),
        ("22.12.2019", "2019-12-22"),
        ("22.12.2019 г.", "2019-12-22"),
        ("20191222", "2019-12-22"),
        ("2019/12/22", "2019-12-22"),
        ("2019-12-22T10:00:00Z", "2019-12-22"),
        ("22 декабря 2019 г.", "2019-12-22"),
        ("22 декабря 2019 года", "2019-12-22"),
        ("December 22, 2019", "2019-12-22"),
        ("22nd of December 2019", "2019-12-22"),
        ("22-Dec-2019", "2019-12-22"),
        ("2019年12月22日", "2019-12-22"),
        ("2019년 12월 22일", "2019-12-22"),
        ("22. Dezember 2019", "2019-12-22"),
        ("22 grudnia 2019", "2019-12-22"),
        ("22 décembre 2019", "2019-12-22"),
        ("2019. 12. 22.", "2019-12-22"),
        ("22. 12. 2019", "2019-12-22"),
        ("22 / 12 / 2019", "2019-12-22"),
        ("22.XII.2019", "2019-12-22"),
        ("1 IX 2019", "2019-09-01"),
        ("2019 12 22", "2019-12-22"),
        ("２０１９－１２－２２", "2019-12-22"),
        ("Q4 2019", "2019-10-01/2019-12-31"),
        ("2019-Q4", "2019-10-01/2019-12-31"),
        ("4 кв. 2019 г.", "2019-10-01/2019-12-31"),
        ("IV квартал 2019", "2019-10-01/2019-12-31"),
        ("2019年第四季度", "2019-10-01/2019-12-31"),
        ("2019년 4분기", "2019-10-01/2019-12-31"),
        ("H1 2019", "2019-01-01/2019-06-30"),
        ("2-е полугодие 2019", "2019-07-01/2019-12-31"),
        ("2019년 하반기", "2019-07-01/2019-12-31"),
        ("2019-10-01/2019-12-31", "2019-10-01/2019-12-31"),
        ("13/04/2019", "2019-04-13"),
        ("04/13/2019", "2019-04-13"),
        ("3/3/2019", "2019-03-03"),
        ("2019-12", "2019-12"),
        ("12/2019", "2019-12"),
        ("12.2019", "2019-12"),
        ("дек 2019", "2019-12"),
        ("Dec 2019", "2019-12"),
        ("декабрь 2019 г.", "2019-12"),
        ("2019년 12월", "2019-12"),
        ("2019年12月", "2019-12"),
        ("١٢/٢٠١٩", "2019-12"),
        ("2019", "2019"),
        ("2019 г.", "2019"),
        ("2019年", "2019"),
        (2019, "2019"),
        ("주체108", "2019"),
        ("Juche 108", "2019"),
        ("주체108(2019)년", "2019"),
        ("주체108(2019)년 12월 22일", "2019-12-22"),
        (date(2019, 12, 22), "2019-12-22"),
        (datetime(2019, 12, 22, 8, 30, tzinfo=UTC), "2019-12-22"),
    ],
)
def test_dates_are_read_to_the_precision_given(written, wanted):
    """Figures, words and calendars of several languages give the day, month or year that was written."""
    reading = read_date(written)
    assert (str(reading.value), reading.note) == (wanted, "")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("03/04/2019", "set date_order"),
        ("03-04-2019", "set date_order"),
        ("30.02.2019", "no such day"),
        ("30 February 2019", "no such day"),
        ("2019-13", "no such day"),
        ("00.12.2019", "no such day"),
        ("22.12.19", "century"),
        ("Dec 19", "century"),
        ("22/12/19", "century"),
        ("3019", "outside"),
        ("0000-00-00", "outside"),
        ("43821", "date format"),
        (43821, "date format"),
        ("주체108(2020)년", "contradict"),
        ("late 2019", "could not"),
        ("Q5 2019", "could not"),
        ("3h 2019", "could not"),
        ("2018-2019", "could not"),
        ("с 2019 г.", "could not"),
        (True, "bool"),
        ([2019], "list"),
        ("9" * 20_000, "longer"),
        ("令和元年", "could not"),
        ("between 2018 and 2019", "could not"),
        ("0/12/2019", "no such day"),
        ("03 / 04 / 2019", "cannot be told apart"),
        ("22.XIX.2019", "could not be read"),
        ("v 2019", "could not be read"),
    ],
)
def test_what_is_not_one_date_is_unknown_and_says_why(written, said):
    """Nothing is guessed: order, century, impossible days, periods."""
    reading = read_date(written)
    assert reading.value is None
    assert said in reading.note


def test_the_profile_decides_the_order():
    """The order of a mapping profile tells day and month apart, and a date that does not fit it is unknown."""
    assert str(read_date("03/04/2019", DAY_FIRST).value) == "2019-04-03"
    assert str(read_date("03/04/2019", MONTH_FIRST).value) == "2019-03-04"
    assert "do not fit" in read_date("22.12.2019", MONTH_FIRST).note


@pytest.mark.parametrize("written", ["", "n/a", None, "не указано", "—", float("nan")])
def test_silence_has_no_note(written):
    """What says nothing is unknown without a fault."""
    assert read_date(written) == read_date(None)


def test_comparison_needs_every_day_of_the_interval():
    """A month is before a day only if all of it is, and undecided where the day falls inside it."""
    december = PartialDate.of(2019, 12)
    assert december.before(date(2020, 1, 1)) is True
    assert december.before(date(2019, 12, 1)) is False
    assert december.before(date(2019, 12, 22)) is None
    assert december.on_or_after(date(2019, 12, 1)) is True
    assert december.on_or_after(date(2019, 12, 22)) is None
    assert december.on_or_after(date(2020, 1, 1)) is False


def test_pandas_and_numpy_dates_are_read():
    """A frame's own dates are dates, and its NaT is silence."""
    pandas = pytest.importorskip("pandas")
    numpy = pytest.importorskip("numpy")
    assert str(read_date(pandas.Timestamp("2019-12-22")).value) == "2019-12-22"
    assert read_date(pandas.NaT).value is None
    assert str(read_date(numpy.datetime64("2019-12-22")).value) == "2019-12-22"


@given(st.dates(date(1850, 1, 1), date(2100, 12, 31)), st.sampled_from([None, 1, 2]))
def test_what_a_date_prints_reads_as_itself(day, precision):
    """Years, months and days go out and come back."""
    known = {None: (day.year, day.month, day.day), 1: (day.year,), 2: (day.year, day.month)}[precision]
    value = PartialDate.of(*known)
    assert read_date(str(value)).value == value
    assert read_date(value).value == value


@given(
    st.dates(date(1900, 1, 1), date(2099, 1, 1)),
    st.integers(0, 400),
    st.dates(date(1900, 1, 1), date(2099, 1, 1)),
)
def test_before_and_on_or_after_are_each_other_s_opposite(first, length, day):
    """The two comparisons never agree, and are unknown together."""
    value = PartialDate(first, date.fromordinal(first.toordinal() + length))
    before, after = value.before(day), value.on_or_after(day)
    assert (before is None) == (after is None)
    assert before is None or before is not after


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d"]),
)
def test_a_date_in_figures_is_never_read_as_another_day(day, form):
    """In any order of figures the reader gives the day meant, or says that it cannot tell."""
    reading = read_date(day.strftime(form))
    assert reading.value in {None, PartialDate.exact(day)}
