"""
JSON lines: one object a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from laborscreen.errors import InputError
from laborscreen.formats.batch import BATCH_ROWS, Batch, Position
from laborscreen.formats.bytes_in import digest_of, open_bytes
from laborscreen.formats.encoding import decoded, detect
from laborscreen.formats.json_lines import line_items
from laborscreen.formats.objects import ObjectMapper, object_batches
from laborscreen.formats.profile import Profile
from laborscreen.source import Location


class JsonlSource:
    """
    A file of JSON lines. A line that is no JSON, or is cut off, is a rejected row.

    Args:
        path: the file.
        profile: how keys that are no fields are read, if at all.
        name: the file as the user named it.

    Raises:
        InputError: it is no text file, or its encoding cannot be told.
    """

    format = "jsonl"

    def __init__(self, path: Path, profile: Profile | None = None, name: str = "") -> None:
        self.path = path
        self.name = name or str(path)
        self._file = open_bytes(path, self.name)
        self._encoding = detect(self._file, "JSON lines")
        self._mapper = ObjectMapper(profile)
        self._digest = ""
        self._refuse_other_json()

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file, in hexadecimal."""
        self._digest = self._digest or digest_of(self.path, self.name)
        return self._digest

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the file was read."""
        found = (self._encoding.note,) if self._encoding.note else ()
        return (*found, *self._mapper.notes)

    def batches(self, size: int = BATCH_ROWS, after: Position | None = None) -> Iterator[Batch]:
        """Yield the rows in order, at most *size* at a time, going on *after* a position of an earlier run."""
        if after and after.offset:
            items = line_items(self._file, self._encoding, self.name, after.offset, after.line)
            return object_batches(items, self._mapper, self.name, size, after.row, None)
        items = line_items(self._file, self._encoding, self.name)
        return object_batches(items, self._mapper, self.name, size, 0, after)

    def _refuse_other_json(self) -> None:
        """Refuse a file that is one JSON list or one object over many lines."""
        for text, _ in decoded(self._file, self._encoding):
            begins = text.lstrip()
            if not begins:
                continue
            if begins.startswith("["):
                raise InputError(
                    "this is one JSON list, not one object a line",
                    location=Location(self.name),
                    hint="give it the suffix .json",
                )
            return
        raise InputError(
            "the file holds no rows", location=Location(self.name), hint="check the export that made it"
        )
