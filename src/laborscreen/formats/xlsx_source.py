"""
Workbooks (.xlsx): values as Excel last calculated them, one sheet.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from laborscreen.archives import UNREADABLE
from laborscreen.errors import InputError, MissingExtraError, UsageError
from laborscreen.formats.batch import BATCH_ROWS, Batch, Position, Reject
from laborscreen.formats.bytes_in import digest_of, open_bytes, unreadable
from laborscreen.formats.finishing import finished
from laborscreen.formats.headers import listed
from laborscreen.formats.limits import (
    CHUNK,
    MAX_HEADER_SEARCH,
    MAX_SHEET_MEMBERS,
    MAX_SHEET_UNPACKED,
    MAX_UNPACKED_RATIO,
    MIN_UNPACKED_JUDGED,
)
from laborscreen.formats.own_parties import Named
from laborscreen.formats.plan import Plan, plan_columns
from laborscreen.formats.profile import Profile
from laborscreen.formats.tabular import Stretch, Tally, batches
from laborscreen.formats.typed_cells import as_written, cell_fault
from laborscreen.formats.xlsx_marks import sheet_marks
from laborscreen.source import Location

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_SHEET_ROWS = 1_048_576  # of a sheet
_SPANS = 8  # spans of hidden rows that a note names
_STRETCH = 8_192  # rows turned from the sheet's cells at a time


class XlsxSource:
    """
    One sheet of a workbook.

    Args:
        path: the file.
        profile: which column means what.
        name: the file as the user named it.
        sheet: the sheet; the first visible one unless told.

    Raises:
        InputError: it is no workbook, protected by a password, damaged, or unpacks to more than is reasonable.
        UsageError: there is no such sheet.
        MissingExtraError: the extra ``xlsx`` is not installed.
    """

    format = "xlsx"

    def __init__(self, path: Path, profile: Profile, name: str = "", sheet: str | None = None) -> None:
        self.path = path
        self.name = name or str(path)
        self.profile = profile
        self._digest = ""
        self._tally = Tally()
        self._named = Named()
        refuse_dangerous(path, self.name)
        read = _read_sheet(path, self.name, sheet)
        self.sheet, self._cells = read.name, read.cells
        self._marks = sheet_marks(path, self.sheet)
        last = min(max(self._marks.formulas, default=0), _SHEET_ROWS)
        self._cells += [[""]] * (
            last - len(self._cells)
        )  # rows of nothing but formulas are not in the values
        self.plan, above, self._first_row = self._read_header(read)
        self._notes = (*read.notes, *self._told_of_rows(above, read.merged), *self._told_of_hidden())

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes of the file, in hexadecimal."""
        self._digest = self._digest or digest_of(self.path, self.name)
        return self._digest

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the file was read."""
        errors = self._marks.errors
        held = (f"{errors:,} cells hold an error (#N/A, #REF! ...) and are read as empty",) if errors else ()
        return (*self._notes, *held, *self.plan.notes, *self._tally.notes, *self._named.notes)

    def batches(self, size: int = BATCH_ROWS, after: Position | None = None) -> Iterator[Batch]:
        """Yield the rows in order, at most *size* at a time, leaving out those up to *after*."""
        self._tally, self._named = Tally(), Named()
        return finished(
            batches(self.stretches(), self.plan, self.name, size, self._tally, after),
            lambda: batches(self.stretches(), self.plan, self.name, size, Tally()),
            self.profile, self.plan, self.name, self._tally, self._named,
        )  # fmt: skip

    def _read_header(self, read: _Sheet) -> tuple[Plan, int, int]:
        """
        Return the plan, the row of the header and the first row of data.

        The header is the first row in which the name is recognised; titles above it are passed over. Where cells of
        it are merged side by side, the row below tells them apart ("Address" over "City" and "Street").
        """
        first: InputError | None = None
        for row, cells in enumerate(self._cells[:MAX_HEADER_SEARCH]):
            if sum(cell != "" for cell in cells) < 1:
                continue
            header, height = _header(self._cells, row, read.merged)
            try:
                return plan_columns(header, self.profile, self.name, row + 1), row, row + height
            except InputError as error:
                first = first or error
        if first is None:
            raise InputError(
                f"the sheet {listed([self.sheet])} is empty",
                location=Location(self.name),
                hint=f"name another sheet (--sheet): {listed(read.others)}"
                if read.others
                else "check the export",
            )
        if read.others:
            raise InputError(
                first.message,
                location=first.location,
                hint=f"the sheet {listed([self.sheet])} was looked at; there are {listed(read.others)}, too: name one "
                f"with --sheet, or {first.hint}",
            )
        raise first

    def _told_of_rows(self, above: int, merged: Sequence[_Range]) -> Iterator[str]:
        """Tell of rows above the header, and of cells that are merged with the one above them."""
        written = sum(any(cell != "" for cell in cells) for cells in self._cells[:above])
        if written:
            yield f"the header stands in row {above + 1}; {written:,} rows above it were passed over"
        below = sum(
            (bottom - top) * (right - left + 1)
            for (top, left), (bottom, right) in merged
            if top >= self._first_row
        )
        if below:
            yield (
                f"cells merged with the one above them: {below:,}; a workbook keeps the value in the uppermost alone, "
                "and the others are read as empty"
            )

    def _told_of_hidden(self) -> Iterator[str]:
        """Tell of hidden rows and columns that hold something: who opens the workbook does not see what is read in them."""
        rows = [
            row
            for row in self._marks.hidden_rows
            if self._first_row < row <= len(self._cells) and not _is_blank(self._cells[row - 1])
        ]
        if rows:
            yield f"hidden rows, read like any other: {len(rows):,} ({_spans(rows)})"
        columns = [
            title
            for title, hidden in zip(self.plan.header, self._marks.hidden_columns[1:], strict=False)
            if hidden and title
        ]
        if columns:
            yield f"hidden columns, read like any other: {listed(columns)}"

    def stretches(self) -> Iterator[Stretch]:
        """Yield the rows as they stand in the sheet."""
        width = len(self.plan.header)
        row = 0
        for start in range(self._first_row, len(self._cells), _STRETCH):
            begins = Position(row)
            rows: list[Sequence[object]] = []
            numbers: list[int] = []
            lines: list[int] = []
            rejects: list[Reject] = []
            for line, cells in enumerate(self._cells[start : start + _STRETCH], start=start + 1):
                if _is_blank(cells) and line not in self._marks.formulas:
                    continue
                row += 1
                values = [as_written(cell) for cell in cells[:width]]
                reason = cell_fault(values) or self._hollow_fault(line)
                if not reason and _again(values, self.plan):
                    reason = "the header stands here once more"
                if reason:
                    rejects.append(Reject(self.name, row, line, self._id_of(values, row), reason))
                else:
                    rows.append(values)
                    numbers.append(row)
                    lines.append(line)
            yield Stretch(rows, numbers, lines, rejects, begins, entered=False)

    def _hollow_fault(self, line: int) -> str:
        cell = self._marks.formulas.get(line)
        return (
            f"the formula in {cell} has no value yet; open the workbook in Excel and save it" if cell else ""
        )

    def _id_of(self, values: Sequence[object], number: int) -> str:
        at = self.plan.id_at
        return str(values[at])[:200] if at is not None else f"row-{number}"


_Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """
    A sheet as it was read.

    Args:
        name: its name.
        cells: its cells from the top left corner on.
        merged: its merged ranges.
        others: the names of the other visible sheets.
        notes: what a person should know of the choice.
    """

    name: str
    cells: list[list[object]]
    merged: Sequence[_Range]
    others: Sequence[str]
    notes: tuple[str, ...]


def refuse_dangerous(path: Path, name: str) -> None:
    """Refuse what is no workbook, and what would unpack to more than a workbook needs."""
    file = open_bytes(path, name)
    with path.open("rb") as raw:
        head = raw.read(8)
    if head.startswith(_OLE_MAGIC):
        raise InputError(
            "the workbook is protected by a password, or it is an old .xls",
            location=Location(name),
            hint="save it as .xlsx without a password",
        )
    if not head.startswith(b"PK"):
        raise InputError(
            "this is not a workbook", location=Location(name), hint="check the suffix; is it a .csv?"
        )
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) > MAX_SHEET_MEMBERS or unpacked > MAX_SHEET_UNPACKED:
                raise InputError(
                    f"the workbook unpacks to {unpacked:,} bytes in {len(members):,} parts; at most "
                    f"{MAX_SHEET_UNPACKED:,} in {MAX_SHEET_MEMBERS:,} are read (MAX_SHEET_UNPACKED)",
                    location=Location(name),
                    hint="save the sheet as .csv",
                )
            if unpacked > MIN_UNPACKED_JUDGED and unpacked > MAX_UNPACKED_RATIO * file.size:
                raise InputError(
                    f"the workbook unpacks to more than {MAX_UNPACKED_RATIO} times its size (MAX_UNPACKED_RATIO)",
                    location=Location(name),
                    hint="if it is genuine, save the sheet as .csv",
                )
            if "xl/workbook.xml" not in archive.namelist():
                raise InputError(
                    "this is a zip archive, not a workbook", location=Location(name), hint="unpack it first"
                )
            for (
                member
            ) in members:  # a part that is longer than it says, or damaged, fails here and not in the reader
                with archive.open(member) as part:
                    while part.read(CHUNK):
                        pass
    except UNREADABLE as error:
        raise InputError(
            f"the workbook is damaged or cut off: {error}",
            location=Location(name),
            hint="fetch or save it again",
        ) from error
    except OSError as error:
        raise unreadable(name, error) from error


def _read_sheet(path: Path, name: str, wanted: str | None) -> _Sheet:
    """Return the sheet that is wanted, or the first visible one."""
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise MissingExtraError("xlsx", "read workbooks") from error
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            sheets = [
                sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet
            ]
            visible = [sheet.name for sheet in sheets if sheet.visible == calamine.SheetVisibleEnum.Visible]
            names = [sheet.name for sheet in sheets]
            if wanted is not None and wanted not in names:
                raise UsageError(
                    f"there is no sheet {wanted!r}",
                    location=Location(name),
                    hint=f"there are {listed(names)}",
                )
            if not names:
                raise InputError("the workbook has no sheet with cells", location=Location(name))
            chosen = wanted or (visible or names)[0]
            sheet = book.get_sheet_by_name(chosen)
            cells: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
            merged = list(sheet.merged_cell_ranges or ())
    except calamine.PasswordError as error:
        raise InputError(
            "the workbook is protected by a password",
            location=Location(name),
            hint="save it without a password",
        ) from error
    except (calamine.CalamineError, OSError) as error:
        raise InputError(
            f"the workbook cannot be read: {error}", location=Location(name), hint="save it again"
        ) from error
    notes = []
    others = [other for other in visible if other != chosen]
    hidden = [other for other in names if other not in visible and other != chosen]
    if others:
        notes.append(f"the sheet {listed([chosen])} was read; not read: {listed(others)}")
    if hidden:
        notes.append(f"hidden sheets, not read: {listed(hidden)}")
    if chosen not in visible:
        notes.append(f"the sheet {listed([chosen])} is hidden")
    return _Sheet(chosen, cells, merged, others, tuple(notes))


def _header(cells: list[list[object]], row: int, merged: Sequence[_Range]) -> tuple[list[str], int]:
    """Return the header that begins in *row*, and how many rows it takes."""
    header = [_title(cell) for cell in cells[row]]
    over: dict[int, str] = {}
    height = 1
    for (top, left), (bottom, right) in merged:
        if top != row or right - left + 1 >= len(header) > 1:
            continue
        height = max(height, bottom - top + 1, 2 if right > left else 1)
        if right > left:
            over.update(dict.fromkeys(range(left, right + 1), header[left]))
    for below in cells[row + 1 : row + height]:
        header = [_title(below[column]) or written for column, written in enumerate(header)]
    for column, title in over.items():
        if header.count(header[column]) > 1 or not header[column]:
            header[column] = f"{title} {header[column]}".strip()
    return header, height


def _is_blank(cells: Sequence[object]) -> bool:
    """Return whether a row holds nothing, or nothing but blanks."""
    return all(cell == "" or (isinstance(cell, str) and cell.isspace()) for cell in cells)


def _spans(rows: Sequence[int]) -> str:
    """
    Return rows in words, those that follow each other as a span.

    Example:
        >>> _spans([5]), _spans([5, 7, 8, 9, 12])
        ('row 5', 'rows 5, 7-9, 12')
        >>> _spans(range(2, 60, 2))
        'rows 2, 4, 6, 8, 10, 12, 14, 16 and more'
    """
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    told = [str(first) if first == last else f"{first}-{last}" for first, last in spans[:_SPANS]]
    more = " and more" if len(spans) > _SPANS else ""
    return f"row{'s' if len(rows) > 1 else ''} {', '.join(told)}{more}"


def _title(cell: object) -> str:
    return "" if cell == "" else str(as_written(cell)).strip()


def _again(values: Sequence[object], plan: Plan) -> bool:
    return [str(value) for value in values] == list(plan.header)
