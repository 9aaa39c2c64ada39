"""
JSON of any length, read piece by piece: a list entry after entry, an object member after member.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from laborscreen.errors import InputError
from laborscreen.formats.limits import MAX_JSON_ROW
from laborscreen.formats.objects import Item
from laborscreen.formats.strict_json import StrictDecoder
from laborscreen.source import Location

_BLANK = re.compile(r"[ \t\r\n]*")
_NEAR = 16  # signs before the end within which a fault may come from what is not read yet


class JsonText:
    """
    The text of a JSON file, held only as far as it is needed.

    Args:
        name: the file as the user named it.
        pieces: its text in pieces.
    """

    def __init__(self, name: str, pieces: Iterator[tuple[str, int]]) -> None:
        self._name = name
        self._pieces = pieces
        self._held = ""
        self._at = 0
        self._decoder = StrictDecoder()
        self._passed = 0
        self.line = 1
        """The physical line that reading stands on."""

    @property
    def offset(self) -> int:
        """How many characters lie behind."""
        return self._passed + self._at

    def peek(self) -> str:
        """Return the next sign that is no blank, or an empty string at the end."""
        while True:
            blank = _BLANK.match(self._held, self._at)
            assert blank is not None
            self.line += self._held.count("\n", self._at, blank.end())
            self._at = blank.end()
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def value(self) -> Item:
        """Return the JSON value that begins here."""
        found = self._decoded(whole=True)
        assert found is not None
        return found

    def value_if_held(self) -> Item | None:
        """Return the JSON value that begins here if what was read so far holds all of it, else None."""
        return self._decoded(whole=False)

    def mark(self) -> tuple[int, int]:
        """Return a mark of this place, to go `back` to before anything more is read from the file."""
        return self._at, self.line

    def back(self, mark: tuple[int, int]) -> None:
        """Go back to a place within what is held."""
        self._at, self.line = mark

    def entries(self) -> Iterator[None]:
        """Go through the list that begins here: whoever asks takes one value each time."""
        self._take()
        if self.peek() == "]":
            self._take()
            return
        while True:
            yield
            if self._ends("]", "list"):
                return

    def members(self) -> Iterator[str]:
        """Go through the object that begins here: yield each key; whoever asks takes the value that follows."""
        self._take()
        if self.peek() == "}":
            self._take()
            return
        while True:
            key = self.value().value if self.peek() == '"' else None
            if not isinstance(key, str):
                raise self.fault(
                    "a key in quotation marks is missing" if self.peek() else "the file is cut off"
                )
            if self.peek() != ":":
                raise self.fault("a colon is missing" if self.peek() else "the file is cut off")
            self._take()
            yield key
            if self._ends("}", "object"):
                return

    def fault(self, message: str) -> InputError:
        """Return an error at this place."""
        return InputError(
            message, location=Location(self._name, self.line), hint="export or fetch the file again"
        )

    def _ends(self, sign: str, what: str) -> bool:
        """Go on after the sign that follows a value; return whether it was the last one."""
        found = self.peek()
        if found not in {",", sign} or not found:
            raise self.fault(f"a comma or {sign} is missing" if found else f"the {what} is cut off")
        self._take()
        return found == sign

    def _take(self) -> None:
        self._at += 1

    def _decoded(self, *, whole: bool) -> Item | None:
        if not self.peek():
            raise self.fault("the file is cut off")
        while True:
            try:
                value, end, fault = self._decoder.decode(self._held, self._at)
            except json.JSONDecodeError as error:
                cut = error.pos >= len(self._held) - _NEAR or error.msg.startswith("Unterminated")
                if cut and self._more():
                    if not whole:
                        return None
                    if len(self._held) - self._at > MAX_JSON_ROW:
                        raise self.fault(
                            f"an object has more than {MAX_JSON_ROW:,} characters (MAX_JSON_ROW)"
                        ) from None
                    continue
                self.line += self._held.count("\n", self._at, error.pos)
                at_end = error.pos >= len(self._held.rstrip()) - 1 or error.msg.startswith("Unterminated")
                raise self.fault("the file is cut off" if at_end else f"not JSON: {error.msg}") from None
            if end == len(self._held) and self._held[end - 1] not in '}]"' and self._more():
                continue  # a number may go on in the next piece
            item = Item(value, self.line, fault)
            self.line += self._held.count("\n", self._at, end)
            self._at = end
            return item

    def _more(self) -> bool:
        piece = next(self._pieces, None)
        if piece is None:
            return False
        self._held = self._held[self._at :] + piece[0]
        self._passed += self._at
        self._at = 0
        return True
