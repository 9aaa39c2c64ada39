"""
The objects of a JSON file, whichever way they are laid out.

They may stand one a line, in one list, or in lists within a wrapping object (``{"releases": [...]}``), and packages may
themselves stand in a list. All are read piece by piece, so a file of any length needs no more memory than its largest
object.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from laborscreen.errors import InputError
from laborscreen.formats.bytes_in import digest_of, open_bytes
from laborscreen.formats.encoding import decoded, detect
from laborscreen.formats.json_lines import line_items
from laborscreen.formats.json_text import JsonText
from laborscreen.formats.limits import MAX_JSON_ROW
from laborscreen.formats.objects import Item
from laborscreen.source import Location

_LONG = 1 << 16  # bytes on disk
_END = 4_096  # bytes at the end of a file within which something must stand


class JsonFile:
    """
    A JSON file.

    Args:
        path: the file.
        name: the file as the user named it.
        wanted: what it should be, for messages.
        lines: whether it holds one object a line; a broken line is then an item with a fault. In any other layout a
            fault of the syntax refuses the file: nobody can tell what follows it.

    Raises:
        InputError: it is no text file, or its encoding cannot be told.
    """

    def __init__(self, path: Path, name: str, wanted: str, *, lines: bool = False) -> None:
        self.path = path
        self.name = name
        self._lines = lines
        self._file = open_bytes(path, name)
        self._encoding = detect(self._file, wanted)
        self._digest = ""
        if not lines:
            self._refuse_cut_off()

    def _refuse_cut_off(self) -> None:
        """Refuse a long file that does not end as JSON does, before minutes are spent on screening its beginning."""
        if self._file.size < _LONG:
            return
        end = b""
        for piece in self._file.chunks():
            end = (end + piece)[-_END:]
        last = end.decode(self._encoding.codec, errors="ignore").rstrip()[-1:]
        if last and last not in {"]", "}"}:
            raise InputError(
                "the file is cut off", location=Location(self.name), hint="export or fetch the file again"
            )

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file, in hexadecimal."""
        self._digest = self._digest or digest_of(self.path, self.name)
        return self._digest

    @property
    def notes(self) -> tuple[str, ...]:
        """How its encoding was told, where that is worth telling."""
        return (self._encoding.note,) if self._encoding.note else ()

    def items(self, wrappers: Collection[str] = (), own: str = "id") -> Iterator[Item]:
        """
        Yield the objects in order.

        Args:
            wrappers: keys whose lists hold the objects. A wrapping object small enough to be read in one piece is given
                as it is, with its lists in it.
            own: a key that an object has which wraps nothing and is itself meant.
        """
        if self._lines:
            yield from line_items(self._file, self._encoding, self.name)
            return
        text = JsonText(self.name, decoded(self._file, self._encoding))
        first = text.peek()
        if first == "[":
            for _ in text.entries():
                yield from _entry(text, wrappers, own)
        elif first == "{":
            yield from _entry(text, wrappers, own)
        else:
            raise text.fault("the file holds no JSON list and no object")
        if text.peek():
            raise text.fault("something follows the end of the JSON")


def _entry(text: JsonText, wrappers: Collection[str], own: str) -> Iterator[Item]:
    """Yield the object that begins here, or the entries of the lists in it."""
    if text.peek() != "{":
        yield text.value()
        return
    mark = text.mark()
    held = text.value_if_held()
    if held is not None:
        told = held.value if isinstance(held.value, dict) else {}
        wraps = own not in told and any(isinstance(told.get(key), list) for key in wrappers)
        if not held.fault or not wraps:
            yield held
            return
        text.back(mark)  # one faulty entry is no reason to refuse its neighbours
    line, begun, fault = text.line, text.offset, ""
    members: dict[str, object] = {}
    wrapped = False
    for key in text.members():
        if key in wrappers and own not in members and text.peek() == "[":
            wrapped = True
            for _ in text.entries():
                yield text.value()
            continue
        item = text.value()
        twice = f'the key "{key[:60]}" stands twice; leave one of them' if key in members else ""
        fault = fault or item.fault or twice
        members[key] = item.value
        if text.offset - begun > MAX_JSON_ROW and not wrapped:
            raise text.fault(f"an object has more than {MAX_JSON_ROW:,} characters (MAX_JSON_ROW)")
    if not wrapped:
        yield Item(members, line, fault)
