"""
An automaton over many literals, in the two alphabets it is run on.

Plain ASCII text, most of a vendor master, is scanned as bytes with the ASCII literals alone: fewer states stay in the
processor's cache, and nothing has to be counted in characters. Other text is scanned as characters with all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import TYPE_CHECKING

import ahocorasick_rs as ac
import numpy as np

from laborscreen.text.scannable import SEPARATOR

if TYPE_CHECKING:
    from numpy.typing import NDArray

Found = tuple[int, int, int]
"""Index of a literal, start and end."""

_AFTER = (*" .,;:!?)\"'/", SEPARATOR)
"""What is looked for after a brief word; rarer signs would cost more than they find."""


class Automaton:
    """
    Finds every occurrence of many literals, overlapping ones too.

    Args:
        literals: number to folded string, all different; finds name them by these numbers.
        brief: the numbers of small words that stand inside too many others ("no" in "know"). Such a word is looked for
            together with the sign that commonly follows it.
    """

    def __init__(self, literals: Mapping[int, str], brief: AbstractSet[int] = frozenset()) -> None:
        spelled: list[str] = []
        means: list[int] = []
        extra: list[int] = []
        for number, literal in literals.items():
            if literal.isascii():
                endings = _AFTER if number in brief else ("",)
                spelled += [literal + after for after in endings]
                means += [number] * len(endings)
                extra += [int(number in brief)] * len(endings)
        dfa = ac.Implementation.DFA
        self._ascii = ac.BytesAhoCorasick([text.encode("ascii") for text in spelled], implementation=dfa)
        self._full = ac.AhoCorasick(list(literals.values()), store_patterns=False, implementation=dfa)
        self._means, self._extra, self._all = means, extra, list(literals)
        self._mean_array, self._extra_array = np.array(means, dtype=np.int64), np.array(extra, dtype=np.int64)
        self._all_array = np.array(self._all, dtype=np.int64)

    def find(self, text: str) -> list[Found]:
        """Return every find in one scannable text."""
        if not text.isascii():
            found = self._full.find_matches_as_indexes(text, True)
            everything = self._all
            return [(everything[place], start, end) for place, start, end in found]
        found = self._ascii.find_matches_as_indexes((text + SEPARATOR).encode("ascii"), True)
        if not found:
            return found
        means, extra = self._means, self._extra
        return [(means[place], start, end - extra[place]) for place, start, end in found]

    def find_all(self, text: str | bytes) -> NDArray[np.int64]:
        """
        Return every find in a buffer, as rows of literal, start and end, in the order in which they end.

        Args:
            text: scannable text; as bytes where it is plain ASCII, and then closed with the separator.
        """
        if isinstance(text, str):
            found = _table(self._full.find_matches_as_indexes(text, True))
            found[:, 0] = self._all_array[found[:, 0]]
            return found
        found = _table(self._ascii.find_matches_as_indexes(text, True))
        found[:, 2] -= self._extra_array[found[:, 0]]
        found[:, 0] = self._mean_array[found[:, 0]]
        return found


def _table(found: Sequence[Found]) -> NDArray[np.int64]:
    return np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found)).reshape(-1, 3)
