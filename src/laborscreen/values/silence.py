"""
Which of very many cells say nothing ("n/a", "-", «не указано»).

`is_missing` decides. It is asked only about cells that begin with a sign or like one of its words:
a column of a million different names is then passed over quickly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from types import NoneType
from typing import cast

from laborscreen.text import fold
from laborscreen.values import tables
from laborscreen.values.missing import is_missing

_LONGEST = 40  # characters; no way of saying "unknown" is longer
_SAMPLE = 512  # cells looked at to tell whether a column repeats itself
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


@lru_cache(maxsize=1)
def _beginnings() -> _Beginnings:
    return _Beginnings(row["written"] for row in tables.rows("missing"))


def silent_among(cells: Iterable[object]) -> set[object]:
    """
    Return which distinct *cells* say nothing; None is not among them.

    >>> sorted(silent_among(["N/A", "Nanjing Textile", None, "—"]))
    ['N/A', '—']
    """
    given = cells if isinstance(cells, list | tuple) else list(cells)
    sample = given[:_SAMPLE]
    asked: set[object]
    if 2 * len(set(sample)) <= len(sample) or not set(map(type, given)) <= {str, NoneType}:
        asked = {cell for cell in set(given) if cell is not None and _may_be_asked(cell)}
    else:  # mostly different texts: most are passed over by their length alone, and never hashed
        texts = cast("Sequence[str | None]", given)
        short = {text for text in texts if text is not None and (len(text) <= _LONGEST or text.isspace())}
        may = _beginnings()
        asked = {text for text in short if may[text[:2]]}
    return {cell for cell in asked if is_missing(cell)}


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
