"""
The candidate index over the names of a watchlist.

Building files every name on the shelf of its kind (:mod:`~laborscreen.names.shelf`, which also holds the
argument why nothing is lost); searching compares the query with the candidates of the shelf and with nothing
else. ``exhaustive=True`` compares it with every name and is the oracle of the tests.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from laborscreen.names.comparison import (
    Comparison,
    Kind,
    PreparedName,
    best_match,
    by_name_alone,
    prepare,
)
from laborscreen.names.evidence import TELL_THRESHOLD, NameMatch, evidence_of, score_of
from laborscreen.names.index_file import pack_arrays, read_arrays, unpack_arrays, write_arrays
from laborscreen.names.shelf import Shelf
from laborscreen.names.trade_words import evidently_organisation

__all__ = ["Hit", "NameIndex"]

KINDS: tuple[Kind, ...] = ("person", "organization")
# Names made ready at once.
BATCH = 4_000
MOST_PREPARED = 200_000


class Hit(NamedTuple):
    """
    One entry found.

    Args:
        entry: the entry's number, as given when building.
        name: the name of the entry that matched best.
        comparison: how.
    """

    entry: int
    name: str
    comparison: Comparison


class NameIndex:
    """
    Names filed for searching; make one with :meth:`build` or :meth:`load`.

    >>> index = NameIndex.build([(7, "person", "Kim Jong Un"), (8, "organization", "Korea Namgang Trading Corporation")])
    >>> [(hit.entry, hit.name) for hit in index.search("김정은")]
    [(7, 'Kim Jong Un')]
    """

    def __init__(self, arrays: dict[str, NDArray[np.generic]]) -> None:
        self._arrays = arrays
        self._text = arrays["text"].tobytes()
        self._text_start = memoryview(arrays["text_start"].tobytes()).cast("q")
        self._entry = memoryview(arrays["entry"].tobytes()).cast("q")
        self._kind = arrays["kind"]
        self._shelves = {
            kind: Shelf(
                {key.partition(".")[2]: array for key, array in arrays.items() if key.startswith(f"{kind}.")}
            )
            for kind in KINDS
        }
        self._row_name = {kind: arrays[f"{kind}.name"].tolist() for kind in KINDS}
        self._prepared: dict[int, PreparedName] = {}

    def __len__(self) -> int:
        """Return how many names are filed."""
        return len(self._entry)

    @classmethod
    def build(cls, entries: Iterable[tuple[int, str, str]]) -> NameIndex:
        """
        File names.

        Args:
            entries: number of the list entry, kind (``person``; anything else is an organisation) and one
            name; an entry with several
                names comes several times.
        """
        rows = [(number, kind, name) for number, kind, name in entries]
        encoded = [name.encode("utf-8", "surrogatepass") for _, _, name in rows]
        arrays: dict[str, NDArray[np.generic]] = {
            "text": np.frombuffer(b"".join(encoded), dtype=np.uint8),
            "text_start": np.concatenate([[0], np.cumsum([len(name) for name in encoded])]).astype(np.int64),
            "entry": np.array([number for number, _, _ in rows], dtype=np.int64),
            "kind": np.array([0 if kind == "person" else 1 for _, kind, _ in rows], dtype=np.uint8),
        }
        for code, kind in enumerate(KINDS):
            owners: list[int] = []

            def ready(kind: Kind = kind, code: int = code, owners: list[int] = owners) -> Iterator[object]:
                for place, (_, known_kind, name) in enumerate(rows):
                    if (0 if known_kind == "person" else 1) == code:
                        for one in prepare(name, kind):
                            owners.append(place)
                            yield one

            shelf = Shelf.build(ready())  # type: ignore[arg-type]
            arrays |= {f"{kind}.{key}": array for key, array in shelf.items()}
            arrays[f"{kind}.name"] = np.array(owners, dtype=np.int32)
        return cls(arrays)

    def save(self, path: str | Path) -> None:
        """Write the index to *path*: plain arrays, a format version and a digest."""
        write_arrays(Path(path), self._arrays)

    @classmethod
    def load(cls, path: str | Path) -> NameIndex:
        """
        Read an index that :meth:`save` wrote.

        Raises:
            InputError: the file is damaged, or was written by another version of laborscreen.
        """
        return cls(read_arrays(Path(path)))

    def to_bytes(self) -> bytes:
        """Return what :meth:`save` would write, to be kept within another file."""
        return pack_arrays(self._arrays)

    @classmethod
    def from_bytes(cls, data: bytes, path: str | Path) -> NameIndex:
        """
        Read what :meth:`to_bytes` gave.

        Args:
            data: the bytes.
            path: the file they stood in, for messages.

        Raises:
            InputError: the bytes are damaged, or were written by another version of laborscreen.
        """
        return cls(unpack_arrays(data, Path(path)))

    def search(
        self,
        name: str,
        *,
        kind: str | None = None,
        limit: int = 10,
        threshold: float | None = None,
        exhaustive: bool = False,
    ) -> list[Hit]:
        """
        Return the entries whose names match *name*, the best first, each with its best name.

        Args:
            name: what to look for, in any script.
            kind: ``person`` or ``organization``; both when left out, unless the name is evidently an organisation's.
            limit: how many entries at most.
            threshold: the least score; when left out 0.65, from which a name is worth telling: a hit below 0.70 is a near
                name, which is no match (`Comparison.is_match`) until a fact agrees.
            exhaustive: compare with every name, without the index.
        """
        queries = {known: prepare(name, known) for known in _kinds_asked(name, kind)}
        least = TELL_THRESHOLD if threshold is None else threshold
        (found,) = self._answers([queries], least, limit, exhaustive=exhaustive)
        return found

    def search_many(
        self, names: Sequence[str], kind: str | None = None, threshold: float | None = None, limit: int = 10
    ) -> list[list[Hit]]:
        """Return what :meth:`search` would for each of *names*, in their order; much quicker for many."""
        least = TELL_THRESHOLD if threshold is None else threshold
        answers: dict[str, list[Hit]] = {}
        distinct = list(dict.fromkeys(names))
        for start in range(0, len(distinct), BATCH):
            batch = distinct[start : start + BATCH]
            with _no_garbage_collected():
                queries = [
                    {known: prepare(name, known) for known in _kinds_asked(name, kind)} for name in batch
                ]
                answers |= zip(batch, self._answers(queries, least, limit, exhaustive=False), strict=True)
        return [answers[name] for name in names]

    def _answers(
        self, queries: Sequence[dict[Kind, PreparedName]], least: float, limit: int, *, exhaustive: bool
    ) -> list[list[Hit]]:
        """Return the hits for each query, which is a name made ready for every kind it is looked for as."""
        found: list[dict[int, _Found]] = [{} for _ in queries]
        for kind in KINDS:
            asked = [(number, query[kind]) for number, query in enumerate(queries) if kind in query]
            if not asked:
                continue
            if exhaustive or least <= 0:
                places = [self._everything(kind)] * len(asked)
            else:
                places = self._candidates(kind, [query for _, query in asked], least)
            for (number, query), several in zip(asked, places, strict=True):
                for place in several:
                    self._judge(place, kind, query, least, found[number])
        return [[one.hit() for one in sorted(hits.values(), key=_rank)[:limit]] for hits in found]

    def _everything(self, kind: Kind) -> list[int]:
        return np.flatnonzero(self._kind == KINDS.index(kind)).tolist()

    def _candidates(self, kind: Kind, queries: Sequence[PreparedName], least: float) -> list[list[int]]:
        """Return for each query the names that may reach *least*."""
        owner = self._row_name[kind]
        names = [(number, one) for number, query in enumerate(queries) for one in query]
        rows = self._shelves[kind].candidates([one for _, one in names], evidence_of(least))
        found: list[set[int]] = [set() for _ in queries]
        for (number, _), several in zip(names, rows, strict=True):
            found[number].update([owner[row] for row in several])
        return [sorted(places) for places in found]

    def _judge(
        self, place: int, kind: Kind, query: PreparedName, least: float, found: dict[int, _Found]
    ) -> None:
        ready = self._prepared.get(place)
        if ready is None:
            if len(self._prepared) > MOST_PREPARED:
                self._prepared.clear()
            ready = self._prepared[place] = prepare(self._name(place), kind)
        match = best_match(query, ready)
        score = 0.0 if match is None else score_of(match.evidence)
        if score < least:
            return
        one = _Found(score, self._entry[place], self._name(place), match)
        known = found.get(one.entry)
        if known is None or _rank(one) < _rank(known):
            found[one.entry] = one

    def _name(self, place: int) -> str:
        return self._text[self._text_start[place] : self._text_start[place + 1]].decode(
            "utf-8", "surrogatepass"
        )


@contextmanager
def _no_garbage_collected() -> Iterator[None]:
    """
    Let the collector of garbage rest for a second or so, unless it rests already.

    Thousands of names made ready are many small objects and no circles of them; a sixth of the time went into looking
    through them for some.
    """
    resting = not gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not resting:
            gc.enable()


def _kinds_asked(name: str, kind: str | None) -> tuple[Kind, ...]:
    if kind is not None:
        return (_kind_of(kind),)
    return ("organization",) if evidently_organisation(name) else KINDS


def _kind_of(kind: str) -> Kind:
    return "person" if kind == "person" else "organization"


class _Found(NamedTuple):
    """A hit that may be surpassed yet, its reasons not told."""

    score: float
    entry: int
    name: str
    match: NameMatch | None

    def hit(self) -> Hit:
        return Hit(self.entry, self.name, by_name_alone(self.match))


def _rank(one: _Found) -> tuple[float, int, str]:
    return (-one.score, one.entry, one.name)
