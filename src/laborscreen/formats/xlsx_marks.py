"""
What a sheet says of its cells beside their values: formulas nobody has calculated yet, errors, hidden rows and columns.

A program that writes formulas leaves the value to Excel. Until somebody opens and saves the file, the value is not in it,
and a reader of values sees nothing. Such a row must not be screened as if nothing stood there. Nor does a value show that
whoever opens the workbook does not see it.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from laborscreen.formats.limits import CHUNK

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# No tag is read past the next one: a comment of nothing but "<row<row<row" is gone over once.
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3}([0-9]{1,7}))"[^<>]*>\s*<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>\s*|<v>\s*</v>\s*)?</c>'
)
_ERROR = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"[^<>]*\st="e"')
_HIDDEN = rb'(?=[^<>]*\shidden="(?:1|true)")'
_HIDDEN_ROW = re.compile(rb"<row" + _HIDDEN + rb'(?=[^<>]*\sr="([0-9]{1,7})")')
_HIDDEN_COLUMNS = re.compile(
    rb"<col" + _HIDDEN + rb'(?=[^<>]*\smin="([0-9]{1,5})")(?=[^<>]*\smax="([0-9]{1,5})")'
)
_LAST_COLUMN = 16_384  # of a sheet
_LONGEST = 65_536  # bytes of one cell in XML; Excel's longest formula has 8,192 letters


@dataclass(slots=True)
class Marks:
    """
    What a sheet says of its cells beside their values.

    Args:
        formulas: for a row of the sheet, the first cell in it whose formula has no value.
        errors: how many cells hold an error (#N/A, #REF!).
        hidden_rows: rows of the sheet that are hidden, by hand or by a filter.
        hidden_columns: for each column, from 1, whether it is hidden.
    """

    formulas: dict[int, str] = field(default_factory=dict)
    errors: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: bytearray = field(default_factory=lambda: bytearray(_LAST_COLUMN + 1))


def sheet_marks(path: Path, sheet: str) -> Marks:
    """
    Look through the XML of a sheet.

    Args:
        path: a workbook that was found sound.
        sheet: the name of the sheet.
    """
    found = Marks()
    with zipfile.ZipFile(path) as archive:
        part = _part_of(archive, sheet)
        if part not in archive.namelist():
            return found
        held = b""
        with archive.open(part) as stream:
            while piece := stream.read(CHUNK):
                held += piece
                # whole cells only: the last one may go on in the next piece
                end = held.rfind(b"</c>") + len(b"</c>") if b"</c>" in held else 0
                _look(held[:end], found)
                held = held[end:][-_LONGEST:]
    return found


def _look(cells: bytes, found: Marks) -> None:
    for cell in _UNCALCULATED.finditer(cells):
        found.formulas.setdefault(int(cell[2]), cell[1].decode("ascii"))
    found.errors += len(_ERROR.findall(cells))
    found.hidden_rows += map(int, _HIDDEN_ROW.findall(cells))
    for told in _HIDDEN_COLUMNS.findall(cells):
        first, last = int(told[0]), min(int(told[1]), _LAST_COLUMN)
        found.hidden_columns[first : last + 1] = b"\1" * (last + 1 - first)


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the path of a sheet's XML within the archive, or an empty string."""
    names = archive.namelist()
    if "xl/_rels/workbook.xml.rels" not in names:
        return ""
    try:
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 -- expat refuses entity bombs
        relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 -- the same
    except ET.ParseError:  # the reader of cells says what is wrong with it
        return ""
    wanted = next(
        (one.get(_RELATION) for one in book.iter(f"{_MAIN}sheet") if one.get("name") == sheet), None
    )
    target = next((one.get("Target", "") for one in relations if one.get("Id") == wanted), "")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
