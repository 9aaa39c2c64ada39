"""
Columns as they are written: what may stand in one, and which of its cells say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import repeat
from operator import is_not

import numpy as np
import numpy.typing as npt

from laborscreen import values
from laborscreen.conditions.columns.bits import Flags
from laborscreen.record import LONGEST
from laborscreen.text.text_column import TextColumn, Texts
from laborscreen.values.missing import LONGEST_SILENCE
from laborscreen.values.silence import silent_among


class NumberColumn:
    """
    A column of numbers that are numbers already; NaN is missing.

    Args:
        numbers: the values, of any numeric or yes/no type.
    """

    __slots__ = ("numbers",)

    def __init__(self, numbers: npt.ArrayLike) -> None:
        self.numbers = np.asarray(numbers)

    def __len__(self) -> int:
        return len(self.numbers)


Column = Sequence[object] | NumberColumn
"""Values of any kind, texts that a data frame holds (`TextColumn`), or numbers."""

TEXT: frozenset[type] = frozenset({str, type(None)})
"""The types of the values in a column of nothing but texts."""


class Nothing:
    """
    Which cells of one column say nothing, told once for all who ask.

    Args:
        column: the written values.
        silenced: whether every cell that says nothing is None already.
        kinds: the types of the values; looked up unless told.
    """

    def __init__(
        self, column: Sequence[object], *, silenced: bool = False, kinds: frozenset[type] | None = None
    ) -> None:
        self._column = column
        if isinstance(column, TextColumn | Texts):
            kinds = TEXT
        elif kinds is None:
            kinds = frozenset(map(type, column))
        self.plain = kinds <= TEXT
        """Whether the column holds nothing but texts and None."""
        known = list in kinds or (silenced and self.plain)
        self.words: frozenset[object] = frozenset() if known else frozenset(silent_among(_short(column)))
        """The distinct cells that say nothing, None aside; of a column of lists none are told."""
        self._lists = list in kinds

    @cached_property
    def told(self) -> Flags:
        """The rows in which something is told."""
        column = self._column
        if isinstance(column, TextColumn):
            return column.other_than(frozenset(map(str, self.words)))
        if self._lists:
            return np.fromiter((not values.is_missing(one) for one in column), np.bool_, len(column))
        if not self.words:
            if None not in column:
                return np.ones(len(column), np.bool_)
            return np.fromiter(map(is_not, column, repeat(None)), np.bool_, len(column))  # no text is hashed
        silent = {*self.words, None}
        return ~np.fromiter(map(silent.__contains__, column), np.bool_, len(column))

    @cached_property
    def readable(self) -> bool:
        """Whether the column holds nothing but texts that are kept whole, and None."""
        column = self._column
        if isinstance(column, TextColumn):
            return int(column.lengths().max(initial=0)) <= LONGEST
        longest = max(map(len, filter(None, column)), default=0) if self.plain else 0  # type: ignore[arg-type] # texts
        return self.plain and longest <= LONGEST


def _short(column: Sequence[object]) -> Sequence[object]:
    """Return the cells that may say nothing: of texts held as bytes the short and the blank ones, of others all."""
    if not isinstance(column, TextColumn):
        return column
    return list(column.chosen((column.lengths() <= LONGEST_SILENCE) | column.are_blank()))
