"""
All names of one kind, filed so that those worth comparing are found without reading the rest.

The guarantee: a name whose comparison with the query gives any score above 0 is among the candidates. It holds because
:func:`~laborscreen.names.people.compare_people` and :func:`~laborscreen.names.organisations.compare_firms` return something only
when one of these holds, and each is filed under a key that both names must then share:

1. *The same letters, spaces apart.* Filed under these letters.
2. *Both Korean, the same family name, given syllables at a finite cost.* Filed under family and classes of the syllables;
   sounds at a finite cost share a class (:mod:`~laborscreen.names.korean_sounds`).
3. *Words paired that cover at least* ``LEAST_COVERAGE`` *of the weight of each side.* Take the query's heaviest words until those
   left weigh less than that share: the pairs must include one of the words taken (its *front*). A pair is
   (a) two words within the edit budget by letters or by skeleton, which are filed alike: they share a hash of what is left when letters are dropped
   (:mod:`~laborscreen.names.deletions`), or two given names of one family: both are filed under its head; (b) two words that read as Korean at a finite cost: they share a key of classes; (c) a run of
   the query's words, written together, with the skeleton of one word here; (d) the reverse. So it is enough to look up
   each front word in these four ways.

Where a front word is common, the lists are long. Then all words of the query are looked up and what each name could cover at
most is summed on both sides; names under the share are dropped. The sums only ever overstate (a word met twice counts
twice), so nothing that the comparison would accept is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from laborscreen.names.alignment import LEAST_COVERAGE, MOST_JOINED, joined_skeleton
from laborscreen.names.deletions import hash_of, hashes_left, hashes_of
from laborscreen.names.korean_people import person_keys
from laborscreen.names.korean_sounds import keys
from laborscreen.names.organisations import FirmName
from laborscreen.names.people import PersonName
from laborscreen.names.skeleton import edit_budget
from laborscreen.names.words import Word

__all__ = ["Shelf"]

Rows = NDArray[np.int32]
Arrays = Mapping[str, NDArray[np.generic]]
OneName = PersonName | FirmName
SLACK = 1e-4
FEW = 24
MOST_REMEMBERED = 300_000
KOREAN, HAN = 1, 2


class Shelf:
    """
    The names of one kind.

    Args:
        arrays: as made by :meth:`build`, or read back from a file.
    """

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = dict(arrays)
        self._words = bytes(arrays["words"].astype(np.uint8)).decode().split("\n") if len(arrays["words"]) else []
        self._place = {word: place for place, word in enumerate(self._words)}
        self._left, self._left_word = arrays["left"], arrays["left_word"]
        self._exact, self._exact_row = arrays["exact"], arrays["exact_row"]
        self._sounds, self._sounds_word = arrays["sounds"], arrays["sounds_word"]
        self._joins, self._joins_row, self._joins_share = arrays["joins"], arrays["joins_row"], arrays["joins_share"]
        self._start, self._row, self._share = arrays["start"], arrays["row"], arrays["share"]
        self._flags = arrays["flags"]
        self._near: dict[str, tuple[int, ...]] = {}

    @staticmethod
    def build(names: Iterable[OneName]) -> dict[str, NDArray[np.generic]]:
        """Return the arrays for *names*; the row of a name is its place."""
        words: dict[str, int] = {}
        postings: dict[int, dict[int, float]] = {}
        exact: list[tuple[str, int]] = []
        joins: list[tuple[str, int, float]] = []
        sounds: dict[tuple[str, int], None] = {}
        flags: list[int] = []
        for row, name in enumerate(names):
            exact.append((name.squashed, row))
            flag = 0
            if isinstance(name, PersonName):
                flag = (KOREAN if name.korean else 0) | (HAN if name.script == "han" else 0)
                exact += [(key, row) for key in {k: 0 for read in name.korean for k in person_keys(read)}]
            flags.append(flag)
            total = sum(word.weight for word in name.words) or 1.0
            for word in name.words:
                for filed in spellings(word):
                    place = words.setdefault(filed, len(words))
                    shares = postings.setdefault(place, {})
                    shares[row] = shares.get(row, 0.0) + word.weight / total
                place = words[word.skeleton]
                for reading in word.korean:
                    for key in keys(reading):
                        sounds[key, place] = None
            joins += [
                (joined_skeleton(run), row, sum(word.weight for word in run) / total) for run in runs(name.words)
            ]
        left, left_word = hashes_left(list(words))
        counts = np.array([len(postings[place]) for place in range(len(words))], dtype=np.int64)
        arrays: dict[str, NDArray[np.generic]] = {
            "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
            "start": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            "row": np.array([row for place in range(len(words)) for row in postings[place]], dtype=np.int32),
            "share": np.array([s for place in range(len(words)) for s in postings[place].values()], dtype=np.float32),
            "flags": np.array(flags, dtype=np.uint8),
        }
        arrays |= _sorted(left, ("left", left_word))
        arrays |= _sorted_named("exact", hashes_of([key for key, _ in exact]),
                                {"exact_row": np.array([row for _, row in exact], dtype=np.int32)})
        arrays |= _sorted_named("sounds", hashes_of([key for key, _ in sounds]),
                                {"sounds_word": np.array([place for _, place in sounds], dtype=np.int32)})
        arrays |= _sorted_named("joins", hashes_of([key for key, _, _ in joins]),
                                {"joins_row": np.array([row for _, row, _ in joins], dtype=np.int32),
                                 "joins_share": np.array([share for _, _, share in joins], dtype=np.float32)})
        return arrays

    def remember(self, names: Iterable[OneName]) -> None:
        """Look up the near words of all *names* at once, which is much quicker than one by one."""
        wanted = {filed for name in names for word in name.words for filed in spellings(word)} - self._near.keys()
        if len(self._near) > MOST_REMEMBERED:
            self._near.clear()
        if wanted:
            self._near |= self._find_near(sorted(wanted))

    def candidates(self, name: OneName) -> Sequence[int]:
        """Return the rows that may have something in common with *name*, in no order."""
        found = set(self._rows_of(name.squashed))
        if isinstance(name, PersonName):
            for reading in name.korean:
                for key in person_keys(reading):
                    found.update(self._rows_of(key))
        if name.words:
            found.update(self._by_words(name))
        return list(found)

    def _rows_of(self, key: str) -> list[int]:
        sought = np.uint64(hash_of(key))
        first = int(np.searchsorted(self._exact, sought))
        last = first
        while last < len(self._exact) and self._exact[last] == sought:
            last += 1
        return self._exact_row[first:last].tolist()

    def _find_near(self, skeletons: list[str]) -> dict[str, tuple[int, ...]]:
        """Return for each skeleton the places of the words here within the edit budget."""
        hashes, owners = hashes_left(skeletons)
        first = np.searchsorted(self._left, hashes, side="left")
        last = np.searchsorted(self._left, hashes, side="right")
        met = np.flatnonzero(last > first)
        pairs: dict[int, set[int]] = {}
        for at in met.tolist():
            pairs.setdefault(int(owners[at]), set()).update(self._left_word[first[at] : last[at]].tolist())
        found: dict[str, tuple[int, ...]] = {}
        for place, skeleton in enumerate(skeletons):
            several = pairs.get(place, ())
            found[skeleton] = tuple(sorted(other for other in several if self._within(skeleton, self._words[other])))
        return found

    @staticmethod
    def _within(one: str, other: str) -> bool:
        if one == other:
            return True
        budget = edit_budget(min(len(one), len(other)))
        return bool(budget) and OSA.distance(one, other, score_cutoff=budget) <= budget

    def _met(self, place: int, words: tuple[Word, ...], joined: dict[int, list[str]]) -> tuple[set[int], list[int]]:
        """Return the words here that the word at *place* meets, and the joined runs here (places in their table)."""
        word = words[place]
        met: set[int] = set()
        for spelling in spellings(word):
            near = self._near.get(spelling)
            if near is None:
                near = self._find_near([spelling])[spelling]
                self._near[spelling] = near
            met.update(near)
        for reading in word.korean:
            for key in keys(reading):
                met.update(_lookup(self._sounds, self._sounds_word, key))
        for skeleton in joined.get(place, ()):
            whole = self._place.get(skeleton)
            if whole is not None:
                met.add(whole)
        sought = np.uint64(hash_of(word.skeleton))
        first = int(np.searchsorted(self._joins, sought))
        last = first
        while last < len(self._joins) and self._joins[last] == sought:
            last += 1
        return met, list(range(first, last))

    def _by_words(self, name: OneName) -> Sequence[int]:
        words = name.words
        total = sum(word.weight for word in words) or 1.0
        order = sorted(range(len(words)), key=lambda place: (-words[place].weight, place))
        joined: dict[int, list[str]] = {}
        for length in range(2, MOST_JOINED + 1):
            for start in range(len(words) - length + 1):
                skeleton = joined_skeleton(words[start : start + length])
                for place in range(start, start + length):
                    joined.setdefault(place, []).append(skeleton)
        left = total
        found: list[NDArray[np.int32]] = []
        looked: dict[int, tuple[set[int], list[int]]] = {}
        for place in order:
            looked[place] = self._met(place, words, joined)
            met, runs_met = looked[place]
            found += [self._row[self._start[word] : self._start[word + 1]] for word in met]
            if runs_met:
                found.append(self._joins_row[runs_met[0] : runs_met[-1] + 1])
            left -= words[place].weight
            if left < (LEAST_COVERAGE - SLACK) * total:
                break
        if not found:
            return ()
        rows = np.unique(np.concatenate(found))
        if isinstance(name, PersonName) and name.korean and name.script != "han":
            # Two Korean names are told apart by their syllables alone, unless one is written in Chinese characters.
            flags = self._flags[rows]
            rows = rows[(flags & KOREAN == 0) | (flags & HAN != 0)]
        if len(rows) <= FEW:
            return rows.tolist()
        return self._covering(rows, name, order, joined, looked)

    def _covering(
        self,
        rows: Rows,
        name: OneName,
        order: list[int],
        joined: dict[int, list[str]],
        looked: dict[int, tuple[set[int], list[int]]],
    ) -> Sequence[int]:
        """Keep the rows that could cover enough of both names."""
        words = name.words
        total = sum(word.weight for word in words) or 1.0
        ours, theirs = np.zeros(len(rows)), np.zeros(len(rows))
        for place in order:
            met, runs_met = looked.get(place) or self._met(place, words, joined)
            touched = np.zeros(len(rows), dtype=bool)
            lists = [(self._row[self._start[w] : self._start[w + 1]], self._share[self._start[w] : self._start[w + 1]])
                     for w in sorted(met)]
            if runs_met:
                span = slice(runs_met[0], runs_met[-1] + 1)
                lists.append((self._joins_row[span], self._joins_share[span]))
            for their_rows, shares in lists:
                at = np.searchsorted(rows, their_rows)
                at[at == len(rows)] = 0
                hit = rows[at] == their_rows
                touched[at[hit]] = True
                np.add.at(theirs, at[hit], shares[hit])
            ours += touched * (words[place].weight / total)
        least = LEAST_COVERAGE - SLACK
        return rows[(ours >= least) & (theirs >= least)].tolist()


def spellings(word: Word) -> tuple[str, ...]:
    """Return what *word* is filed under: its skeleton, its letters, the head of its family of given names."""
    return tuple({word.skeleton: 0, word.text: 0, word.head or word.text: 0})


def runs(words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    """Return every run of two or three neighbouring words."""
    return [
        words[start : start + length]
        for length in range(2, MOST_JOINED + 1)
        for start in range(len(words) - length + 1)
    ]


def _lookup(keys_here: NDArray[np.generic], values: NDArray[np.generic], key: str) -> list[int]:
    sought = np.uint64(hash_of(key))
    first = int(np.searchsorted(keys_here, sought, side="left"))
    last = first
    while last < len(keys_here) and keys_here[last] == sought:
        last += 1
    return values[first:last].tolist()


def _sorted(hashes: NDArray[np.uint64], companion: tuple[str, NDArray[np.int32]]) -> dict[str, NDArray[np.generic]]:
    name, owners = companion
    return _sorted_named(name, hashes, {f"{name}_word": owners})


def _sorted_named(
    name: str, hashes: NDArray[np.uint64], companions: dict[str, NDArray[np.generic]]
) -> dict[str, NDArray[np.generic]]:
    order = np.argsort(hashes, kind="stable")
    return {name: hashes[order]} | {other: values[order] for other, values in companions.items()}
