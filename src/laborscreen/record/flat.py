"""
Records laid flat: one column for each field of each entry.

The first entry of a list has the field's own path (``workforce.visa``), the second is ``workforce[1].visa``, and so on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from laborscreen import values
from laborscreen.record.catalogue import CatalogueField, catalogue

_COLUMN = re.compile(r"([a-z_]+)(?:\[(\d+)\])?(?:\.([a-z_0-9]+))?")
_SINGLE = ("remote_work",)
"""Groups of which a record has one and not a list."""

_SIDE_BY_SIDE = 8
"""Entries of a list laid side by side; a row with more costs less by itself than as so many columns for all rows."""


def entry_path(path: str, entry: int) -> str:
    """
    Return the column of a field in the numbered *entry* of its list.

    >>> entry_path("workforce.visa", 0), entry_path("workforce.visa", 2)
    ('workforce.visa', 'workforce[2].visa')
    """
    if not entry:
        return path
    group, _, name = path.partition(".")
    return f"{group}[{entry}].{name}"


@lru_cache(maxsize=8_192)
def column_parts(column: str) -> tuple[str, int, str]:
    """
    Return a column's group, the number of its entry and the name of its field; no group for a field of the record itself.

    >>> column_parts("workforce[2].visa"), column_parts("country")
    (('workforce', 2, 'visa'), ('', 0, 'country'))
    """
    found = _COLUMN.fullmatch(column)
    if found is None:
        return "", 0, column
    head, number, name = found.groups()
    return (head, int(number or 0), name) if name else ("", 0, head)


def nested(row: Mapping[str, object]) -> dict[str, object]:
    """
    Turn one flat row into the mapping a `Record` is made of.

    Cells that say nothing are left out, and so is an entry of which nothing is told.

    >>> nested({"id": "V-1", "name": "X", "workforce.visa": "n/a", "workforce[1].visa": "student"})
    {'id': 'V-1', 'name': 'X', 'workforce': [{'visa': 'student'}]}
    """
    record: dict[str, object] = {}
    entries: dict[str, dict[int, dict[str, object]]] = {}
    for column, value in row.items():
        group, number, name = column_parts(column)
        if not group:
            if column in ("id", "name") or not values.is_missing(value):
                record[name] = value
        elif not values.is_missing(value):
            entries.setdefault(group, {}).setdefault(number, {})[name] = value
    for group, numbered in entries.items():
        found = [numbered[number] for number in sorted(numbered)]
        record[group] = found[0] if group in _SINGLE else found
    return record


def laid_flat(
    groups: Mapping[str, Sequence[object]], count: int
) -> tuple[dict[str, list[object]], frozenset[int]]:
    """
    Lay columns of nested entries flat.

    A row that a flat table cannot hold without a change of meaning is left out: one with an entry of which nothing is told,
    a field nobody knows, something that is no entry, or very many entries.

    Args:
        groups: group to one cell a row: a list of mappings, a single mapping, or None.
        count: number of rows.

    Returns:
        The flat columns, and the numbers of the rows left out.

    >>> crews = [[{"visa": "work"}, {"visa": "student"}], None, [{}]]
    >>> laid_flat({"workforce": crews}, 3)
    ({'workforce.visa': ['work', None, None], 'workforce[1].visa': ['student', None, None]}, frozenset({2}))
    """
    flat: dict[str, list[object]] = {}
    apart: set[int] = set()
    for group, cells in groups.items():
        for row, cell in enumerate(cells):
            if cell is None:
                continue
            laid = _side_by_side(group, [cell] if isinstance(cell, Mapping) else cell)
            if laid is None:
                apart.add(row)
                continue
            for column, value in laid:
                found = flat.get(column)
                if found is None:
                    found = flat[column] = [None] * count
                found[row] = value
    return flat, frozenset(apart)


def _side_by_side(group: str, entries: object) -> list[tuple[str, object]] | None:
    """Return column and value of all that the entries of one row tell; None if they cannot be laid flat."""
    most = 1 if group in _SINGLE else _SIDE_BY_SIDE
    if not isinstance(entries, list | tuple) or len(entries) > most:
        return None
    laid: list[tuple[str, object]] = []
    for number, entry in enumerate(entries):
        if not isinstance(entry, Mapping):
            return None
        before = len(laid)
        for name, value in entry.items():
            if value is None:
                continue
            column, field = _entry_column(group, number, name)
            if field is None or not _fits(value, field):
                return None
            if not values.is_missing(value):
                laid.append((column, value))
        if len(laid) == before:
            return None
    return laid


@lru_cache(maxsize=8_192)
def _entry_column(group: str, number: int, name: str) -> tuple[str, CatalogueField | None]:
    path = f"{group}.{name}"
    return entry_path(path, number), catalogue().fields.get(path)


def _fits(value: object, field: CatalogueField) -> bool:
    """Return whether a flat cell can hold a value: a plain one, or several where the field takes several."""
    if isinstance(value, list | tuple):
        return (
            field.reads.many
            and bool(value)
            and not any(isinstance(one, list | tuple | Mapping) for one in value)
        )
    return not isinstance(value, Mapping | set)
