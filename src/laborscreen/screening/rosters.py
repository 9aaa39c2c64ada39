"""
The groups of a flat table divided where a cell lists several citizenships, as a record divides its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from laborscreen import values
from laborscreen.record import entry_path
from laborscreen.record.rosters import GROUP, HEADCOUNT, NATIONALITY, heads_of
from laborscreen.text.text_column import TextColumn, strings_of
from laborscreen.values.citizenships import Citizens


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
    lists: Mapping[object, tuple[Citizens, ...]],
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
        citizens = lists.get(cell) if isinstance(cell, str) else None
        if not citizens:
            continue
        told = {name: column[row] for name, column in own.items()}
        heads = heads_of(told[HEADCOUNT], citizens)
        for number, (one, count) in enumerate(zip(citizens, heads, strict=True)):
            share = {
                **told,
                NATIONALITY: one.citizenship,
                HEADCOUNT: told[HEADCOUNT] if count is None else count,
            }
            if number:
                place = first_free + behind.get(row, 0)
                behind[row] = behind.get(row, 0) + 1
            for name, value in share.items():
                if number:
                    path = _path(name, place)
                    if path not in others:
                        others[path] = list(columns.get(path) or [None] * height)
                    others[path][row] = value
                else:
                    own[name][row] = value
    columns.update({_path(name, entry): column for name, column in own.items()})
    columns.update(others)


def _entry_of(path: str) -> int:
    return int(path[len(GROUP) + 1 : path.index("]")]) if path.startswith(f"{GROUP}[") else 0


def _path(name: str, entry: int) -> str:
    return entry_path(f"{GROUP}.{name}", entry)


def _lists_in(column: Sequence[object]) -> dict[object, tuple[Citizens, ...]]:
    """Return the distinct cells of a column that list citizenships, with what they list."""
    cells = (
        column.distinct()[1]
        if isinstance(column, TextColumn)
        else {one for one in column if type(one) is str}
    )
    return {cell: found for cell in cells if cell is not None and (found := values.citizens_in(cell))}
