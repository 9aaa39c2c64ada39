"""Amounts told as a range, as a bound or in words, and what they answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen import Record
from laborscreen.values import NumberRange, read_quantity

HALVES = st.integers(-6, 60).map(lambda half: half / 2)


def hours(written: object) -> object:
    """Return hours a day as they are read, a range in words."""
    value = read_quantity(written, low=0, high=24, unit="hours", per="day").value
    return str(value) if isinstance(value, NumberRange) else value


def rest(written: str) -> object:
    """Return days of rest a year as they are read, a range in words."""
    value = read_quantity(written, low=0, high=366, unit="days", per="year").value
    return str(value) if isinstance(value, NumberRange) else value


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("16-18", "16 to 18"),
        ("16–18 часов", "16 to 18"),
        ("от 16 до 18 ч.", "16 to 18"),
        ("between 14 and 16 hours", "14 to 16"),
        ("14 to 16 h/day", "14 to 16"),
        ("16至18小时", "16 to 18"),
        ("не менее 12 часов в день", "at least 12"),
        ("18+", "at least 18"),
        ("16小时以上", "at least 16"),
        ("16시간 이상", "at least 16"),
        ("more than 16 hours", "more than 16"),
        ("до 16 часов", "at most 16"),
        ("under 8", "less than 8"),
        ("восемнадцать часов", 18.0),
        ("eighteen", 18.0),
        ("十六小时", 16.0),
        ("12 h", 12.0),
        (12, 12.0),
    ],
)
def test_hours_are_read_as_people_tell_them(written: object, read: object) -> None:
    """A range stays a range, a bound a bound, and a number spelt out is a number."""
    assert hours(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "8-20",
        "8:00-20:00",
        "с 8 до 20",
        "from 8 to 20",
        "24/7",
        "18-16",
        "16, sometimes 18",
        "20-30",
        "none",
        "many",
        "-",
    ],
)
def test_what_may_mean_something_else_is_not_guessed(written: str) -> None:
    """When work begins and ends, ends the wrong way round, more hours than a day has: unknown."""
    assert hours(written) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no days off", 0.0),
        ("без выходных", 0.0),
        ("全年无休", 0.0),
        ("쉬는 날 없음", 0.0),
        ("каждое воскресенье", 52.0),
        ("one day a month", 12.0),
        ("1-2 в месяц", "12 to 24"),
        ("два раза в год", 2.0),
    ],
)
def test_days_of_rest_are_read_in_words(written: str, read: object) -> None:
    """What a roster says of rest, told for a week, a month or a year."""
    assert rest(written) == read


@pytest.mark.parametrize("written", ["none", "None", "no", "нет", "无", "없음", "every now and then"])
def test_a_bare_no_may_mean_that_nothing_is_known(written: str) -> None:
    """Nobody is accused of giving no day of rest because an export wrote None."""
    assert rest(written) is None


@given(HALVES, HALVES, HALVES, st.booleans(), st.booleans(), HALVES)
def test_a_range_answers_as_every_figure_in_it_does(
    one: float, other: float, figure: float, low_open: bool, high_open: bool, limit: float
) -> None:
    """What is said of a range holds for every figure in it, and unknown is never said of a single figure."""
    interval = NumberRange(min(one, other), max(one, other), low_open, high_open)
    answers = (
        interval.at_least(limit),
        interval.at_most(limit),
        interval.above(limit),
        interval.below(limit),
    )
    if interval.can_be(figure):
        told = (figure >= limit, figure <= limit, figure > limit, figure < limit)
        assert all(answer is None or answer == truth for answer, truth in zip(answers, told, strict=True))
    if one == other and not low_open and not high_open:
        assert None not in answers


def test_a_range_survives_being_written_out_and_read_again() -> None:
    """What a record gives as plain data, it reads back as the same range; the text as written is kept beside it."""
    record = Record.model_validate({"id": "1", "name": "A", "workforce": [{"hours_per_day": "16-18 часов"}]})
    assert record.workforce[0].as_written("hours_per_day") == "16-18 часов"
    again = Record.model_validate(record.to_dict())
    assert again.workforce[0].hours_per_day == NumberRange(16, 18)
    assert not list(again.notes())
