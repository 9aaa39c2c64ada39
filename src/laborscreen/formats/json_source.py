"""
JSON files: a list of objects, one object, or an object with its records under ``records`` or ``suppliers``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from laborscreen.formats.batch import BATCH_ROWS, Batch, Position
from laborscreen.formats.json_file import JsonFile
from laborscreen.formats.objects import Item, ObjectMapper, object_batches
from laborscreen.formats.profile import Profile

_LISTS = ("records", "suppliers", "vendors", "contractors", "data", "items")


class JsonSource:
    """
    A JSON file. Unlike a line of JSON lines, a fault of its syntax refuses the file: nobody can tell what follows it.

    Args:
        path: the file.
        profile: how keys that are no fields are read, if at all.
        name: the file as the user named it.

    Raises:
        InputError: it is no text file, or its encoding cannot be told.
    """

    format = "json"

    def __init__(self, path: Path, profile: Profile | None = None, name: str = "") -> None:
        self.path = path
        self.name = name or str(path)
        self._file = JsonFile(path, self.name, "JSON")
        self._mapper = ObjectMapper(profile)

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file, in hexadecimal."""
        return self._file.digest

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the file was read."""
        return (*self._file.notes, *self._mapper.notes)

    def batches(self, size: int = BATCH_ROWS, after: Position | None = None) -> Iterator[Batch]:
        """Yield the rows in order, at most *size* at a time, leaving out those up to *after*."""
        return object_batches(self._items(), self._mapper, self.name, size, 0, after)

    def _items(self) -> Iterator[Item]:
        """Yield the records; those of an object that wraps them stand in one list of it."""
        for item in self._file.items(_LISTS):
            value = item.value
            if isinstance(value, dict) and "id" not in value and not item.fault:
                lists = [key for key in _LISTS if isinstance(value.get(key), list)]
                if len(lists) == 1:
                    yield from (Item(entry, item.line) for entry in value[lists[0]])
                    continue
            yield item
