"""
Which of very many cells say nothing ("n/a", "-", «не указано»).

`is_missing` decides. It is asked only about cells that begin with a sign or like one of its words:
a column of a million different names is then passed over quickly.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress, filterfalse
from operator import itemgetter
from typing import Any

from laborscreen.text import fold
from laborscreen.values import tables
from laborscreen.values.missing import LONGEST_SILENCE, is_missing

_HEAD = 3  # letters looked at first
_BEGINNING = itemgetter(slice(_HEAD))
_SAMPLE = 512  # cells looked at to tell whether a column repeats itself
_MEMORY = 100_000  # distinct beginnings remembered; Chinese alone has some ten thousand


class _Beginnings(dict[str, bool]):
    """
    Whether a cell that begins with these letters may say nothing, worked out once for each beginning.

    Of plain ASCII three letters are looked at, of other writing two: letters that compose may stand at the cut.
    """

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        self._begin = {
            form[:length] for word in words for form in _forms(fold(word)) for length in range(1, _HEAD + 1)
        }

    def __missing__(self, letters: str) -> bool:
        if not isinstance(letters, str):
            raise TypeError(f"not a text: {letters!r}")
        if letters.isascii():
            folded = fold(letters).rstrip(".")
            may = not folded or not folded[0].isalnum() or folded in self._begin
        else:
            folded = fold(letters[:2])
            may = len(folded) < 2 or not folded[0].isalnum() or folded[:2] in self._begin
        if len(self) < _MEMORY:
            self[letters] = may
        return may


def _forms(word: str) -> tuple[str, ...]:
    """Return a word as it may begin where a cut parts a letter from its accent."""
    apart = unicodedata.normalize("NFD", word)
    return word, apart, "".join(letter for letter in apart if not unicodedata.combining(letter))


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
    if 2 * len(set(sample)) > len(sample):  # mostly different: most are passed over by how they begin
        try:
            return {cell for cell in _suspects(given) if is_missing(cell)}
        except TypeError:  # not texts alone
            pass
    return {cell for cell in set(given) if cell is not None and _may_be_asked(cell) and is_missing(cell)}


def _suspects(texts: Sequence[Any]) -> set[str]:
    """
    Return the distinct texts that begin like a word for "nothing", None aside; the others are never hashed.

    Raises:
        TypeError: a cell is neither a text nor None.
    """
    told = list(filter(None, texts))
    found = set(compress(told, map(_beginnings().__getitem__, map(_BEGINNING, told))))
    if len(told) < len(texts):
        found.update(cell for cell in set(filterfalse(None, texts)) if cell is not None)
    return found


def says_nothing(cell: object) -> bool:
    """
    Return whether one *cell* says nothing, as `is_missing` does, quickly where most cells are different.

    >>> says_nothing("n/a"), says_nothing("Nanjing Textile"), says_nothing(None)
    (True, False, True)
    """
    if isinstance(cell, str) and not _beginnings()[cell[:_HEAD]]:
        return False
    return is_missing(cell)


def _may_be_asked(cell: object) -> bool:
    return not isinstance(cell, str) or len(cell) <= LONGEST_SILENCE or cell.isspace()
