"""
A mapping of the rulebook read key by key, with every unknown, missing or misshapen key reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.nodes import Fields, Items, Node, Text
from laborscreen.rulebook.values_written import (
    in_brackets,
    one_value,
    read_day,
    read_number,
    read_whole,
    read_word,
    read_yes_no,
)

NAME = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
"""How lists, groups, sources and needs are named."""


class Form:
    """
    One entry being read.

    Args:
        node: what stands there.
        what: its name in messages ("the rule").
        required: keys it must have.
        optional: keys it may have.
        faults: collects what is wrong.
    """

    def __init__(
        self, node: Fields, what: str, required: Sequence[str], optional: Sequence[str], faults: Faults
    ) -> None:
        self.node = node
        self.what = what
        self.faults = faults
        self._required = frozenset(required)
        known = (*required, *optional)
        for key, value in node.entries.values():
            if key.value not in known and not key.value.startswith("\0"):
                self._unknown(key, value, known)
        for name in required:
            if name not in node.entries:
                faults.error("missing-key", node, f"{what} has no `{name}`", f"add a line `{name}: ...`")

    def _unknown(self, key: Text, value: Node, known: tuple[str, ...]) -> None:
        if " " in key.value and isinstance(value, Text) and value.value == "":
            self.faults.error(
                "cut-text",
                key,
                f"a comma cuts the text apart: `{key.value[:60]}` is read as a key of {self.what}",
                "put quotation marks around the whole text",
            )
            return
        self.faults.error(
            "unknown-key",
            key,
            f"`{key.value[:60]}` is not a key of {self.what}",
            self.faults.meant(key.value, known) or f"known keys: {', '.join(known)}",
            replacement=self._respelled(key, known),
        )

    def _respelled(self, key: Text, known: tuple[str, ...]) -> str | None:
        """Return the key that is meant for certain, unless it is written too."""
        word = self.faults.respelled(key.value, known)
        return None if word in self.node.entries else word

    def node_of(self, name: str) -> Node | None:
        """Return what stands at a key, or None."""
        return self.node.get(name)

    def location_of(self, name: str) -> Node:
        """Return the node to point at for a key: the value, or the entry where it is missing."""
        return self.node.get(name) or self.node

    def text(self, name: str) -> str:
        """Return a text; empty where there is none."""
        node = self.node.get(name)
        if node is None:
            return ""
        found = one_value(node, self.faults, f"`{name}`")
        told = " ".join(found.value.split()) if found else ""
        if found and not told and name in self._required:
            self.faults.error("empty-value", node, f"`{name}` is an empty text", "write what belongs there")
        return told

    def id(self, name: str, pattern: re.Pattern[str] = NAME, example: str = "some_name") -> str:
        """Return a text that follows a *pattern*."""
        text = self.text(name)
        if text and not pattern.fullmatch(text):
            self.faults.error(
                "odd-id",
                self.location_of(name),
                f"`{text[:60]}` cannot be used as `{name}`",
                f"write it like {example}",
            )
        return text

    def word(self, name: str, words: tuple[str, ...], default: str = "") -> str:
        """Return one of *words*."""
        node = self.node.get(name)
        return default if node is None else read_word(node, words, self.faults, f"`{name}`") or default

    def day(self, name: str) -> date | None:
        """Return a day."""
        node = self.node.get(name)
        return None if node is None else read_day(node, self.faults, f"`{name}`")

    def day_or_nothing(self, name: str) -> date | None:
        """Return a day; nothing written means None."""
        node = self.node.get(name)
        return (
            None
            if node is None or (isinstance(node, Text) and node.is_null)
            else read_day(node, self.faults, f"`{name}`")
        )

    def number(self, name: str, default: float = 0.0) -> float:
        """Return a number."""
        node = self.node.get(name)
        found = None if node is None else read_number(node, self.faults, f"`{name}`")
        return default if found is None else found

    def whole(self, name: str, *, low: int = 0, default: int = 0) -> int:
        """Return a whole number of at least *low*."""
        node = self.node.get(name)
        found = None if node is None else read_whole(node, self.faults, f"`{name}`", low=low)
        return default if found is None else found

    def yes_no(self, name: str) -> bool:
        """Return yes or no; silence is no."""
        node = self.node.get(name)
        return bool(node is not None and read_yes_no(node, self.faults, f"`{name}`"))

    def items(self, name: str, *, texts: bool = False) -> list[Node]:
        """Return the entries of a list; of *texts*, a single one is plainly a list of one."""
        node = self.node.get(name)
        if node is None:
            return []
        if isinstance(node, Items):
            return node.items
        self.faults.error(
            "wrong-shape",
            node,
            f"`{name}` is a list, not {node.shape}",
            "begin each entry with `- `, or use [ and ]",
            replacement=in_brackets(node) if texts else None,
        )
        return []

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        found = (
            one_value(item, self.faults, f"an entry of `{name}`") for item in self.items(name, texts=True)
        )
        return tuple(text.value for text in found if text is not None)

    def words(self, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Return a list of *known* words."""
        found = (read_word(item, known, self.faults, f"`{name}`") for item in self.items(name, texts=True))
        return tuple(word for word in found if word is not None)

    def fields(self, name: str) -> Fields | None:
        """Return a mapping."""
        node = self.node.get(name)
        return None if node is None else as_fields(node, f"`{name}`", self.faults)

    def entries(self, name: str) -> list[Fields]:
        """Return the entries of a list of mappings."""
        found = (as_fields(item, f"an entry of `{name}`", self.faults) for item in self.items(name))
        return [fields for fields in found if fields is not None]


def as_fields(node: Node, what: str, faults: Faults) -> Fields | None:
    """Return the node where it is keys and values; report it otherwise."""
    if isinstance(node, Fields):
        return node
    hint = "write `key: value` lines below it"
    if isinstance(node, Items):
        hint = "one list too many: take out one level of `- `"
    elif isinstance(node, Text) and not node.is_null:
        hint = "a colon or the space after it may be missing; write `key: value`"
    faults.error("wrong-shape", node, f"{what} is made of keys and values, not {node.shape}", hint)
    return None
