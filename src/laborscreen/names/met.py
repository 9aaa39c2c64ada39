"""
What one word meets on a shelf: told in spans of rows first, which costs little, and row by row for the few words that count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

import numpy as np

from laborscreen.names.ceilings import Rows, Shares
from laborscreen.names.runs import runs_of, starts_of_runs

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


def columns_of(several: Sequence[Met], standing: Standing) -> list[Column]:
    """Return row by row what each of *several* words meets."""
    new = dict.fromkeys([one for one in several if one.column is None])
    for one in new:
        if len(one.spans) == 1:
            ((start, stop, alike),) = one.spans
            share = np.multiply(standing.shares[start:stop], alike, dtype=np.float64)
            one.column = Column(standing.rows[start:stop], share, np.full(stop - start, alike))
    _spread([one for one in new if one.column is None], standing)
    return [cast("Column", one.column) for one in several]


def _spread(several: Sequence[Met], standing: Standing) -> None:
    """Fill in the columns of *several* words that meet something, all at once; the best of each row counts."""
    if not several:
        return
    spans = [span for one in several for span in one.spans]
    start = np.array([span[0] for span in spans])
    sizes = np.array([span[1] for span in spans]) - start
    places = runs_of(start, sizes)
    alike = np.array([span[2] for span in spans]).repeat(sizes)
    owner = np.arange(len(several)).repeat([one.size for one in several])
    rows, share = standing.rows[places], standing.shares[places] * alike

    order = (owner * standing.height + rows).argsort(kind="stable")
    owner, rows, share, alike = owner[order], rows[order], share[order], alike[order]
    first = starts_of_runs(owner, rows)
    share, alike = np.maximum.reduceat(share, first), np.maximum.reduceat(alike, first)
    owner, rows = owner[first], rows[first]
    begins = owner.searchsorted(np.arange(len(several) + 1)).tolist()
    for number, one in enumerate(several):
        its = slice(begins[number], begins[number + 1])
        one.column = Column(rows[its], share[its], alike[its])
