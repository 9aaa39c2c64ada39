"""
A cell of a roster that names several citizenships, or one of them with its count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from laborscreen.values.countries import AMBIGUOUS, read_country
from laborscreen.values.heads import count_beside, part_at_counts

# "or" is left out: what may be one or the other is no list. A blank around "-" may join a name and its count.
_LIST = re.compile(
    r"[;,|+/、，；·\n\r]|\s(?:and|&|и|und|et|oraz|ve)\s|[和与]|(?<=[\uac00-\ud7a3])(?:\s*및\s*|[와과]\s)"
)
_LONGEST = 500
"""Characters; a longer cell is a text and not a list."""


@dataclass(frozen=True, slots=True)
class Citizens:
    """
    One entry of a cell.

    Args:
        citizenship: as written, without the count.
        count: how many people, where the cell tells it.
    """

    citizenship: str
    count: int | None


@lru_cache(maxsize=4096)
def citizens_in(written: str) -> tuple[Citizens, ...]:
    """
    Return the citizenships that a cell lists, or one with its count; nothing where any part is no plain citizenship.

    >>> citizens_in("КНДР (12), Узбекистан - 28 чел.")
    (Citizens(citizenship='КНДР', count=12), Citizens(citizenship='Узбекистан', count=28))
    >>> citizens_in("Korea, DPRK"), citizens_in("DPRK or China"), citizens_in("DPRK")
    ((), (), ())
    """
    if len(written) > _LONGEST or not _may_list(written):
        return ()
    found: list[Citizens] = []
    for part in _LIST.split(part_at_counts(written)):
        if not part.strip():
            continue
        citizenship, count = count_beside(part.strip())
        if not citizenship and found and found[-1].count is None:
            found[-1] = replace(found[-1], count=count)
            continue
        reading = read_country(citizenship, nationality=True)
        if reading.value in {None, AMBIGUOUS} or reading.note:
            return ()
        found.append(Citizens(citizenship, count))
    if len(found) == 1 and found[0].count is None:
        return ()
    return tuple(found)


def _may_list(written: str) -> bool:
    return _LIST.search(written) is not None or any(letter.isdigit() for letter in written)
