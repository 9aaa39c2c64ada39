"""
The rows of a list in CSV or tab-separated form, each with the line it begins on.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from laborscreen.errors import WatchlistError
from laborscreen.watchlists.listfile import ListFile

END_MARK = "\x1a"  # Ctrl-Z, with which OFAC ends its CSV files


def table_rows(file: ListFile, *, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """
    Yield line number and cells of each row; blank lines are not rows.

    Raises:
        WatchlistError: a quotation mark is never closed, a cell is endless, or the text is not UTF-8.
    """
    with file.open() as source:
        text = io.TextIOWrapper(source, encoding="utf-8-sig", newline="")
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        line = 1
        while True:
            try:
                row = next(reader)
            except StopIteration:
                break
            except csv.Error as fault:
                raise file.refuse(
                    f"the table is broken or cut short: {fault}", line=line, hint="fetch the list again"
                ) from fault
            except UnicodeDecodeError as fault:
                raise _not_utf_8(file, fault, reader.line_num + 1) from fault
            if any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1


def _not_utf_8(file: ListFile, fault: UnicodeDecodeError, line: int) -> WatchlistError:
    """Return the refusal of a text that is not UTF-8, or that ends within a character."""
    byte = f"byte {fault.object[fault.start]:#04x}"
    if fault.reason == "unexpected end of data":
        return file.refuse(
            f"the text ends within a character ({byte}): it is cut short, or is not UTF-8",
            line=line,
            hint="fetch the list again",
        )
    return file.refuse(f"the text is not UTF-8 ({byte})", line=line, hint="save the file as UTF-8")


def first_row(file: ListFile, *, delimiter: str = ",") -> list[str]:
    """Return the cells of the first line, as far as it can be read, to tell what a file is."""
    first, _, _ = file.text_head.partition("\n")
    try:
        return next(csv.reader([first.rstrip("\r")], delimiter=delimiter), [])
    except csv.Error:
        return []
