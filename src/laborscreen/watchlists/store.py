"""
Lists of parties, loaded and ready to be searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from laborscreen.errors import InputError, WatchlistError
from laborscreen.names import Comparison, Identity, compare
from laborscreen.source import Location
from laborscreen.watchlists.compiled_list import content_digest, pack, unpack
from laborscreen.watchlists.diff import ListDiff, diff_entries
from laborscreen.watchlists.entry import Entry, Provenance, Strength
from laborscreen.watchlists.importers import import_lists
from laborscreen.watchlists.list_mapping import load_list_mapping
from laborscreen.watchlists.listed_identity import identity_of
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.staleness import (
    DEFAULT_MAX_AGE,
    StaleList,
    StalePolicy,
    age_in_days,
    require_fresh,
)

if TYPE_CHECKING:
    from laborscreen.names import NameIndex

NameKind = Literal["person", "organization"]
MAX_COMPILED = 1 << 30  # bytes
_INDEX = "names"
_EMBEDDED = "dprk.lsw"
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


class Watchlist:
    """
    One or several lists together.

    Make one with `from_files`, `load` or `embedded`. It is never changed afterwards, may be shared by threads and sent to
    other processes.

    Args:
        entries: every entry of every list.
        provenance: where they came from, one for each list.
        index: the candidate index, if it is there already; else it is built at the first search.
        digest: the digest of the content, if it is known already.
        snapshot: a sentence to show with every result where these are not lists the user chose.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        provenance: Iterable[Provenance],
        *,
        index: bytes = b"",
        digest: str = "",
        snapshot: str = "",
    ) -> None:
        self.entries: Sequence[Entry] = entries
        self.provenance: tuple[Provenance, ...] = tuple(provenance)
        self.snapshot = snapshot
        self._index_bytes = index
        self._digest = digest

    @classmethod
    def from_files(cls, paths: Iterable[str | Path], *, mapping: str | Path | None = None) -> Watchlist:
        """
        Read lists as their publishers made them; what a file is, is told by its content.

        Args:
            paths: the files; parts of one set (OFAC's CSV files) are put together.
            mapping: a YAML file that says how to read tables nobody wrote an importer for.

        Raises:
            WatchlistError: a file is broken, cut short, unknown, closed by its publisher, or given twice.
        """
        profile = load_list_mapping(mapping) if mapping is not None else None
        readings = list(import_lists([ListFile(Path(path)) for path in paths], profile))
        _refuse_repeats(reading.provenance for reading in readings)
        entries = tuple(entry for reading in readings for entry in reading.entries)
        return cls(entries, (reading.provenance for reading in readings))

    @classmethod
    def load(cls, path: str | Path) -> Watchlist:
        """
        Load a compiled list (``.lsw``).

        Raises:
            WatchlistError: the file is not there, no compiled list, of another format version, or damaged.
        """
        data = ListFile(Path(path)).read_bytes(MAX_COMPILED)
        return cls._from_bytes(data, str(path))

    @classmethod
    def embedded(cls) -> Watchlist:
        """
        Return the DPRK-related designations that come with the package: a dated snapshot, not a current list.

        It makes screening work at once. `snapshot` says what it is; lists fetched from their publishers replace it.
        """
        folder = resources.files("laborscreen.watchlists.embedded")
        return cls._from_bytes(folder.joinpath(_EMBEDDED).read_bytes(), _EMBEDDED, embedded=True)

    @classmethod
    def _from_bytes(cls, data: bytes, path: str, *, embedded: bool = False) -> Watchlist:
        entries, provenance, digest, sections = unpack(data, path)
        dates = ", ".join(f"{item.list} of {item.file_date or 'an unknown day'}" for item in provenance)
        snapshot = (
            f"embedded snapshot of DPRK-related designations ({dates}); it is not a current list: import one from its "
            "publisher"
        )
        return cls(
            entries,
            provenance,
            index=sections.get(_INDEX, b""),
            digest=digest,
            snapshot=snapshot if embedded else "",
        )

    def save(self, path: str | Path) -> None:
        """
        Write the compiled form; the same lists give the same bytes.

        Raises:
            WatchlistError: the file cannot be written.
        """
        place = Path(path)
        partial = place.with_name(place.name + ".part")
        try:
            partial.write_bytes(pack(self.entries, self.provenance, {_INDEX: self._index.to_bytes()}))
            partial.replace(place)
        except OSError as fault:
            raise WatchlistError(
                f"cannot be written: {fault.strerror}", location=Location(str(path))
            ) from fault

    def __len__(self) -> int:
        return len(self.entries)

    def __repr__(self) -> str:
        """Say what is in it."""
        return f"<Watchlist {self.description}>"

    def __getstate__(self) -> dict[str, object]:
        """Cross process borders without what can be made again there."""
        made_again = ("_index", "_by_key", "digest")
        return {name: value for name, value in vars(self).items() if name not in made_again}

    @property
    def description(self) -> str:
        """What is loaded, in words; an empty list says so."""
        if not self.provenance:
            return "no list: nothing can be found"
        parts = [
            f"{item.list} ({item.imported_entries:,} entries{'' if item.imported_entries else ': the list is empty'}, "
            f"{item.file_date or 'no date'})"
            for item in self.provenance
        ]
        return ", ".join(parts)

    @cached_property
    def digest(self) -> str:
        """``sha256:`` and a digest of entries and provenance; two lists that say the same have the same one."""
        return self._digest or content_digest(self.entries, self.provenance)

    def age(self, day: date) -> int | None:
        """Return the age in days of the oldest list on *day*; None where a list bears no date, or none is loaded."""
        ages = [age_in_days(item, day) for item in self.provenance]
        known = [age for age in ages if age is not None]
        return max(known) if known and len(known) == len(ages) else None

    def require_fresh(
        self, day: date, *, max_age: int = DEFAULT_MAX_AGE, policy: StalePolicy = "fail"
    ) -> tuple[StaleList, ...]:
        """
        Return the lists older than *max_age* days on *day*, or refuse to go on.

        Raises:
            WatchlistError: *policy* is ``fail`` and a list is too old or bears no date.
        """
        return require_fresh(self.provenance, day, max_age=max_age, policy=policy)

    def get(self, key: str) -> Entry | None:
        """Return the entry with this key (``us-ofac-sdn:9345``), or None."""
        number = self._by_key.get(key)
        return None if number is None else self.entries[number]

    def diff(self, newer: Watchlist) -> ListDiff:
        """Say what a newer snapshot adds, removes and changes."""
        return diff_entries(self.entries, newer.entries)

    def search(
        self,
        name: str,
        *,
        kind: NameKind | None = None,
        limit: int = 5,
        threshold: float | None = None,
        exhaustive: bool = False,
        identity: Identity | None = None,
    ) -> tuple[Hit, ...]:
        """
        Return the listed parties whose names are most like *name*, the best first, each party once.

        Args:
            name: a name in any of the scripts `laborscreen.names` knows.
            kind: whether a person or an organization is looked for (ships and aircraft count among the latter); both when
                not told.
            limit: how many hits at most.
            threshold: the least score; the documented default of `laborscreen.names` when not given.
            exhaustive: compare with every listed name instead of the index's candidates (slow; for checking the index).
            identity: what else is known of the party looked for; agreeing facts raise a score, disagreeing ones lower it.
        """
        if identity is None:
            found = self._index.search(
                name, kind=kind, limit=limit, threshold=threshold, exhaustive=exhaustive
            )
            return tuple(self._hit(number, text, comparison) for number, text, comparison in found)
        loose = self._index.search(name, kind=kind, limit=_MANY, threshold=_LOOSE, exhaustive=exhaustive)
        hits = (self._with_facts(name, number, text, kind, identity) for number, text, _ in loose)
        kept = [hit for hit in hits if hit.score >= (hit.threshold if threshold is None else threshold)]
        return tuple(sorted(kept, key=lambda hit: -hit.score)[:limit])

    def search_many(
        self,
        names: Sequence[str],
        *,
        kind: NameKind | None = None,
        limit: int = 5,
        threshold: float | None = None,
    ) -> list[tuple[Hit, ...]]:
        """Return what `search` would for each of *names*, in their order; much quicker for many."""
        found = self._index.search_many(names, kind=kind, limit=limit, threshold=threshold)
        return [
            tuple(self._hit(number, text, comparison) for number, text, comparison in hits) for hits in found
        ]

    def _hit(self, number: int, text: str, comparison: Comparison) -> Hit:
        entry = self.entries[number]
        strength: Strength = next(
            (listed.strength for listed in entry.names if listed.text == text), "strong"
        )
        return Hit(comparison.score, text, strength, entry, comparison.reasons, comparison.threshold)

    def _with_facts(
        self, name: str, number: int, text: str, kind: NameKind | None, identity: Identity
    ) -> Hit:
        """Compare again, with the facts of both sides."""
        entry = self.entries[number]
        is_person = entry.kind == "person" or (entry.kind == "other" and kind == "person")
        asked: NameKind = "person" if is_person else "organization"
        return self._hit(
            number, text, compare(name, text, kind=asked, left=identity, right=identity_of(entry))
        )

    @cached_property
    def _by_key(self) -> Mapping[str, int]:
        return {entry.key: number for number, entry in enumerate(self.entries)}

    @cached_property
    def _index(self) -> NameIndex:
        """The candidate index: unpacked if it was saved, else built."""
        from laborscreen.names import NameIndex

        with _BUILDING:
            if self._index_bytes:
                try:
                    return NameIndex.from_bytes(self._index_bytes, "compiled list")
                except InputError:
                    # Made by a version that spells names otherwise. The entries are whole (their digest was checked),
                    # so the index is built again: the same answer, later.
                    return NameIndex.build(_names_of(self.entries))
            return NameIndex.build(_names_of(self.entries))


def _names_of(entries: Iterable[Entry]) -> Iterator[tuple[int, str, str]]:
    """Yield entry number, kind and each name, for the index; a party of unknown kind is filed under both kinds."""
    for number, entry in enumerate(entries):
        kinds = ("person", "organization") if entry.kind == "other" else (entry.kind,)
        for kind in kinds:
            for name in entry.names:
                yield number, kind, name.text


def _refuse_repeats(provenance: Iterable[Provenance]) -> None:
    """Refuse one list given twice: hits would double and it would not be clear which day counts."""
    seen: dict[str, str] = {}
    for item in provenance:
        if item.list in seen:
            raise WatchlistError(
                f"the list {item.list} was given twice: {seen[item.list]} and {item.file}",
                location=Location(item.file),
                hint="give one snapshot of each list; `lists diff` compares two",
            )
        seen[item.list] = item.file
