"""
Term lists and exceptions as a workbook, and back: one sheet a list, a row a term, every cell text.

The sheet ``about`` says which sheet is which list. A text that a spreadsheet would run is written with an apostrophe before
it, which is taken off again when the workbook is read; a formula, a number and a cell of several lines are told by sheet
and cell, since what they would become in the rulebook is not what somebody sees.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from laborscreen.errors import InputError, MissingExtraError, Problem
from laborscreen.formats.writers.cells import defused
from laborscreen.formats.writers.target import Target
from laborscreen.formats.xlsx_source import refuse_dangerous
from laborscreen.source import Location

ABOUT: Final = "about"
EXCEPTIONS: Final = "exceptions"
ABOUT_COLUMNS: Final = ("sheet", "list", "title", "match")
EXCEPTION_COLUMNS: Final = (
    "rule", "record", "reason", "approver", "expires", "entry", "fingerprint_record", "fingerprint_entry",
    "author", "evidence", "fingerprint_thresholds",
)  # fmt: skip
TERM_COLUMNS: Final = ("term", "language", "source", "note")
MAX_ROWS: Final = 20_001
"""Rows of a sheet that are read: a header and as many terms as a list may have."""

_LONGEST_SHEET = 31
_WIDTHS = {"term": 44, "note": 50, "title": 50, "reason": 60, "source": 22, "list": 30, "sheet": 30}
_HELP = (
    "One sheet a list. Change, add and delete rows; leave the first row as it is.",
    "The source says where a term was found; the note is yours.",
    "Cells are text. Excel turns 0101 typed into an ordinary cell into 101: keep the columns as text.",
    "Import with: laborscreen rules lists import THIS.xlsx --rules FOLDER",
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """
    One row of a sheet.

    Args:
        number: as Excel counts.
        cells: column name to text, without those that are empty.
    """

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    A sheet of a workbook.

    Args:
        name: its name.
        list: the list it holds; empty for the exceptions.
        columns: the columns of its header, with the letter of each.
        rows: its rows that hold anything.
    """

    name: str
    list: str
    columns: Mapping[str, str]
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class RuleWorkbook:
    """
    What a workbook holds.

    Args:
        name: the file as the user named it.
        lists: the sheets of lists.
        exceptions: the sheet of exceptions; None where there is none.
        problems: what is wrong with single cells and sheets.
    """

    name: str
    lists: tuple[Sheet, ...]
    exceptions: Sheet | None
    problems: tuple[Problem, ...]

    def cell(self, sheet: Sheet, row: int, column: str) -> Location:
        """Return the place of a cell: ``terms.xlsx!nationality!B17``."""
        return Location(f"{self.name}!{sheet.name}!{sheet.columns.get(column, 'A')}{row}")


# ---- out ---------------------------------------------------------------------------------------------------------


def write_rule_workbook(
    path: Path,
    lists: Iterable[tuple[str, str, str, Iterable[Sequence[str]]]],
    exceptions: Iterable[Sequence[str]],
) -> None:
    """
    Write a workbook.

    Args:
        path: where it goes.
        lists: for each list its id, title, match, and terms in the order of `TERM_COLUMNS`.
        exceptions: in the order of `EXCEPTION_COLUMNS`.

    Raises:
        MissingExtraError: the extra ``xlsx`` is not installed.
        OutputError: it cannot be written.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtraError("xlsx", "write workbooks") from error
    with Target(path) as target:
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with xlsxwriter.Workbook(target.file, {**plain, "in_memory": True}) as book:
            book.set_properties({"title": "laborscreen term lists", "created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- the same lists give the same file
            bold = book.add_format({"bold": True, "bg_color": "#E7E6E6", "border": 1, "num_format": "@"})
            text = book.add_format({"num_format": "@"})
            about = book.add_worksheet(ABOUT)
            taken = {ABOUT, EXCEPTIONS}
            named: list[Sequence[str]] = []
            for list_id, title, match, terms in lists:
                name = _sheet_name(list_id, taken)
                named.append((name, list_id, title, match))
                _fill(book.add_worksheet(name), TERM_COLUMNS, terms, bold, text)
            _fill(book.add_worksheet(EXCEPTIONS), EXCEPTION_COLUMNS, exceptions, bold, text)
            _fill(about, ABOUT_COLUMNS, named, bold, text)
            for row, line in enumerate(_HELP):
                about.write_string(row, len(ABOUT_COLUMNS) + 1, line)


def _sheet_name(list_id: str, taken: set[str]) -> str:
    name, number = list_id[:_LONGEST_SHEET], 1
    while name.casefold() in taken:
        number += 1
        ending = f"_{number}"
        name = list_id[: _LONGEST_SHEET - len(ending)] + ending
    taken.add(name.casefold())
    return name


def _fill(sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[str]], head: Any, text: Any) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS.get(column, 18), text)
        sheet.write_string(0, place, column, head)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if cell:
                sheet.write_string(number, place, shielded(cell), text)
    sheet.freeze_panes(1, 0)


def shielded(text: str) -> str:
    """
    Return a text as a cell holds it, so that no spreadsheet runs it and `unshielded` gives it back.

    >>> shielded("=1+1"), shielded("'=1+1"), shielded("-5"), shielded("plain")
    ("'=1+1", "''=1+1", '-5', 'plain')
    """
    return f"'{text}" if _would_run(text) else text


def unshielded(cell: str) -> str:
    """
    Return what `shielded` made a cell of.

    >>> unshielded("'=1+1"), unshielded("''=1+1"), unshielded("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    return cell[1:] if cell.startswith("'") and _would_run(cell[1:]) else cell


def _would_run(text: str) -> bool:
    return defused(text.lstrip("'")) != text.lstrip("'")


# ---- in ----------------------------------------------------------------------------------------------------------


def read_rule_workbook(path: Path) -> RuleWorkbook:
    """
    Read a workbook that `write_rule_workbook` wrote and somebody edited.

    Faults of cells and sheets are collected, so that all of them are told at once.

    Raises:
        InputError: it is no workbook, damaged, too large, or no workbook of term lists.
        MissingExtraError: the extra ``xlsx`` is not installed.
    """
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise MissingExtraError("xlsx", "read workbooks") from error
    name = str(path)
    refuse_dangerous(path, name)
    formulas = _formulas(path, name)
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            cells = {
                title: book.get_sheet_by_name(title).to_python(skip_empty_area=False, nrows=MAX_ROWS + 1)
                for title in book.sheet_names
            }
    except (calamine.CalamineError, OSError) as error:
        raise InputError(f"the workbook cannot be read: {error}", location=Location(name)) from error
    if ABOUT not in cells:
        raise InputError(
            f"there is no sheet {ABOUT!r}, which says what list each sheet holds",
            location=Location(name),
            hint="begin with `laborscreen rules lists export`",
        )
    reader = _Reader(name, formulas, [])
    about = reader.sheet(ABOUT, "", cells[ABOUT], ABOUT_COLUMNS)
    lists = []
    for row in about.rows:
        title, list_id = row.cells.get("sheet", ""), row.cells.get("list", "")
        place = Location(f"{name}!{ABOUT}!A{row.number}")
        if not title or not list_id:
            reader.fault(
                "empty-value",
                place,
                "this row does not name both a sheet and a list",
                "fill it, or delete it",
            )
        elif title not in cells:
            reader.fault(
                "unknown-sheet",
                place,
                f"there is no sheet `{title[:40]}`",
                "delete the row, or add the sheet",
            )
        else:
            lists.append(reader.sheet(title, list_id, cells[title], TERM_COLUMNS))
    known = {sheet.name for sheet in lists} | {ABOUT, EXCEPTIONS}
    for title in cells:
        if title not in known:
            hint = f"name it and its list in the sheet `{ABOUT}`, or delete it"
            reader.fault(
                "unknown-sheet", Location(f"{name}!{title}"), "nothing says what list this sheet holds", hint
            )
    exceptions = (
        reader.sheet(EXCEPTIONS, "", cells[EXCEPTIONS], EXCEPTION_COLUMNS) if EXCEPTIONS in cells else None
    )
    return RuleWorkbook(name, tuple(lists), exceptions, tuple(reader.problems))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns cells into text and tells of those that are none."""

    name: str
    formulas: Mapping[str, frozenset[str]]
    problems: list[Problem]

    def fault(self, id: str, at: Location, message: str, hint: str) -> None:  # noqa: A002 -- a Problem's word
        self.problems.append(Problem(id, at, message, hint))

    def sheet(
        self, title: str, list_id: str, rows: Sequence[Sequence[object]], known: Sequence[str]
    ) -> Sheet:
        columns = self._header(title, rows[0] if rows else (), known)
        for cell in sorted(self.formulas.get(title, ())):
            place = Location(f"{self.name}!{title}!{cell}")
            self.fault("formula-cell", place, "this cell holds a formula", "write the text itself")
        if len(rows) > MAX_ROWS:
            place = Location(f"{self.name}!{title}!A{MAX_ROWS + 1}")
            self.fault(
                "too-many-terms", place, f"a sheet has at most {MAX_ROWS - 1:,} rows of terms", "split it"
            )
        found = []
        for number, row in enumerate(rows[1:MAX_ROWS], 2):
            texts = {column: self._text(title, at, number, row, column) for column, at in columns.items()}
            told = {column: text for column, text in texts.items() if text}
            if told:
                found.append(SheetRow(number, told))
        return Sheet(title, list_id, {column: _letters(at) for column, at in columns.items()}, tuple(found))

    def _header(self, title: str, header: Sequence[object], known: Sequence[str]) -> dict[str, int]:
        columns: dict[str, int] = {}
        for at, cell in enumerate(header):
            written = str(cell).strip()
            place = Location(f"{self.name}!{title}!{_letters(at)}1")
            if title == ABOUT and at >= len(known):
                continue
            if written in columns:
                self.fault("duplicate-key", place, f"the column `{written}` stands twice", "delete one")
            elif written in known:
                columns[written] = at
            elif written:
                self.fault(
                    "unknown-column",
                    place,
                    f"`{written[:40]}` is no column here",
                    f"columns: {', '.join(known)}",
                )
        if known[0] not in columns:
            place = Location(f"{self.name}!{title}!A1")
            self.fault(
                "missing-key",
                place,
                f"there is no column `{known[0]}`",
                "write the first row as it was exported",
            )
        return columns

    def _text(self, title: str, at: int, number: int, row: Sequence[object], column: str) -> str:
        value = row[at] if at < len(row) else ""
        cell = f"{_letters(at)}{number}"
        place = Location(f"{self.name}!{title}!{cell}")
        if cell in self.formulas.get(title, ()):
            return ""
        if column == "expires" and isinstance(value, date):
            return (value.date() if isinstance(value, datetime) else value).isoformat()
        if not isinstance(value, str):
            shown = str(value)[:40]
            hint = "set the column's format to text and type it again; Excel drops zeros and turns codes into dates"
            self.fault("number-cell", place, f"this cell holds {shown}, which is no text", hint)
            return ""
        if any(letter < " " or letter == "\x7f" for letter in value.strip()):
            self.fault(
                "several-lines",
                place,
                "this cell has several lines or hidden marks",
                "put each term in a row",
            )
            return ""
        return unshielded(value.strip())


def _letters(at: int) -> str:
    """
    Return the letters of a column.

    >>> _letters(0), _letters(27)
    ('A', 'AB')
    """
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def _formulas(path: Path, name: str) -> dict[str, frozenset[str]]:
    """Return the cells of each sheet that hold formulas; the reader of values does not tell them from texts."""
    try:
        with zipfile.ZipFile(path) as archive:
            targets = {
                _attribute(node, "Id"): _attribute(node, "Target")
                for node in _tree(archive, "xl/_rels/workbook.xml.rels", name).iter()
                if _tag(node) == "Relationship"
            }
            return {
                _attribute(node, "name"): frozenset(_cells_with_formula(archive, part, name))
                for node in _tree(archive, "xl/workbook.xml", name).iter()
                if _tag(node) == "sheet" and (part := _part(targets.get(_attribute(node, "id"), "")))
            }
    except (KeyError, ET.ParseError) as error:
        raise InputError(f"the workbook is damaged: {error}", location=Location(name)) from error


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _cells_with_formula(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[str]:
    for node in _tree(archive, part, name).iter():
        if _tag(node) == "c" and any(_tag(child) == "f" for child in node):
            yield _attribute(node, "r")


def _tree(archive: zipfile.ZipFile, part: str, name: str) -> ET.Element:
    data = archive.read(part)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise InputError(f"{part} defines entities, which no workbook does", location=Location(name))
    return ET.fromstring(data)  # noqa: S314 -- without entities there is nothing to expand, and the size is bounded


def _tag(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]


def _attribute(node: ET.Element, name: str) -> str:
    """Return an attribute whatever its namespace."""
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")
