"""
Many records at once: columns in, the answers of the formula out as bit sets.

From the ground up: `bits` (answers of many rows), `alike` (which rows agree), `written` (columns as given), `readings` (what
is read in one), `rows` (the table), `texts` and `judging` (one subject in every row), `entries` (lists), `judged_rows` (the
formula), `runner` (the door).
"""

from laborscreen.conditions.columns.bits import Flags, bits_of, flags_of
from laborscreen.conditions.columns.judged_rows import JudgedRows, Meaning
from laborscreen.conditions.columns.rows import WrittenRows
from laborscreen.conditions.columns.runner import ColumnRunner
from laborscreen.conditions.columns.written import Nothing, NumberColumn

__all__ = [
    "ColumnRunner",
    "Flags",
    "JudgedRows",
    "Meaning",
    "Nothing",
    "NumberColumn",
    "WrittenRows",
    "bits_of",
    "flags_of",
]
