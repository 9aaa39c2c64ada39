"""
What an importer is, and what it gives back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from laborscreen.watchlists.entry import Entry, Provenance
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.publishers import known_lists


@dataclass(frozen=True, slots=True)
class ListReading:
    """
    One list as read from its file or set of files.

    Args:
        entries: every entry, in the order of the file.
        provenance: where they came from.
    """

    entries: tuple[Entry, ...]
    provenance: Provenance

    @classmethod
    def of(
        cls,
        files: Sequence[ListFile],
        entries: Iterable[Entry],
        *,
        list_name: str = "",
        file_date: str = "",
        warnings: Iterable[str] = (),
        tells_its_end: bool = True,
    ) -> ListReading:
        """
        Put entries and provenance together.

        Args:
            files: the files read, the main one first.
            entries: what was read.
            list_name: short name of the list; the first entry's when not given.
            file_date: the date the publisher gives, ``2024-05-07``.
            warnings: what a reader of results should know.
            tells_its_end: whether a file of this form that was cut short could be told from a whole one.
        """
        kept = tuple(entries)
        name = list_name or (kept[0].list if kept else "")
        known = known_lists().get(name, {})
        said = list(warnings)
        if not kept:
            said.append("the list is empty: nothing can be found on it")
        if not tells_its_end:
            said.append(
                f"a list in this form does not say where it ends, so one cut short between two rows would look whole: "
                f"compare {len(kept):,} entries with what the publisher tells"
            )
            said.extend(torn_last_line(file) for file in files if file.torn_line)
        _check_unique(files[0], kept)
        return cls(
            kept,
            Provenance(
                list=name,
                title=known.get("title", name),
                file=", ".join(file.name for file in files),
                file_date=file_date,
                digest=_joint_digest(files),
                publisher=known.get("publisher", ""),
                licence=known.get("licence", ""),
                imported_entries=len(kept),
                warnings=tuple(said),
            ),
        )


@dataclass(frozen=True, slots=True)
class Importer:
    """
    Reads one kind of list.

    Args:
        name: what kind, in words.
        recognises: tells from the first bytes whether a file is of this kind; a file's name is never asked.
        read: reads all recognised files of one call; several may belong together.
    """

    name: str
    recognises: Callable[[ListFile], bool]
    read: Callable[[Sequence[ListFile]], Iterator[ListReading]]


def one_file_each(
    read: Callable[[ListFile], ListReading],
) -> Callable[[Sequence[ListFile]], Iterator[ListReading]]:
    """Return a reader of many files from a reader of one, for lists that come in one file."""

    def read_all(files: Sequence[ListFile]) -> Iterator[ListReading]:
        for file in files:
            yield read(file)

    return read_all


def torn_last_line(file: ListFile) -> str:
    """Return what to say of a table whose last line has no line end."""
    return (
        f"line {file.torn_line:,} of {file.name}, the last, has no line end: the file may not be whole, and the last cell "
        f"may be cut short"
    )


def _joint_digest(files: Sequence[ListFile]) -> str:
    """Return the digest of one file, or of the digests of several in order."""
    if len(files) == 1:
        return files[0].digest
    return "sha256:" + sha256("\n".join(file.digest for file in files).encode()).hexdigest()


def _check_unique(file: ListFile, entries: Sequence[Entry]) -> None:
    """Refuse a list in which one id names two entries: decisions about one would silently cover the other."""
    seen: set[str] = set()
    for entry in entries:
        if entry.key in seen:
            raise file.refuse(f"two entries bear the id {entry.id}", hint="fetch the list again")
        seen.add(entry.key)
