"""
Words within a few edits of each other, found without comparing all of them.

If two words are *k* edits apart (insertion, deletion, substitution, swap of neighbours), then dropping at
most *k* letters from each leaves one and the same string: every edit is undone by dropping at most one letter
on either side (a swap *ab*, *ba* by dropping the *a* of both). So every word is filed under the hashes of all
strings that are left when up to ``edit_budget`` of its letters are dropped, and asked for under the same. Two
words that meet are within the budget of the shorter, which is at most the budget of either; hence they share
a hash. Words that share a hash by chance are weeded out by measuring.

Hashes are polynomials modulo 2**64, so that dropping a letter is arithmetic on prefix sums and whole columns
of words are done at once. The multiplier is odd, hence has an inverse.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from laborscreen.names.runs import Integers, runs_of
from laborscreen.names.skeleton import edit_budget

__all__ = ["Filed", "hashes_left"]

_MULTIPLIER = 0x9E3779B97F4A7C15
_MODULUS = 1 << 64
_INVERSE = pow(_MULTIPLIER, -1, _MODULUS)
_FEWEST_BITS, _SPARSE = 10, 3
_EIGHT, _SEVEN = np.uint64(3), np.uint64(7)
AT_ONCE = 1_000  # words, so that what is worked on stays near the processor
FEW = 500  # hashes that are searched for sooner than looked at

Hashes = NDArray[np.uint64]


@cache
def _powers(length: int) -> Hashes:
    return np.array([pow(_MULTIPLIER, place, _MODULUS) for place in range(length)], dtype=np.uint64)


@cache
def _kept(length: int, budget: int) -> NDArray[np.intp]:
    """
    Return what is kept of a word in all ways to drop letters, one way a column.

    Three runs of letters are kept, of which some may be empty: the first place of each, and the place after its last.
    """
    end = length
    ways = [(0, end, end, end, end, end)]
    if budget >= 1:
        ways += [(0, one, one + 1, end, end, end) for one in range(length)]
    if budget >= 2:
        ways += [
            (0, one, one + 1, two, two + 1, end) for one in range(length) for two in range(one + 1, length)
        ]
    return np.array(ways, dtype=np.intp).T.copy()


def hashes_left(words: Sequence[str]) -> tuple[Hashes, Integers]:
    """
    Return the hashes of what is left of *words* when letters are dropped, and the place of the word each came from.

    Numbers and words of more than 40 letters are never dropped from.
    """
    shapes = [(len(word), 0 if word.isdigit() else edit_budget(len(word))) for word in words]
    order = [place for place in sorted(range(len(words)), key=shapes.__getitem__) if words[place]]
    if len(order) <= AT_ONCE:
        return _hashes_left(words, order, shapes)
    parts = [
        _hashes_left(words, order[start : start + AT_ONCE], shapes) for start in range(0, len(order), AT_ONCE)
    ]
    return np.concatenate([hashes for hashes, _ in parts]), np.concatenate([owners for _, owners in parts])


def _hashes_left(
    words: Sequence[str], order: Sequence[int], shapes: Sequence[tuple[int, int]]
) -> tuple[Hashes, Integers]:
    """Return the same for the words at the places in *order*, of lengths and budgets told by *shapes*."""
    if not order:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int32)
    letters = "".join([words[place] for place in order])
    lengths = [shapes[place][0] for place in order]
    powers = _powers(max(lengths))
    codes = np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64) + np.uint64(1)
    sums = np.zeros(len(letters) + 1, dtype=np.uint64)
    # One sum runs through all words: what it is at the end of a run less what it is at its beginning is the run's own.
    np.cumsum(codes * np.concatenate([powers[:length] for length in lengths]), out=sums[1:])
    kept = [_kept(*shapes[place]) for place in order]
    sizes = [ways.shape[1] for ways in kept]
    at = np.concatenate(kept, axis=1)
    at += np.repeat(np.cumsum([0, *lengths[:-1]]), sizes)
    first, end_first, second, end_second, third, end_third = sums[at]
    hashes = end_first - first
    hashes += (end_second - second) * np.uint64(_INVERSE)
    hashes += (end_third - third) * np.uint64(_INVERSE * _INVERSE % _MODULUS)
    return hashes, np.repeat(np.array(order, dtype=np.int32), sizes)


class Filed:
    """
    Hashes that are filed, each as often as words are filed under it.

    Args:
        hashes: the hashes, sorted.
    """

    def __init__(self, hashes: Hashes) -> None:
        self._hashes = hashes
        self._shift = np.uint64(64 - max(_FEWEST_BITS, len(hashes).bit_length() + _SPARSE))

    def met(self, hashes: Hashes, owners: Integers) -> tuple[Integers, Integers]:
        """Return the places where each of *hashes* is filed, and the owner of the hash beside each."""
        if len(hashes) > FEW:
            likely = self.may_hold(hashes)
            # In order, so that each search begins where the last one ended and finds the memory at hand.
            likely = likely[hashes[likely].argsort()]
            hashes, owners = hashes[likely], owners[likely]
        first = self._hashes.searchsorted(hashes)
        sizes = self._hashes.searchsorted(hashes, side="right") - first
        return runs_of(first, sizes), owners.repeat(sizes)

    def may_hold(self, hashes: Hashes) -> NDArray[np.intp]:
        """Return the places in *hashes* of those that may be filed: all that are, and few others; none is searched for."""
        begins = hashes >> self._shift
        return np.flatnonzero(
            self._bits[begins >> _EIGHT] >> (begins & _SEVEN).astype(np.uint8) & np.uint8(1)
        )

    @cached_property
    def _bits(self) -> NDArray[np.uint8]:
        """One bit for all hashes that begin alike."""
        bits = np.zeros(1 << (64 - int(self._shift)), dtype=np.uint8)
        bits[self._hashes >> self._shift] = 1
        return np.packbits(bits, bitorder="little")
