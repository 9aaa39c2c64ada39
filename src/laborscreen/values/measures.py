"""
What stands behind a number: what multiplies it, the unit of time it counts, and the time it is told for.

"45 тыс. руб." are forty-five thousand, "3 года" are thirty-six months, and "2 days a month" are no two days a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, cast, get_args

from laborscreen.values import tables
from laborscreen.values.spelling import key

TimeUnit = Literal["minute", "hour", "day", "week", "month", "year"]

_IN = {
    ("minute", "hour"): 1 / 60,
    ("day", "hour"): 24.0,
    ("week", "day"): 7.0,
    ("week", "hour"): 168.0,
    ("year", "month"): 12.0,
}
"""Units that can be told in another without a guess; no month has a certain number of days."""
_EACH = {("week", "year"): 52.0, ("month", "year"): 12.0, ("year", "month"): 1 / 12}
"""The same of what is told for each of them."""
_PER = re.compile(
    r"(?:/|\b(?:per|a|an|each|every|в|за|на|каждый|каждую|pro|je|par|na|w)\s|[每매])\s*(?P<unit>[^\W\d_]+)\s*$"
)
_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?<!\w)([^\W\d_]) ([^\W\d_])(?!\w)")  # «т. р.» is one word: thousand roubles


class Measure(NamedTuple):
    """
    What the words behind a number say of it.

    Args:
        factor: what the number is multiplied by.
        unit: the unit of time it counts, if it counts one.
        per: the time it is told for, if one is named.
        rest: the words that are none of these: a currency, a thing counted.
    """

    factor: float
    unit: TimeUnit | None
    per: TimeUnit | None
    rest: str


@lru_cache(maxsize=16_384)
def measure_of(behind: str) -> Measure:
    """
    Read the folded words *behind* a number.

    >>> measure_of(" тыс. руб./мес.")
    Measure(factor=1000.0, unit=None, per='month', rest='руб')
    >>> measure_of("дня в неделю").unit, measure_of("дня в неделю").per, measure_of("т.р.").factor
    ('day', 'week', 1000.0)
    """
    text = _INITIALS.sub(r"\1\2", " ".join(behind.replace(".", " ").split()).strip(" -–()"))
    per, text = _told_for(text)
    factor = 1.0
    while (head := _WORD.match(text)) and (multiplier := _multiplier(head[0])):
        word, times = multiplier
        factor *= times
        text = text[len(word) :].strip(" -")
    head = _WORD.match(text)
    unit = _units().get(key(head[0])) if head else None
    return Measure(factor, unit, per, " ".join(text.split()))


def in_unit(measure: Measure, unit: str, per: str) -> float | None:
    """
    Return what a number is multiplied by to count *unit* for each *per*; None where that would be a guess.

    Args:
        measure: what stood behind the number.
        unit: the unit a field counts; an empty text or one that is no time takes whatever is told.
        per: the time a field's figure is told for; empty where it is told for none.

    >>> in_unit(measure_of("года"), "month", ""), in_unit(measure_of("дней"), "month", "")
    (12.0, None)
    >>> in_unit(measure_of("days per month"), "day", "year")
    12.0
    """
    factor = measure.factor
    if measure.unit and unit in get_args(TimeUnit) and measure.unit != unit:
        converted = _IN.get((measure.unit, unit))
        if converted is None:
            return None
        factor *= converted
    if measure.per and per and measure.per != per:
        # Hours of a week do not tell the hours of a day; days and money of a month do tell those of a year.
        converted = None if unit == "hour" else _EACH.get((measure.per, per))
        if converted is None:
            return None
        factor *= converted
    return factor


def _told_for(text: str) -> tuple[TimeUnit | None, str]:
    """Return the time a figure is told for, and the text without it."""
    found = _PER.search(text)
    if found and (unit := _units().get(key(found["unit"]))):
        return unit, text[: found.start()].strip()
    for form, unit in _each():
        if text == form or text.endswith(f" {form}"):
            return unit, text[: len(text) - len(form)].strip()
    return None, text


def _multiplier(word: str) -> tuple[str, float] | None:
    """Return the multiplier a word is; in Hangul and Han letters, begins with (5만원)."""
    known = _multipliers()
    if (spelt := key(word)) in known:
        return word, known[spelt]
    return next(((form, known[form]) for form in _joined() if word.startswith(form)), None)


@lru_cache(maxsize=1)
def _multipliers() -> dict[str, float]:
    return {
        key(form): float(row["factor"])
        for row in tables.rows("multipliers")
        for form in tables.forms(row["written"])
    }


@lru_cache(maxsize=1)
def _joined() -> tuple[str, ...]:
    """Return the multipliers that are written together with what follows, longest first."""
    return tuple(sorted((form for form in _multipliers() if form > "\u2e80"), key=len, reverse=True))


@lru_cache(maxsize=1)
def _units() -> dict[str, TimeUnit]:
    return {key(form): unit for form, unit in _of_units("written")}


@lru_cache(maxsize=1)
def _each() -> tuple[tuple[str, TimeUnit], ...]:
    return tuple(sorted(_of_units("each"), key=lambda one: -len(one[0])))


def _of_units(column: str) -> Iterator[tuple[str, TimeUnit]]:
    for row in tables.rows("time_units"):
        for form in tables.forms(row[column]):
            yield form, cast("TimeUnit", row["unit"])
