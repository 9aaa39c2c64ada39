"""
A column of texts as a few buffers an automaton can run over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from laborscreen.text.scannable import SEPARATOR, scannable

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS_AT_ONCE = 4096
"""Texts joined into one buffer: about a megabyte of ordinary text, which a processor's cache holds."""

CHARACTERS_AT_ONCE = 16_000_000
"""A buffer longer than this is cut in two, unless it is a single text."""

_BIT_OF_32 = 0x2020202020202020
_SEPARATOR_CODE = ord(SEPARATOR)
_SPACE_CODE = ord(" ")


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


@dataclass(slots=True, eq=False)
class Shape:
    """
    What is learnt of a column's texts on the way.

    Args:
        lengths: the length of each text; 0 for None.
        blank: whether any text is nothing but white space.
    """

    lengths: NDArray[np.int64]
    blank: bool = False

    @classmethod
    def of(cls, texts: Sequence[str | None]) -> Shape:
        """Return the shape of a column that has not been looked at."""
        return cls(np.zeros(len(texts), np.int64))


def buffers_of(texts: Sequence[str | None], shape: Shape) -> Iterator[Buffer]:
    """
    Yield the texts of a column in buffers of bounded size, plain ASCII texts apart from the others.

    A text is looked at once, while the processor's cache holds it; what else is asked of it goes into the *shape*.
    """
    for first in range(0, len(texts), ROWS_AT_ONCE):
        chunk = texts[first : first + ROWS_AT_ONCE]
        rows = np.arange(first, first + len(chunk))
        try:
            lengths = _lengths(chunk)  # type: ignore[arg-type]
        except TypeError:
            chunk = [text or "" for text in chunk]
            lengths = _lengths(chunk)  # type: ignore[arg-type]
        shape.lengths[first : first + len(chunk)] = lengths
        buffers = list(_buffers(chunk, lengths, rows))  # type: ignore[arg-type]
        if not shape.blank and any(map(_may_be_blank, buffers)):
            shape.blank = any(map(str.isspace, chunk))  # type: ignore[arg-type]
        yield from buffers


def _may_be_blank(buffer: Buffer) -> bool:
    """Tell whether any text begins with white space, or may have done so when it was written."""
    return isinstance(buffer.text, str) or bool((buffer.codes[buffer.begins] == _SPACE_CODE).any())


def _lengths(texts: Sequence[str]) -> NDArray[np.int64]:
    return np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))


def _buffers(texts: Sequence[str], lengths: NDArray[np.int64], rows: NDArray[np.int64]) -> Iterator[Buffer]:
    if len(texts) > 1 and int(lengths.sum()) > CHARACTERS_AT_ONCE:
        half = len(texts) // 2
        yield from _buffers(texts[:half], lengths[:half], rows[:half])
        yield from _buffers(texts[half:], lengths[half:], rows[half:])
        return
    joined = _joined(texts)
    if joined.isascii():
        yield _ascii(joined, texts, lengths, rows)
        return
    plain = np.fromiter(map(str.isascii, texts), dtype=bool, count=len(texts))
    if plain.any():
        some = [text for text in texts if text.isascii()]
        yield _ascii(_joined(some), some, lengths[plain], rows[plain])
    others = [text.replace(SEPARATOR, "") for text in texts if not text.isascii()]
    folded = scannable(_joined(others), column=True)
    codes = np.frombuffer(folded.encode("utf-32-le"), dtype=np.uint32)
    yield Buffer(folded, codes, rows[~plain], _begins(codes))


def _joined(texts: Sequence[str]) -> str:
    """Return the texts, each followed by the separator."""
    return SEPARATOR.join((*texts, ""))


def _ascii(joined: str, texts: Sequence[str], lengths: NDArray[np.int64], rows: NDArray[np.int64]) -> Buffer:
    data = joined.encode("ascii")
    codes = np.frombuffer(data, dtype=np.uint8)
    if np.count_nonzero(codes == _SEPARATOR_CODE) != len(texts):
        joined = _joined([text.replace(SEPARATOR, "") for text in texts])
        data = joined.encode("ascii")
        codes = np.frombuffer(data, dtype=np.uint8)
        plain = False
    else:
        plain = _is_plain(data, codes)
    if plain:
        begins = np.cumsum(lengths + 1)
        begins -= lengths + 1
        return Buffer(data, codes, rows, begins)
    data = scannable(joined, column=True).encode("ascii")
    codes = np.frombuffer(data, dtype=np.uint8)
    return Buffer(data, codes, rows, _begins(codes))


def _is_plain(data: bytes, codes: NDArray[np.uint8]) -> bool:
    """
    Tell whether joined ASCII text is scannable as it stands.

    Each test is one or two passes of vector instructions. Control characters and capitals lack the bit of 32, and two
    such bytes combined with "or" give 32 only if both are spaces.
    """
    if b"-" in data:
        return False
    if not _have_bit_of_32(codes) and ((codes - 65).min() < 26 or codes.min() < 32):
        return False
    return len(codes) < 2 or int(np.bitwise_or(codes[1:], codes[:-1]).min()) != 32


def _have_bit_of_32(codes: NDArray[np.uint8]) -> bool:
    whole = len(codes) // 8 * 8
    eights = np.bitwise_and.reduce(codes[:whole].view(np.uint64))
    rest = np.bitwise_and.reduce(codes[whole:])
    return bool(int(eights) & int(rest) * 0x0101010101010101 & _BIT_OF_32 == _BIT_OF_32)


def _begins(codes: NDArray[np.uint8] | NDArray[np.uint32]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.flatnonzero(codes == _SEPARATOR_CODE)[:-1] + 1)).astype(np.int64)
