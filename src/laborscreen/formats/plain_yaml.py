"""
YAML without YAML's guesses: every scalar is the text as written, every node knows its line.

``NO`` stays NO, ``010`` stays 010. Duplicate keys, anchors and tags are faults. All faults are told at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from laborscreen.errors import UsageError
from laborscreen.record import did_you_mean
from laborscreen.source import Location

if TYPE_CHECKING:
    import yaml


@dataclass(slots=True)
class Faults:
    """The faults found in one file, in order."""

    file: str
    found: list[str] = field(default_factory=list)

    def add(self, node: Plain, message: str) -> None:
        """Note a fault at a node; one fault at one place is told once."""
        text = f"{Location(self.file, node.line, node.column)}: {message}"
        if text not in self.found:
            self.found.append(text)

    def raise_any(self) -> None:
        """
        Raise what was found.

        Raises:
            UsageError: one line a fault.
        """
        if self.found:
            raise UsageError("\n".join(self.found))


@dataclass(frozen=True, slots=True)
class Plain:
    """
    One node: a text, a list or a mapping.

    Args:
        value: text, a sequence of nodes, or a mapping of texts to nodes.
        line: from 1.
        column: from 1.
    """

    value: str | Sequence[Plain] | Mapping[str, Plain]
    line: int
    column: int

    @property
    def is_mapping(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.value, Mapping)

    def text(self, faults: Faults) -> str:
        """Return the text, or note a fault."""
        if isinstance(self.value, str):
            return self.value
        faults.add(self, "a single value is needed here")
        return ""

    def texts(self, faults: Faults) -> list[str]:
        """Return a list of texts; a lone text is a list of one."""
        if isinstance(self.value, Sequence) and not isinstance(self.value, str):
            return [entry.text(faults) for entry in self.value]
        return [self.text(faults)]

    def mapping(self, faults: Faults, known: Sequence[str] = ()) -> Mapping[str, Plain]:
        """Return the mapping, noting keys that are not *known* where that is given."""
        if not isinstance(self.value, Mapping):
            faults.add(self, "a mapping (`key: value`) is needed here")
            return {}
        for key, node in self.value.items():
            if known and key not in known:
                hint = did_you_mean(key, known) or f"known are {', '.join(known)}"
                faults.add(node, f"{key!r} is not known here ({hint})")
        return self.value

    def one_of(self, faults: Faults, words: Sequence[str]) -> str:
        """Return a text that must be one of a few."""
        told = self.text(faults)
        if told in words:
            return told
        faults.add(self, f"{told!r} is not one of {', '.join(map(repr, words))}")
        return ""


def read_plain(text: str, faults: Faults) -> Plain | None:
    """Parse YAML *text*; None, with a fault noted, where it is no YAML."""
    import yaml  # the profiles that most runs need are prepared, and the parser takes a while to load

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the same answers, ten times as fast
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                mark = event.start_mark
                place = Plain("", mark.line + 1, mark.column + 1) if mark else Plain("", 1, 1)
                faults.add(place, "anchors and aliases (& and *) are not used here")
                return None
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Plain("", mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)
        faults.add(place, f"this is not YAML: {error.problem or error.context}")
        return None
    except (yaml.YAMLError, RecursionError) as error:
        faults.add(Plain("", 1, 1), f"this is not YAML: {error}")
        return None
    if node is None:
        faults.add(Plain("", 1, 1), "the file is empty")
        return None
    return _plain(node, faults)


def _plain(node: yaml.Node, faults: Faults) -> Plain:
    import yaml

    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.MappingNode):
        entries: dict[str, Plain] = {}
        for key, value in node.value:
            place = Plain("", key.start_mark.line + 1, key.start_mark.column + 1)
            if not isinstance(key, yaml.ScalarNode):
                faults.add(place, "a key must be a plain text")
            elif key.value in entries:
                faults.add(place, f"{key.value!r} is written twice (first on line {entries[key.value].line})")
            else:
                entries[key.value] = _plain(value, faults)
        return Plain(entries, line, column)
    if isinstance(node, yaml.SequenceNode):
        return Plain([_plain(entry, faults) for entry in node.value], line, column)
    return Plain(str(node.value), line, column)
