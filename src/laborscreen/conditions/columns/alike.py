"""
Which rows are alike: told by several columns of codes together, mostly without sorting.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from laborscreen.conditions.columns.bits import Codes

_TABLE = 1 << 16
"""Kinds that are ticked off in a table, however few the rows are."""


def told_apart(columns: Iterable[tuple[Codes, int]], count: int) -> tuple[Codes, Codes]:
    """
    Return the first row of each kind, and for every row the number of its kind; rows of a kind agree in all columns.

    Kinds are numbered in the order of their codes, the first column weighing most.

    Args:
        columns: a code a row, and the number that all codes stay below.
        count: how many rows there are.

    >>> first, kind = told_apart([(np.array([1, 0, 1]), 2), (np.array([5, 5, 5]), 6)], 3)
    >>> first.tolist(), kind.tolist()
    ([1, 0], [1, 0, 1])
    """
    table = max(_TABLE, 2 * count)
    key: Codes = np.zeros(count, np.int64)
    below = 1
    for codes, kinds in columns:
        if kinds == 1:
            continue
        if below * kinds > table:
            first, key = _numbered(key, below, table)
            below = len(first)
        key = key * kinds + codes
        below *= kinds
    return _numbered(key, below, table)


def _numbered(key: Codes, below: int, table: int) -> tuple[Codes, Codes]:
    """Return where each distinct key first stands, in the order of the keys, and for every key its place among them."""
    if below > table:
        _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        return first, inverse
    rows = len(key)
    met = np.full(below, rows)
    met[key[::-1]] = np.arange(rows)[
        ::-1
    ]  # of rows with one key the last one written, the first of them, stays
    there = np.flatnonzero(met < rows)
    number = np.zeros(below, np.int64)
    number[there] = np.arange(len(there))
    return met[there], number[key]
