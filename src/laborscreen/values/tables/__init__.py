"""
The tables of this room: data files with their sources, read once when first needed.

The lines at its head that begin with ``#`` say where a table comes from. A cell may hold several written forms, parted
by ``|``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import dropwhile
from pathlib import Path

_HERE = Path(__file__).parent


def rows(name: str) -> Iterator[dict[str, str]]:
    """
    Yield the rows of the table *name*, by column.

    >>> next(rows("missing"))["written"]
    'n/a'
    """
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        cells = csv.reader(dropwhile(lambda line: line.startswith("#"), file))
        columns = next(cells)
        for row in cells:
            yield dict(zip(columns, row, strict=True))


def forms(cell: str) -> list[str]:
    """Return the written forms that stand in one *cell*."""
    return [form.strip() for form in cell.split("|") if form.strip()]
