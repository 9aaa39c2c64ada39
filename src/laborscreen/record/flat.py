"""
Records laid flat: one column for each field of each entry.

The first entry of a list has the field's own path (``workforce.visa``), the second is ``workforce[1].visa``, and so on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from laborscreen import values

_COLUMN = re.compile(r"([a-z_]+)(?:\[(\d+)\])?(?:\.([a-z_0-9]+))?")
_SINGLE = ("remote_work",)
"""Groups of which a record has one and not a list."""


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
def _taken_apart(column: str) -> tuple[str, int, str]:
    """Return the group, the entry's number and the field's name; no group for a field of the record itself."""
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
        group, number, name = _taken_apart(column)
        if not group:
            if column in ("id", "name") or not values.is_missing(value):
                record[name] = value
        elif not values.is_missing(value):
            entries.setdefault(group, {}).setdefault(number, {})[name] = value
    for group, numbered in entries.items():
        found = [numbered[number] for number in sorted(numbered)]
        record[group] = found[0] if group in _SINGLE else found
    return record
