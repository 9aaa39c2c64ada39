"""
What one word meets on a shelf: told in spans of rows first, which costs little, and row by row for the few words that count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from laborscreen.names.ceilings import Rows, Shares
from laborscreen.names.runs import starts_of_runs

__all__ = ["NOTHING", "Column", "Met", "Span", "Standing", "columns_of"]

# The first place among the rows of all words, the place after the last, and the most the word may be like what stands there.
Span = tuple[int, int, float]


class Standing(NamedTuple):
    """
    The rows in which the words of a shelf stand, word after word.

    Args:
        rows: the rows, those of one word sorted, each once.
        shares: the share of the row's weight that the word has.
        height: how many rows the shelf has.
    """

    rows: Rows
    shares: Shares
    height: int


class Column(NamedTuple):
    """
    What one word meets, row by row.

    Args:
        rows: the rows it meets, sorted, each once.
        share: the most of each row's weight that the word may cover, likeness counted.
        alike: the most the word may be like a word of each row.
    """

    rows: Rows
    share: Shares
    alike: Shares


@dataclass(slots=True, eq=False)
class Met:
    """
    What one word meets on a shelf.

    Args:
        spans: where the rows it meets stand; a row may be in several.
        most_share: the most of any row's weight that the word may cover, likeness counted.
        most_alike: the most the word may be like a word of any row.
        size: how many rows there are, those counted twice that are in two spans.
        column: the same row by row, once :func:`columns_of` was asked for it.
    """

    spans: tuple[Span, ...]
    most_share: float
    most_alike: float
    size: int
    column: Column | None = None


NOTHING = Met((), 0.0, 0.0, 0)


def columns_of(several: Iterable[Met], standing: Standing) -> list[Column]:
    """Return row by row what each of *several* words meets."""
    found: list[Column] = []
    for one in several:
        if one.column is None:
            one.column = _column(one.spans, standing)
        found.append(one.column)
    return found


def _column(spans: Sequence[Span], standing: Standing) -> Column:
    """Return the rows of *spans*; the best counts of a row that is in several."""
    rows, shares, _ = standing
    if len(spans) == 1:
        ((start, stop, most),) = spans
        share = np.multiply(shares[start:stop], most, dtype=np.float64)
        return Column(rows[start:stop], share, np.full(stop - start, most))
    row = np.concatenate([rows[start:stop] for start, stop, _ in spans])
    share = np.concatenate([shares[start:stop] for start, stop, _ in spans])
    alike = np.array([most for _, _, most in spans]).repeat([stop - start for start, stop, _ in spans])
    order = row.argsort(kind="stable")
    row, alike = row[order], alike[order]
    share = share[order] * alike
    first = starts_of_runs(row)
    if len(first) < len(row):
        row, share, alike = row[first], np.maximum.reduceat(share, first), np.maximum.reduceat(alike, first)
    return Column(row, share, alike)
