"""
A column of texts as a few buffers an automaton can run over.

Strings are joined; a column that is held as bytes already is joined without making strings. Either way plain ASCII texts,
most of a vendor master, are folded as bytes, and only the others as characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from laborscreen.text.buffer import Buffer
from laborscreen.text.marks import HIDDEN_BUT_SEPARATOR
from laborscreen.text.scannable import BREAKS, HYPHENS, SEPARATOR, WHITE, scannable
from laborscreen.text.text_column import TextColumn

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS_AT_ONCE = 16_384
"""Texts of one buffer: a few megabytes of ordinary text, so that what is done once a buffer weighs little."""

CHARACTERS_AT_ONCE = 16_000_000
"""A buffer longer than this is cut in two, unless it is a single text."""

_BIT_OF_32 = 0x2020202020202020
_SEPARATOR_CODE = ord(SEPARATOR)
_SPACE_CODE = ord(" ")
_HYPHEN_CODE = ord("-")

# What `scannable` does to characters, for bytes of plain ASCII.
_DASHES = tuple((old.encode(), new.encode()) for old, new in BREAKS if old == "--")
_LINE_BREAKS = tuple((old.encode(), new.encode()) for old, new in BREAKS if old.isascii() and "\n" in old)
_HYPHENS = tuple((old.encode(), new.encode()) for old, new in HYPHENS)
_HIDDEN = bytes(code for code in range(128) if HIDDEN_BUT_SEPARATOR.match(chr(code)))
_LETTERS = bytes(range(256)).lower().translate(bytes(WHITE.get(code, code) for code in range(256)))


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
        if isinstance(texts, TextColumn):
            part = texts.part(first, ROWS_AT_ONCE)
            buffers = list(_of_bytes(part, np.arange(first, first + len(part)), shape))
            if not shape.blank and any(map(_may_be_blank, buffers)):
                shape.blank = bool(part.are_blank().any())
        else:
            chunk = _without_none(texts[first : first + ROWS_AT_ONCE])
            buffers = list(_of_strings(chunk, np.arange(first, first + len(chunk)), shape))
            if not shape.blank and any(map(_may_be_blank, buffers)):
                shape.blank = any(map(str.isspace, chunk))
        yield from buffers


def _without_none(texts: Sequence[str | None]) -> Sequence[str]:
    return [text or "" for text in texts] if None in texts else texts  # type: ignore[return-value] # without None


def _may_be_blank(buffer: Buffer) -> bool:
    """Tell whether any text begins with white space, or may have done so when it was written."""
    if buffer.string is not None:
        return True
    begins = buffer.begins[buffer.begins < buffer.ends]
    return bool((buffer.codes[begins] == _SPACE_CODE).any())


def _of_bytes(texts: TextColumn, rows: NDArray[np.int64], shape: Shape) -> Iterator[Buffer]:
    """Yield the buffers of texts that are held as bytes."""
    if len(texts) > 1 and texts.size > CHARACTERS_AT_ONCE:
        half = len(texts) // 2
        yield from _of_bytes(texts.part(0, half), rows[:half], shape)
        yield from _of_bytes(texts.part(half, len(texts)), rows[half:], shape)
        return
    codes, places = texts.bytes()
    highest = int(codes.max(initial=0))
    if highest < 128:
        shape.lengths[rows] = np.diff(places)
        if highest < _SEPARATOR_CODE and _is_plain(codes):
            yield Buffer(codes, rows, places[:-1], places[1:], column=texts)
            return
        if highest == _SEPARATOR_CODE:
            texts = texts.without(SEPARATOR)
        yield _parted(scannable_ascii(texts.joined(SEPARATOR).tobytes()), rows)
        return
    plain = texts.are_ascii()
    if plain.any():
        yield from _of_bytes(texts.chosen(plain), rows[plain], shape)
    yield from _of_strings([text or "" for text in texts.chosen(~plain)], rows[~plain], shape)


def _of_strings(texts: Sequence[str], rows: NDArray[np.int64], shape: Shape) -> Iterator[Buffer]:
    """Yield the buffers of texts that are strings."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    shape.lengths[rows] = lengths
    if len(texts) > 1 and int(lengths.sum()) > CHARACTERS_AT_ONCE:
        half = len(texts) // 2
        yield from _of_strings(texts[:half], rows[:half], shape)
        yield from _of_strings(texts[half:], rows[half:], shape)
        return
    joined = _joined(texts)
    if joined.isascii():
        if joined.count(SEPARATOR) != len(texts):
            joined = _joined(_unparted(texts))
        data = joined.encode("ascii")
        yield _parted(data if _is_plain(np.frombuffer(data, np.uint8)) else scannable_ascii(data), rows)
        return
    plain = np.fromiter(map(str.isascii, texts), dtype=bool, count=len(texts))
    if plain.any():
        yield from _of_strings([text for text in texts if text.isascii()], rows[plain], shape)
    others = _unparted([text for text in texts if not text.isascii()])
    yield _parted(scannable(_joined(others), column=True), rows[~plain])


def _joined(texts: Sequence[str]) -> str:
    """Return the texts, each followed by the separator."""
    return SEPARATOR.join((*texts, ""))


def _unparted(texts: Sequence[str]) -> list[str]:
    """Return the texts without the separator, which folding removes in any case."""
    return [text.replace(SEPARATOR, "") for text in texts]


def _parted(texts: str | bytes, rows: NDArray[np.int64]) -> Buffer:
    """Return scannable texts, each followed by the separator, as a buffer."""
    codes: NDArray[np.uint8] | NDArray[np.uint32]
    if isinstance(texts, bytes):
        codes, string = np.frombuffer(texts, np.uint8), None
    else:
        codes, string = np.frombuffer(texts.encode("utf-32-le"), np.uint32), texts
    ends = np.flatnonzero(codes == _SEPARATOR_CODE)
    return Buffer(codes, rows, np.concatenate(([0], ends[:-1] + 1)), ends, string)


def scannable_ascii(data: bytes) -> bytes:
    r"""
    Return plain ASCII texts, joined with `SEPARATOR`, in the form terms are looked for in: what ``scannable`` returns.

    >>> scannable_ascii(b"North-Korean  workers -- KP\x7f")
    b'north korean workers - kp\x7f'
    """
    controls = bool(np.frombuffer(data, np.uint8).min(initial=127) < 32)
    for old, new in (*_LINE_BREAKS, *_DASHES) if controls else _DASHES:
        data = data.replace(old, new)
    data = data.translate(_LETTERS, _HIDDEN) if controls else data.lower()
    if b"-" in data:
        for old, new in _HYPHENS:
            data = data.replace(old, new)
    while _has_double_space(np.frombuffer(data, np.uint8)):
        data = data.replace(b"  ", b" ")
    return data


def _is_plain(codes: NDArray[np.uint8]) -> bool:
    """
    Tell whether ASCII texts are scannable as they stand.

    Each test is one or two passes of vector instructions. Control characters and capitals lack the bit of 32, and two
    such bytes combined with "or" give 32 only if both are spaces.
    """
    if not _have_bit_of_32(codes) and ((codes - 65).min() < 26 or codes.min() < 32):
        return False
    return not (codes == _HYPHEN_CODE).any() and not _has_double_space(codes)


def _has_double_space(codes: NDArray[np.uint8]) -> bool:
    return len(codes) > 1 and int(np.bitwise_or(codes[1:], codes[:-1]).min()) == _SPACE_CODE


def _have_bit_of_32(codes: NDArray[np.uint8]) -> bool:
    whole = len(codes) // 8 * 8
    eights = np.bitwise_and.reduce(codes[:whole].view(np.uint64))
    rest = np.bitwise_and.reduce(codes[whole:])
    return bool(int(eights) & int(rest) * 0x0101010101010101 & _BIT_OF_32 == _BIT_OF_32)
