"""
Cells that come with a type: what a workbook or a columnar file holds, as a person would write it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from laborscreen.formats.limits import MAX_CELL

_WHOLE_BELOW = 1e15  # above it a float no longer tells neighbouring whole numbers apart


def as_written(cell: object) -> object:
    """
    Return a cell's value: a whole number without its ".0", a day as 2019-12-31, not-a-number as nothing.

    >>> as_written(40.0), as_written(date(2019, 12, 31)), as_written(float("nan")), as_written("007")
    (40, '2019-12-31', None, '007')
    """
    if isinstance(cell, float):
        if cell != cell:  # noqa: PLR0124 -- how not-a-number is told
            return None
        return int(cell) if cell.is_integer() and abs(cell) < _WHOLE_BELOW else cell
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta | Decimal):
        return str(cell)
    return cell


def cell_fault(cells: Sequence[object]) -> str:
    """Return why *cells* are no row, or an empty string."""
    for cell in cells:
        if isinstance(cell, str):
            if len(cell) > MAX_CELL:
                return f"a cell has more than {MAX_CELL:,} characters (MAX_CELL); shorten it"
            if "\0" in cell:
                return "a cell holds a zero character, which is no text; export the row again"
    return ""
