"""
What is found of a term list in a text, and how far it may be relied on.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Standing(IntEnum):
    """
    How a text puts what a term names.

    STATED as a present fact; DOUBTFUL where it is alleged, asked, or put in a way that cannot be judged; DENIED where the
    text says it is not so (negation, prohibition, condition, another subject, a past that ended), which is no mention.
    """

    DENIED = 0
    DOUBTFUL = 1
    STATED = 2


class Mention(NamedTuple):
    """
    One place where a term stands in a text.

    Args:
        term: the term as its list writes it.
        span: start and end in the text as written.
        standing: how the text puts it.
        reason: why it is not simply stated ("denied by 'no evidence'"), or an empty string.
        words: the term as it was met: where it leaves a choice, the words chosen, folded.
    """

    term: str
    span: tuple[int, int]
    standing: Standing
    reason: str
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """
    Which texts of a column mention which lists, one entry a (text, list) pair, ordered by text and then by list.

    Args:
        rows: index of the text in the column (int32).
        lists: index of the list in the scanner (int16).
        standings: the best `Standing` of its mentions, never DENIED (uint8).
        lengths: how long each text of the column is; 0 for None (int64).
        blank: whether any text of the column is nothing but white space.
    """

    rows: NDArray[np.int32]
    lists: NDArray[np.int16]
    standings: NDArray[np.uint8]
    lengths: NDArray[np.int64]
    blank: bool

    def __len__(self) -> int:
        """Return how many pairs there are."""
        return len(self.rows)
