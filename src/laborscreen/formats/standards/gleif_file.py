"""
A file of GLEIF: level 1, relationships or reporting exceptions; as XML, JSON or CSV, packed or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

from laborscreen.errors import InputError
from laborscreen.formats.bytes_in import digest_of, open_bytes
from laborscreen.formats.csv_source import CsvSource
from laborscreen.formats.json_file import JsonFile
from laborscreen.formats.objects import Item
from laborscreen.formats.profile import ColumnRule, Profile
from laborscreen.formats.standards.gleif_xml import XmlRecords
from laborscreen.source import Location

_HEAD: Final = 262_144  # bytes looked at
_WRAPPERS: Final = ("records", "relations", "exceptions")
_ELEMENTS: Final = ("LEIRecord", "RelationshipRecord", "Exception")


class Content(StrEnum):
    """What a file of GLEIF tells."""

    ENTITIES = "gleif level 1"
    RELATIONSHIPS = "gleif level 2"
    EXCEPTIONS = "gleif reporting exceptions"


_SIGNS: Final = (
    (Content.RELATIONSHIPS, r'"RelationshipType"\s*:', r"<(?:\w+:)?RelationshipData\b", "Relationship.StartNode.NodeID"),
    (Content.EXCEPTIONS, r'"ExceptionCategory"\s*:', r"<(?:\w+:)?ReportingExceptionData\b", "Exception.Category"),
    (Content.ENTITIES, r'"LEI"\s*:\s*[{"][^}]{,200}[}"]\s*,\s*"Entity"\s*:\s*\{', r"<(?:\w+:)?LEIData\b", "Entity.LegalName"),
)  # fmt: skip
"""For each content, the keys of the JSON form, the root of the XML form, and a header of the CSV form."""


def content_of(path: Path, name: str = "") -> tuple[Content, str] | None:
    """Return what a file of GLEIF tells and how it is written (xml, json, csv); None where it is none."""
    head = open_bytes(path, name).head(_HEAD).decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        found = next((one for one, _, root, _ in _SIGNS if re.search(root, head)), None)
        return (found, "xml") if found else None
    if head.startswith(("{", "[")):
        found = next((one for one, keys, _, _ in _SIGNS if re.search(keys, head)), None)
        return (found, "json") if found else None
    header = head.partition("\n")[0]
    found = next((one for one, _, _, column in _SIGNS if column in header), None)
    return (found, "csv") if found else None


class GleifFile:
    """
    A file of GLEIF.

    Args:
        path: the file.
        name: the file as the user named it.
        content: what it tells.
        written: how: xml, json or csv.
        lines: whether a JSON file holds one object a line.

    Raises:
        InputError: it cannot be read as what it is.
    """

    def __init__(self, path: Path, name: str, content: Content, written: str, *, lines: bool = False) -> None:
        self.path, self.name, self.content = path, name, content
        self._written = written
        self._digest = ""
        self._json = JsonFile(path, name, f"a {content} file", lines=lines) if written == "json" else None
        self._xml = open_bytes(path, name) if written == "xml" else None
        self._csv = CsvSource(path, _whole_rows(content), name) if written == "csv" else None

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file, in hexadecimal."""
        self._digest = self._digest or digest_of(self.path, self.name)
        return self._digest

    @property
    def notes(self) -> tuple[str, ...]:
        """How it was read, where that is worth telling."""
        return self._json.notes if self._json else ()

    def items(self) -> Iterator[Item]:
        """
        Yield the records of the XML and JSON forms in order.

        Raises:
            InputError: the file is cut off or damaged, or holds no record.
        """
        met = False
        found = self._json.items(_WRAPPERS, own="LEI") if self._json else self._elements()
        for item in found:
            for one in _unwrapped(item):
                met = True
                yield one
        if not met:
            raise self._empty()

    def _empty(self) -> InputError:
        return InputError(
            "the file holds no records", location=Location(self.name), hint="fetch the file again"
        )

    def _elements(self) -> Iterator[Item]:
        assert self._xml is not None
        return XmlRecords(self._xml, _ELEMENTS).items()

    def rows(self) -> Iterator[tuple[Mapping[str, str], int, int, str]]:
        """Yield the rows of the CSV form: by header, with number, line, and what is wrong with them, if anything."""
        assert self._csv is not None
        header = self._csv.plan.header
        met = False
        for stretch in self._csv.stretches():
            good = [
                (dict(zip(header, map(str, cells), strict=True)), number, line, "")
                for cells, number, line in zip(stretch.rows, stretch.numbers, stretch.lines, strict=True)
            ]
            bad: list[tuple[Mapping[str, str], int, int, str]] = [
                ({}, one.row, one.line, one.reason) for one in stretch.rejects
            ]
            met = met or bool(good or bad)
            yield from sorted([*good, *bad], key=lambda one: one[1])
        if not met:
            raise self._empty()

    @property
    def is_table(self) -> bool:
        """Whether it is read with `rows`."""
        return self._csv is not None


def _unwrapped(item: Item) -> Iterator[Item]:
    """Yield the records of an object that was small enough to be read in one piece, or the record it is."""
    told = item.value if isinstance(item.value, dict) and not item.fault else {}
    key = next((one for one in _WRAPPERS if isinstance(told.get(one), list) and "LEI" not in told), None)
    if key is None:
        yield item
    else:
        yield from (Item(one, item.line) for one in told[key])


def _whole_rows(content: Content) -> Profile:
    """Return a profile that makes nothing of the columns: rows are read as they stand."""
    column = "Relationship.StartNode.NodeID" if content is Content.RELATIONSHIPS else "LEI"
    return Profile("gleif", columns=(ColumnRule("id", (column,)),), constants={"name": "entity"})
