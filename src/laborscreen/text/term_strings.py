"""
What is looked for because of which terms: strings by number, and the terms that each may begin, or must follow.

A term with a gap, or one of whose many phrases only beginnings are looked for, needs a later string too. Such a term is a bit
of a whole number, so that the terms begun by one string and closed by any of those to come are told by one operation; nearly
always there is none, and no expression is tried.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from laborscreen.text.terms import TermPattern, TermPatterns


class TermStrings:
    """
    The strings of all terms of several lists.

    Args:
        lists: the terms of each list.
    """

    def __init__(self, lists: Sequence[TermPatterns]) -> None:
        columns = (chain.from_iterable(column) for column in zip(*lists, strict=True))
        self.terms = TermPatterns(*map(list, columns)) if lists else TermPatterns((), (), (), ())
        """All terms; each is told by its place here."""
        self.list_of: Sequence[int] = [index for index, one in enumerate(lists) for _ in one.terms]
        """The list of each term, by its place among the lists."""
        self._made: dict[int, TermPattern] = {}
        self._begun_by: dict[int, int] = {}
        self._closed_by: dict[int, int] = {}

        known: dict[str, int] = {}
        place: dict[str, int] = {}
        stems: set[int] = set()
        alone: dict[int, list[int]] = {}
        begun: dict[int, list[int]] = {}
        closed: dict[int, list[int]] = {}

        def file(strings: Iterable[str], under: dict[int, list[int]], term: int) -> None:
            for string in strings:
                at = known.get(string)
                if at is None:
                    text = string.removesuffix("*")
                    at = known[string] = place.setdefault(text, len(place))
                    if text != string:
                        stems.add(at)
                terms = under.get(at)
                if terms is None:
                    under[at] = [term]
                elif terms[-1] != term:  # (worker|worker*)
                    terms.append(term)

        for term, (literals, tails) in enumerate(zip(self.terms.literals, self.terms.tails, strict=True)):
            file(literals.split("\t"), begun if tails else alone, term)
            file(tails, closed, term)
        self.place: Mapping[str, int] = place
        """Each string and its number, in order."""
        self.stems: Collection[int] = stems
        """Strings that may go on within a word."""
        self.alone: Mapping[int, Sequence[int]] = alone
        """The terms that may stand where a string does, of those that need no other."""
        self.begun: Mapping[int, Sequence[int]] = begun
        """The terms that may begin where a string stands, of those that need a later one."""
        self.closed: Mapping[int, Sequence[int]] = closed
        """The terms of which a string is such a later one."""

    def pattern(self, term: int) -> TermPattern:
        """Return a term made ready; put together when it is first met."""
        made = self._made.get(term)
        if made is None:
            made = self._made[term] = self.terms.pattern(term)
        return made

    def begun_by(self, string: int) -> int:
        """Return the terms of `begun` as bits."""
        return _bits(string, self.begun, self._begun_by)

    def closed_by(self, string: int) -> int:
        """Return the terms of `closed` as bits."""
        return _bits(string, self.closed, self._closed_by)

    @staticmethod
    def told_by(bits: int) -> Iterator[int]:
        """Yield the terms that are told as bits."""
        while bits:
            lowest = bits & -bits
            yield lowest.bit_length() - 1
            bits ^= lowest

    def without(self, list_index: int, term: str) -> TermStrings:
        """Return the same strings with one term of one list left out."""
        gone = {
            number
            for number, one in enumerate(self.terms.terms)
            if one == term and self.list_of[number] == list_index
        }
        lesser = object.__new__(TermStrings)
        lesser.__dict__.update(self.__dict__)
        lesser.alone, lesser.begun = _left(self.alone, gone), _left(self.begun, gone)
        lesser._begun_by = {}
        return lesser


def _left(terms: Mapping[int, Sequence[int]], gone: Collection[int]) -> dict[int, Sequence[int]]:
    left = ((at, [one for one in several if one not in gone]) for at, several in terms.items())
    return {at: several for at, several in left if several}


def _bits(string: int, terms: Mapping[int, Sequence[int]], known: dict[int, int]) -> int:
    bits = known.get(string)
    if bits is None:
        bits = 0
        for term in terms.get(string, ()):
            bits |= 1 << term
        known[string] = bits
    return bits
