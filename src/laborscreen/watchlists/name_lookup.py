"""
Finding listed parties by name: the candidate index over a list's names, and the facts beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Literal

from laborscreen.errors import InputError, UsageError, WatchlistError
from laborscreen.source import Location
from laborscreen.watchlists.entry import Entry, Strength

if TYPE_CHECKING:
    from laborscreen.names import Comparison, Identity, NameIndex

NameKind = Literal["person", "organization"]
_KINDS_ASKED = (None, "person", "organization")
_LOOSE = 0.3  # the least score of names alone at which other facts are still asked
_MANY = 1_000  # entries whose facts are asked at most
_BUILDING = Lock()  # one index is built at a time, whichever thread asks first


@dataclass(frozen=True, slots=True)
class Hit:
    """
    A listed name that is the same as, or like, the name asked for.

    It says that the names are alike, and no more: a name-only hit is a possible match.

    Args:
        score: 0 to 1, what `laborscreen.names.compare` gives for the two names.
        name: the listed name that met.
        strength: weak where the publisher calls this name weak.
        entry: the listed party.
        reasons: why the names count as alike, in words.
        threshold: the score from which on a person should look.
    """

    score: float
    name: str
    strength: Strength
    entry: Entry
    reasons: tuple[str, ...]
    threshold: float


class NameLookup:
    """
    Searches the names of entries.

    Args:
        entries: the entries; their places in the sequence are the numbers of the index.
        saved: the index as it was saved, or nothing: then it is built at the first search.
        path: the file the index stood in, for messages.
    """

    def __init__(self, entries: Sequence[Entry], saved: bytes = b"", path: str = "") -> None:
        self._entries = entries
        self._saved = saved
        self._path = path
        self._index: NameIndex | None = None

    def __getstate__(self) -> dict[str, object]:
        """Cross process borders without the index, which is made again there."""
        return vars(self) | {"_index": None}

    def to_bytes(self) -> bytes:
        """Return the index to be saved."""
        return self._ready().to_bytes()

    def search(
        self, name: str, kind: NameKind | None, limit: int, threshold: float | None, *, exhaustive: bool
    ) -> tuple[Hit, ...]:
        """Return the entries whose names are most like *name*, the best first."""
        if kind not in _KINDS_ASKED:
            raise UsageError(f"a search is for a person or an organization, not {kind!r}")
        found = self._ready().search(name, kind=kind, limit=limit, threshold=threshold, exhaustive=exhaustive)
        return tuple(self._hit(number, text, comparison) for number, text, comparison in found)

    def search_with_facts(
        self,
        name: str,
        kind: NameKind | None,
        limit: int,
        threshold: float | None,
        identity: Identity,
        *,
        exhaustive: bool,
    ) -> tuple[Hit, ...]:
        """Return the same with the facts of both sides weighed, so that agreeing ones bring up looser names."""
        from laborscreen.names.evidence import TELL_THRESHOLD

        least = TELL_THRESHOLD if threshold is None else threshold
        loose = self.search(name, kind, _MANY, _LOOSE, exhaustive=exhaustive)
        hits = (self._weighed(hit, name, kind, identity) for hit in loose)
        kept = [hit for hit in hits if hit.score >= least]
        return tuple(sorted(kept, key=lambda hit: -hit.score)[:limit])

    def search_many(
        self, names: Sequence[str], kind: NameKind | None, limit: int, threshold: float | None
    ) -> list[tuple[Hit, ...]]:
        """Return what `search` would for each of *names*."""
        if kind not in _KINDS_ASKED:
            raise UsageError(f"a search is for a person or an organization, not {kind!r}")
        found = self._ready().search_many(names, kind=kind, limit=limit, threshold=threshold)
        return [
            tuple(self._hit(number, text, comparison) for number, text, comparison in hits) for hits in found
        ]

    def _hit(self, number: int, text: str, comparison: Comparison) -> Hit:
        entry = self._entries[number]
        strength: Strength = next((name.strength for name in entry.names if name.text == text), "strong")
        return Hit(comparison.score, text, strength, entry, comparison.reasons, comparison.threshold)

    def _weighed(self, hit: Hit, name: str, kind: NameKind | None, identity: Identity) -> Hit:
        """Compare again, with the facts of both sides."""
        from laborscreen.names import compare
        from laborscreen.watchlists.listed_identity import identity_of

        is_person = hit.entry.kind == "person" or (hit.entry.kind == "other" and kind == "person")
        asked: NameKind = "person" if is_person else "organization"
        found = compare(name, hit.name, kind=asked, left=identity, right=identity_of(hit.entry))
        return Hit(found.score, hit.name, hit.strength, hit.entry, found.reasons, found.threshold)

    def _ready(self) -> NameIndex:
        """Return the index: unpacked if it was saved, else built; by one thread, once."""
        if self._index is None:
            with _BUILDING:
                if self._index is None:
                    saved = self._saved_index()
                    self._index = self._built_index() if saved is None else saved
        return self._index

    def _saved_index(self) -> NameIndex | None:
        """Return the saved index, or None where there is none that this version can use."""
        from laborscreen.names import NameIndex

        if not self._saved:
            return None
        try:
            return NameIndex.from_bytes(self._saved, self._path)
        except InputError:
            # Made by a version that spells names otherwise. The entries are whole (their digest was checked), so the
            # index is built again: the same answer, later.
            return None
        except (KeyError, ValueError, TypeError, IndexError) as fault:
            raise WatchlistError(
                f"the compiled list is damaged: its index cannot be read ({fault})",
                location=Location(self._path),
                hint="import the lists again",
            ) from fault

    def _built_index(self) -> NameIndex:
        from laborscreen.names import NameIndex

        return NameIndex.build(_names_of(self._entries))


def _names_of(entries: Iterable[Entry]) -> Iterator[tuple[int, str, str]]:
    """
    Yield entry number, kind and each name, for the index.

    Where a list does not tell what a party is, one of its names with a legal form or a trade word in it tells; otherwise it
    is filed under both kinds.
    """
    from laborscreen.names.trade_words import evidently_organisation

    for number, entry in enumerate(entries):
        for kind in _kinds_of(entry, evidently_organisation):
            for name in entry.names:
                yield number, kind, name.text


def _kinds_of(entry: Entry, evidently_organisation: Callable[[str], bool]) -> tuple[str, ...]:
    if entry.kind != "other":
        return (entry.kind,)
    told = any(evidently_organisation(name.text) for name in entry.names)
    return ("organization",) if told else ("person", "organization")
