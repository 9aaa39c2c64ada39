"""
Settling most of an automaton's finds without reading the text.

Whether a find stands at word borders is one look at the characters before and after it, done here for all finds of a buffer
at once. What is left over, texts with a cue or with an ending to be read, goes to the reader that ``scan`` uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from laborscreen.text.automaton import Found
from laborscreen.text.buffer import Buffer, Finds
from laborscreen.text.scripts import Joint, joint_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ASCII_JOINTS = np.array([joint_of(chr(code)) for code in range(128)], dtype=np.uint8)


class Several:
    """
    Some numbers for each string of an automaton.

    Args:
        counts: how many each string has.
        numbers: those of the first string, of the next, and so on.
    """

    def __init__(self, counts: NDArray[np.int64], numbers: NDArray[np.int64]) -> None:
        self.counts, self.numbers = counts, numbers
        self._offsets = np.cumsum(counts) - counts

    @classmethod
    def of(cls, numbers: Mapping[int, Sequence[int]], size: int) -> Several:
        """
        Return the numbers of the strings that have any.

        Args:
            numbers: numbers by the number of the string.
            size: how many strings there are.
        """
        counts: NDArray[np.int64] = np.zeros(size, dtype=np.int64)
        places = sorted(numbers)
        counts[places] = [len(numbers[place]) for place in places]
        every = chain.from_iterable(numbers[place] for place in places)
        return cls(counts, np.fromiter(every, dtype=np.int64))

    def strings(self) -> NDArray[np.int64]:
        """Return the string that each number belongs to."""
        return np.arange(len(self.counts)).repeat(self.counts)

    def each(
        self, beside: NDArray[np.int64], literal: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return, for every number of each string, what is told beside the string, and the number."""
        counts = self.counts[literal]
        if not len(counts) or counts.min() == counts.max() == 1:
            return beside, self.numbers[self._offsets[literal]]
        firsts = np.repeat(self._offsets[literal] - (np.cumsum(counts) - counts), counts)
        return np.repeat(beside, counts), self.numbers[firsts + np.arange(len(firsts))]


class Strings(NamedTuple):
    """
    What the strings of an automaton stand for, by their numbers.

    Args:
        texts: the strings.
        lists: indexes of the lists each is a whole term of.
        open_terms: whether each is the beginning of a term with more to be read.
        heads: terms that each begins, of those that need one of several strings later in the text.
        tails: the terms of which each is such a later string.
        stems: strings of any of these that may go on within a word.
        cues: strings that are, or begin, a trigger (see `laborscreen.text.cues.triggers`).
        open_cues: those that are the beginning of one with more to be read.
        inside: those that may stand inside a word, after other syllables.
    """

    texts: Sequence[str]
    lists: Several
    open_terms: NDArray[np.bool_]
    heads: Several
    tails: Several
    stems: Sequence[int]
    cues: Sequence[int]
    open_cues: Sequence[int]
    inside: Sequence[int]


class RowFinds(NamedTuple):
    """
    The finds of one text that has to be read.

    Args:
        row: the text's row in the column.
        text: the text in scannable form.
        found: its finds, counted from its beginning.
    """

    row: int
    text: str
    found: list[Found]


class Triage:
    """
    Splits the finds of a buffer into what is plain and what must be read.

    Args:
        strings: what the strings of the automaton stand for.
    """

    def __init__(self, strings: Strings) -> None:
        self._first = _joints_of(_codes(text[0] for text in strings.texts))
        self._last = _joints_of(_codes(text[-1] for text in strings.texts))

        def are(numbers: Sequence[int]) -> NDArray[np.bool_]:
            marks = np.zeros(len(strings.texts), dtype=np.bool_)
            marks[np.array(numbers, dtype=np.int64)] = True
            return marks

        self._open, self._cue = strings.open_terms, are(strings.cues)
        self._runs_on = np.isin(self._first, (Joint.LETTER, Joint.SYLLABLE)) & ~are(strings.inside)
        self._stops = ~(are(strings.stems) | are(strings.open_cues)) & (self._last == Joint.LETTER)
        self._lists, self._heads, self._tails = strings.lists, strings.heads, strings.tails

    def split(
        self, buffer: Buffer, found: Finds
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], Iterator[RowFinds]]:
        """
        Return texts (counted in the buffer) and lists that are mentioned plainly, and the texts that must be read.

        Args:
            buffer: what was scanned.
            found: every find in it that stands at borders.
        """
        literal, start, end, row = found
        after = _joints_at(buffer, end, end < buffer.ends[row])
        runs_off = (self._last[literal] == Joint.LETTER) & (
            after == Joint.LETTER
        )  # it may still begin another term
        cue, whole = self._cue[literal], (self._lists.counts[literal] > 0) & ~runs_off
        read = np.zeros(len(buffer.begins), dtype=bool)
        carries = whole & (self._last[literal] == Joint.SYLLABLE) & (after == Joint.SYLLABLE)
        read[row[carries | self._open[literal]]] = True
        terms = np.bincount(row[whole], minlength=len(buffer.begins))
        read[row[cue & ~(self._covered(start, end, whole) & (terms[row] == 1))]] = True
        has_term = terms > 0
        has_term[row[self._open[literal]]] = True
        begun_and_closed = self._begun_and_closed(found, len(buffer.begins))
        read[begun_and_closed] = has_term[begun_and_closed] = True
        read &= has_term
        plain = whole & ~read[row]
        rows, lists = self._lists.each(row[plain], literal[plain])
        return rows, lists, self._readings(buffer, found, read)

    def _begun_and_closed(self, found: Finds, texts: int) -> NDArray[np.int64]:
        """Return the texts in which a term may begin and one of its later strings begins farther on."""
        heads, tails = np.zeros((2, texts), dtype=bool)
        heads[found.text[self._heads.counts[found.literal] > 0]] = True
        tails[found.text[self._tails.counts[found.literal] > 0]] = True
        found = found.only((heads & tails)[found.text])
        if not len(found.text):
            return found.text
        begun, first = _first_of_each(self._heads, found, found.start, texts)
        closed, last = _first_of_each(self._tails, found, -found.start, texts)
        at = begun.searchsorted(closed)
        met = begun.take(at, mode="clip") == closed
        in_order: NDArray[np.bool_] = met & (first.take(at, mode="clip") < -last)
        return closed[in_order] % texts

    def at_borders(self, buffer: Buffer, found: Finds) -> Finds:
        """Return the finds that begin, and unless more may follow end, where a word does."""
        literal, start, end, text = found
        before = _joints_at(buffer, start - 1, start > buffer.begins[text])
        after = _joints_at(buffer, end, end < buffer.ends[text])
        runs_on = self._runs_on[literal] & (before == self._first[literal])
        runs_off = self._stops[literal] & (after == Joint.LETTER)
        return found.only(~(runs_on | runs_off))

    @staticmethod
    def _covered(
        start: NDArray[np.int64], end: NDArray[np.int64], whole: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Tell which finds lie inside a whole term."""
        starts, ends = start[whole], end[whole]
        if not len(starts):
            return np.zeros(len(start), dtype=bool)
        order = np.argsort(starts, kind="stable")
        reach = np.maximum.accumulate(ends[order])
        before = np.searchsorted(starts[order], start, side="right") - 1
        return (before >= 0) & (reach[before] >= end)

    @staticmethod
    def _readings(buffer: Buffer, found: Finds, read: NDArray[np.bool_]) -> Iterator[RowFinds]:
        wanted = np.flatnonzero(read)
        if not len(wanted):
            return
        found = found.only(np.argsort(found.text, kind="stable"))
        begins = buffer.begins[found.text]
        finds = list(
            zip(
                found.literal.tolist(),
                (found.start - begins).tolist(),
                (found.end - begins).tolist(),
                strict=True,
            )
        )
        firsts, lasts = (np.searchsorted(found.text, wanted, side).tolist() for side in ("left", "right"))
        rows = buffer.rows[wanted].tolist()
        for row, text, first, last in zip(rows, buffer.texts(wanted), firsts, lasts, strict=True):
            yield RowFinds(row, text, finds[first:last])


def _first_of_each(
    several: Several, found: Finds, by: NDArray[np.int64], texts: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each number that is met in a text, the two as one number in order, and the least of *by* where it is met."""
    at, number = several.each(np.arange(len(by)), found.literal)
    met, by = number * texts + found.text[at], by[at]
    order = np.lexsort((by, met))
    met, by = met[order], by[order]
    first = np.ones(len(met), dtype=bool)
    np.not_equal(met[1:], met[:-1], out=first[1:])
    return met[first], by[first]


def _joints_at(buffer: Buffer, places: NDArray[np.int64], inside: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return how the characters at some places behave; those outside of their text are a gap."""
    joints = _joints_of(buffer.codes[np.where(inside, places, 0)])
    return np.where(inside, joints, np.uint8(Joint.GAP))


def _codes(letters: Iterable[str]) -> NDArray[np.uint32]:
    return np.fromiter(map(ord, letters), dtype=np.uint32)


def _joints_of(codes: NDArray[np.uint8] | NDArray[np.uint32]) -> NDArray[np.uint8]:
    if codes.dtype == np.uint8:
        return _ASCII_JOINTS[codes]
    distinct, where = np.unique(codes, return_inverse=True)
    return np.array([joint_of(chr(code)) for code in distinct.tolist()], dtype=np.uint8)[where]
