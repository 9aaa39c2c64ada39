"""
All names of one kind, filed so that those worth comparing are found without reading the rest.

The guarantee: a name whose comparison with the query scores at least the threshold asked for is among the
candidates. It holds because :func:`~laborscreen.names.people.compare_people` and
:func:`~laborscreen.names.organisations.compare_firms` find something only in one of three ways, and each
leaves a trace that is looked up here:

1. *The same letters, spaces apart.* Filed under these letters.
2. *Both Korean, the same family name, given syllables at a finite cost.* Filed under family and classes of
   the syllables; sounds at a finite cost share a class (:mod:`~laborscreen.names.korean_sounds`).
3. *Words paired one to one.* A pair is (a) two words within the edit budget by letters or by skeleton, which
   are filed alike: they share a hash of what is left when letters are dropped
   (:mod:`~laborscreen.names.deletions`); or two given names of one family: both are filed under its head; (b)
   two words that read as Korean at a finite cost: they share a key of classes; (c) a run of the query's
   words, written together, with the skeleton of one word here; (d) the reverse.

For the third way, evidence falls by a fixed amount for every part of quality lost, and quality is a weighted
mean of what is covered on either side. So a threshold sets the least share of the query's weight that must be
covered (:func:`~laborscreen.names.ceilings.least_share`). Take the query's heaviest words until those left weigh
less than that share: the pairs must include one of the words taken (its *front*). It is enough to look up each
of these in the four ways.

Names found so are then weighed: what each word of the query could cover at most, on both sides, and from it
the evidence at most. Every term only overstates: the likeness of a pair is taken at its ceiling, the best
pair of every word is counted, though two words may claim the same one. Names under the threshold even so are
dropped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from laborscreen.names.alignment import JOINED_LIKENESS, MOST_JOINED, joined_skeleton
from laborscreen.names.ceilings import Name, Rows, best_of_rows, least_share, most_alike, most_evidence
from laborscreen.names.deletions import hashes_left
from laborscreen.names.korean_people import person_keys
from laborscreen.names.korean_sounds import keys
from laborscreen.names.korean_spelling import Reading
from laborscreen.names.organisations import FirmName
from laborscreen.names.people import PersonName
from laborscreen.names.words import SAME_SKELETON, Word

__all__ = ["Shelf"]

Arrays = Mapping[str, NDArray[Any]]
SLACK = 1e-4
FEW = 4
MOST_REMEMBERED = 400_000
KOREAN, HAN = 1, 2


class _Met(NamedTuple):
    """
    What one word of the query meets on the shelf: rows, with repeats, each with its share and a ceiling of likeness.
    """

    rows: Rows
    share: NDArray[np.float64]
    alike: NDArray[np.float64]


NOTHING = _Met(np.empty(0, dtype=np.int32), np.empty(0), np.empty(0))


class Shelf:
    """
    The names of one kind.

    Args:
        arrays: as made by :meth:`build`, or read back from a file.
    """

    def __init__(self, arrays: Arrays) -> None:
        self._words = (
            bytes(arrays["words"].astype(np.uint8)).decode().split("\n") if len(arrays["words"]) else []
        )
        self._place = {word: place for place, word in enumerate(self._words)}
        self._left, self._left_word = arrays["left"], arrays["left_word"]
        # Memory views give plain integers, which a search for one key is quickest in.
        self._exact, self._exact_row = _integers(arrays["exact"]), _integers(arrays["exact_row"])
        self._sounds, self._sounds_word = _integers(arrays["sounds"]), _integers(arrays["sounds_word"])
        self._joins = _integers(arrays["joins"])
        self._joins_row, self._joins_share = arrays["joins_row"], arrays["joins_share"]
        self._start = _integers(arrays["start"])
        self._row, self._share = arrays["row"], arrays["share"]
        self._flags = arrays["flags"]
        self._near: dict[str, tuple[tuple[int, float], ...]] = {}
        self._known: dict[tuple[str, tuple[Reading, ...]], _Met] = {}

    @staticmethod
    def build(names: Iterable[Name]) -> dict[str, NDArray[np.generic]]:
        """Return the arrays for *names*; the row of a name is its place."""
        words: dict[str, int] = {}
        postings: list[dict[int, float]] = []
        exact: list[tuple[int, int]] = []
        joins: dict[tuple[int, int], float] = {}
        sounds: dict[tuple[int, int], None] = {}
        flags: list[int] = []
        for row, name in enumerate(names):
            exact += [(key, row) for key in _exact_keys(name)]
            flags.append(_flag(name))
            total = sum(word.weight for word in name.words) or 1.0
            for word in name.words:
                for filed in spellings(word):
                    place = words.setdefault(filed, len(words))
                    if place == len(postings):
                        postings.append({})
                    postings[place][row] = postings[place].get(row, 0.0) + word.weight / total
                place = words[word.skeleton]
                sounds |= {(hash_of(key), place): None for reading in word.korean for key in keys(reading)}
            for run in runs(name.words):
                key = (hash_of(joined_skeleton(run)), row)
                joins[key] = joins.get(key, 0.0) + sum(word.weight for word in run) / total
        left, left_word = hashes_left(list(words))
        arrays: dict[str, NDArray[np.generic]] = {
            "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
            "start": np.concatenate([[0], np.cumsum(list(map(len, postings)))]).astype(np.int64),
            "row": np.array([row for shares in postings for row in shares], dtype=np.int32),
            "share": np.array([share for shares in postings for share in shares.values()], dtype=np.float32),
            "flags": np.array(flags, dtype=np.uint8),
        }
        arrays |= _sorted("left", left, left_word=left_word)
        arrays |= _sorted(
            "exact", _hashes(key for key, _ in exact), exact_row=_places(row for _, row in exact)
        )
        arrays |= _sorted(
            "sounds", _hashes(key for key, _ in sounds), sounds_word=_places(at for _, at in sounds)
        )
        arrays |= _sorted(
            "joins",
            _hashes(key for key, _ in joins),
            joins_row=_places(row for _, row in joins),
            joins_share=np.array(list(joins.values()), dtype=np.float32),
        )
        return arrays

    def remember(self, words: Iterable[Word]) -> None:
        """Look up what is near *words*, all at once, which is much quicker than one by one."""
        known = self._near
        wanted = {filed for word in words for filed in spellings(word) if filed not in known}
        if wanted:
            self._near |= self._find_near(sorted(wanted))

    def candidates(self, name: Name, evidence: float) -> set[int]:
        """Return the rows whose comparison with *name* may reach *evidence*."""
        found: set[int] = set()
        for key in _exact_keys(name):
            first, last = _span(self._exact, key)
            found.update(self._exact_row[first:last])
        if name.words:
            if len(self._near) > MOST_REMEMBERED:
                self._near.clear()
                self._known.clear()
            found.update(self._by_words(name, evidence))
        return found

    def _find_near(self, spelled: list[str]) -> dict[str, tuple[tuple[int, float], ...]]:
        """Return for each spelling the places of the words here within the edit budget, and how alike they are."""
        hashes, owners = hashes_left(spelled)
        first = np.searchsorted(self._left, hashes, side="left")
        met = np.flatnonzero(first < len(self._left))
        met = met[self._left[first[met]] == hashes[met]]
        last = np.searchsorted(self._left, hashes[met], side="right")
        pairs: dict[int, set[int]] = {}
        for owner, start, stop in zip(owners[met].tolist(), first[met].tolist(), last.tolist(), strict=True):
            pairs.setdefault(owner, set()).update(self._left_word[start:stop].tolist())
        found: dict[str, tuple[tuple[int, float], ...]] = dict.fromkeys(spelled, ())
        for owner, places in pairs.items():
            word = spelled[owner]
            alike = ((place, most_alike(word, self._words[place])) for place in sorted(places))
            found[word] = tuple((place, most) for place, most in alike if most)
        return found

    def _meet(self, word: Word, joined: Sequence[str]) -> _Met:
        """Return what *word* meets here, alone or in the runs *joined* that it is part of."""
        wholes = [self._place[skeleton] for skeleton in joined if skeleton in self._place]
        if wholes:
            return self._gather(word, wholes)
        key = (word.text, word.korean)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._gather(word, ())
        return found

    def _gather(self, word: Word, wholes: Sequence[int]) -> _Met:
        met: dict[int, float] = dict.fromkeys(wholes, JOINED_LIKENESS)
        for spelling in spellings(word):
            for place, most in self._near[spelling]:
                met[place] = max(most, met.get(place, 0.0))
        for reading in word.korean:
            for key in keys(reading):
                first, last = _span(self._sounds, hash_of(key))
                for place in self._sounds_word[first:last]:
                    met[place] = max(SAME_SKELETON, met.get(place, 0.0))
        lists = [
            (self._row, self._share, self._start[at], self._start[at + 1], most) for at, most in met.items()
        ]
        first, last = _span(self._joins, hash_of(word.skeleton))
        if first < last:
            lists.append((self._joins_row, self._joins_share, first, last, JOINED_LIKENESS))
        if not lists:
            return NOTHING
        alike = np.repeat([most for *_, most in lists], [stop - start for _, _, start, stop, _ in lists])
        share = np.concatenate([shares[start:stop] for _, shares, start, stop, _ in lists])
        return _Met(
            np.concatenate([rows[start:stop] for rows, _, start, stop, _ in lists]), share * alike, alike
        )

    def _by_words(self, name: Name, evidence: float) -> Sequence[int]:
        words = name.words
        total = sum(word.weight for word in words) or 1.0
        least = least_share(name, total, evidence)
        order = sorted(range(len(words)), key=lambda place: (-words[place].weight, place))
        joined = _joined(words)
        front, left = 0, total
        while front < len(order) and left >= (least - SLACK) * total:
            left -= words[order[front]].weight
            front += 1
        self.remember(words[place] for place in order[:front])
        met = {place: self._meet(words[place], joined[place]) for place in order[:front]}
        lists = [found.rows for found in met.values() if len(found.rows)]
        if not lists:
            return ()
        rows = np.unique(np.concatenate(lists))
        if isinstance(name, PersonName) and name.korean and name.script != "han":
            # Two Korean names are told apart by their syllables alone, unless one is written in Chinese characters.
            flags = self._flags[rows]
            rows = rows[(flags & KOREAN == 0) | (flags & HAN != 0)]
        if len(rows) > FEW:
            self.remember(words[place] for place in order[front:])
            for place in order[front:]:
                met[place] = self._meet(words[place], joined[place])
            rows = self._weigh(rows, name, met, total, evidence)
        return cast("list[int]", rows.tolist())

    def _weigh(self, rows: Rows, name: Name, met: dict[int, _Met], total: float, evidence: float) -> Rows:
        """Keep the rows that could reach *evidence* if every pair were as alike as it can be."""
        ours, theirs = np.zeros(len(rows)), np.zeros(len(rows))
        for place, found in met.items():
            alike, share = best_of_rows(rows, found.rows, found.alike, found.share)
            ours += alike * (name.words[place].weight / total)
            theirs += share
        kept: Rows = rows[most_evidence(name, total, ours, theirs) >= evidence - SLACK]
        return kept


def spellings(word: Word) -> tuple[str, ...]:
    """Return what *word* is filed under: its skeleton, its letters, the head of its family of given names."""
    if word.skeleton == word.text and not word.head:
        return (word.text,)
    return tuple({word.skeleton: 0, word.text: 0, word.head or word.text: 0})


def runs(words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    """Return every run of two or three neighbouring words."""
    return [
        words[start : start + length]
        for length in range(2, MOST_JOINED + 1)
        for start in range(len(words) - length + 1)
    ]


def hash_of(key: str) -> int:
    """Return 64 bits of *key*, the same on every machine; a clash only adds a candidate."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _joined(words: tuple[Word, ...]) -> list[list[str]]:
    """Return for each word the skeletons of the runs it is part of."""
    found: list[list[str]] = [[] for _ in words]
    for length in range(2, MOST_JOINED + 1):
        for start in range(len(words) - length + 1):
            skeleton = joined_skeleton(words[start : start + length])
            for place in range(start, start + length):
                found[place].append(skeleton)
    return found


def _exact_keys(name: Name) -> list[int]:
    found = [hash_of(name.squashed)]
    if isinstance(name, PersonName) and name.korean:
        found += map(hash_of, {key: 0 for reading in name.korean for key in person_keys(reading)})
    return found


def _flag(name: Name) -> int:
    if isinstance(name, FirmName):
        return 0
    return (KOREAN if name.korean else 0) | (HAN if name.script == "han" else 0)


def _span(sorted_keys: Sequence[int], key: int) -> tuple[int, int]:
    first = last = bisect_left(sorted_keys, key)
    while last < len(sorted_keys) and sorted_keys[last] == key:
        last += 1
    return first, last


def _integers(array: NDArray[Any]) -> Sequence[int]:
    """Return *array* as a view whose items are plain integers."""
    view = memoryview(np.ascontiguousarray(array).tobytes())
    match array.dtype.str[1:]:
        case "u8":
            return cast("Sequence[int]", view.cast("Q"))
        case "i8":
            return cast("Sequence[int]", view.cast("q"))
        case _:
            return cast("Sequence[int]", view.cast("i"))


def _hashes(keys_made: Iterable[int]) -> NDArray[np.uint64]:
    return np.array(list(keys_made), dtype=np.uint64)


def _places(places: Iterable[int]) -> Rows:
    return np.array(list(places), dtype=np.int32)


def _sorted(
    name: str, hashes: NDArray[np.uint64], **companions: NDArray[np.generic]
) -> dict[str, NDArray[np.generic]]:
    order = np.argsort(hashes, kind="stable")
    return {name: hashes[order]} | {other: values[order] for other, values in companions.items()}
