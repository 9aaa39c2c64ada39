"""
Which terms with a gap may stand in a text, by the strings that were found of their first and last parts.

A term is a bit of a whole number, so that the terms begun by one string and closed by any of those to come are told by one
operation; nearly always there is none, and no expression is tried.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence


class Gaps:
    """
    Terms with a gap by the strings of the automaton.

    Args:
        begun: the terms that may begin where a string stands, by the string's number.
        closed: the terms whose last part may begin there.
    """

    def __init__(self, begun: Mapping[int, Sequence[int]], closed: Mapping[int, Sequence[int]]) -> None:
        self.begun, self.closed = begun, closed
        self._begun_by: dict[int, int] = {}
        self._closed_by: dict[int, int] = {}

    def begun_by(self, literal: int) -> int:
        """Return the terms that may begin with a string, one bit each."""
        return _bits(literal, self.begun, self._begun_by)

    def closed_by(self, literal: int) -> int:
        """Return the terms whose last part may begin with a string, one bit each."""
        return _bits(literal, self.closed, self._closed_by)

    @staticmethod
    def terms(bits: int) -> Iterator[int]:
        """Yield the numbers of terms that are told as bits."""
        while bits:
            lowest = bits & -bits
            yield lowest.bit_length() - 1
            bits ^= lowest

    def without(self, terms: Collection[int]) -> Gaps:
        """Return what is left without some terms."""
        left = ((at, [one for one in owned if one not in terms]) for at, owned in self.begun.items())
        return Gaps({at: owned for at, owned in left if owned}, self.closed)


def _bits(literal: int, terms: Mapping[int, Sequence[int]], known: dict[int, int]) -> int:
    bits = known.get(literal)
    if bits is None:
        bits = 0
        for number in terms.get(literal, ()):
            bits |= 1 << number
        known[literal] = bits
    return bits
