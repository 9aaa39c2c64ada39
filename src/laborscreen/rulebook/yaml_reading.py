"""
YAML text to nodes with places, and nothing more: no numbers, no dates, no yes and no.

The parser's events are read one by one, without recursion, so a file nested ten thousand deep is refused at the thirty-third
level. Anchors, aliases, tags and merge keys are refused, and a key written twice is a fault that names the first line.
"""

from __future__ import annotations

from typing import Any

import yaml

from laborscreen.errors import Problem
from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.limits import MAX_DEPTH
from laborscreen.rulebook.nodes import Fields, Items, Node, SourceFile, Text
from laborscreen.rulebook.yaml_mending import SyntaxFault, lines_to_leave_out, prepared, told_plainly
from laborscreen.source import Location

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the pure one is some seven times slower
_MOST_ATTEMPTS = 20
_MOST_CHARACTERS = (
    2_000_000  # read again in all; a large file with many faults of syntax shows only the first ones
)


class _TooDeepError(Exception):
    """The nesting limit was met."""


def read_yaml(file: SourceFile, text: str, faults: Faults) -> Node | None:
    """
    Return the one document of a file, or None where nothing can be read.

    A fault of syntax costs only the entry it stands in: the lines of that entry are left out and the rest is read again, so
    that one reading shows the other faults of the file too.
    """
    text = prepared(file, text, faults)
    for number in range(min(_MOST_ATTEMPTS, 1 + _MOST_CHARACTERS // (len(text) + 1))):
        attempt = Faults()
        try:
            document = _Builder(file, attempt).read(text)
        except _TooDeepError:
            faults.take(attempt)
            faults.leave_out(None)
            return None
        except yaml.YAMLError as error:
            fault = told_plainly(error, text)
            place = Location(file.path, fault.line, fault.column)
            faults.keep(
                Problem(
                    "yaml-syntax", place, fault.message, fault.hint, fault.length, "error", fault.replacement
                )
            )
            shorter = _without(text, fault, faults)
            if shorter is None:
                faults.take(attempt)
                faults.leave_out(None)
                return None
            text = shorter
            continue
        faults.take(attempt)
        return _without_emptied(document) if number else document
    faults.leave_out(None)
    return None


def _without_emptied(document: Node | None) -> Node | None:
    """Drop top-level keys below which nothing is left after faulty entries were left out."""
    if isinstance(document, Fields):
        for name, (_, value) in list(document.entries.items()):
            if isinstance(value, Text) and value.is_null:
                del document.entries[name]
    return document


def _without(text: str, fault: SyntaxFault, faults: Faults) -> str | None:
    """Return the text with the faulty entry blanked out, line numbers kept; None where there is no entry to leave out."""
    lines = text.split("\n")
    first, last = lines_to_leave_out(lines, fault.line)
    if first is None or not any(line.strip() for line in lines[first - 1 : last]):
        return None
    faults.leave_out("\n".join(lines[first - 1 : last]))
    lines[first - 1 : last] = [""] * (last - first + 1)
    return "\n".join(lines)


class _Builder:
    """Turns the parser's events into nodes."""

    def __init__(self, file: SourceFile, faults: Faults) -> None:
        self.file = file
        self.faults = faults

    def read(self, text: str) -> Node | None:
        """Return the document, or None where there is none."""
        document: Node | None = None
        open_nodes: list[Items | Fields] = []
        open_keys: list[Text | None] = []
        documents = 0
        next_event = _LOADER(text).get_event
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                node: Node = self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                node = self._collection(event, kind)
                if len(open_nodes) >= MAX_DEPTH:
                    hint = "split the condition into several rules"
                    self.faults.error("too-deep", node, f"nested deeper than {MAX_DEPTH} levels", hint)
                    raise _TooDeepError
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                open_nodes.pop()
                open_keys.pop()
                continue
            elif kind is yaml.AliasEvent:
                node = self._alias(event)
            else:
                documents += kind is yaml.DocumentStartEvent
                if documents == 2:
                    hint = "take out the line `---`, or use two files"
                    place = self._place_of(event)
                    self.faults.error("several-documents", place, "a second document begins here", hint)
                    return document
                continue
            if open_nodes:
                self._place(node, open_nodes[-1], open_keys)
            else:
                document = node
            if isinstance(node, Items | Fields):
                open_nodes.append(node)
                open_keys.append(None)
        return document

    def _place(self, node: Node, parent: Items | Fields, open_keys: list[Text | None]) -> None:
        if isinstance(parent, Items):
            parent.items.append(node)
            return
        key = open_keys[-1]
        if key is not None:
            open_keys[-1] = None
            parent.entries.setdefault(key.value, (key, node))
            return
        if not isinstance(node, Text):
            self.faults.error(
                "odd-key",
                node,
                f"a key must be one word, not {node.shape}",
                "put quotation marks around text with [ or {",
            )
            node = Text(node.file, node.line, node.column, 1, f"\0{node.line}:{node.column}", plain=True)
        elif node.value == "<<" and node.plain:
            self.faults.error("yaml-merge", node, "merge keys (`<<`) are not read", "write the lines out")
        elif node.value in parent.entries:
            first = parent.entries[node.value][0].line
            self.faults.error(
                "duplicate-key",
                node,
                f"`{node.value}` is written twice (first on line {first}); YAML would silently keep only one",
                "take one of them out, or begin the next entry with `- `",
            )
        assert isinstance(node, Text)
        open_keys[-1] = node

    def _place_of(self, event: Any) -> Location:
        return Location(self.file.path, event.start_mark.line + 1, event.start_mark.column + 1)

    def _scalar(self, event: Any) -> Text:
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        length = end.column - column if end.line == line else 1
        node = Text(self.file, line + 1, column + 1, length, event.value, not event.style)
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event, node)
        return node

    def _collection(self, event: Any, kind: type) -> Items | Fields:
        mark = event.start_mark
        made = Fields if kind is yaml.MappingStartEvent else Items
        node = made(self.file, mark.line + 1, mark.column + 1)
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event, node)
        return node

    def _alias(self, event: Any) -> Text:
        mark = event.start_mark
        node = Text(
            self.file, mark.line + 1, mark.column + 1, len(event.anchor) + 1, f"*{event.anchor}", plain=True
        )
        self.faults.error(
            "yaml-alias",
            node,
            f"`*{event.anchor}` refers to another place; rulebooks do not use that",
            "write the lines out, or put the words in a list; a text that begins with * needs quotation marks",
        )
        return node

    def _refuse_extras(self, event: Any, node: Node) -> None:
        if event.anchor is not None:
            self.faults.error(
                "yaml-anchor",
                node,
                f"`&{event.anchor}` names this place for use elsewhere; rulebooks do not use that",
                "take it out; a text that begins with & needs quotation marks",
            )
        if event.tag is not None:
            self.faults.error(
                "yaml-tag",
                node,
                f"`{event.tag}` is a YAML tag; the field catalogue alone decides what a value is",
                "take it out; a text that begins with ! needs quotation marks",
            )
