"""
Files of statements about parties and what links them: read twice, so that owners stand with what they own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from laborscreen.errors import InputError
from laborscreen.formats.batch import BATCH_ROWS, Batch, Position
from laborscreen.formats.json_file import JsonFile
from laborscreen.formats.loose import Loose
from laborscreen.formats.objects import Item, ObjectMapper, object_batches
from laborscreen.formats.standards.links import Links
from laborscreen.source import Location


class Reader(Protocol):
    """Reads the objects of one standard."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out."""
        ...

    def gather(self, told: Loose, links: Links) -> None:
        """Keep what an object tells of a link, or of a party that others may be linked with."""
        ...

    def record(self, told: Loose) -> tuple[dict[str, object] | None, str]:
        """Return the record an object is, if it is one, and what is wrong with it."""
        ...


class LinkedSource:
    """
    A JSON file in which parties and their links are objects of their own.

    A row is a party; links are no rows. An object that cannot be read is a rejected row.

    Args:
        path: the file.
        name: the file as the user named it.
        format: its format.
        reader: makes a reader of the standard.
        lines: whether it holds one object a line.

    Raises:
        InputError: it is no text file, or its encoding cannot be told.
    """

    def __init__(self, path: Path, name: str, format: str, reader: type[Reader], *, lines: bool) -> None:  # noqa: A002 -- the word of every source
        self.path = path
        self.name = name
        self.format = format
        self._make = reader
        self._file = JsonFile(path, name, f"a {format} file", lines=lines)
        self._reader: Reader = reader()
        self._links = Links()

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file, in hexadecimal."""
        return self._file.digest

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the file was read."""
        return (*self._file.notes, *self._reader.notes, *self._links.notes)

    def batches(self, size: int = BATCH_ROWS, after: Position | None = None) -> Iterator[Batch]:
        """Yield the parties in order, at most *size* at a time, leaving out those up to *after*."""
        self._reader, self._links = self._make(), Links()
        return object_batches(self._items(), ObjectMapper(None), self.name, size, 0, after)

    def _items(self) -> Iterator[Item]:
        for item in self._file.items():
            if not item.fault and isinstance(item.value, Mapping):
                self._reader.gather(item.value, self._links)
        met = False
        for item in self._file.items():
            met = True
            if item.fault or not isinstance(item.value, Mapping):
                yield Item(item.value, item.line, item.fault)
                continue
            record, fault = self._reader.record(item.value)
            if fault:
                yield Item(record or {}, item.line, fault)
            elif record is not None:
                yield Item({**record, **self._joined(record)}, item.line)
        if not met:
            raise InputError(
                "the file holds no objects",
                location=Location(self.name),
                hint="check the export that made it",
            )

    def _joined(self, record: Mapping[str, object]) -> dict[str, object]:
        """Return the owners and people told in the record itself, and those linked with it."""
        found: dict[str, object] = {}
        for group, entries in self._links.of(str(record.get("id"))).items():
            own = record.get(group)
            found[group] = [*(own if isinstance(own, list) else []), *entries]
        return found
