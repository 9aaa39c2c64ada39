"""
GLEIF level 1 as suppliers: every legal entity is a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from laborscreen.errors import InputError, UsageError
from laborscreen.formats.batch import BATCH_ROWS, Batch, Position
from laborscreen.formats.objects import Item, ObjectMapper, object_batches
from laborscreen.formats.standards.gleif_file import Content, GleifFile, content_of
from laborscreen.formats.standards.gleif_records import entity, said
from laborscreen.source import Location


class GleifSource:
    """
    A file of GLEIF level 1, as XML or JSON; the CSV form is read with the profile ``gleif-lei``.

    Args:
        path: the file.
        name: the file as the user named it.
        lines: whether a JSON file holds one object a line.

    Raises:
        UsageError: it tells of owners and not of suppliers.
        InputError: it cannot be read as what it is.
    """

    format = "gleif"

    def __init__(self, path: Path, name: str = "", *, lines: bool = False) -> None:
        self.path = path
        self.name = name or str(path)
        told = content_of(path, self.name)
        if told is None:
            raise InputError(
                "this is none of GLEIF's files",
                location=Location(self.name),
                hint="say what it is with --format",
            )
        content, written = told
        if content is not Content.ENTITIES:
            raise UsageError(
                f"this is {content}, which tells of owners, not of suppliers",
                location=Location(self.name),
                hint="screen a file of suppliers, and give this one with --owners",
            )
        if written == "csv":
            raise UsageError(
                "the CSV form of level 1 is read as a table",
                location=Location(self.name),
                hint="leave --format out and give --map gleif-lei",
            )
        self._file = GleifFile(path, self.name, content, written, lines=lines)
        self._inactive = 0

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file, in hexadecimal."""
        return self._file.digest

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the file was read."""
        if not self._inactive:
            return self._file.notes
        told = f"{self._inactive:,} entities are not active any more; they were screened all the same"
        return (*self._file.notes, told)

    def batches(self, size: int = BATCH_ROWS, after: Position | None = None) -> Iterator[Batch]:
        """Yield the entities in order, at most *size* at a time, leaving out those up to *after*."""
        self._inactive = 0
        return object_batches(self._items(), ObjectMapper(None), self.name, size, 0, after)

    def _items(self) -> Iterator[Item]:
        for item in self._file.items():
            if item.fault or not isinstance(item.value, Mapping):
                yield Item(item.value, item.line, item.fault)
                continue
            self._inactive += said(item.value, "Entity", "EntityStatus") == "INACTIVE"
            if not isinstance(item.value.get("Entity"), Mapping):
                yield Item(
                    {"id": said(item.value, "LEI")}, item.line, "no `Entity`: this is no record of level 1"
                )
                continue
            yield Item(entity(item.value), item.line)
