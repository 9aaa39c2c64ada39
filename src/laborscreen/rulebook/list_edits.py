"""
Terms and exceptions edited elsewhere, laid into the files of a rulebook: what the files would be, and what would be wrong.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from laborscreen.errors import Problem, RulebookError, UsageError
from laborscreen.rulebook.assembly import assemble
from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.folder import YAML, RulebookFolder
from laborscreen.rulebook.list_reading import COLUMNS
from laborscreen.rulebook.loading import examine_rulebook, load_rulebook
from laborscreen.rulebook.model import ExceptionEntry, Rulebook, ValueList
from laborscreen.source import Location

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

ENTRY = (
    "rule",
    "record",
    "reason",
    "approver",
    "expires",
    "entry",
    "fingerprint_record",
    "fingerprint_entry",
    "author",
    "evidence",
    "fingerprint_thresholds",
)
_NEW_EXCEPTIONS = "exceptions.yaml"
_HEAD = "# Flags a person has looked at and excepted for one record, for a time; kept in a workbook.\n"


@dataclass(frozen=True, slots=True)
class EditedRow:
    """
    A term or an exception as edited.

    Args:
        cells: in the order of the list's columns, or of `ENTRY`.
        places: where each was edited.
    """

    cells: tuple[str, ...]
    places: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line written for a row, and at which column each of its cells begins."""

    row: EditedRow
    begins: tuple[int, ...]

    def place(self, column: int) -> Location:
        """Return where the cell was edited that holds a column of the line."""
        return self.row.places[max(bisect_right(self.begins, column) - 1, 0)]


@dataclass(frozen=True, slots=True)
class Edits:
    """
    Files to be written below a rulebook's folder.

    Args:
        files: path below the folder to content.
        problems: what would be wrong with the rulebook; places are those of the edit where it is to blame.
    """

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether the rulebook could not be used with them."""
        return any(problem.severity == "error" for problem in self.problems)


def own_lists(folder: Path, book: Rulebook) -> tuple[ValueList, ...]:
    """Return the lists that files below a folder define, in order of their names."""
    top = folder.resolve()
    return tuple(
        made
        for _, made in sorted(book.lists.items())
        if Path(made.location.path).resolve().is_relative_to(top)
    )


def edit_rulebook(
    folder: Path, lists: Mapping[str, Sequence[EditedRow]], exceptions: Sequence[EditedRow] | None
) -> Edits:
    """
    Return the files that lay edited lists and exceptions into a rulebook; nothing is written.

    What says the same as before leaves its file as it is.

    Args:
        folder: the rulebook.
        lists: list id to its terms.
        exceptions: all of them; None leaves them alone.

    Raises:
        RulebookError: the rulebook has faults before anything is edited.
        UsageError: a list that the folder does not define, or whose terms stand in YAML.
    """
    book = load_rulebook(folder)
    mine = {made.id: made for made in own_lists(folder, book)}
    files: dict[str, bytes] = {}
    lines: dict[tuple[str, int], _Line] = {}
    for name, rows in lists.items():
        made = mine.get(name)
        if made is None:
            raise UsageError(
                f"{folder} defines no list `{name[:60]}`",
                hint="define it in a YAML file first: {id, title, match, file: lists/NAME.csv}",
            )
        if [row.cells for row in rows] == [
            (term.text, term.language, term.source, term.note) for term in made.terms
        ]:
            continue
        path = _csv_of(made, folder)
        files[path] = _as_csv(rows)
        lines |= {(path, number): _Line(row, (0,)) for number, row in enumerate(rows, 2)}
    if exceptions is not None and [row.cells for row in exceptions] != [
        exception_cells(entry) for entry in book.exceptions
    ]:
        path = _exceptions_file(book, folder)
        head = _head_of(folder / path)
        written = [_entry(row) for row in exceptions]
        told = "exceptions:\n" + "".join(text for text, _ in written) if written else "exceptions: []\n"
        files[path] = (head + told).encode()
        first = head.count("\n") + 2
        lines |= {(path, number): line for number, (_, line) in enumerate(written, first)}
    return Edits(files, _problems(folder, files, lines))


def exception_cells(entry: ExceptionEntry) -> tuple[str, ...]:
    """Return an exception in the order of `ENTRY`."""
    return tuple(str(getattr(entry, name)) for name in ENTRY)


def _csv_of(made: ValueList, folder: Path) -> str:
    path = Path(made.terms[0].location.path)
    if path.name.lower().endswith(YAML):
        raise UsageError(
            f"the terms of {made.id} stand in {made.location}, not in a file of their own",
            hint=f"move them to lists/{made.id}.csv and write `file: lists/{made.id}.csv`",
        )
    return path.resolve().relative_to(folder.resolve()).as_posix()


def _as_csv(rows: Sequence[EditedRow]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row.cells for row in rows)
    return text.getvalue().encode()


def _exceptions_file(book: Rulebook, folder: Path) -> str:
    """Return the one file that exceptions stand in; it must hold nothing else, for it is written anew."""
    files = {Path(entry.location.path).resolve() for entry in book.exceptions}
    usual = folder / _NEW_EXCEPTIONS
    if not files and usual.exists():
        files = {usual.resolve()}
    for path in files:
        keys = [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line[:1].isalpha()]
        if len(files) > 1 or any(not line.startswith("exceptions:") for line in keys):
            raise UsageError(
                f"exceptions stand in {', '.join(sorted(str(one) for one in files))} beside other things",
                hint=f"move all of them to {usual}, alone",
            )
    return next(iter(files)).relative_to(folder.resolve()).as_posix() if files else _NEW_EXCEPTIONS


def _head_of(path: Path) -> str:
    """Return the comments a file opens with."""
    if not path.exists():
        return _HEAD
    head = ""
    for line in path.read_text(encoding="utf-8-sig").splitlines(keepends=True):
        if not line.startswith("#"):
            break
        head += line if line.endswith("\n") else line + "\n"
    return head


def _entry(row: EditedRow) -> tuple[str, _Line]:
    """Return an exception on one line of YAML (a JSON text is a YAML text), and where its cells stand."""
    told, begins = "  - {", []
    for name, cell in zip(ENTRY, row.cells, strict=True):
        begins.append(len(told))
        if cell or name in ENTRY[:5]:
            written = cell if _DAY.fullmatch(cell) else json.dumps(cell or None, ensure_ascii=False)
            told += f"{name}: {written}, "
    return told.removesuffix(", ") + "}\n", _Line(row, tuple(begins))


def _problems(
    folder: Path, files: Mapping[str, bytes], lines: Mapping[tuple[str, int], _Line]
) -> tuple[Problem, ...]:
    """Return what would be wrong with the rulebook, tried on a copy, without what is wrong with it anyhow."""
    if not files:
        return ()
    known = {(one.id, one.message) for one in examine_rulebook(folder).problems}
    held = RulebookFolder(folder, Faults())
    assemble(held, None, Faults())
    with tempfile.TemporaryDirectory(prefix="laborscreen-") as name:
        copy = Path(name)
        for inside, content in {**held.read, **files}.items():
            _place(copy, inside, content)
        return tuple(
            replace(one, location=_moved(one.location, copy, folder, lines))
            for one in examine_rulebook(copy).problems
            if (one.id, one.message) not in known
        )


def _place(copy: Path, inside: str, content: bytes) -> None:
    path = copy / inside
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _moved(place: Location, copy: Path, folder: Path, lines: Mapping[tuple[str, int], _Line]) -> Location:
    if not Path(place.path).is_relative_to(copy):
        return place
    inside = Path(place.path).relative_to(copy).as_posix()
    line = lines.get((inside, place.line))
    return line.place(place.column) if line is not None else replace(place, path=str(folder / inside))


def write_edits(folder: Path, edits: Edits) -> None:
    """
    Write the files.

    Raises:
        RulebookError: the rulebook could not be used with them.
    """
    if edits.refused:
        raise RulebookError([one for one in edits.problems if one.severity == "error"])
    for inside, content in edits.files.items():
        path = folder / inside
        part = path.with_name(path.name + ".part")
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
