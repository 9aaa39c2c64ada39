"""
JSON of which only the shape on paper is known: what is there is taken, what is not as it should be is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from laborscreen.formats.headers import listed

Loose = Mapping[str, Any]


class Shapes:
    """
    Takes values out of objects, and remembers what it met that nobody read.

    Args:
        what: what the objects are, for the notes.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._unread: dict[str, None] = {}
        self._odd: dict[str, int] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out."""
        found = [f"keys of {self._what} nobody read: {listed(list(self._unread))}"] if self._unread else []
        found += [
            f"{count:,} values of `{key}` are not what the standard says they are; they were left out"
            for key, count in self._odd.items()
        ]
        return tuple(found)

    def unread(self, told: Loose, known: Collection[str]) -> None:
        """Note the keys of an object that are not *known*."""
        for key in told:
            if key not in known:
                self._unread[key] = None

    def text(self, told: Loose, key: str) -> str | None:
        """Return a text, or a number as text; None where there is none."""
        value = told.get(key)
        if isinstance(value, str):
            return value.strip() or None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self._unless_nothing(key, value)
        return None

    def mapping(self, told: Loose, key: str) -> Loose:
        """Return an object; an empty one where there is none."""
        value = told.get(key)
        if isinstance(value, Mapping):
            return value
        self._unless_nothing(key, value)
        return {}

    def mappings(self, told: Loose, key: str) -> Iterator[Loose]:
        """Yield the objects of a list; a lone object is a list of one."""
        value = told.get(key)
        if isinstance(value, Mapping):
            value = [value]
        if not isinstance(value, list):
            self._unless_nothing(key, value)
            return
        for entry in value:
            if isinstance(entry, Mapping):
                yield entry
            else:
                self._unless_nothing(key, entry)

    def texts(self, told: Loose, key: str) -> list[str]:
        """Return the texts of a list; a lone text is a list of one."""
        value = told.get(key)
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list):
            self._unless_nothing(key, value)
            return []
        for entry in value:
            if not isinstance(entry, str):
                self._unless_nothing(key, entry)
        return [entry.strip() for entry in value if isinstance(entry, str) and entry.strip()]

    def _unless_nothing(self, key: str, value: object) -> None:
        if value is not None and value not in ("", [], {}):
            self._odd[key] = self._odd.get(key, 0) + 1


def without_nothing(told: Mapping[str, object]) -> dict[str, object]:
    """
    Return an object without the members that tell nothing.

    >>> without_nothing({"name": "A", "country": None, "addresses": []})
    {'name': 'A'}
    """
    return {key: value for key, value in told.items() if value is not None and value not in ([], {})}
