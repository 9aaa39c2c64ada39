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

ROWS_AT_ONCE = 1024
"""Texts joined into one buffer: about 250 kB of ordinary text, which a processor's cache holds."""

CHARACTERS_AT_ONCE = 16_000_000
"""A buffer longer than this is cut in two, unless it is a single text."""

_SEPARATOR_CODE = ord(SEPARATOR)


@dataclass(frozen=True, slots=True, eq=False)
class Buffer:
    """
    Some texts of a column, scannable and joined with a separator.

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


def buffers_of(texts: Sequence[str | None]) -> Iterator[Buffer]:
    """Yield the texts of a column in buffers of bounded size, plain ASCII texts apart from the others."""
    for first in range(0, len(texts), ROWS_AT_ONCE):
        chunk = texts[first : first + ROWS_AT_ONCE]
        if None in chunk:
            chunk = [text or "" for text in chunk]
        yield from _buffers(chunk, np.arange(first, first + len(chunk)))  # type: ignore[arg-type]


def _buffers(texts: Sequence[str], rows: NDArray[np.int64]) -> Iterator[Buffer]:
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    if len(texts) > 1 and int(lengths.sum()) > CHARACTERS_AT_ONCE:
        half = len(texts) // 2
        yield from _buffers(texts[:half], rows[:half])
        yield from _buffers(texts[half:], rows[half:])
        return
    joined = SEPARATOR.join(texts)
    if joined.isascii():
        yield _ascii(joined, texts, lengths, rows)
        return
    plain = np.fromiter(map(str.isascii, texts), dtype=bool, count=len(texts))
    if plain.any():
        some = [text for text in texts if text.isascii()]
        yield _ascii(SEPARATOR.join(some), some, lengths[plain], rows[plain])
    others = [text.replace(SEPARATOR, "") for text in texts if not text.isascii()]
    folded = scannable(SEPARATOR.join(others), column=True)
    codes = np.frombuffer(folded.encode("utf-32-le"), dtype=np.uint32)
    yield Buffer(folded, codes, rows[~plain], _begins(codes))


def _ascii(joined: str, texts: Sequence[str], lengths: NDArray[np.int64], rows: NDArray[np.int64]) -> Buffer:
    data = joined.encode("ascii")
    codes = np.frombuffer(data, dtype=np.uint8)
    if np.count_nonzero(codes == _SEPARATOR_CODE) != len(texts) - 1:
        joined = SEPARATOR.join(text.replace(SEPARATOR, "") for text in texts)
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

    Each test is one or two passes of vector instructions: no capital, no control character, no hyphen, no two spaces on
    end (two bytes of 32 or more that give 32 when combined with "or" are both 32).
    """
    if not len(codes):
        return True
    if (codes - 65).min() < 26 or codes.min() < 32 or b"-" in data:
        return False
    return len(codes) < 2 or int(np.bitwise_or(codes[1:], codes[:-1]).min()) != 32


def _begins(codes: NDArray[np.uint8] | NDArray[np.uint32]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.flatnonzero(codes == _SEPARATOR_CODE) + 1)).astype(np.int64)
