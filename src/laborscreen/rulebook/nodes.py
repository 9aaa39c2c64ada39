"""
What stands in a YAML file, with its place, before anything is taken for a number, a date or a yes.

Nodes are made in the ten thousands for each rulebook and thrown away after reading, so they are plain slotted objects.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from laborscreen.source import Location

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class SourceFile(NamedTuple):
    """
    A file being read.

    Args:
        path: as the user named it.
        folder: its real folder; list files are looked for from there.
    """

    path: str
    folder: str


class Node:
    """Anything with a place in a file."""

    __slots__ = ("column", "file", "length", "line")

    def __init__(self, file: SourceFile, line: int, column: int, length: int = 1) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.length = length

    @property
    def location(self) -> Location:
        """The place, for people."""
        return Location(self.file.path, self.line, self.column)

    @property
    def shape(self) -> str:
        """What it is, as the end of "found ..."."""
        raise NotImplementedError


class Text(Node):
    """One value as written, without its quotes."""

    __slots__ = ("plain", "value")

    def __init__(
        self, file: SourceFile, line: int, column: int, length: int, value: str, plain: bool
    ) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.length = length
        self.value = value
        self.plain = plain

    @property
    def whole(self) -> bool:
        """Whether `length` covers all that was written, which it does for values on one line."""
        return self.length > 1 or len(self.value) <= 1

    @property
    def is_null(self) -> bool:
        """Whether nothing was written: ``key:``, ``~`` or ``null`` without quotes."""
        return self.plain and self.value in _NULLS

    @property
    def shape(self) -> str:
        """What it is, as the end of "found ..."."""
        return "nothing" if self.is_null else "a single value"


class Items(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, file: SourceFile, line: int, column: int) -> None:
        super().__init__(file, line, column)
        self.items: list[Node] = []

    @property
    def shape(self) -> str:
        """What it is, as the end of "found ..."."""
        return "a list"


class Fields(Node):
    """Keys and values in the order written; a key stands in it once."""

    __slots__ = ("entries",)

    def __init__(self, file: SourceFile, line: int, column: int) -> None:
        super().__init__(file, line, column)
        self.entries: dict[str, tuple[Text, Node]] = {}

    @property
    def shape(self) -> str:
        """What it is, as the end of "found ..."."""
        return "keys and values"

    def get(self, name: str) -> Node | None:
        """Return the value of a key, or None."""
        found = self.entries.get(name)
        return found[1] if found else None

    def key_nodes(self) -> Iterator[Text]:
        """Yield the keys as nodes."""
        return (key for key, _ in self.entries.values())


def plain(node: Node) -> Any:
    """Return a node as plain lists, dicts and texts; nothing written is None."""
    match node:
        case Text():
            return None if node.is_null else node.value
        case Items():
            return [plain(item) for item in node.items]
        case Fields():
            return {name: plain(value) for name, (_, value) in node.entries.items()}
    raise AssertionError(node)
