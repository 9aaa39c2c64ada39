"""
OCDS: releases and records of public procurement, alone, in packages, in lists of packages, or one a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from laborscreen.errors import InputError
from laborscreen.formats.batch import BATCH_ROWS, Batch, Position
from laborscreen.formats.json_file import JsonFile
from laborscreen.formats.loose import Loose
from laborscreen.formats.objects import Item, ObjectMapper, object_batches
from laborscreen.formats.standards.ocds_parties import PartyReader
from laborscreen.source import Location

_WRAPPERS = ("releases", "records")
_DEEPEST = 3  # objects around a release: a package, a record, a name of one's own


class OcdsSource:
    """
    A file of OCDS releases or records; every party is a row.

    A compiled release stands for its record; without one, the releases in the record are read. The versioned form and
    links to releases elsewhere are rejected rows, since nothing can be read from them.

    Args:
        path: the file.
        name: the file as the user named it.
        lines: whether it holds one object a line.

    Raises:
        InputError: it is no text file, or its encoding cannot be told.
    """

    format = "ocds"

    def __init__(self, path: Path, name: str = "", *, lines: bool = False) -> None:
        self.path = path
        self.name = name or str(path)
        self._file = JsonFile(path, self.name, "an OCDS file", lines=lines)
        self._parties = PartyReader()
        self._without_parties = 0

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file, in hexadecimal."""
        return self._file.digest

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the file was read."""
        bare = self._without_parties
        found = (f"{bare:,} releases name no party",) if bare else ()
        return (*self._file.notes, "each party of each release is a row", *found, *self._parties.notes)

    def batches(self, size: int = BATCH_ROWS, after: Position | None = None) -> Iterator[Batch]:
        """Yield the parties in order, at most *size* at a time, leaving out those up to *after*."""
        self._parties, self._without_parties = PartyReader(), 0
        return object_batches(self._items(), ObjectMapper(None), self.name, size, 0, after)

    def _items(self) -> Iterator[Item]:
        releases = 0
        for item in self._file.items(_WRAPPERS, own="ocid"):
            if item.fault or not isinstance(item.value, Mapping):
                yield Item(item.value, item.line, item.fault or "no release: an object ({...}) is needed")
                releases += 1
                continue
            found = list(_releases(item.value))
            if not found and not any(isinstance(item.value.get(key), list) for key in _WRAPPERS):
                found = [({}, "no release stands here: an object with an ocid is needed")]
            for release, fault in found:
                releases += 1
                if fault:
                    yield Item({"id": release.get("ocid")}, item.line, fault)
                    continue
                rows = 0
                for record, wrong in self._parties.records(release):
                    rows += 1
                    yield Item(record, item.line, wrong)
                self._without_parties += not rows
        if not releases:
            raise InputError(
                "the file holds no OCDS release",
                location=Location(self.name),
                hint="check the export that made it",
            )


def _releases(told: Loose, depth: int = 0) -> Iterator[tuple[Loose, str]]:
    """Yield the releases in an object, each with what is wrong with it, if anything."""
    if depth > _DEEPEST:
        return
    compiled = told.get("compiledRelease")
    if isinstance(compiled, Mapping):
        yield compiled, ""
        return
    wrapped = [entry for key in _WRAPPERS if isinstance(told.get(key), list) for entry in told[key]]
    if any(isinstance(told.get(key), list) for key in _WRAPPERS):
        yield from _wrapped(told, wrapped, depth)
    elif "versionedRelease" in told:
        yield told, "the record holds only the versioned form of its release; fetch the compiled one"
    elif "ocid" in told or "parties" in told:
        yield told, ""
    else:
        for value in told.values():
            if isinstance(value, Mapping):
                yield from _releases(value, depth + 1)


def _wrapped(told: Loose, entries: list[object], depth: int) -> Iterator[tuple[Loose, str]]:
    """Yield the releases in the lists of an object that wraps them."""
    links = 0
    for entry in entries:
        if isinstance(entry, Mapping) and "url" in entry and "ocid" not in entry:
            links += 1
            continue
        found = False
        for release, fault in _releases(entry, depth + 1) if isinstance(entry, Mapping) else ():
            found = True
            yield release, fault
        if not found:
            yield {}, "no release stands here: an object with an ocid is needed"
    if "ocid" in told and links == len(entries):
        yield (
            told,
            "the record holds no release, only links to releases elsewhere; fetch it with its releases",
        )
