"""
All term lists looked for at once.

One automaton holds every term of every list, so that the cost of a text does not grow with the number of lists. A column
is scanned as a few joined buffers; only in the texts where a term is found are the cues that turn a mention looked for,
by an automaton of their own, and only where a cue stands in the same text is the sentence judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from laborscreen.errors import UsageError
from laborscreen.text.automaton import Automaton, Found
from laborscreen.text.buffer import Buffer, Finds
from laborscreen.text.columns import Shape, buffers_of
from laborscreen.text.cues import CueHit, find_cues
from laborscreen.text.folding import composes
from laborscreen.text.mention import Hits, Mention, Standing
from laborscreen.text.scannable import scannable, scannable_with_offsets
from laborscreen.text.standing import judge
from laborscreen.text.term_faults import faults_of
from laborscreen.text.term_strings import TermStrings
from laborscreen.text.terms import TermPattern, TermPatterns, pattern_of
from laborscreen.text.triage import Several, Strings, Triage
from laborscreen.text.turning import Turning
from laborscreen.text.writing import has_choice

if TYPE_CHECKING:
    from numpy.typing import NDArray


MOST_JUDGED = 200
"""Mentions of one list judged in one text; further ones count as doubtful, so that no text takes for ever."""

_UNJUDGED = (Standing.DOUBTFUL, f"not judged: more than {MOST_JUDGED} mentions in one text")

_MOST_MARKS = 1_000_000
"""Pairs of a buffer that may be ticked off in a table; beyond that they are sorted."""


class TermList(NamedTuple):
    """
    The terms of one list.

    Args:
        id: the list's name.
        terms: its terms, written as `laborscreen.text.terms` says.
        patterns: what the terms look like, where they were looked at before; terms without faults, each once.
    """

    id: str
    terms: tuple[str, ...]
    patterns: TermPatterns | None = None

    @property
    def ready(self) -> TermPatterns:
        """What the terms look like, each once."""
        return self.patterns or TermPatterns.of(map(pattern_of, dict.fromkeys(self.terms)))


class _TermHit(NamedTuple):
    start: int
    end: int
    list_index: int
    pattern: TermPattern
    head_end: int
    tail: int


class _Read(NamedTuple):
    """What stands in one text: its scannable form, the place of each letter in it, whole terms, cues if any can matter."""

    form: str
    places: Sequence[int]
    hits: list[_TermHit]
    cues: list[CueHit]


class TermScanner:
    """
    Looks for the terms of several lists in one pass.

    Args:
        lists: the lists; results name them by their index here.

    Raises:
        UsageError: a term that cannot be used (see `laborscreen.text.term_faults.faults_of`).

    >>> scanner = TermScanner([TermList("documents", ("passports were retained",))])
    >>> scanner.scan("Passports were retained by the agent.")
    ((0, <Standing.STATED: 2>),)
    >>> scanner.scan("Auditors found no evidence that passports were retained.")
    ()
    """

    def __init__(self, lists: Sequence[TermList]) -> None:
        self.lists = tuple(lists)
        faults = [(one.id, fault) for one in self.lists if not one.patterns for fault in faults_of(one.terms)]
        if faults:
            name, fault = faults[0]
            raise UsageError(f"list {name}, term '{fault.term}': {fault.message}", hint=fault.hint)
        self._prepare()

    def __getstate__(self) -> tuple[TermList, ...]:
        """Keep the lists alone: an automaton is rebuilt faster than it is carried."""
        return self.lists

    def __setstate__(self, lists: tuple[TermList, ...]) -> None:
        """Build the automaton again."""
        self.lists = lists
        self._prepare()

    def _prepare(self) -> None:
        self._last: tuple[str, _Read | None] = ("", None)
        self._strings = TermStrings([one.ready for one in self.lists])
        self._terms = Automaton(list(self._strings.place))

    # What follows is made when the first term is found: most texts, and in many files all of them, hold none.

    @cached_property
    def _turning(self) -> Turning:
        """The triggers, and which strings stand for them."""
        return Turning(self._strings.place)

    @cached_property
    def _cues(self) -> Automaton:
        """What finds the triggers that are no part of any term."""
        return Automaton(self._turning.texts, self._turning.brief, first=len(self._strings.place))

    @cached_property
    def _triage(self) -> Triage:
        """What sorts the finds of a column; one text does not need it."""
        strings, turning = self._strings, self._turning
        texts = [*strings.place, *turning.texts]
        alone = Several.of(strings.alone, len(texts))
        opens = np.array(strings.terms.opens, dtype=bool)[alone.numbers]
        lists = np.array(strings.list_of, dtype=np.int64)[alone.numbers[~opens]]
        where = alone.strings()
        return Triage(
            Strings(
                texts=texts,
                lists=Several(np.bincount(where[~opens], minlength=len(texts)), lists),
                open_terms=np.bincount(where[opens], minlength=len(texts)) > 0,
                heads=Several.of(strings.begun, len(texts)),
                tails=Several.of(strings.closed, len(texts)),
                stems=list(strings.stems),
                cues=list(turning.owners),
                open_cues=list(turning.open),
                inside=list(turning.inside),
            )
        )

    def make_ready(self) -> None:
        """Make ready to read much text, before processes are forked that shall share what is made."""
        self._terms.make_table()
        self._cues.make_table()

    def without(self, list_index: int, term: str) -> TermScanner:
        """
        Return a scanner that says what this one would if a list had one term less; the automaton is shared.

        >>> scanner = TermScanner([TermList("papers", ("passports were kept", "papers were kept"))])
        >>> scanner.without(0, "papers were kept").scan("Papers were kept by the agent.")
        ()
        """
        lesser = object.__new__(TermScanner)
        lesser.__dict__.update({name: own for name, own in self.__dict__.items() if name != "_triage"})
        lesser._last = ("", None)
        kept = tuple(one for one in self.lists[list_index].terms if one != term)
        lesser.lists = (
            *self.lists[:list_index],
            TermList(self.lists[list_index].id, kept),
            *self.lists[list_index + 1 :],
        )
        lesser._strings = self._strings.without(list_index, term)
        return lesser

    def scan(self, text: str) -> tuple[tuple[int, Standing], ...]:
        """
        Return the lists that `text` mentions, each with the best standing of its mentions, ordered by index.
        """
        form = scannable(text)
        found = self._found(form)
        if not found:
            return ()
        return tuple(sorted(self._best(form, found).items()))

    def _found(self, form: str) -> list[Found]:
        """Return the terms found in one scannable text, and if there are any the cues."""
        found = self._terms.find(form)
        return found + self._cues.find(form) if found else found

    def scan_column(self, texts: Sequence[str | None]) -> Hits:
        """
        Return what ``scan`` would say of every text of a column; None is a text without a mention.
        """
        shape = Shape.of(texts)
        buffers = buffers_of(texts, shape)
        parts = [part for buffer in buffers if (part := self._scan_buffer(buffer)) is not None]
        if not parts:
            nothing = np.empty(0, np.int32), np.empty(0, np.int16), np.empty(0, np.uint8)
            return Hits(*nothing, shape.lengths, shape.blank)
        rows, lists, standings = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.argsort(rows * len(self.lists) + lists, kind="stable")  # quick on what is mostly in order
        return Hits(
            rows[order].astype(np.int32),
            lists[order].astype(np.int16),
            standings[order].astype(np.uint8),
            shape.lengths,
            shape.blank,
        )

    def mentions(self, text: str, list_index: int) -> tuple[Mention, ...]:
        """
        Return every place where `text` names a term of one list, denied ones too, in order.

        >>> scanner = TermScanner([TermList("nexus", ("north korean workers",))])
        >>> [mention] = scanner.mentions("There are no North-Korean  workers.", 0)
        >>> mention.term, mention.span, mention.standing.name, mention.reason
        ('north korean workers', (13, 34), 'DENIED', "denied by 'no'")
        """
        form, places, hits, cues = self._read(text)
        told = []
        for number, hit in enumerate(hit for hit in hits if hit.list_index == list_index):
            standing, reason = _UNJUDGED
            if number < MOST_JUDGED:
                hit, standing, reason = _judged(form, hit, cues)  # noqa: PLW2901 -- the same term, met farther on
            stop = places[hit.end - 1] + 1
            while stop < len(text) and composes(text[stop]):
                stop += 1
            words = hit.pattern.words_in(form, hit.start, hit.end, hit.head_end, hit.tail)
            told.append(Mention(hit.pattern.term, (places[hit.start], stop), standing, reason, words))
        return tuple(told)

    def _read(self, text: str) -> _Read:
        """Return what stands in a text; the last one is kept, since it is asked for list after list."""
        last, read = self._last
        if read is None or text != last:
            form, places = scannable_with_offsets(text)
            hits, triggered = self._accepted(form, self._found(form))
            read = _Read(form, places, hits, [] if _inside_one(hits, triggered) else find_cues(form))
            self._last = text, read
        return read

    def _accepted(self, form: str, found: Iterable[Found]) -> tuple[list[_TermHit], list[tuple[int, int]]]:
        """Return the finds that are whole terms, and where triggers stand."""
        hits: list[_TermHit] = []
        triggered: list[tuple[int, int]] = []
        strings, turning = self._strings, self._turning.owners
        to_come = 0
        for literal, start, end in sorted(found, key=itemgetter(1), reverse=True):
            terms: Iterable[int] = strings.alone.get(literal, ())
            if closing := strings.begun_by(literal) & to_come:
                terms = chain(terms, strings.told_by(closing))
            to_come |= strings.closed_by(literal)
            for number in terms:
                pattern = strings.pattern(number)
                stop = pattern.end_in(form, start, end)
                if stop >= 0:
                    head_end, tail = pattern.parts_in(form, start)
                    hits.append(_TermHit(start, stop, strings.list_of[number], pattern, head_end, tail))
            for cue in turning.get(literal, ()):
                stop = cue.end_in(form, start, end)
                if stop >= 0:
                    triggered.append((start, stop))
        hits.sort(key=lambda hit: (hit.start, hit.end, hit.list_index, hit.pattern.term))
        return hits, triggered

    def _best(self, form: str, found: Iterable[Found]) -> dict[int, Standing]:
        hits, triggered = self._accepted(form, found)
        if not hits:
            return {}
        if _inside_one(hits, triggered):
            return {hit.list_index: Standing.STATED for hit in hits}
        cues = find_cues(form)
        best: dict[int, Standing] = {}
        judged: dict[int, int] = {}
        for hit in hits:
            known = best.get(hit.list_index, Standing.DENIED)
            if known is not Standing.STATED:
                number = judged[hit.list_index] = judged.get(hit.list_index, 0) + 1
                standing = _UNJUDGED[0] if number > MOST_JUDGED else _judged(form, hit, cues)[1]
                if standing > known:
                    best[hit.list_index] = standing
        return best

    def _scan_buffer(
        self, buffer: Buffer
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]] | None:
        found = self._finds(self._terms, buffer)
        if not len(found.text):
            return None
        buffer, found = buffer.around(found)
        rows, lists, readings = self._triage.split(buffer, found.with_those(self._finds(self._cues, buffer)))
        read = [
            (reading.row, index, standing)
            for reading in readings
            for index, standing in self._best(reading.text, reading.found).items()
        ]
        pairs = _distinct(buffer, rows, lists, len(self.lists))
        judged = np.array(read, dtype=np.int64).reshape(-1, 3)
        return (
            np.concatenate((buffer.rows[pairs // len(self.lists)], judged[:, 0])),
            np.concatenate((pairs % len(self.lists), judged[:, 1])),
            np.concatenate((np.full(len(pairs), int(Standing.STATED)), judged[:, 2])),
        )

    def _finds(self, automaton: Automaton, buffer: Buffer) -> Finds:
        """Return what an automaton finds in a buffer at the borders of words."""
        found = automaton.find_all(buffer.scanned)
        literal, start, end = found.T
        if not len(found):
            return buffer.finds(literal, start, end)
        return self._triage.at_borders(buffer, buffer.finds(literal, start, end))


def _distinct(
    buffer: Buffer, rows: NDArray[np.int64], lists: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """Return every (row, list) pair once, as one number."""
    pairs = rows * count + lists
    size = len(buffer.rows) * count
    if size > _MOST_MARKS:
        return np.unique(pairs)
    marks = np.zeros(size, dtype=bool)
    marks[pairs] = True
    return np.flatnonzero(marks)


def _judged(form: str, hit: _TermHit, cues: Sequence[CueHit]) -> tuple[_TermHit, Standing, str]:
    """Judge a hit; where it is not stated, another word of the choice behind its gap counts, if that is stated farther on."""
    standing, reason = judge(form, hit.start, hit.end, cues, (hit.head_end, hit.tail))
    if standing is Standing.STATED or hit.tail <= hit.start or not has_choice(hit.pattern.term):
        return hit, standing, reason
    met = form[hit.tail : hit.end]
    for end, head_end, tail in hit.pattern.farther_in(form, hit.start, hit.tail, hit.end):
        if (
            form[tail:end] != met
            and judge(form, hit.start, end, cues, (head_end, tail))[0] is Standing.STATED
        ):
            return hit._replace(end=end, head_end=head_end, tail=tail), Standing.STATED, ""
    return hit, standing, reason


def _inside_one(hits: Sequence[_TermHit], triggered: Sequence[tuple[int, int]]) -> bool:
    """Tell whether there is but one term and every trigger is part of it ("not allowed to leave"), or there is none."""
    if not triggered or not hits:
        return not triggered
    first = hits[0]
    alone = all((hit.start, hit.end, hit.tail) == (first.start, first.end, first.tail) for hit in hits)
    return alone and all(
        first.start <= start and end <= first.end and (end <= first.head_end or first.tail <= start)
        for start, end in triggered
    )
