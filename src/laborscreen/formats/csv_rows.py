"""
From text to rows of cells, without losing a row to a stray quotation mark.

Rows are parsed by the standard library's `csv`, many at a time. A quotation mark that is never closed would swallow
all rows after it, so on a fault reading goes back to the line where the row began, gives that one line as a bad row
and goes on with the next.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from laborscreen.errors import InputError
from laborscreen.formats.limits import MAX_CELL, MAX_LINE
from laborscreen.source import Location


@dataclass(slots=True)
class Rows:
    """
    Some rows as they follow each other in the file, blank lines included.

    Args:
        offset: the byte the first of them begins at.
        line: physical lines before that byte.
        cells: the cells of each.
        lines: the physical line each begins on.
        bad: for the position of a row that cannot be read, what is wrong with it.
        mended: how many rows with stray quotation marks were taken as written.
        zeros: whether there are zero characters among the cells.
        ends: the byte after the last of them.
        ends_line: physical lines before that byte.
    """

    offset: int
    line: int
    cells: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    bad: dict[int, str] = field(default_factory=dict)
    mended: int = 0
    zeros: bool = False
    ends: int = 0
    ends_line: int = 0


class RowReader:
    """
    Splits text into rows.

    Args:
        name: the file as the user named it.
        delimiter: the sign between cells.
        codec: the encoding of the file, to turn positions in text into byte offsets.
        width: the number of cells of the header, once it is known; rows with stray quotation marks are mended to fit.
    """

    def __init__(self, name: str, delimiter: str, codec: str, width: int = 0) -> None:
        self.name = name
        self.delimiter = delimiter
        self.codec = codec
        self.width = width

    def read(self, pieces: Iterable[tuple[str, int]], offset: int = 0, line: int = 0) -> Iterator[Rows]:
        """
        Yield the rows of the text *pieces*, each piece given with the byte offset of its end.

        *offset* and *line* tell where the first piece begins.
        """
        if csv.field_size_limit() != MAX_CELL:
            csv.field_size_limit(MAX_CELL)
        pending: list[str] = []
        carry = ""
        end = offset
        for piece, end in pieces:
            lines, carry = _split_lines(carry + piece)
            if len(carry) > MAX_LINE:
                raise InputError(
                    f"a line has more than {MAX_LINE:,} characters (MAX_LINE)",
                    location=Location(self.name, line + len(pending) + len(lines) + 1),
                    hint="check that this is a flat file with one row a line",
                )
            if not lines:
                continue
            rows = Rows(offset, line, zeros="\0" in piece)
            lines = pending + lines
            done = self._parse(lines, rows, last=False)
            pending = lines[done:]
            offset = end - len(("".join(pending) + carry).encode(self.codec))
            line += done
            rows.ends, rows.ends_line = offset, line
            yield rows
        lines = [*pending, *io.StringIO(carry.removesuffix("\x1a"), newline="").readlines()]
        if lines:
            rows = Rows(offset, line, zeros=any("\0" in text for text in lines))
            rows.ends_line = line + self._parse(lines, rows, last=True)
            rows.ends = end
            yield rows

    def _parse(self, lines: list[str], rows: Rows, *, last: bool) -> int:
        """Parse *lines* into *rows* and return how many lines were used; the rest is an unfinished row."""
        done = 0
        while done < len(lines):
            found: list[list[str]] = []
            reader = csv.reader(lines[done:], delimiter=self.delimiter, strict=True)
            fault = ""
            try:
                found.extend(reader)
            except csv.Error as error:
                fault = str(error)
            ends = _ends(found, -1 if fault else reader.line_num)
            rows.cells += found
            rows.lines += [rows.line + done + before + 1 for before in ends[:-1]]
            done += ends[-1]
            if not fault:
                break
            if "unexpected end" in fault and not last and _shorter(lines, done, MAX_CELL):
                break
            rows.lines.append(rows.line + done + 1)
            self._mend(lines[done], fault, rows, within_line=reader.line_num == ends[-1] + 1)
            done += 1
        return done

    def _mend(self, line: str, fault: str, rows: Rows, *, within_line: bool) -> None:
        """Take a line with stray quotation marks as written where its cells then fit the header, or call it bad."""
        cells: list[str] = []
        if len(line) <= MAX_CELL:
            cells = next(csv.reader([line], delimiter=self.delimiter, quoting=csv.QUOTE_NONE), [])
        if "limit" in fault or len(line) > MAX_CELL:
            reason = f"a cell has more than {MAX_CELL:,} characters (MAX_CELL); shorten it"
        elif "unexpected end" in fault or not within_line:
            reason = "a quotation mark is opened and never properly closed; close it, or double it"
        elif len(cells) == self.width > 1:
            rows.mended += 1
            rows.cells.append([_unquoted(cell) for cell in cells])
            return
        else:
            reason = "a quotation mark stands inside a quoted cell; double it"
        rows.bad[len(rows.cells)] = reason
        rows.cells.append(cells)


def _split_lines(text: str) -> tuple[list[str], str]:
    """Split *text* into whole lines and the rest; a final CR may be half of a line end."""
    lines = io.StringIO(text, newline="").readlines()
    if lines and not lines[-1].endswith("\n"):
        return lines, lines.pop()
    return lines, ""


def _shorter(lines: list[str], start: int, bound: int) -> bool:
    """Return whether the text from line *start* on is within the *bound*."""
    size = 0
    for number in range(start, len(lines)):
        size += len(lines[number])
        if size > bound:
            return False
    return True


def _ends(found: list[list[str]], line_num: int) -> list[int]:
    """Return the line before each row, counted from 0, and the line after the last one."""
    if line_num == len(found):
        return list(range(line_num + 1))
    ends = [0]
    line = 0
    for row in found:
        line += 1
        for cell in row:
            if "\n" in cell or "\r" in cell:
                line += cell.count("\n") + cell.count("\r") - cell.count("\r\n")
        ends.append(line)
    return ends


def _unquoted(cell: str) -> str:
    """Take the quotation marks off a cell that is properly quoted."""
    inner = cell[1:-1]
    if len(cell) >= 2 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', ""):
        return inner.replace('""', '"')
    return cell
