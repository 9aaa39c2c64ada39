"""
Answers of many rows: flags, bit sets, and for each subject a code a row with the bits of each code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any as Anything

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.integer[Anything]]


def bits_of(flags: Flags | npt.NDArray[np.uint8]) -> int:
    """Return a bit set: bit *i* is set where flag *i* is, or where number *i* is not 0."""
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def flags_of(bits: int, rows: int) -> Flags:
    """Return the flags of a bit set over so many *rows*."""
    packed = np.frombuffer(bits.to_bytes((rows + 7) // 8, "little"), np.uint8)
    return np.unpackbits(packed, count=rows, bitorder="little").view(np.bool_)


@dataclass(frozen=True)
class Judged:
    """
    The answers of one subject for every row: a code a row, and the bits of each code.

    Args:
        codes: a small number for each row.
        bits: for each code, the subject's bits.
    """

    codes: Codes
    bits: npt.NDArray[np.uint8]

    @property
    def kinds(self) -> tuple[Codes, int]:
        """A number for each row, the same where the bits are the same, and how many numbers there are."""
        if len(self.bits) == 1:
            return self.codes, 1
        distinct, kind_of = distinct_rows(self.bits)
        if len(distinct) == len(self.bits):
            return self.codes, len(distinct)
        return kind_of[self.codes], len(distinct)

    def slots(self, rows: Codes | None = None) -> list[int]:
        """Return the subject's slots as bit sets over all rows, or over the chosen *rows* in their order."""
        codes = (self.codes if rows is None else self.codes[rows]).astype(np.intp)
        full = (1 << len(codes)) - 1
        zeros, ones = bytes(len(self.bits)), b"\1" * len(self.bits)
        met = {zeros: 0, ones: full}
        found = []
        for eight in range(0, self.bits.shape[1], 8):
            slots = self.bits[:, eight : eight + 8]
            of_rows = np.packbits(slots, axis=1, bitorder="little").ravel()[
                codes
            ]  # a row's eight answers in a byte
            for place, answers in enumerate(slots.T):
                key = answers.tobytes()
                bits = met.get(key)
                if bits is None:
                    bits = met[key] = bits_of(of_rows & np.uint8(1 << place))
                    met[(1 - answers).tobytes()] = full ^ bits  # false is mostly true's other side
                found.append(bits)
        return found


def distinct_rows(matrix: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.uint8], Codes]:
    """Return the distinct rows of a matrix and, for every row, the number of its like."""
    if not len(matrix):
        return matrix, np.zeros(0, np.int64)
    packed = np.ascontiguousarray(matrix).view(np.dtype((np.void, matrix.shape[1]))).ravel()
    _, first, inverse = np.unique(packed, return_index=True, return_inverse=True)
    return matrix[first], inverse
