"""
The groups of a flat table divided where a cell lists several citizenships, as a record divides its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from laborscreen import values
from laborscreen.record import entry_path
from laborscreen.record.rosters import GROUP, HEADCOUNT, NATIONALITY, divided_groups
from laborscreen.text.text_column import TextColumn, strings_of


def divided_columns(columns: Mapping[str, Sequence[object]]) -> Mapping[str, Sequence[object]]:
    """
    Return the columns of a flat table with the groups of every row divided; the same where there is nothing to divide.

    Args:
        columns: column (`laborscreen.record.entry_path`) to one written value a row.
    """
    entries = {path: _entry_of(path) for path in columns if path.startswith((f"{GROUP}.", f"{GROUP}["))}
    told = sorted(entry for path, entry in entries.items() if path == _path(NATIONALITY, entry))
    several = {entry: lists for entry in told if (lists := _lists_in(columns[_path(NATIONALITY, entry)]))}
    if not several:
        return columns
    made = dict(columns)
    behind: dict[int, int] = {}
    for entry, lists in several.items():
        _divide(entry, lists, made, behind, 1 + max(entries.values()))
    return made


def _divide(
    entry: int,
    lists: Collection[object],
    columns: dict[str, Sequence[object]],
    behind: dict[int, int],
    first_free: int,
) -> None:
    """
    Divide one entry of every row.

    Args:
        entry: its number.
        lists: the cells of its nationality that list citizenships.
        columns: the table; its columns are replaced.
        behind: by row, how many groups stand behind the last one already.
        first_free: the number of the first entry behind all others.
    """
    own = {
        path.rpartition(".")[2]: list(strings_of(column))
        for path, column in columns.items()
        if path == _path(path.rpartition(".")[2], entry)
    }
    height = len(own[NATIONALITY])
    own.setdefault(HEADCOUNT, [None] * height)
    others: dict[str, list[object]] = {}
    for row, cell in enumerate(tuple(own[NATIONALITY])):
        if not isinstance(cell, str) or cell not in lists:
            continue
        first, *rest = divided_groups([{name: column[row] for name, column in own.items()}])
        assert isinstance(first, Mapping)
        for name, value in first.items():
            own[name][row] = value
        for group in rest:
            assert isinstance(group, Mapping)
            place = first_free + behind.get(row, 0)
            behind[row] = behind.get(row, 0) + 1
            for name, value in group.items():
                path = _path(name, place)
                if path not in others:
                    others[path] = list(columns.get(path) or [None] * height)
                others[path][row] = value
    columns.update({_path(name, entry): column for name, column in own.items()})
    columns.update(others)


def _entry_of(path: str) -> int:
    return int(path[len(GROUP) + 1 : path.index("]")]) if path.startswith(f"{GROUP}[") else 0


def _path(name: str, entry: int) -> str:
    return entry_path(f"{GROUP}.{name}", entry)


def _lists_in(column: Sequence[object]) -> frozenset[object]:
    """Return the distinct cells of a column that list citizenships."""
    cells = (
        column.distinct()[1]
        if isinstance(column, TextColumn)
        else {one for one in column if type(one) is str}
    )
    return frozenset(cell for cell in cells if isinstance(cell, str) and values.citizens_in(cell))
