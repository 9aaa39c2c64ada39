"""
An automaton over many literals, in the two alphabets it is run on.

Plain ASCII text, most of a vendor master, is scanned as bytes with the ASCII literals alone: fewer states stay in the
processor's cache, and nothing has to be counted in characters. Other text is scanned as characters with all of them.

In bytes, a table with a step for every sign is read half as fast again as links between states and takes twice as long to
make, so it is made once a process has read so much that it pays. In characters it would be no faster, and 200 MB large.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import ahocorasick_rs as ac
import numpy as np

from laborscreen.text.scannable import SEPARATOR

if TYPE_CHECKING:
    from numpy.typing import NDArray

Found = tuple[int, int, int]
"""Index of a literal, start and end."""

WORTH_A_TABLE = 2_000_000
"""Plain characters read from which on a table is made."""

_LINKS, _TABLE = ac.Implementation.ContiguousNFA, ac.Implementation.DFA

_AFTER = (*" .,;:!?)\"'/", SEPARATOR)
"""What is looked for after a brief word; rarer signs would cost more than they find."""


class _Spelled(NamedTuple):
    """
    What is looked for in plain ASCII.

    Args:
        literals: the strings, brief ones with what may follow them.
        means: the number each stands for.
        extra: how many signs beyond the literal were looked for.
        mean_array: the same as numbers in a row, for many finds at once.
        extra_array: likewise.
    """

    literals: list[bytes]
    means: list[int]
    extra: list[int]
    mean_array: NDArray[np.int64]
    extra_array: NDArray[np.int64]


class Automaton:
    """
    Finds every occurrence of many literals, overlapping ones too.

    Args:
        literals: folded strings, all different; finds name them by their place here, counted from *first*.
        brief: the numbers of small words that stand inside too many others ("no" in "know"). Such a word is looked for
            together with the sign that commonly follows it.
        first: the number of the first literal.
    """

    def __init__(
        self, literals: Sequence[str], brief: AbstractSet[int] = frozenset(), first: int = 0
    ) -> None:
        self._literals, self._brief, self._first = literals, brief, first
        self._ascii: ac.BytesAhoCorasick | None = None  # each is made when a text first asks for it
        self._full: ac.AhoCorasick | None = None
        self._ascii_read = 0

    @cached_property
    def _spelled(self) -> _Spelled:
        """What is looked for in plain ASCII."""
        spelled: list[bytes] = []
        means: list[int] = []
        extra: list[int] = []
        for number, literal in enumerate(self._literals, self._first):
            if literal.isascii():
                endings = _AFTER if number in self._brief else ("",)
                spelled += [(literal + after).encode("ascii") for after in endings]
                means += [number] * len(endings)
                extra += [int(number in self._brief)] * len(endings)
        return _Spelled(
            spelled, means, extra, np.array(means, dtype=np.int64), np.array(extra, dtype=np.int64)
        )

    def find(self, text: str) -> list[Found]:
        """Return every find in one scannable text."""
        first = self._first
        if not text.isascii():
            found = self._in_characters(text)
            return [(first + place, start, end) for place, start, end in found] if first else found
        found = self._in_bytes((text + SEPARATOR).encode("ascii"))
        if not found:
            return found
        means, extra = self._spelled.means, self._spelled.extra
        return [(means[place], start, end - extra[place]) for place, start, end in found]

    def find_all(self, text: str | bytes | memoryview) -> NDArray[np.int64]:
        """
        Return every find in much text, as rows of literal, start and end, in the order in which they end.

        Args:
            text: scannable text; as bytes where it is plain ASCII. A brief word is only found before a sign.
        """
        if isinstance(text, str):
            found = _table(self._in_characters(text))
            found[:, 0] += self._first
            return found
        found = _table(self._in_bytes(text))
        found[:, 2] -= self._spelled.extra_array[found[:, 0]]
        found[:, 0] = self._spelled.mean_array[found[:, 0]]
        return found

    def make_table(self) -> None:
        """Make the table at once, for processes that are forked from this one and will read much."""
        if self._ascii_read < WORTH_A_TABLE:
            self._ascii, self._ascii_read = self._ascii_matcher(_TABLE), WORTH_A_TABLE

    # Two threads that count or make a table at once lose a count or make it twice, and find the same.

    def _in_bytes(self, text: bytes | memoryview) -> list[Found]:
        matcher = self._ascii
        if matcher is None or self._ascii_read < WORTH_A_TABLE:
            self._ascii_read += len(text)
            if matcher is None or self._ascii_read >= WORTH_A_TABLE:
                matcher = self._ascii = self._ascii_matcher(_worth(self._ascii_read))
        return matcher.find_matches_as_indexes(text, True)

    def _in_characters(self, text: str) -> list[Found]:
        if self._full is None:
            self._full = ac.AhoCorasick(self._literals, store_patterns=False, implementation=_LINKS)
        return self._full.find_matches_as_indexes(text, True)

    def _ascii_matcher(self, made_as: Any) -> ac.BytesAhoCorasick:
        return ac.BytesAhoCorasick(self._spelled.literals, implementation=made_as)


def _worth(read: int) -> Any:
    """Return how an automaton is made that has read so many characters."""
    return _TABLE if read >= WORTH_A_TABLE else _LINKS


def _table(found: Sequence[Found]) -> NDArray[np.int64]:
    return np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found)).reshape(-1, 3)
