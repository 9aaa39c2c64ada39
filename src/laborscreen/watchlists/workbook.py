"""
The sheets of an XLSX list.

The archive is checked before it is unpacked: how many parts, how long they get, and whether every part is whole.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from laborscreen.archives import UNREADABLE
from laborscreen.errors import MissingExtraError
from laborscreen.watchlists.listfile import ListFile

MAX_PACKED = 1 << 26  # 64 MiB on disk
MAX_UNPACKED = 1 << 28  # 256 MiB over all parts
MAX_PARTS = 2_000
_SIGNATURE = b"PK\x03\x04"
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>(\d{4}-\d{2}-\d{2})")
_STRINGS = "xl/sharedStrings.xml"


@dataclass(frozen=True, slots=True)
class Workbook:
    """
    A checked XLSX file.

    Args:
        file: the file it came from.
        data: its bytes.
        modified: the day it was last saved, ``2026-03-02``, or an empty string.
    """

    file: ListFile
    data: bytes
    modified: str

    def sheets(self) -> Iterator[tuple[str, list[list[str]]]]:
        """
        Yield title and rows of each sheet, every cell as text: days as ``2009-05-22``, whole numbers without a point.

        Raises:
            MissingExtraError: python-calamine is not installed.
            WatchlistError: a sheet cannot be read.
        """
        try:
            from python_calamine import CalamineError, CalamineWorkbook
        except ImportError as fault:
            raise MissingExtraError("xlsx", "read lists in XLSX form") from fault
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(self.data))
            for title in book.sheet_names:
                rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
                yield title, [[_text(cell) for cell in row] for row in rows]
        except CalamineError as fault:
            raise self.file.refuse(f"the workbook cannot be read: {fault}") from fault


def is_workbook(file: ListFile) -> bool:
    """Tell whether a file is a ZIP archive, as XLSX files are."""
    return file.head.startswith(_SIGNATURE)


def shared_strings(file: ListFile) -> bytes:
    """Return the table of texts of an XLSX file, to tell what list it is."""
    return _part(file, _STRINGS)


def open_workbook(file: ListFile) -> Workbook:
    """
    Check an XLSX file and return it.

    Raises:
        WatchlistError: the archive is broken, cut short, or unpacks to more than the limits above.
    """
    data = file.read_bytes(MAX_PACKED)
    with _archive(file, data) as archive:
        try:
            damaged = archive.testzip()
        except (*UNREADABLE, OSError) as fault:
            raise file.refuse(f"the workbook is broken: {fault}", hint="fetch the list again") from fault
    if damaged:
        raise file.refuse(f"the part {damaged} of the workbook is damaged", hint="fetch the list again")
    modified = _MODIFIED.search(_part(file, "docProps/core.xml"))
    return Workbook(file, data, modified[1].decode() if modified else "")


def _archive(file: ListFile, data: bytes) -> zipfile.ZipFile:
    """Open the archive and check its size before anything is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*UNREADABLE, ValueError) as fault:
        raise file.refuse(
            f"the workbook is broken or cut short: {fault}", hint="fetch the list again"
        ) from fault
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise file.refuse(
            f"the workbook unpacks to more than the limit of {MAX_PARTS:,} parts or {MAX_UNPACKED:,} bytes"
        )
    return archive


def _part(file: ListFile, name: str) -> bytes:
    """Return one part of the archive, empty where there is none."""
    with _archive(file, file.read_bytes(MAX_PACKED)) as archive:
        try:
            with archive.open(name) as part:
                return part.read(MAX_UNPACKED)
        except (*UNREADABLE, OSError, KeyError):
            return b""


def _text(cell: object) -> str:
    """Return a cell as text."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
