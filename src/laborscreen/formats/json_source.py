"""
JSON files: a list of objects, one object, or an object with its records under ``records`` or ``suppliers``.

The list is read piece by piece, so a file of any length needs no more memory than its largest object.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from laborscreen.errors import InputError
from laborscreen.formats.batch import BATCH_ROWS, Batch, Position
from laborscreen.formats.bytes_in import digest_of, open_bytes
from laborscreen.formats.encoding import decoded, detect
from laborscreen.formats.limits import MAX_JSON_ROW
from laborscreen.formats.objects import Item, ObjectMapper, object_batches
from laborscreen.formats.profile import Profile
from laborscreen.formats.strict_json import StrictDecoder
from laborscreen.source import Location

_LISTS = ("records", "suppliers", "vendors", "contractors", "data", "items")
_BLANK = re.compile(r"[ \t\r\n]*")


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
        self._file = open_bytes(path, self.name)
        self._encoding = detect(self._file, "JSON")
        self._mapper = ObjectMapper(profile)
        self._digest = ""

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
        """Yield the rows in order, at most *size* at a time, leaving out those up to *after*."""
        return object_batches(self._items(), self._mapper, self.name, size, 0, after)

    def _items(self) -> Iterator[Item]:
        text = _Text(self.name, decoded(self._file, self._encoding))
        first = text.peek()
        if first == "[":
            yield from self._list(text)
        elif first == "{":
            yield from self._object(text)
        else:
            raise text.fault("the file holds no JSON list and no object")
        if text.peek():
            raise text.fault("something follows the end of the JSON")

    def _list(self, text: _Text) -> Iterator[Item]:
        """Yield the entries of a list that begins here."""
        text.take()
        if text.peek() == "]":
            text.take()
            return
        while True:
            yield text.value()
            sign = text.peek()
            if sign not in {",", "]"}:
                raise text.fault("the list is cut off" if not sign else "a comma or ] is missing")
            text.take()
            if sign == "]":
                return

    def _object(self, text: _Text) -> Iterator[Item]:
        """Yield the records of a wrapping object, or the object itself where it is a record."""
        item = text.value()
        value = item.value
        if isinstance(value, dict) and "id" not in value and not item.fault:
            lists = [key for key in _LISTS if isinstance(value.get(key), list)]
            if len(lists) == 1:
                yield from (Item(entry, item.line) for entry in value[lists[0]])
                return
            if "releases" in value or "records" in value:
                raise InputError(
                    "this looks like an OCDS package, not a list of records",
                    location=Location(self.name),
                    hint="extract its parties[] as records first",
                )
        yield item


class _Text:
    """The text of a file, read as far as it is needed."""

    def __init__(self, name: str, pieces: Iterator[tuple[str, int]]) -> None:
        self._name = name
        self._pieces = pieces
        self._held = ""
        self._at = 0
        self._line = 1
        self._decoder = StrictDecoder()

    def peek(self) -> str:
        """Return the next sign that is no blank, or an empty string at the end."""
        while True:
            blank = _BLANK.match(self._held, self._at)
            assert blank is not None
            self._line += self._held.count("\n", self._at, blank.end())
            self._at = blank.end()
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def take(self) -> None:
        """Go on after the next sign."""
        self._at += 1

    def value(self) -> Item:
        """Return the JSON value that begins here."""
        if not self.peek():
            raise self.fault("the file is cut off")
        while True:
            try:
                value, end, fault = self._decoder.decode(self._held, self._at)
            except json.JSONDecodeError as error:
                if len(self._held) - self._at > MAX_JSON_ROW:
                    raise self.fault(
                        f"an object has more than {MAX_JSON_ROW:,} characters (MAX_JSON_ROW)"
                    ) from None
                if self._more():
                    continue
                self._line += self._held.count("\n", self._at, error.pos)
                cut = error.pos >= len(self._held.rstrip()) - 1 or error.msg.startswith("Unterminated")
                raise self.fault("the file is cut off" if cut else f"not JSON: {error.msg}") from None
            if end == len(self._held) and self._held[end - 1] not in '}]"' and self._more():
                continue  # a number may go on in the next piece
            item = Item(value, self._line, fault)
            self._line += self._held.count("\n", self._at, end)
            self._at = end
            return item

    def fault(self, message: str) -> InputError:
        """Return an error at this place."""
        return InputError(
            message, location=Location(self._name, self._line), hint="export or fetch the file again"
        )

    def _more(self) -> bool:
        piece = next(self._pieces, None)
        if piece is None:
            return False
        self._held = self._held[self._at :] + piece[0]
        self._at = 0
        return True
