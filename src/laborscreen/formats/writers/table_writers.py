"""
Results as tables: CSV with a row a record, and workbooks with sheets of records, flags and gaps.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from laborscreen.errors import MissingExtraError, OutputError
from laborscreen.formats.writers.cells import defused, shown
from laborscreen.formats.writers.flat import (
    FLAG_COLUMNS,
    GAP_COLUMNS,
    RECORD_COLUMNS,
    flag_rows,
    gap_rows,
    record_row,
)
from laborscreen.formats.writers.target import Target, unwritable
from laborscreen.source import Location

MAX_SHEET_ROWS = 1_048_576
"""Rows of a sheet; Excel opens no more."""

MAX_SHEET_CELL = 32_767
"""Characters of a cell; Excel opens no more."""

_WIDTHS = {
    "record_id": 18,
    "because": 60,
    "title": 40,
    "ask": 60,
    "next_steps": 60,
    "missing": 40,
    "references": 40,
}
_COLOURS = {"refer": "#F4B6B0", "review": "#FBE3A8", "incomplete": "#DCE6F1", "routine": "#FFFFFF"}


class CsvWriter:
    """
    Writes one row a record.

    Args:
        path: the result file.
        keep: bytes of an earlier part to go on after.
    """

    resumable = True

    def __init__(self, path: Path, keep: int | None = None) -> None:
        self.target = Target(path, keep)
        if not keep:
            self.target.write(csv_line(RECORD_COLUMNS))

    def write(self, assessment: Mapping[str, Any]) -> None:
        """Write one assessment in the shape of ``Assessment.to_dict()``."""
        self.target.write(csv_line(record_row(assessment)))

    def write_json(self, data: bytes) -> None:
        """Write assessments given as lines of JSON."""
        for line in data.splitlines():
            self.write(json.loads(line))

    def write_lines(self, data: bytes | memoryview) -> None:
        """Write lines made already (`laborscreen.formats.writers.csv_lines`)."""
        self.target.write(data)

    def position(self) -> int:
        """Return how many bytes are written; a later run may keep them."""
        return self.target.position()

    def finish(self) -> None:
        """Make the file whole under its own name."""
        self.target.commit()


def csv_line(cells: Sequence[object]) -> bytes:
    r"""
    Return one line of CSV (RFC 4180, UTF-8); text that a spreadsheet would run is defused.

    >>> csv_line(["V-1", "=cmd|' /C calc'!A0", 12.5, None])
    b"V-1,'=cmd|' /C calc'!A0,12.5,\r\n"
    """
    line = io.StringIO()
    csv.writer(line).writerow([defused(shown(cell)) if isinstance(cell, str) else cell for cell in cells])
    return line.getvalue().encode("utf-8", errors="backslashreplace")


class XlsxWriter:
    """
    Writes a workbook with sheets of records, flags and gaps, in constant memory. It cannot be gone on with later.

    Args:
        path: the result file.

    Raises:
        MissingExtraError: the extra ``xlsx`` is not installed.
    """

    resumable = False

    def __init__(self, path: Path) -> None:
        try:
            import xlsxwriter
        except ImportError as error:
            raise MissingExtraError("xlsx", "write workbooks") from error
        self.target = Target(path)
        self.target.let_go = self._let_go
        self._waiting = tempfile.TemporaryDirectory(prefix="laborscreen-")
        self._drain = _Drain(self.target.file)
        self._book = xlsxwriter.Workbook(
            self._drain,
            {
                "constant_memory": True,
                "tmpdir": self._waiting.name,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties({"title": "laborscreen results"})
        head = self._book.add_format({"bold": True, "bg_color": "#E7E6E6", "border": 1})
        self._colours = {
            outcome: self._book.add_format({"bg_color": colour}) for outcome, colour in _COLOURS.items()
        }
        self._sheets = {
            name: _Sheet(self._book.add_worksheet(name), columns, head)
            for name, columns in (("records", RECORD_COLUMNS), ("flags", FLAG_COLUMNS), ("gaps", GAP_COLUMNS))
        }

    def write(self, assessment: Mapping[str, Any]) -> None:
        """
        Write one assessment in the shape of ``Assessment.to_dict()``.

        Raises:
            OutputError: a sheet is full.
        """
        colour = self._colours.get(assessment["outcome"])
        try:
            fits = [
                self._sheets[name].add(row, colour)
                for name, rows in (
                    ("records", [record_row(assessment)]),
                    ("flags", flag_rows(assessment)),
                    ("gaps", gap_rows(assessment)),
                )
                for row in rows
            ]
        except OSError as error:  # rows wait in temporary files
            raise unwritable(self.target.path, error) from error
        if not all(fits):
            raise OutputError(
                f"a sheet is full: Excel opens {MAX_SHEET_ROWS:,} rows (MAX_SHEET_ROWS)",
                location=Location(str(self.target.path)),
                hint="write .jsonl or .csv",
            )

    def write_json(self, data: bytes) -> None:
        """Write assessments given as lines of JSON."""
        for line in data.splitlines():
            self.write(json.loads(line))

    def write_lines(self, data: bytes | memoryview) -> None:
        """Write lines made by `laborscreen.formats.writers.lines_for`."""
        self.write_json(bytes(data))

    def position(self) -> int:
        """A workbook has no position to go on from."""
        return 0

    def finish(self) -> None:
        """
        Make the file whole under its own name.

        Raises:
            OutputError: the disk is full.
        """
        try:
            for sheet in self._sheets.values():
                sheet.close()
            self._book.close()
        except OSError as error:  # rows wait in temporary files
            raise unwritable(self.target.path, error) from error
        if self._drain.error is not None:
            raise unwritable(self.target.path, self._drain.error) from self._drain.error
        self._waiting.cleanup()
        self.target.commit()

    def _let_go(self) -> None:
        """Remove the rows that wait for a workbook that nobody finishes."""
        for sheet in self._book.worksheets():
            if sheet.row_data_fh is not None:
                sheet.row_data_fh.close()
        self._waiting.cleanup()


class _Drain(io.RawIOBase):
    """
    A file that remembers its first error and takes everything after it.

    The zip archive a workbook is made of writes its end even when it is thrown away, and would then fail once more.
    """

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._at = 0
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place counted from the beginning or from here; archives need no other."""
        self._at = offset + (self._at if whence == io.SEEK_CUR else 0)
        if self.error is None and not self._file.closed:
            try:
                self._file.seek(self._at)
            except OSError as error:
                self.error = error
        return self._at

    def write(self, data: Any) -> int:
        size = len(data)
        if self.error is None and not self._file.closed:
            try:
                self._file.write(data)
            except OSError as error:
                self.error = error
        self._at += size
        return size


class _Sheet:
    """One sheet being filled from the top."""

    def __init__(self, sheet: Any, columns: Sequence[str], head: Any) -> None:
        self._sheet = sheet
        self._width = len(columns)
        self._row = 0
        for number, column in enumerate(columns):
            sheet.set_column(number, number, _WIDTHS.get(column, 14))
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, columns, head)

    def add(self, cells: Sequence[object], colour: Any) -> bool:
        """Add a row; False when the sheet is full."""
        self._row += 1
        if self._row >= MAX_SHEET_ROWS:
            return False
        for column, cell in enumerate(cells):
            style = colour if column <= 1 else None
            if isinstance(cell, str):
                self._sheet.write_string(self._row, column, defused(shown(cell))[:MAX_SHEET_CELL], style)
            elif isinstance(cell, int | float) and not isinstance(cell, bool):
                self._sheet.write_number(self._row, column, cell, style)
        return True

    def close(self) -> None:
        """Put a filter on the header."""
        self._sheet.autofilter(0, 0, self._row, self._width - 1)
