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

from laborscreen.names.skeleton import edit_budget

__all__ = ["Filed", "hashes_left"]

_MULTIPLIER = 0x9E3779B97F4A7C15
_MODULUS = 1 << 64
_FEWEST_BITS, _SPARSE = 10, 3
_EIGHT, _SEVEN = np.uint64(3), np.uint64(7)
_INVERSE = pow(_MULTIPLIER, -1, _MODULUS)

Hashes = NDArray[np.uint64]


@cache
def _powers(length: int) -> Hashes:
    return np.array([pow(_MULTIPLIER, place, _MODULUS) for place in range(length)], dtype=np.uint64)


@cache
def _pairs(length: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return every pair of places, the first before the second."""
    first, second = np.triu_indices(length, 1)
    return first, second


def _prefixes(words: Sequence[str], length: int) -> Hashes:
    """Return, for words of one length, the hash of every prefix: one row a word, ``length + 1`` columns."""
    codes = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32).reshape(len(words), length)
    sums = np.zeros((len(words), length + 1), dtype=np.uint64)
    np.cumsum((codes.astype(np.uint64) + np.uint64(1)) * _powers(length), axis=1, out=sums[:, 1:])
    return sums


def hashes_left(words: Sequence[str]) -> tuple[Hashes, NDArray[np.int32]]:
    """
    Return the hashes of what is left of *words* when letters are dropped, and the place of the word each came from.

    Numbers and words of more than 40 letters are never dropped from.
    """
    by_length: dict[tuple[int, int], list[int]] = {}
    for place, word in enumerate(words):
        budget = 0 if word.isdigit() else edit_budget(len(word))
        by_length.setdefault((len(word), budget), []).append(place)
    inverse, inverse_twice = np.uint64(_INVERSE), np.uint64(_INVERSE * _INVERSE % _MODULUS)
    hashes: list[Hashes] = []
    owners: list[NDArray[np.int32]] = []
    for (length, budget), places in sorted(by_length.items()):
        if not length:
            continue
        prefix = _prefixes([words[place] for place in places], length)
        whole = prefix[:, length:]
        columns = [whole]
        if budget >= 1:
            columns.append(prefix[:, :-1] + (whole - prefix[:, 1:]) * inverse)
        if budget >= 2:
            first, second = _pairs(length)
            columns.append(
                prefix[:, first]
                + (prefix[:, second] - prefix[:, first + 1]) * inverse
                + (whole - prefix[:, second + 1]) * inverse_twice
            )
        block = np.concatenate(columns, axis=1)
        hashes.append(block.ravel())
        owners.append(np.repeat(np.array(places, dtype=np.int32), block.shape[1]))
    if not hashes:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int32)
    return np.concatenate(hashes), np.concatenate(owners)


class Filed:
    """
    Tells of hashes that most are not filed, without searching for each: one bit for all that begin alike.

    Args:
        hashes: those that are filed.
    """

    def __init__(self, hashes: Hashes) -> None:
        self._hashes = hashes
        self._shift = np.uint64(64 - max(_FEWEST_BITS, len(hashes).bit_length() + _SPARSE))

    def may_hold(self, hashes: Hashes) -> NDArray[np.intp]:
        """Return the places in *hashes* of those that may be filed: all that are, and few others."""
        begins = hashes >> self._shift
        return np.flatnonzero(
            self._bits[begins >> _EIGHT] >> (begins & _SEVEN).astype(np.uint8) & np.uint8(1)
        )

    @cached_property
    def _bits(self) -> NDArray[np.uint8]:
        bits = np.zeros(1 << (64 - int(self._shift)), dtype=np.uint8)
        bits[self._hashes >> self._shift] = 1
        return np.packbits(bits, bitorder="little")
