"""
Lists of parties, loaded and ready to be searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from laborscreen.errors import WatchlistError
from laborscreen.source import Location
from laborscreen.watchlists.compiled_list import content_digest, numbers_of, pack, unpack
from laborscreen.watchlists.entry import Entry, Provenance
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.name_lookup import Hit, NameKind, NameLookup
from laborscreen.watchlists.staleness import (
    DEFAULT_MAX_AGE,
    StaleList,
    StalePolicy,
    age_in_days,
    require_fresh,
)

if TYPE_CHECKING:
    from laborscreen.names import Identity
    from laborscreen.watchlists.diff import ListDiff

MAX_COMPILED = 1 << 30  # bytes
_EMBEDDED = "dprk.lsw"
_SHORTEST_NUMBER = 5  # letters and digits


class Watchlist:
    """
    One or several lists together.

    Make one with `from_files`, `load` or `embedded`. It is never changed afterwards, may be shared by threads and sent to
    other processes.

    Args:
        entries: every entry of every list.
        provenance: where they came from, one for each list.
        names: the look-up of names, if there is one; else its index is built at the first search.
        digest: the digest of the content, if it is known already.
        snapshot: a sentence to show with every result where these are not lists the user chose.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        provenance: Iterable[Provenance],
        *,
        names: NameLookup | None = None,
        digest: str = "",
        snapshot: str = "",
    ) -> None:
        self.entries: Sequence[Entry] = entries
        self.provenance: tuple[Provenance, ...] = tuple(provenance)
        self.snapshot = snapshot
        self._digest = digest
        self._names = names or NameLookup(self.entries)

    @classmethod
    def from_files(
        cls, paths: Iterable[str | Path], *, mapping: str | Path | None = None, dated: date | None = None
    ) -> Watchlist:
        """
        Read lists as their publishers made them; what a file is, is told by its content.

        Args:
            paths: the files; parts of one set (OFAC's CSV files) are put together.
            mapping: a YAML file that says how to read tables nobody wrote an importer for.
            dated: the day the lists were published, for forms that do not tell it (OFAC's CSV files).

        Raises:
            WatchlistError: a file is broken, cut short, unknown, closed by its publisher, or given twice; or *dated* is given
                for a list that tells another day itself.
        """
        from laborscreen.watchlists.importers import import_lists
        from laborscreen.watchlists.list_mapping import load_list_mapping

        profile = load_list_mapping(mapping) if mapping is not None else None
        readings = list(import_lists([ListFile(Path(path)) for path in paths], profile))
        _refuse_repeats(reading.provenance for reading in readings)
        entries = tuple(entry for reading in readings for entry in reading.entries)
        return cls(entries, (_dated(reading.provenance, dated) for reading in readings))

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
            names=NameLookup(entries, sections.get(_index_section(), b""), path),
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
            partial.write_bytes(
                pack(self.entries, self.provenance, {_index_section(): self._names.to_bytes()})
            )
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
        made_again = ("_by_key", "_by_number", "digest")
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

    def notice(self, day: date) -> str:
        """
        Say what these lists are and how old on *day*, for the head of a result.

        Example:
            >>> Watchlist.from_files([]).notice(date(2026, 11, 24))
            'no list: nothing can be found'
        """
        told = self.snapshot or self.description
        age = self.age(day)
        if age is None:
            undated = [item.list for item in self.provenance if not item.file_date]
            return f"{told}; the age of {', '.join(undated)} is not known" if undated else told
        return f"{told}; the oldest is {age:,} days old on {day.isoformat()}"

    def require_fresh(
        self, day: date, *, max_age: int = DEFAULT_MAX_AGE, policy: StalePolicy = "fail"
    ) -> tuple[StaleList, ...]:
        """
        Return the lists older than *max_age* days on *day*, or refuse to go on.

        The embedded snapshot is always too old, says so by itself, and is never refused.

        Raises:
            WatchlistError: *policy* is ``fail`` and a list is too old or bears no date.
        """
        return require_fresh(
            self.provenance, day, max_age=max_age, policy="warn" if self.snapshot else policy
        )

    def get(self, key: str) -> Entry | None:
        """Return the entry with this key (``us-ofac-sdn:9345``), or None."""
        number = self._by_key.get(key)
        return None if number is None else self.entries[number]

    def with_identifier(self, value: str) -> tuple[Entry, ...]:
        """
        Return the entries that bear this number, whatever its scheme and however it is parted.

        A number shorter than five letters and digits is borne by too many to tell anything, and finds nobody.
        """
        return tuple(self.entries[number] for number in self._by_number.get(_plain_number(value), ()))

    def diff(self, newer: Watchlist) -> ListDiff:
        """Say what a newer snapshot adds, removes and changes."""
        from laborscreen.watchlists.diff import diff_entries  # only those who compare lists need it

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
            threshold: the least score; when not given the 0.65 of `laborscreen.names`, from which a name is worth telling
                (a hit below its own ``threshold`` is a near name and no possible match).
            exhaustive: compare with every listed name instead of the index's candidates (slow; for checking the index).
            identity: what else is known of the party looked for; agreeing facts raise a score, disagreeing ones lower it.

        Raises:
            UsageError: *kind* is none of these.
        """
        if identity is None:
            return self._names.search(name, kind, limit, threshold, exhaustive=exhaustive)
        return self._names.search_with_facts(name, kind, limit, threshold, identity, exhaustive=exhaustive)

    def search_many(
        self,
        names: Sequence[str],
        *,
        kind: NameKind | None = None,
        limit: int = 5,
        threshold: float | None = None,
    ) -> list[tuple[Hit, ...]]:
        """Return what `search` would for each of *names*, in their order; much quicker for many."""
        return self._names.search_many(names, kind, limit, threshold)

    @cached_property
    def _by_key(self) -> Mapping[str, int]:
        return {entry.key: number for number, entry in enumerate(self.entries)}

    @cached_property
    def _by_number(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = {}
        for number, written in enumerate(numbers_of(self.entries)):
            for plain in set(map(_plain_number, written)) - {""}:
                found.setdefault(plain, []).append(number)
        return found


@lru_cache(maxsize=1)
def _index_section() -> str:
    """Return the name of the index within a compiled list; one made by another version may spell names otherwise."""
    return f"names {version('laborscreen')}"


def _plain_number(value: str) -> str:
    """Return letters and digits of a number, or an empty string where they are too few to tell anybody."""
    plain = "".join(filter(str.isalnum, value.casefold()))
    return plain if len(plain) >= _SHORTEST_NUMBER else ""


def _dated(provenance: Provenance, day: date | None) -> Provenance:
    """Return the provenance with the day the user tells, where the file tells none."""
    if day is None or provenance.file_date == day.isoformat():
        return provenance
    if provenance.file_date:
        raise WatchlistError(
            f"the list {provenance.list} bears the date {provenance.file_date}, not {day.isoformat()}",
            location=Location(provenance.file),
            hint="tell the date of lists only that bear none",
        )
    return replace(provenance, file_date=day.isoformat())


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
