"""
Results as JSON: one object a line, or one list.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from laborscreen.errors import OutputError
from laborscreen.formats.writers.target import Target
from laborscreen.source import Location


def json_bytes(assessment: Mapping[str, Any], path: Path) -> bytes:
    """
    Return an assessment as strict JSON in UTF-8.

    Raises:
        OutputError: a value is no JSON (a date, half of a character).
    """
    try:
        return orjson.dumps(assessment)
    except (orjson.JSONEncodeError, UnicodeEncodeError) as error:
        raise OutputError(f"a result is not strict JSON: {error}", location=Location(str(path))) from error


class JsonlWriter:
    """
    Writes one object a line.

    Args:
        path: the result file.
        keep: bytes of an earlier part to go on after.
    """

    resumable = True

    def __init__(self, path: Path, keep: int | None = None) -> None:
        self.target = Target(path, keep)

    def write(self, assessment: Mapping[str, Any]) -> None:
        """Write one assessment in the shape of ``Assessment.to_dict()``."""
        self.target.write(json_bytes(assessment, self.target.path) + b"\n")

    def write_json(self, data: bytes) -> None:
        """Write lines of JSON made already, each with its line end."""
        self.target.write(data)

    def write_lines(self, data: bytes | memoryview) -> None:
        """Write lines made by `laborscreen.formats.writers.lines_for`."""
        self.target.write(data)

    def position(self) -> int:
        """Return how many bytes are written; a later run may keep them."""
        return self.target.position()

    def finish(self) -> None:
        """Make the file whole under its own name."""
        self.target.commit()


class JsonWriter:
    """
    Writes one list of objects, one object a line of it.

    Args:
        path: the result file.
        keep: bytes of an earlier part to go on after.
    """

    resumable = True

    def __init__(self, path: Path, keep: int | None = None) -> None:
        self.target = Target(path, keep)
        self._begun = bool(keep)

    def write(self, assessment: Mapping[str, Any]) -> None:
        """Write one assessment in the shape of ``Assessment.to_dict()``."""
        self.write_json(json_bytes(assessment, self.target.path) + b"\n")

    def write_json(self, data: bytes) -> None:
        """Write lines of JSON made already, each with its line end."""
        lines = data.removesuffix(b"\n").replace(b"\n", b",\n")
        self.target.write((b",\n" if self._begun else b"[\n") + lines)
        self._begun = True

    def write_lines(self, data: bytes | memoryview) -> None:
        """Write lines made by `laborscreen.formats.writers.lines_for`."""
        self.write_json(bytes(data))

    def position(self) -> int:
        """Return how many bytes are written; a later run may keep them."""
        return self.target.position()

    def finish(self) -> None:
        """Close the list and make the file whole under its own name."""
        self.target.write(b"\n]\n" if self._begun else b"[]\n")
        self.target.commit()
