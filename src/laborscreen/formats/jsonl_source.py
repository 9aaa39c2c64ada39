"""
JSON lines: one object a line.
"""

from __future__ import annotations

import json
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
            items = self._items(after.offset, after.line)
            return object_batches(items, self._mapper, self.name, size, after.row, None)
        return object_batches(self._items(self._encoding.mark, 0), self._mapper, self.name, size, 0, after)

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

    def _items(self, offset: int, line: int) -> Iterator[Item]:
        """Yield what stands on each line that is not blank."""
        decoder = StrictDecoder()
        carry = ""
        codec = self._encoding.codec
        for piece, end in decoded(self._file, self._encoding, offset):
            texts = (carry + piece).split("\n")
            carry = texts.pop()
            begun = end - len((carry + "\n".join(["", *texts, ""])[1:]).encode(codec)) if texts else end
            for text in texts:
                line += 1
                begun += len(text.encode(codec)) + len("\n".encode(codec))
                if text and not text.isspace():
                    yield _item(decoder, text, line, begun)
            if len(carry) > MAX_JSON_ROW:
                raise InputError(
                    f"a line has more than {MAX_JSON_ROW:,} characters (MAX_JSON_ROW)",
                    location=Location(self.name, line + 1),
                    hint="check that each object stands on a line of its own",
                )
        if carry and not carry.isspace():
            yield _item(decoder, carry, line + 1, 0, last=True)


def _item(decoder: StrictDecoder, text: str, line: int, offset: int, *, last: bool = False) -> Item:
    text = text.strip()
    if len(text) > MAX_JSON_ROW:
        return Item(None, line, f"longer than {MAX_JSON_ROW:,} characters (MAX_JSON_ROW)", offset)
    try:
        value, end, fault = decoder.decode(text)
    except json.JSONDecodeError as error:
        cut = last and (error.pos >= len(text) - 1 or error.msg.startswith("Unterminated"))
        why = (
            "the line is cut off; fetch the file again"
            if cut
            else f"not JSON: {error.msg} at column {error.pos + 1}"
        )
        return Item(None, line, why, offset)
    if end != len(text) and not fault:
        fault = f"something follows the object at column {end + 1}; one object a line is needed"
    return Item(value, line, fault, offset)
