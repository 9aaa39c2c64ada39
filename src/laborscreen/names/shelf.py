"""
All names of one kind, filed so that those worth comparing are found without reading the rest.

The guarantee: a name whose comparison with the query scores at least the threshold asked for is among the
candidates. It holds because :func:`~laborscreen.names.people.compare_people` and
:func:`~laborscreen.names.organisations.compare_firms` find something only in one of four ways, and each
leaves a trace that is looked up here:

1. *The same letters, spaces or titles apart.* Filed under these letters, with titles and without.
2. *Both Korean, the same family name, given syllables at a finite cost.* Filed under family and classes of
   the syllables; sounds at a finite cost share a class (:mod:`~laborscreen.names.korean_sounds`).
3. *Two Korean names one edit apart, or of words in any order of which one is an edit apart.* Filed under what is left of
   the name when a letter is dropped, and when a word is, with the ends of that word (:mod:`~laborscreen.names.korean_slips`).
4. *Words paired one to one.* A pair is (a) two words within the edit budget by letters or by skeleton, which
   are filed alike: they share a hash of what is left when letters are dropped
   (:mod:`~laborscreen.names.deletions`); or two given names of one family: both are filed under its head; (b)
   two words that read as Korean at a finite cost: they share a key of classes; (c) a run of the query's
   words, written together, with the skeleton of one word here; (d) the reverse.

For the fourth way, every word of the query is looked up in the four ways, once for all queries that hold it, and
:mod:`~laborscreen.names.sifting` keeps the rows whose evidence could be enough. Evidence falls by a fixed amount for
every part of quality lost, and quality is a weighted mean of what is covered on either side; so a threshold sets
the least share of the query's weight that must be covered (:func:`~laborscreen.names.ceilings.least_share`). Words
that together could not cover so much may be left out when rows are gathered: the pairs must include one of the others.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from laborscreen.names.alignment import JOINED_LIKENESS, joined_runs, runs_from
from laborscreen.names.ceilings import Name, Rows
from laborscreen.names.deletions import Filed, hashes_left
from laborscreen.names.korean_people import person_keys
from laborscreen.names.korean_slips import END_BITS, letters_left, may_be_near, words_beside
from laborscreen.names.korean_sounds import keys
from laborscreen.names.met import NOTHING, Met, Span, Standing
from laborscreen.names.organisations import FirmName
from laborscreen.names.people import READ_IN_SEVERAL_WAYS, PersonName
from laborscreen.names.runs import Integers, each_once, starts_of_runs
from laborscreen.names.sifting import sift
from laborscreen.names.skeleton import slip_likeness
from laborscreen.names.words import SAME_SKELETON, Word

__all__ = ["Shelf"]

Arrays = Mapping[str, NDArray[Any]]
# A word that is looked up: alone, or as a part of the words at these places that it makes together with its neighbours.
Asking = Word | tuple[Word, tuple[int, ...]]
MOST_REMEMBERED = 400_000
KOREAN, SEVERAL_WAYS = 1, 2
PLACE_BITS = 32
MOST_PLACES = (1 << PLACE_BITS) - 1
ENDS = (1 << END_BITS) - 1
_CODES: dict[str, Literal["Q", "q", "i", "f"]] = {"u8": "Q", "i8": "q", "i4": "i", "f4": "f"}


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
        self._filed, self._left_word = Filed(arrays["left"]), arrays["left_word"]
        # Memory views give plain numbers, which a search for one key is quickest in.
        self._exact, self._exact_row = _numbers(arrays["exact"]), _numbers(arrays["exact_row"])
        self._sounds, self._sounds_word = _numbers(arrays["sounds"]), _numbers(arrays["sounds_word"])
        self._joins, self._joins_share = _numbers(arrays["joins"]), _numbers(arrays["joins_share"])
        self._start = _numbers(arrays["start"])
        self._most_share = _numbers(
            np.maximum.reduceat(arrays["share"], arrays["start"][:-1]) if self._words else arrays["share"]
        )
        self._flags = arrays["flags"].tobytes()
        self._arrays = arrays
        self._opens: dict[str, bool] = {}
        self._known: dict[Asking, Met] = {}

    @staticmethod
    def build(names: Iterable[Name]) -> dict[str, NDArray[np.generic]]:
        """Return the arrays for *names*; the row of a name is its place."""
        words: dict[str, int] = {}
        filed: dict[Word, tuple[int, ...]] = {}
        runs: dict[str, int] = {}
        standing, joined = _Shares(), _Shares()
        exact: list[tuple[int, int]] = []
        flags: list[int] = []
        for row, name in enumerate(names):
            exact += [(key, row) for key in (*_exact_keys(name), *_slip_keys(name), *_word_keys(name))]
            flags.append(_flag(name))
            weights = [word.weight for word in name.words]
            total = sum(weights) or 1.0
            for word, weight in zip(name.words, weights, strict=True):
                places = filed.get(word)
                if places is None:
                    places = tuple([words.setdefault(one, len(words)) for one in spellings(word)])
                    filed[word] = places
                for place in places:
                    standing.add(place, row, weight / total)
            for start, stop, skeleton in joined_runs(name.words):
                joined.add(runs.setdefault(skeleton, len(runs)), row, sum(weights[start:stop]) / total)
        sounds = {
            (hash_of(key), places[0]): None
            for word, places in filed.items()
            for reading in word.korean
            for key in keys(reading)
        }
        left, left_word = hashes_left(list(words))
        places_of_rows, rows, share = standing.added_up()
        run, runs_row, runs_share = joined.added_up()
        arrays: dict[str, NDArray[np.generic]] = {
            "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
            "start": np.searchsorted(places_of_rows, np.arange(len(words) + 1)).astype(np.int64),
            "row": rows,
            "share": share,
            "flags": np.array(flags, dtype=np.uint8),
        }
        arrays |= _sorted("left", left, left_word=left_word)
        arrays |= _sorted(
            "exact", _hashes(key for key, _ in exact), exact_row=_places(row for _, row in exact)
        )
        arrays |= _sorted(
            "sounds", _hashes(key for key, _ in sounds), sounds_word=_places(at for _, at in sounds)
        )
        hashes = _hashes(map(hash_of, runs))
        arrays |= _sorted("joins", hashes[run], joins_row=runs_row, joins_share=runs_share)
        return arrays

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self._words)

    def candidates(self, names: Sequence[Name], evidence: float) -> list[set[int]]:
        """Return for each of *names* the rows whose comparison with it may reach *evidence*."""
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
            self._opens.clear()
        found = self._of_same_letters(names)
        weights = [[word.weight for word in name.words] for name in names]
        person = bool(names) and isinstance(names[0], PersonName)
        for number, row in sift(weights, self._look_up(names), person, evidence, self._standing):
            if not (person and self._told_by_syllables(names[number], row)):
                found[number].add(row)
        return found

    def _of_same_letters(self, names: Sequence[Name]) -> list[set[int]]:
        """Return the rows filed under the same letters, the same family name and syllables, or a slip in these."""
        found: list[set[int]] = []
        for name in names:
            rows: set[int] = set()
            for key in (*_exact_keys(name), *_slip_keys(name)):
                first, last = _span(self._exact, key)
                rows.update(self._exact_row[first:last])
            for key in _word_keys(name):
                first, last = _span(self._exact, key & ~ENDS, key | ENDS)
                several = zip(self._exact[first:last], self._exact_row[first:last], strict=True)
                rows.update([row for known, row in several if may_be_near(known, key)])
            found.append(rows)
        return found

    def _look_up(self, names: Sequence[Name]) -> list[list[Met]]:
        """Return what the words of *names* meet here; the new ones are looked up all at once."""
        asked_by: list[list[Asking]] = []
        unknown: dict[Asking, None] = {}
        known = self._known
        for name in names:
            words = name.words
            joined = self._wholes(words)
            asking: list[Asking] = [*words]
            for place, wholes in joined.items():
                asking[place] = (words[place], wholes)
            asked_by.append(asking)
            for one in asking:
                if one not in known:
                    unknown[one] = None
        if unknown:
            new = [one if isinstance(one, tuple) else (one, ()) for one in unknown]
            known.update(zip(unknown, self._gather(new), strict=True))
        return [[known[one] for one in asking] for asking in asked_by]

    def _told_by_syllables(self, name: Name, row: int) -> bool:
        """Return whether two Korean names are told apart by syllables alone: unless a script has several readings."""
        if isinstance(name, FirmName) or not name.korean or name.script in READ_IN_SEVERAL_WAYS:
            return False
        flags = self._flags[row]
        return bool(flags & KOREAN) and not flags & SEVERAL_WAYS

    def _find_near(self, spelled: list[str]) -> dict[str, list[tuple[int, float]]]:
        """Return for each spelling the places of the words here within the edit budget, and how alike they are."""
        met, owners = self._filed.met(*hashes_left(spelled))
        pairs = each_once((owners.astype(np.int64) << PLACE_BITS) + self._left_word[met])
        found: dict[str, list[tuple[int, float]]] = {spelling: [] for spelling in spelled}
        for owner, place in zip((pairs >> PLACE_BITS).tolist(), (pairs & MOST_PLACES).tolist(), strict=True):
            spelling, word = spelled[owner], self._words[place]
            alike = 1.0 if spelling == word else slip_likeness(spelling, word)
            if alike:
                found[spelling].append((place, alike))
        return found

    def _wholes(self, words: tuple[Word, ...]) -> dict[int, tuple[int, ...]]:
        """Return for the places of *words* which words here they are part of when they are written together."""
        found: dict[int, tuple[int, ...]] = {}
        opens = self._opens
        for first in range(len(words) - 1):
            bones = words[first].skeleton
            may_open = opens.get(bones)
            if may_open is None:
                may_open = opens[bones] = self._opens_another(bones)
            if may_open:
                for start, stop, skeleton in runs_from(words, first):
                    whole = self._place.get(skeleton)
                    if whole is not None:
                        for place in range(start, stop):
                            found[place] = (*found.get(place, ()), whole)
        return found

    def _opens_another(self, bones: str) -> bool:
        """
        Return whether a longer word here begins with a skeleton; what is joined to it keeps its letters.

        Figures are not told of: where one stands in a run, doubled ones within it are written once.
        """
        if not bones.isalpha():
            return True
        at = bisect_right(self._in_order, bones)
        return at < len(self._in_order) and self._in_order[at].startswith(bones)

    def _gather(self, words: list[tuple[Word, tuple[int, ...]]]) -> list[Met]:
        """Return what each of *words* meets here, alone or as a part of the words at the places told with it."""
        near = self._find_near(list({spelling: None for word, _ in words for spelling in spellings(word)}))
        return [self._met(word, self._words_met(word, wholes, near)) for word, wholes in words]

    def _met(self, word: Word, likeness: Mapping[int, float]) -> Met:
        """Return what *word* meets here: the words at these places, as alike as told, and others written together."""
        first, last = _span(self._joins, hash_of(word.skeleton))
        if not likeness and first == last:
            return NOTHING
        begins, most = self._start, self._most_share
        spans: list[Span] = [(begins[at], begins[at + 1], alike) for at, alike in likeness.items()]
        shares = [most[at] * alike for at, alike in likeness.items()]
        if first < last:
            after = len(self._arrays["row"])
            spans.append((after + first, after + last, JOINED_LIKENESS))
            shares.append(max(self._joins_share[first:last]) * JOINED_LIKENESS)
        size = sum([stop - start for start, stop, _ in spans])
        return Met(tuple(spans), max(shares), max([alike for _, _, alike in spans]), size)

    def _words_met(
        self, word: Word, wholes: tuple[int, ...], near: Mapping[str, list[tuple[int, float]]]
    ) -> dict[int, float]:
        """Return the places of the words here that *word* meets, and how alike they can be."""
        met: dict[int, float] = dict.fromkeys(wholes, JOINED_LIKENESS)
        for spelling in spellings(word):
            for place, most in near[spelling]:
                met[place] = max(most, met.get(place, 0.0))
        for reading in word.korean:
            for key in keys(reading):
                first, last = _span(self._sounds, hash_of(key))
                for place in self._sounds_word[first:last]:
                    met[place] = max(SAME_SKELETON, met.get(place, 0.0))
        return met

    @cached_property
    def _standing(self) -> Standing:
        """The rows that each word stands in, and behind them those of joined words."""
        own, joined = ("row", "share"), ("joins_row", "joins_share")
        rows, shares = (
            np.concatenate([self._arrays[one], self._arrays[other]])
            for one, other in zip(own, joined, strict=True)
        )
        return Standing(rows, shares, len(self._flags))


class _Shares:
    """Shares of the weight of rows, noted one by one, in columns; as tuples they would keep the collector of garbage busy."""

    def __init__(self) -> None:
        self._places, self._rows, self._shares = array("q"), array("q"), array("d")

    def add(self, place: int, row: int, share: float) -> None:
        """Note that what is at *place* has a *share* of *row*."""
        self._places.append(place)
        self._rows.append(row)
        self._shares.append(share)

    def added_up(self) -> tuple[Integers, Rows, NDArray[np.float32]]:
        """Return places and rows in order, each pair once, and the sum of the shares of each."""
        place, row = np.array(self._places, dtype=np.int64), np.array(self._rows, dtype=np.int32)
        order = np.lexsort((row, place))
        place, row, share = place[order], row[order], np.array(self._shares, dtype=np.float64)[order]
        begins = starts_of_runs(place, row)
        added = np.add.reduceat(share, begins) if len(begins) else share
        return place[begins], row[begins], added.astype(np.float32)


def spellings(word: Word) -> tuple[str, ...]:
    """Return what *word* is filed under: its skeleton, its letters, the head of its family of given names."""
    if word.skeleton == word.text and not word.head:
        return (word.text,)
    return tuple({word.skeleton: 0, word.text: 0, word.head or word.text: 0})


def hash_of(key: str) -> int:
    """Return 64 bits of *key*, the same on every machine; a clash only adds a candidate."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _exact_keys(name: Name) -> list[int]:
    found = [hash_of(name.squashed)]
    whole = name.folded.replace(" ", "")
    if whole != name.squashed:
        found.append(hash_of(whole))
    if isinstance(name, PersonName) and name.korean:
        found += map(hash_of, {key: 0 for reading in name.korean for key in person_keys(reading)})
    return found


def _slip_keys(name: Name) -> list[int]:
    """Return the keys that a name and one that is an edit away from it in all its letters share one of."""
    return (
        [] if isinstance(name, FirmName) else [hash_of(f"left {left}") for left in letters_left(name.slips)]
    )


def _word_keys(name: Name) -> list[int]:
    """Return a key for each word of a name that slips are looked for in: of the others, its last bits the word's ends."""
    if isinstance(name, FirmName):
        return []
    return [hash_of(f"and {others}") & ~ENDS | tips for others, tips in words_beside(name.slips)]


def _flag(name: Name) -> int:
    if isinstance(name, FirmName):
        return 0
    return (KOREAN if name.korean else 0) | (SEVERAL_WAYS if name.script in READ_IN_SEVERAL_WAYS else 0)


def _span(sorted_keys: Sequence[int], key: int, end: int | None = None) -> tuple[int, int]:
    """Return where the keys from *key* to *end*, or *key* alone, begin and end."""
    first = last = bisect_left(sorted_keys, key)
    most = key if end is None else end
    while last < len(sorted_keys) and sorted_keys[last] <= most:
        last += 1
    return first, last


def _numbers(array: NDArray[Any]) -> memoryview[Any]:
    """Return *array* as a view whose items are plain numbers."""
    plain = np.ascontiguousarray(array)
    return memoryview(plain.tobytes()).cast(_CODES[plain.dtype.str[1:]])


def _hashes(keys_made: Iterable[int]) -> NDArray[np.uint64]:
    return np.array(list(keys_made), dtype=np.uint64)


def _places(places: Iterable[int]) -> Rows:
    return np.array(list(places), dtype=np.int32)


def _sorted(
    name: str, hashes: NDArray[np.uint64], **companions: NDArray[np.generic]
) -> dict[str, NDArray[np.generic]]:
    order = np.argsort(hashes, kind="stable")
    return {name: hashes[order]} | {other: values[order] for other, values in companions.items()}
