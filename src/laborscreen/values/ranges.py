"""Amounts told as a range, a bound or in words: "16-18 hours", «не менее 12», "no days off"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from laborscreen.text import fold
from laborscreen.text.scripts import Joint, joint_of
from laborscreen.values import tables
from laborscreen.values.amounts import read_number
from laborscreen.values.missing import is_missing
from laborscreen.values.reading import DEFAULT, Reading, ReadingSettings, remembered
from laborscreen.values.spelling import key, latin_figures


@dataclass(frozen=True, slots=True)
class NumberRange:
    """
    An amount known only to lie between two figures; a comparison that both sides of it answer alike is answered.

    Args:
        low: the least it can be; minus infinity where none is told.
        high: the most it can be; infinity where none is told.
        low_open: whether it is more than `low` itself.
        high_open: whether it is less than `high` itself.

    >>> hours = NumberRange(14, 18)
    >>> hours.at_least(12), hours.at_least(16), hours.at_least(20), str(hours)
    (True, None, False, '14 to 18')
    """

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def at_least(self, limit: float) -> bool | None:
        """Return whether it is *limit* or more; None where it can be either."""
        if self.low >= limit:
            return True
        return False if self.high < limit or (self.high == limit and self.high_open) else None

    def above(self, limit: float) -> bool | None:
        """Return whether it is more than *limit*; None where it can be either."""
        if self.low > limit or (self.low == limit and self.low_open):
            return True
        return False if self.high <= limit else None

    def at_most(self, limit: float) -> bool | None:
        """Return whether it is *limit* or less; None where it can be either."""
        more = self.above(limit)
        return None if more is None else not more

    def below(self, limit: float) -> bool | None:
        """Return whether it is less than *limit*; None where it can be either."""
        less = self.at_least(limit)
        return None if less is None else not less

    def can_be(self, figure: float) -> bool:
        """Return whether *figure* lies in it."""
        return self.at_least(figure) is not False and self.at_most(figure) is not False

    def __str__(self) -> str:
        if self.high == inf:
            return f"{'more than' if self.low_open else 'at least'} {self.low:g}"
        if self.low == -inf:
            return f"{'less than' if self.high_open else 'at most'} {self.high:g}"
        return f"{self.low:g} to {self.high:g}"


_LONGEST = 60  # characters; a longer text is more than an amount
_FIGURES = r"\d+(?:[.,]\d+)?"
_RANGE = re.compile(
    rf"(?:(?:от|between|в пределах)\s+)?(?P<first>{_FIGURES})\s*(?P<unit>[^\W\d_]*)\s*"
    rf"(?:-|~|\.\.+|to|or|and|до|или|и|至|到|或|에서)\s*(?P<last>{_FIGURES})(?P<behind>\D*[23]?)"
)
_WIDEST_DAY = 6
"""Hours between the ends of a range of hours a day without the word; "8-20" is rather when work begins and ends."""

_AT_LEAST = (
    "at least|no less than|not less than|min|minimum|от|не менее|не меньше|минимум|최소|至少|不少于|>=|≥"
)
_MORE_THAN = "over|more than|above|свыше|более|больше|超过|>"
_AT_MOST = "at most|up to|no more than|not more than|max|maximum|до|не более|не больше|максимум|최대|最多|不超过|<=|≤"
_LESS_THAN = "under|less than|fewer than|below|менее|меньше|<"
_BEFORE = tuple(
    (re.compile(rf"(?:{words})\.?\s*(?={_FIGURES}\D*[23]?$)"), way)
    for words, way in (
        (_AT_LEAST, "at_least"), (_AT_MOST, "at_most"), (_MORE_THAN, "more_than"), (_LESS_THAN, "less_than")
    )
)  # fmt: skip
_BEHIND = tuple(
    (re.compile(rf"\s*(?:{words})$"), way)
    for words, way in (
        (r"\+|plus|or more|and more|и более|и больше|и выше|이상|以上", "at_least"),
        (r"or less|or fewer|и менее|и меньше|이하|以下|以内", "at_most"),
        (r"초과", "more_than"),
        (r"미만", "less_than"),
    )
)


@remembered
def _read_told(
    written: str, settings: ReadingSettings, low: float | None, high: float | None, unit: str, per: str
) -> Reading[float | NumberRange]:
    def one(text: str) -> float | None:
        return read_number(text, settings, low=low, high=high, unit=unit, per=per).value

    plain = read_number(written, settings, low=low, high=high, unit=unit, per=per)
    if plain.value is not None or is_missing(written) or len(written) > _LONGEST:
        return Reading(plain.value, plain.note)
    text = _in_figures(latin_figures(fold(written)).strip(" ."))
    said = _said().get((unit, per), {}).get(key(text))
    if said is not None:
        return Reading(said)
    if text != fold(written) and (spelt := one(text)) is not None:
        return Reading(spelt)
    found = _RANGE.fullmatch(text)
    if found:
        behind = found["behind"] or found["unit"]
        first, last = one(found["first"] + " " + behind), one(found["last"] + " " + behind)
        if first is None or last is None or first >= last:
            return Reading(None, plain.note)
        if (unit, per) == ("hours", "day") and not behind.strip() and last - first > _WIDEST_DAY:
            return Reading(None, plain.note)
        return Reading(NumberRange(first, last))
    bound = _bound_of(text)
    amount = one(bound[0]) if bound else None
    if bound is None or amount is None:
        return Reading(None, plain.note)
    return Reading(_bounded(amount, bound[1]))


def _bounded(amount: float, way: str) -> NumberRange:
    match way:
        case "at_least":
            return NumberRange(amount, inf)
        case "more_than":
            return NumberRange(amount, inf, low_open=True)
        case "at_most":
            return NumberRange(-inf, amount)
        case _:
            return NumberRange(-inf, amount, high_open=True)


def _bound_of(text: str) -> tuple[str, str] | None:
    """Return the text without the words that make it a bound, and which bound it is."""
    for pattern, way in _BEFORE:
        if found := pattern.match(text):
            return text[found.end() :], way
    for pattern, way in _BEHIND:
        if found := pattern.search(text):
            return text[: found.start()], way
    return None


def read_quantity(
    written: object,
    settings: ReadingSettings = DEFAULT,
    *,
    low: float | None = None,
    high: float | None = None,
    unit: str = "",
    per: str = "",
) -> Reading[float | NumberRange]:
    """
    Read an amount that people also tell as a range, as a bound or in words; arguments as for `read_number`.

    >>> read_quantity("16-18 часов", unit="hours", per="day").value
    NumberRange(low=16.0, high=18.0, low_open=False, high_open=False)
    >>> str(read_quantity("не менее 12 ч").value), read_quantity("восемнадцать часов").value
    ('at least 12', 18.0)
    >>> read_quantity("no days off", unit="days", per="year").value
    0.0
    >>> read_quantity("8-20", unit="hours", per="day").note  # rather when work begins and ends
    '“8-20” is a range, not one number'
    """
    if isinstance(written, str):
        return _read_told(written, settings, low, high, unit, per)
    plain = read_number(written, settings, low=low, high=high, unit=unit, per=per)
    return Reading(plain.value, plain.note)


_FIRST_WORD = re.compile(r"[^\W\d_]+(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?")


def _in_figures(text: str) -> str:
    """Write a number spelt out at the start in figures."""
    head = _FIRST_WORD.match(text)
    if head is None:
        return text
    unspaced = [head[0][:length] for length in (3, 2, 1)] if joint_of(head[0][0]) is not Joint.LETTER else []
    for word in dict.fromkeys((head[0], head[0].split()[0], *unspaced)):
        figure = _spelt().get(word.replace("-", " "))
        if figure is not None:
            return f"{figure:g}{text[len(word) :]}"
    return text


@lru_cache(maxsize=1)
def _spelt() -> dict[str, float]:
    """Return the numbers that people spell out."""
    rows = (row for row in tables.rows("number_words") if not row["unit"])
    return {fold(form): float(row["figure"]) for row in rows for form in tables.forms(row["written"])}


@lru_cache(maxsize=1)
def _said() -> dict[tuple[str, str], dict[str, float]]:
    """Return, by unit and the time it is told for, what words come to."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for row in tables.rows("number_words"):
        if row["unit"]:
            known = found.setdefault((row["unit"], row["per"]), {})
            known |= {key(form): float(row["figure"]) for form in tables.forms(row["written"])}
    return found
