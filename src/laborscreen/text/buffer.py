"""
Some texts of a column as one run of characters an automaton can go over, and what it finds there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from laborscreen.text.scannable import SEPARATOR
from laborscreen.text.text_column import TextColumn

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Finds(NamedTuple):
    """
    Where literals stand in a buffer.

    Args:
        literal: the number of each literal.
        start: where it begins.
        end: where it ends.
        text: which text it begins in, counted in the buffer.
    """

    literal: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    text: NDArray[np.int64]

    def only(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> Finds:
        """Return the finds that are flagged, or named by their places."""
        return Finds(*(column[which] for column in self))

    def with_those(self, others: Finds) -> Finds:
        """Return these finds and, after them, others in the same buffer."""
        return Finds(*(np.concatenate(columns) for columns in zip(self, others, strict=True)))


@dataclass(frozen=True, slots=True, eq=False)
class Buffer:
    """
    Some texts of a column, scannable.

    Args:
        codes: their characters as numbers; bytes where all are plain ASCII.
        rows: which row of the column each text is, in order.
        begins: where each text begins.
        ends: where it ends: before the next one, or before the separator that follows it.
        string: the characters as a string, where they are more than plain ASCII.
        column: the texts, where they follow each other with nothing in between: as a column held as bytes has them.
    """

    codes: NDArray[np.uint8] | NDArray[np.uint32]
    rows: NDArray[np.int64]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    string: str | None = None
    column: TextColumn | None = None

    @property
    def scanned(self) -> str | memoryview:
        """What an automaton goes over."""
        return self.codes.data if self.string is None else self.string

    def finds(self, literal: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64]) -> Finds:
        """Return what was found, but nothing that runs from one text into the next."""
        text = np.searchsorted(self.begins, start, side="right") - 1
        found = Finds(literal, start, end, text)
        return found if self.column is None else found.only(end <= self.ends[text])

    def texts(self, which: NDArray[np.int64]) -> Iterator[str]:
        """Yield some of the texts, counted in the buffer."""
        for begin, end in zip(self.begins[which].tolist(), self.ends[which].tolist(), strict=True):
            yield (
                self.codes[begin:end].tobytes().decode("ascii")
                if self.string is None
                else self.string[begin:end]
            )

    def around(self, found: Finds) -> tuple[Buffer, Finds]:
        """Return the texts that finds stand in as a buffer with separators, and the finds as they stand there."""
        met = np.zeros(len(self.begins), dtype=bool)
        met[found.text] = True
        kept = np.flatnonzero(met)
        if self.column is None and 2 * len(kept) > len(met):  # not worth the copying
            return self, found
        begins, ends = self.begins[kept], self.ends[kept]
        places = map(slice, begins.tolist(), ends.tolist())
        codes: NDArray[np.uint8] | NDArray[np.uint32]
        string = None
        if self.column is not None:
            codes = self.column.taken(kept).joined(SEPARATOR)
        elif self.string is None:
            parts = map(self.codes.tobytes().__getitem__, places)
            codes = np.frombuffer(SEPARATOR.encode().join((*parts, b"")), np.uint8)
        else:
            string = SEPARATOR.join((*map(self.string.__getitem__, places), ""))
            codes = np.frombuffer(string.encode("utf-32-le"), np.uint32)
        stops = np.cumsum(ends - begins + 1) - 1
        anew = stops - (ends - begins)
        number = np.zeros(len(met), np.int64)
        number[kept] = np.arange(len(kept))
        text = number[found.text]
        by = (anew - begins)[text]
        moved = Finds(found.literal, found.start + by, found.end + by, text)
        return Buffer(codes, self.rows[kept], anew, stops, string), moved
