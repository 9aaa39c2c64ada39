"""
Totals, shares and counts over the entries of a list, as ranges.

What is missing widens the range instead of being taken for nothing, and a comparison is a match only if the
whole range meets it.
"""

from __future__ import annotations

from math import inf

from laborscreen.conditions.tree import Figure, Measure, Operator

Range = tuple[float, float]
Entry = tuple[bool | None, float | None, object]
"""Whether an entry is meant (None: cannot tell), its number, and the value counted by."""


def range_of(figure: Figure, entries: list[Entry], *, told: bool) -> Range:
    """
    Return the smallest and largest value a figure can have.

    Args:
        figure: what is measured.
        entries: the list's entries.
        told: False when the list itself is missing; anything may then be in it.
    """
    match figure.measure:
        case Measure.COUNT:
            return _count(entries, by=bool(figure.by)) if told else (0, inf)
        case Measure.TOTAL:
            return _total(entries) if told else (0, inf)
        case Measure.SHARE:
            return _share(entries) if told else (0, 100)


def compared(figure: Figure, span: Range) -> tuple[bool, bool]:
    """Return whether a range surely meets the figure's comparison, and whether it surely does not."""
    low, high = span
    wanted = figure.wanted
    match figure.operator:
        case Operator.AT_LEAST:
            return low >= wanted, high < wanted
        case Operator.ABOVE:
            return low > wanted, high <= wanted
        case Operator.AT_MOST:
            return high <= wanted, low > wanted
        case _:
            return high < wanted, low >= wanted


def _count(entries: list[Entry], *, by: bool) -> Range:
    if not by:
        return sum(meant is True for meant, _, _ in entries), sum(
            meant is not False for meant, _, _ in entries
        )
    surely = {value for meant, _, value in entries if meant is True and value is not None}
    maybe = {value for meant, _, value in entries if meant is not False and value is not None}
    unnamed = sum(meant is not False and value is None for meant, _, value in entries)
    sure_unnamed = any(meant is True and value is None for meant, _, value in entries)
    return max(len(surely), int(sure_unnamed)), len(maybe) + unnamed


def _total(entries: list[Entry]) -> Range:
    low = sum(number for meant, number, _ in entries if meant is True and number is not None)
    if any(number is None for meant, number, _ in entries if meant is not False):
        return low, inf
    return low, sum(number for meant, number, _ in entries if meant is not False and number is not None)


def _share(entries: list[Entry]) -> Range:
    if all(meant is True for meant, _, _ in entries):
        return 100, 100
    if all(meant is False for meant, _, _ in entries):
        return 0, 0
    whole = sum(number for _, number, _ in entries if number is not None)
    if any(number is None for _, number, _ in entries) or whole <= 0:
        return 0, 100
    sure = sum(number for meant, number, _ in entries if meant is True and number is not None)
    maybe = sum(number for meant, number, _ in entries if meant is not False and number is not None)
    return 100 * sure / whole, 100 * maybe / whole
