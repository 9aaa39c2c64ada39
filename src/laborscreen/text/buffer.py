"""
Some texts of a column as one text an automaton can run over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Buffer:
    """
    Some texts of a column, scannable, each followed by the separator.

    Args:
        text: the joined text as a string, or as bytes where it is plain ASCII.
        codes: its characters as numbers.
        rows: which row of the column each text is, in order.
        begins: where each text begins.
    """

    text: str | bytes
    codes: NDArray[np.uint8] | NDArray[np.uint32]
    rows: NDArray[np.int64]
    begins: NDArray[np.int64]

    def string(self) -> str:
        """Return the joined text as a string."""
        return self.text if isinstance(self.text, str) else self.text.decode("ascii")

    def row_of(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return which text, counted in the buffer, each place lies in."""
        return np.searchsorted(self.begins, places, side="right") - 1

    def around(self, found: NDArray[np.int64]) -> tuple[Buffer, NDArray[np.int64]]:
        """
        Return the texts that finds stand in, as a buffer, and the finds as they stand there.

        Args:
            found: rows of literal, start and end.
        """
        where = self.row_of(found[:, 1])
        met = np.zeros(len(self.begins), dtype=bool)
        met[where] = True
        kept = np.flatnonzero(met)
        if 2 * len(kept) > len(met):  # not worth the copying
            return self, found
        begins = self.begins[kept]
        ends = np.append(self.begins[1:], len(self.codes))[kept]
        places = list(zip(begins.tolist(), ends.tolist(), strict=True))
        codes: NDArray[np.uint8] | NDArray[np.uint32]
        text: str | bytes
        if isinstance(self.text, str):
            text = "".join([self.text[begin:end] for begin, end in places])
            codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        else:
            text = b"".join([self.text[begin:end] for begin, end in places])
            codes = np.frombuffer(text, dtype=np.uint8)
        lengths = ends - begins
        anew = np.cumsum(lengths) - lengths
        moved = np.zeros(len(self.begins), np.int64)
        moved[kept] = anew - begins
        shifted = found.copy()
        shifted[:, 1:] += moved[where][:, None]
        return Buffer(text, codes, self.rows[kept], anew), shifted
