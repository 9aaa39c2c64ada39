"""
Flat text files: comma, semicolon, tab or bar between cells, any of the usual encodings, packed or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from laborscreen.errors import InputError
from laborscreen.formats.batch import BATCH_ROWS, Batch, Position, Reject
from laborscreen.formats.bytes_in import digest_of, open_bytes
from laborscreen.formats.csv_columns import plain_piece
from laborscreen.formats.csv_pieces import Cutter, Piece, cuttable
from laborscreen.formats.csv_rows import RowReader, Rows
from laborscreen.formats.delimiter import delimiter_name, detect_delimiter, told_by_first_line
from laborscreen.formats.encoding import decoded, detect
from laborscreen.formats.finishing import finished
from laborscreen.formats.own_parties import Named
from laborscreen.formats.plan import Plan, plan_columns
from laborscreen.formats.profile import Profile
from laborscreen.formats.tabular import Stretch, Tally, batch_of_columns, batches
from laborscreen.source import Location

_OTHER_TEXT = (
    (
        re.compile(r"\s*<(?:!doctype|html|head|body|table)\b", re.IGNORECASE),
        "a web page",
        "export the table as .xlsx or .csv",
    ),
    (
        re.compile(r"\s*<(?:\?xml\b|[a-z][\w:.-]*[\s/>])", re.IGNORECASE),
        "an XML file",
        "export the table as .xlsx or .csv",
    ),
    (
        re.compile(r'\s*(?:\[\s*)?\{\s*"'),
        "JSON",
        "give it the suffix .json, or .jsonl where each line is an object",
    ),
)
_LOOKED_AT = 131_072  # characters from which the delimiter is told


@dataclass(slots=True)
class Met:
    """
    What was met in some rows.

    Args:
        rows: how many rows there are, rejected ones included.
        mended: how many of them had stray quotation marks and were taken as written.
        tally: what else is told in notes.
    """

    rows: int = 0
    mended: int = 0
    tally: Tally = field(default_factory=Tally)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Met:
        """Return what `dataclasses.asdict` told of another."""
        return cls(told["rows"], told["mended"], Tally(**told["tally"]))


class CsvSource:
    """
    A flat text file.

    Args:
        path: the file.
        profile: which column means what.
        name: the file as the user named it.

    Raises:
        InputError: it is no flat text file, its encoding cannot be told, or no column holds the name.
    """

    format = "csv"

    def __init__(self, path: Path, profile: Profile, name: str = "") -> None:
        self.path = path
        self.name = name or str(path)
        self.profile = profile
        self._file = open_bytes(path, self.name)
        self._encoding = detect(self._file, "a flat text file")
        self._digest = ""
        self._tally = Tally()
        self._named = Named()
        self._mended = 0
        text = self._first_text()
        for begins, kind, cure in _OTHER_TEXT:
            if begins.match(text):
                raise InputError(
                    f"this is {kind}, not a flat text file", location=Location(self.name), hint=cure
                )
        stated = told_by_first_line(text)
        self.delimiter = profile.delimiter or stated or detect_delimiter(text)
        self.plan, self._begins = self._read_header(skip=1 if stated else 0)

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file, in hexadecimal."""
        self._digest = self._digest or digest_of(self.path, self.name)
        return self._digest

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the file was read."""
        found = [self._encoding.note] if self._encoding.note else []
        if self.delimiter != ",":
            found.append(f"cells are told apart by {delimiter_name(self.delimiter)}")
        if self._mended:
            found.append(f"{self._mended:,} rows with stray quotation marks were taken as written")
        return (*found, *self.plan.notes, *self._tally.notes, *self._named.notes)

    def batches(self, size: int = BATCH_ROWS, after: Position | None = None) -> Iterator[Batch]:
        """Yield the rows in order, at most *size* at a time, going on *after* a position of an earlier run."""
        self._tally, self._named = Tally(), Named()
        found = finished(
            batches(self.stretches(after), self.plan, self.name, size, self._tally, after),
            lambda: batches(self.stretches(None), self.plan, self.name, size, Tally()),
            self.profile, self.plan, self.name, self._tally, self._named,
        )  # fmt: skip
        self._mended = 0  # what was looked up beforehand is not counted twice
        return found

    @property
    def cuttable(self) -> bool:
        """Whether `pieces` may be read apart: no row needs its number in the file, or the rows before it, to be read."""
        apart = self.plan.has_id and not self.profile.group_rows
        return apart and cuttable(self._encoding.codec, self.delimiter)

    def pieces(self) -> Iterator[Piece]:
        """Yield the file in pieces that end where a row ends."""
        mark = self._encoding.mark
        reader = self._reader(len(self.plan.header))
        yield from Cutter(reader).cut(self._file.chunks(mark), mark)

    def read_piece(self, piece: Piece) -> tuple[list[Batch], Met]:
        """
        Read one piece; its rows are numbered from 1.

        What was met in it is for `meet`, where all pieces come together.
        """
        met = Met()
        plain = self._read_plain(piece, met)
        if plain is not None:
            return [plain], met
        read: list[Rows] | Iterator[Rows]
        if piece.rows is not None:
            read = [piece.rows]
        else:
            text = piece.data.decode(self._encoding.codec)
            read = self._reader(len(self.plan.header)).read([(text, piece.ends)], 0, piece.line)
        found: list[Batch] = []
        for rows in read:
            stretch = self._stretch(rows, Position(met.rows, rows.offset, rows.line))
            height = len(stretch.rows) + len(stretch.rejects)
            met.rows += height
            met.mended += rows.mended
            if height:
                found += batches([stretch], self.plan, self.name, height, met.tally)
        return found, met

    def _read_plain(self, piece: Piece, met: Met) -> Batch | None:
        """Read a piece of the data of which nothing needs to be told or mended; None for any other."""
        if piece.rows is not None or piece.line < self._begins.line:
            return None
        plain = plain_piece(piece.data, self._encoding.codec, self.delimiter, self.plan.header)
        if plain is None:
            return None
        met.rows = len(plain.lines)
        numbers = range(1, met.rows + 1)
        lines = [piece.line + line for line in plain.lines]
        ends = Position(met.rows, line=piece.line, skip=met.rows)
        return batch_of_columns(plain.columns, numbers, lines, ends, self.plan, self.name, met.tally)

    def meet(self, met: Met) -> None:
        """Count for the notes what was met in a piece that was read apart."""
        self._mended += met.mended
        self._tally.add(met.tally)

    @property
    def met(self) -> Met:
        """What was met so far."""
        return Met(mended=self._mended, tally=self._tally)

    def _first_text(self) -> str:
        """Return whole lines from the beginning of the file."""
        text = ""
        for piece, _ in decoded(self._file, self._encoding):
            text += piece
            if len(text) >= _LOOKED_AT:
                return text[: text.rfind("\n", 0, _LOOKED_AT) + 1] or text[:_LOOKED_AT]
        return text

    def _reader(self, width: int = 0) -> RowReader:
        return RowReader(self.name, self.delimiter, self._encoding.codec, width)

    def _read_header(self, skip: int) -> tuple[Plan, Position]:
        """Return the plan for the first row that is not blank, and where the data begins."""
        for rows in self._reader().read(decoded(self._file, self._encoding), self._encoding.mark):
            for at, (cells, line) in enumerate(zip(rows.cells, rows.lines, strict=True)):
                if line <= skip or not any(cell.strip() for cell in cells):
                    continue
                if at in rows.bad:
                    raise InputError(
                        f"the header cannot be read: {rows.bad[at]}", location=Location(self.name, line)
                    )
                return plan_columns(cells, self.profile, self.name, line), Position(0, line=line)
        raise InputError(
            "the file holds no header and no rows",
            location=Location(self.name),
            hint="check the export that made it",
        )

    def stretches(self, after: Position | None = None) -> Iterator[Stretch]:
        """Yield the rows as they stand in the file, going on *after* a position of an earlier run."""
        offset = after.offset if after and after.offset else self._encoding.mark
        line = after.line if after and after.offset else 0
        row = after.row - after.skip if after and after.offset else 0
        width = len(self.plan.header)
        for rows in self._reader(width).read(decoded(self._file, self._encoding, offset), offset, line):
            begins = Position(row, rows.offset, rows.line)
            self._mended += rows.mended
            stretch = self._stretch(rows, begins)
            row += len(stretch.rows) + len(stretch.rejects)
            yield stretch

    def _stretch(self, rows: Rows, begins: Position) -> Stretch:
        """Number the rows and set aside those that are none."""
        first = begins.row + 1
        width = len(self.plan.header)
        if (
            width > 1
            and begins.line >= self._begins.line
            and not rows.bad
            and not rows.zeros
            and set(map(len, rows.cells)) == {width}
            and all(map(any, rows.cells))
            and list(self.plan.header) not in rows.cells
        ):
            return Stretch(rows.cells, range(first, first + len(rows.cells)), rows.lines, [], begins)
        kept: list[list[str]] = []
        numbers: list[int] = []
        lines: list[int] = []
        rejects: list[Reject] = []
        for at, (cells, line) in enumerate(zip(rows.cells, rows.lines, strict=True)):
            if line <= self._begins.line or (at not in rows.bad and _blank(cells)):
                continue
            number = first + len(kept) + len(rejects)
            reason = rows.bad.get(at) or self._fault(cells)
            if reason:
                rejects.append(Reject(self.name, number, line, self._id_of(cells, number), reason))
            else:
                kept.append(cells)
                numbers.append(number)
                lines.append(line)
        return Stretch(kept, numbers, lines, rejects, begins)

    def _fault(self, cells: list[str]) -> str:
        """Return why cells are no row, or an empty string."""
        width = len(self.plan.header)
        if len(cells) != width:
            sign = delimiter_name(self.delimiter)
            return (
                f"the row has {len(cells)} cells where the header has {width}; "
                f"check for a missing or a stray {sign}, and put cells that hold one in quotation marks"
            )
        if any("\0" in cell for cell in cells):
            return "a cell holds a zero character, which is no text; export the row again"
        if cells == list(self.plan.header):
            return "the header stands here once more; remove the line where files were joined"
        return ""

    def _id_of(self, cells: list[str], number: int) -> str:
        """Return what stands in the id column of a bad row, shortened."""
        at = self.plan.id_at
        if at is None:
            return f"row-{number}"
        return cells[at][:200] if at < len(cells) else ""


def _blank(cells: list[str]) -> bool:
    """Return whether a line holds nothing but delimiters, or nothing but blanks."""
    return not any(cells) or (len(cells) == 1 and not cells[0].strip())
