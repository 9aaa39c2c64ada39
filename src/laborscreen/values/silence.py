"""
Which of very many cells say nothing ("n/a", "-", «не указано»).

`is_missing` decides. It is asked only about cells that begin with a sign or like one of its words:
a column of a million different names is then passed over quickly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Any

from laborscreen.text import fold
from laborscreen.values import tables
from laborscreen.values.missing import is_missing

_LONGEST = 40  # characters; no way of saying "unknown" is longer
_MEMORY = 100_000  # distinct beginnings remembered; Chinese alone has some ten thousand


class _Beginnings(dict[str, bool]):
    """Whether the first two letters of a cell may begin a word for "nothing", worked out once each."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        self._begin = {fold(word)[:2] for word in words}

    def __missing__(self, letters: str) -> bool:
        folded = fold(letters)
        may = len(folded) < 2 or not folded[0].isalnum() or folded in self._begin
        if len(self) < _MEMORY:
            self[letters] = may
        return may


_FIRST_TWO: Callable[[Any], str] = itemgetter(slice(0, 2))


@lru_cache(maxsize=1)
def _beginnings() -> _Beginnings:
    return _Beginnings(row["written"] for row in tables.rows("missing"))


def silent_among(cells: Iterable[object]) -> set[object]:
    """
    Return which distinct *cells* say nothing; None is not among them.

    >>> sorted(silent_among(["N/A", "Nanjing Textile", None, "—"]))
    ['N/A', '—']
    """
    may = _beginnings()
    present = [cell for cell in cells if cell is not None]
    if set(map(type, present)) <= {str}:
        begin = {letters for letters in set(map(_FIRST_TWO, present)) if may[letters]}
        present = [cell for cell in present if _FIRST_TWO(cell) in begin] if begin else []
    return {cell for cell in set(present) if _may_be_asked(cell) and is_missing(cell)}


def says_nothing(cell: object) -> bool:
    """
    Return whether one *cell* says nothing, as `is_missing` does, quickly where most cells are different.

    >>> says_nothing("n/a"), says_nothing("Nanjing Textile"), says_nothing(None)
    (True, False, True)
    """
    if isinstance(cell, str) and not _beginnings()[cell[:2]]:
        return False
    return is_missing(cell)


def _may_be_asked(cell: object) -> bool:
    return not isinstance(cell, str) or len(cell) <= _LONGEST or cell.isspace()
