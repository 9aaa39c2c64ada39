"""
OFAC lists in CSV form: a set of up to four files without headers.

``sdn.csv`` (or ``cons_prim.csv``) has one row an entry, ``alt.csv`` the strong aliases, ``add.csv`` the addresses,
``sdn_comments.csv`` the rest of remarks too long for a row. ``-0-`` stands for nothing and the byte 0x1A ends a file.
Layout: "SDN Data Specification" of OFAC. A set without aliases or addresses is read with a warning; aliases or
addresses without their entries are refused.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from laborscreen.errors import WatchlistError
from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.entry import Entry, EntryKind
from laborscreen.watchlists.importers.importer import Importer, ListReading, torn_last_line
from laborscreen.watchlists.importers.ofac_lists import in_sdn_or_cons
from laborscreen.watchlists.importers.ofac_remarks import add_remarks, person_name
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.table_stream import END_MARK, first_row, table_rows

Part = Literal["entries", "aliases", "addresses", "comments"]

_WIDTHS: dict[Part, int] = {"entries": 12, "aliases": 5, "addresses": 6, "comments": 2}
_NAMES: dict[Part, str] = {
    "entries": "entries (sdn.csv or cons_prim.csv)",
    "aliases": "aliases (alt.csv or cons_alt.csv)",
    "addresses": "addresses (add.csv or cons_add.csv)",
    "comments": "long remarks (sdn_comments.csv or cons_comments.csv)",
}
_MEANS: dict[Part, str] = {
    "aliases": "parties cannot be found under their other names",
    "addresses": "countries of addresses are not known",
    "comments": "long remarks are cut short, with the weak aliases and dates in them",
}
_KINDS: dict[str, EntryKind] = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
_NOTHING = "-0-"
_LONG_REMARK = 990  # characters; a remark of this length goes on in the comments file


@dataclass(slots=True)
class _PartRows:
    """One file of a set: its rows by entry number."""

    file: ListFile
    part: Part
    rows: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    last_line: int = 0
    ended: bool = False


def _part_of(file: ListFile) -> Part | None:
    """Tell which part of a set a file is by its first row."""
    row = first_row(file)
    if not row or not row[0].isdecimal():
        return None
    match len(row):
        case 12:
            return "entries"
        case 6 if row[1].isdecimal():
            return "addresses"
        case 5 if row[2] in ("aka", "fka", "nka"):
            return "aliases"
        case 2:
            return "comments"
    return None


def _recognises(file: ListFile) -> bool:
    return _part_of(file) is not None


def _read(files: Sequence[ListFile]) -> Iterator[ListReading]:
    parts = [_rows(file) for file in files]
    mains = [part for part in parts if part.part == "entries"]
    sets: dict[int, dict[Part, _PartRows]] = {number: {"entries": main} for number, main in enumerate(mains)}
    for part in parts:
        if part.part != "entries":
            _join(part, mains, sets)
    for found in sets.values():
        yield _read_set(found)


def _rows(file: ListFile) -> _PartRows:
    """Read one file, row by row; every row must have the width of its part."""
    part = _part_of(file)
    assert part is not None  # only recognised files are read
    found = _PartRows(file, part)
    cells: list[str] = []
    for line, row in table_rows(file):
        if row == [END_MARK]:
            found.ended = True
            continue
        if len(row) != _WIDTHS[part] or not row[0].strip().isdecimal():
            raise file.refuse(
                f"this row of OFAC {_NAMES[part]} has {len(row)} cells that begin with {row[0][:20]!r}, "
                f"not {_WIDTHS[part]} that begin with a number",
                line=line,
                hint="the file is broken or cut short; fetch it again",
            )
        cells = ["" if cell.strip() == _NOTHING else cell for cell in row]
        found.rows[row[0].strip()].append(cells)
        found.last_line = line
    if file.torn_line and cells and _NOTHING.startswith(cells[-1].strip()):
        cells[-1] = ""  # the last cell of a file cut short within it says nothing, not "-0"
    return found


def _join(part: _PartRows, mains: Sequence[_PartRows], sets: dict[int, dict[Part, _PartRows]]) -> None:
    """Put a part to the entries most of its numbers belong to."""
    shares = [len(part.rows.keys() & main.rows.keys()) for main in mains]
    best = max(range(len(mains)), key=shares.__getitem__, default=-1)
    # Few entries have long remarks, so a comments file of another day may share but one number with its set.
    needed = 1 if part.part == "comments" else (len(part.rows) + 1) // 2
    if best < 0 or shares[best] < needed:
        if best >= 0 and not mains[best].ended:
            raise _may_be_cut(mains[best], part)
        raise part.file.refuse(
            f"these are OFAC {_NAMES[part.part]}, and the entries they belong to were not given",
            hint=f"name the file with the {_NAMES['entries']} too",
        )
    if part.part in sets[best]:
        raise part.file.refuse(f"OFAC {_NAMES[part.part]} were given twice", hint="give each file once")
    sets[best][part.part] = part


def _may_be_cut(main: _PartRows, part: _PartRows) -> WatchlistError:
    """Return the refusal of entries without an end mark to which most numbers of a part do not belong."""
    missing = len(part.rows.keys() - main.rows.keys())
    return main.file.refuse(
        f"the file lacks the end mark (0x1A), and {missing:,} of {len(part.rows):,} numbers of {part.file.name} belong to "
        f"no entry in it: it is cut short, or of another set",
        line=main.last_line,
        hint="fetch both files again",
    )


def _read_set(parts: dict[Part, _PartRows]) -> ListReading:
    main = parts["entries"]
    entries = in_sdn_or_cons(_entry(number, rows, parts) for number, rows in main.rows.items())
    files = [parts[part].file for part in _WIDTHS if part in parts]
    return ListReading.of(files, entries, list_name=entries[0].list, warnings=_warnings(parts))


def _warnings(parts: dict[Part, _PartRows]) -> Iterator[str]:
    """Say what is missing from a set and what that means."""
    main = parts["entries"].rows
    long_remarks = sum(len(row[11]) >= _LONG_REMARK for rows in main.values() for row in rows)
    for part in ("aliases", "addresses", "comments"):
        if part not in parts and (part != "comments" or long_remarks):
            yield f"the set has no {_NAMES[part]}: {_MEANS[part]}"
    for name, found in parts.items():
        unknown = len(found.rows.keys() - main.keys())
        if unknown:
            yield f"{unknown} numbers in the {_NAMES[name]} belong to no entry: the files are of different days"
        if not found.ended:
            yield f"{found.file.name} lacks the end mark (0x1A), so it cannot be told whether it is whole"
            if found.file.torn_line:
                yield torn_last_line(found.file)


def _entry(number: str, rows: list[list[str]], parts: dict[Part, _PartRows]) -> Entry:
    """Build one entry from its rows in all parts."""
    if len(rows) > 1:
        raise parts["entries"].file.refuse(f"entry {number} stands in the file {len(rows)} times")
    (_, name, kind, programmes, title, call_sign, ship, tonnage, grt, flag, owner, remarks) = rows[0]
    draft = EntryDraft(number, "us-ofac-sdn", _KINDS.get(kind, "organization"))
    is_person = draft.kind == "person"
    draft.add_name(person_name(name) if is_person else name, kind="primary")
    if not draft.is_named:
        raise parts["entries"].file.refuse(f"entry {number} has no name")
    for programme in re.split(r"\]\s*\[|;\s+", programmes):
        draft.add_programme(programme)
    draft.add_position(title)
    for row in _rows_of(parts, "aliases", number):
        alias = person_name(row[3]) if is_person else row[3]
        draft.add_name(alias, kind="fka" if row[2] == "fka" else "aka")
    for row in _rows_of(parts, "addresses", number):
        draft.add_address(row[2], row[3], country=row[4])
        draft.add_remark(row[5])
    draft.add_identifier("Call Sign", call_sign)
    draft.add_country(flag)
    for label, said in (("flag", flag), ("type", ship), ("tonnage", tonnage), ("GRT", grt), ("owner", owner)):
        if said:
            draft.add_remark(f"vessel {label} {said}")
    add_remarks(draft, remarks + "".join(row[1] for row in _rows_of(parts, "comments", number)))
    return draft.finish()


def _rows_of(parts: dict[Part, _PartRows], part: Part, number: str) -> list[list[str]]:
    return parts[part].rows.get(number, []) if part in parts else []


IMPORTER = Importer("OFAC CSV set", _recognises, _read)
