"""
JSON that means one thing: no key twice, no NaN, no half of a letter, no depth or length without bound.

Python's own parser accepts all of these. Here each is a fault of the row, and reading goes on after it.
"""

from __future__ import annotations

import json
import math
from typing import Final

from laborscreen.formats.limits import MAX_CELL, MAX_DEPTH

_SURROGATE_ESCAPE: Final = "\\ud"


class StrictDecoder:
    """
    Decodes JSON texts one after another and tells what is wrong with each.

    >>> StrictDecoder().decode('{"id": "V-1", "id": "V-2"}')
    ({'id': 'V-2'}, 26, 'the key "id" stands twice; leave one of them')
    """

    def __init__(self) -> None:
        self._fault = ""
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant, parse_float=self._float
        )

    def decode(self, text: str, start: int = 0) -> tuple[object, int, str]:
        """
        Decode the JSON value that begins at *start*.

        Returns:
            the value, the position after it, and what is wrong with it (empty when nothing is).

        Raises:
            json.JSONDecodeError: it is no JSON at all, or it is cut off.
        """
        self._fault = ""
        try:
            value, end = self._decoder.raw_decode(text, start)
        except RecursionError:
            raise json.JSONDecodeError(_too_deep(), text, start) from None
        except ValueError as error:
            if isinstance(error, json.JSONDecodeError):
                raise
            raise json.JSONDecodeError("a number has too many digits", text, start) from None
        return value, end, self._fault or _fault_of(value, text[start:end] if start else text, end - start)

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) != len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    self._fault = self._fault or f'the key "{key[:60]}" stands twice; leave one of them'
                    break
                seen.add(key)
        return made

    def _constant(self, written: str) -> None:
        self._fault = self._fault or f"{written} is no number in JSON; write null where nothing is known"

    def _float(self, written: str) -> float | None:
        number = float(written)
        if math.isfinite(number):
            return number
        self._fault = self._fault or f"the number {written[:40]} is too large to be true"
        return None


def _too_deep() -> str:
    return f"nested more than {MAX_DEPTH} levels deep (MAX_DEPTH)"


def _fault_of(value: object, text: str, length: int) -> str:
    """Look for what the parser lets through; cheap tests of the text come first."""
    deep = text.count("[") + text.count("{") > MAX_DEPTH
    escaped = _SURROGATE_ESCAPE in text or "\\uD" in text
    if not deep and not escaped and length <= MAX_CELL and "\\u0000" not in text:
        return ""
    return _look(value, 1)


def _look(value: object, depth: int) -> str:
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            return f"a text has more than {MAX_CELL:,} characters (MAX_CELL); shorten it"
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            return "a text holds half of a character (a lone surrogate); export the row again"
        if "\0" in value:
            return "a text holds a zero character, which is no text; export the row again"
        return ""
    if isinstance(value, dict | list):
        if depth > MAX_DEPTH:
            return _too_deep()
        parts = [*value.keys(), *value.values()] if isinstance(value, dict) else value
        for part in parts:
            fault = _look(part, depth + 1)
            if fault:
                return fault
    return ""
