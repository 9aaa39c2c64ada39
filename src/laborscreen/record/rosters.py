"""
A cell of a roster that lists several citizenships is several groups of workers; so is one with a count.

The first citizenship stays where it stood, the others come behind the last group. What else is told of the group is told of
each, but for its headcount: that belongs to all together, unless the cell tells the count of each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from laborscreen import values
from laborscreen.values.citizenships import Citizens

GROUP = "workforce"
NATIONALITY, HEADCOUNT = "nationality", "headcount"


def divided_groups(groups: Sequence[object]) -> list[object]:
    """
    Return groups of workers with those divided whose nationality lists several.

    >>> divided_groups([{"nationality": "КНДР (12), Узбекистан (28)", "visa": "study"}, {"nationality": "CN"}])
    [{'nationality': 'КНДР', 'visa': 'study', 'headcount': 12}, {'nationality': 'CN'}, \
{'nationality': 'Узбекистан', 'visa': 'study', 'headcount': 28}]
    """
    kept: list[object] = []
    others: list[object] = []
    for group in groups:
        written = group.get(NATIONALITY) if isinstance(group, Mapping) else None
        citizens = values.citizens_in(written) if isinstance(written, str) else ()
        if not citizens:
            kept.append(group)
            continue
        assert isinstance(group, Mapping)
        heads = _heads(group.get(HEADCOUNT), citizens)
        made = [
            {**group, NATIONALITY: one.citizenship} | ({} if count is None else {HEADCOUNT: count})
            for one, count in zip(citizens, heads, strict=True)
        ]
        kept.append(made[0])
        others += made[1:]
    return [*kept, *others]


def _heads(written: object, citizens: Sequence[Citizens]) -> list[object]:
    """Return what is put for the headcount of each: its own count, or that the count is of all; None leaves it as it is."""
    counts = [one.count for one in citizens if one.count is not None]
    silent = values.is_missing(written)
    if len(counts) == len(citizens) and (silent or values.read_number(written).value == sum(counts)):
        return list(counts)
    if silent or len(citizens) == 1:
        return [None] * len(citizens)
    return [f"up to {written}"] * len(citizens)
