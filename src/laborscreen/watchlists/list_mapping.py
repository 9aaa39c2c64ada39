"""
How to read a list nobody wrote an importer for: a small YAML file that says which column holds what.

::

    list: us-uflpa
    title: UFLPA Entity List
    publisher: U.S. Department of Homeland Security
    licence: US public domain
    file_date: 2026-09-01
    columns:
      name: Name of Entity
      aliases: {column: Also known as, separator: ";"}
      addresses: Address
      identifiers: {CN-USCC: Credit code}
    constants: {kind: organization, programmes: UFLPA, countries: CN}
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import yaml

from laborscreen.errors import WatchlistError
from laborscreen.source import Location
from laborscreen.watchlists.entry import EntryKind

FIELDS = (
    "id", "name", "aliases", "weak_aliases", "former_names", "kind", "programmes", "countries", "nationalities",
    "birth_dates", "positions", "addresses", "remarks",
)  # fmt: skip
MAX_MAPPING = 1 << 20  # bytes
_KEYS = ("list", "title", "publisher", "licence", "file_date", "sheet", "columns", "kinds", "constants")
_TEXT_KEYS = ("list", "title", "publisher", "licence", "file_date", "sheet")
_LIST_NAME = re.compile(r"^[a-z0-9][a-z0-9-]{1,40}$")
_ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Column:
    """
    Where a value comes from.

    Args:
        header: the header of the column.
        separator: what parts several values in one cell, or an empty string where a cell holds one.
    """

    header: str
    separator: str = ""


@dataclass(frozen=True, slots=True)
class ListMapping:
    """
    A mapping as read and checked.

    Args:
        list: short name of the list.
        title: its full name.
        publisher: who publishes it.
        licence: on what terms.
        file_date: ``2026-09-01`` or empty.
        sheet: title of the sheet of an XLSX file; empty for the first.
        columns: columns of each field.
        identifiers: scheme and column of each number.
        kinds: the publisher's words for kinds, in small letters, to ours.
        constants: values that stand in no column.
    """

    list: str
    title: str
    publisher: str
    licence: str
    file_date: str
    sheet: str
    columns: dict[str, tuple[Column, ...]]
    identifiers: tuple[tuple[str, Column], ...]
    kinds: dict[str, EntryKind]
    constants: dict[str, str]


class _PlainLoader(yaml.BaseLoader):
    """Everything is text: YAML's guesses (NO as false, dates as dates) and its anchors are switched off."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="anchors and aliases are not read", problem_mark=parent.start_mark if parent else None
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"{key.value!r} stands here twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def load_list_mapping(path: str | Path) -> ListMapping:
    """
    Read a mapping.

    Raises:
        WatchlistError: the file is no mapping; the message names the key, and the nearest known one.
    """
    place = Path(path)
    try:
        data = place.read_bytes()
    except OSError as fault:
        raise WatchlistError(f"cannot be opened: {fault.strerror}", location=Location(str(path))) from fault
    if len(data) > MAX_MAPPING:
        raise WatchlistError(f"longer than the limit of {MAX_MAPPING:,} bytes", location=Location(str(path)))
    try:
        said = yaml.load(data.decode("utf-8-sig"), Loader=_PlainLoader)  # noqa: S506  # builds texts and dicts only
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        location = Location(str(path), mark.line + 1, mark.column + 1) if mark else Location(str(path))
        raise WatchlistError(f"not YAML: {fault.problem}", location=location) from fault
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as fault:
        raise WatchlistError(f"not YAML: {fault}", location=Location(str(path))) from fault
    return _Reader(str(path)).mapping(said)


class _Reader:
    """Turns what YAML gave into a mapping, and refuses what it does not know."""

    def __init__(self, path: str) -> None:
        self._path = path

    def mapping(self, said: object) -> ListMapping:
        parts = self._dict(said, "the mapping")
        self._known(parts, _KEYS, "key")
        texts = {key: self._text(parts.get(key, ""), key) for key in _TEXT_KEYS}
        if not _LIST_NAME.match(texts["list"]):
            raise self._refuse("`list` must be a short name of small letters, digits and hyphens")
        if texts["file_date"] and not _ISO_DATE.match(texts["file_date"]):
            raise self._refuse("`file_date` must be a day such as 2026-09-01")
        columns = self._dict(parts.get("columns"), "`columns`")
        self._known(columns, (*FIELDS, "identifiers"), "column")
        numbers = self._dict(columns.pop("identifiers", {}), "`identifiers`")
        fields = {name: tuple(self._columns(value, name)) for name, value in columns.items()}
        if not fields.get("name"):
            raise self._refuse("`columns` must say which column holds the `name`")
        constants = {
            key: self._text(value, key)
            for key, value in self._dict(parts.get("constants", {}), "`constants`").items()
        }
        self._known(constants, FIELDS, "constant")
        words = self._dict(parts.get("kinds", {}), "`kinds`")
        return ListMapping(
            **texts,
            columns=fields,
            identifiers=tuple(
                (scheme, next(self._columns(column, scheme))) for scheme, column in numbers.items()
            ),
            kinds={word.casefold(): self.kind(self._text(kind, word)) for word, kind in words.items()},
            constants=constants,
        )

    def kind(self, word: str) -> EntryKind:
        known: tuple[EntryKind, ...] = get_args(EntryKind)
        for kind in known:
            if word == kind:
                return kind
        raise self._refuse(f"{word!r} is no kind of party; the kinds are {', '.join(known)}")

    def _columns(self, said: object, name: str) -> Iterator[Column]:
        for item in said if isinstance(said, list) else [said]:
            if isinstance(item, dict):
                self._known(item, ("column", "separator"), "key")
                yield Column(
                    self._text(item.get("column", ""), name), self._text(item.get("separator", ""), name)
                )
            else:
                yield Column(self._text(item, name))

    def _dict(self, said: object, what: str) -> dict[str, object]:
        if not isinstance(said, dict):
            raise self._refuse(f"{what} must be names with values")
        return {str(key): value for key, value in said.items()}

    def _text(self, said: object, name: str) -> str:
        if not isinstance(said, str):
            raise self._refuse(f"`{name}` must be a text")
        return said

    def _known(self, given: Iterable[str], known: Iterable[str], what: str) -> None:
        for key in given:
            if key not in tuple(known):
                near = difflib.get_close_matches(key, tuple(known), 1)
                hint = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(known)}"
                raise self._refuse(f"unknown {what} `{key}`", hint)

    def _refuse(self, message: str, hint: str = "") -> WatchlistError:
        return WatchlistError(message, location=Location(self._path), hint=hint)
