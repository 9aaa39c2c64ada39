"""
The records of GLEIF's XML files, one after the other, in the shape of their JSON form.

Expat reads the bytes as they are unpacked. A document type is refused, so that there is no entity to expand or to fetch;
depth and length of a record are bounded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final
from xml.parsers import expat

from laborscreen.errors import InputError
from laborscreen.formats.bytes_in import FileBytes
from laborscreen.formats.limits import MAX_DEPTH, MAX_JSON_ROW
from laborscreen.formats.objects import Item
from laborscreen.source import Location

TEXT: Final = "$"
"""The key of an element's own text."""


class XmlRecords:
    """
    An XML file of records.

    Args:
        file: its bytes.
        wanted: the local names of the elements that are records.
    """

    def __init__(self, file: FileBytes, wanted: Collection[str]) -> None:
        self._file = file
        self._wanted = frozenset(wanted)
        self._found: list[Item] = []
        self._open: list[tuple[str, dict[str, Any]]] = []
        self._depth = 0
        self._line = 0
        self._length = 0

    def items(self) -> Iterator[Item]:
        """
        Yield the records, elements within elements as objects, repeated ones as lists.

        Raises:
            InputError: the XML is broken, cut off, too deep, or declares a document type.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = lambda name, _: self._start(name, parser.CurrentLineNumber)
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            for piece in self._file.chunks():
                parser.Parse(piece, False)
                yield from self._taken()
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise InputError(
                f"the XML is broken or cut off: {expat.ErrorString(error.code)}",
                location=Location(self._file.name, error.lineno, error.offset + 1),
                hint="fetch the file again",
            ) from error
        yield from self._taken()

    def _taken(self) -> list[Item]:
        found, self._found = self._found, []
        return found

    def _doctype(self, *_: object) -> None:
        raise InputError(
            "the file declares a document type (DOCTYPE), which no file of GLEIF does",
            location=Location(self._file.name),
            hint="fetch the file again from its publisher",
        )

    def _start(self, name: str, line: int) -> None:
        local = name.rpartition(" ")[2]
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._refuse(f"elements are nested deeper than {MAX_DEPTH} (MAX_DEPTH)", line)
        if not self._open:
            if local not in self._wanted:
                return
            self._line, self._length = line, 0
        self._open.append((local, {}))

    def _text(self, text: str) -> None:
        if not self._open:
            return
        self._length += len(text)
        if self._length > MAX_JSON_ROW:
            raise self._refuse(
                f"a record has more than {MAX_JSON_ROW:,} characters (MAX_JSON_ROW)", self._line
            )
        told = self._open[-1][1]
        told[TEXT] = told.get(TEXT, "") + text

    def _end(self, _: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        local, told = self._open.pop()
        if len(told) > 1 and not told.get(TEXT, "").strip():
            told.pop(TEXT, None)  # blanks between elements
        if not self._open:
            self._found.append(Item(told, self._line))
            return
        outer = self._open[-1][1]
        if local not in outer:
            outer[local] = told
        elif isinstance(outer[local], list):
            outer[local].append(told)
        else:
            outer[local] = [outer[local], told]

    def _refuse(self, message: str, line: int) -> InputError:
        return InputError(
            message, location=Location(self._file.name, line), hint="fetch the file again from its publisher"
        )
