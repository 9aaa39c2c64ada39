"""
Cutting a flat text file into pieces that end where a row ends, without reading its rows.

Pieces can be read apart, by several processes. A line end inside a quoted cell is no end of a row, so quotation marks are
looked at: where every one of them opens or closes a cell as the format says, the last line end outside of cells is the end
of a row. Where one does not (``5" pipe``), that stretch is read row by row here, as `laborscreen.formats.csv_rows` does it.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from laborscreen.formats.csv_rows import RowReader, Rows
from laborscreen.formats.limits import CHUNK

_LONGEST_UNCUT = 4 * CHUNK  # bytes without an end of a row, after which rows are read instead
_QUOTE, _LINE_FEED, _RETURN = b'"\n\r'

_WIDE = ("utf-16", "utf-32")
_BARS_WITHIN = ("gb", "big5", "shift_jis", "cp932", "cp949", "euc", "johab")
"""Encodings in which a byte from "@" on, such as a vertical bar, may be half of a character; those before it never are."""


class Piece(NamedTuple):
    """
    Some rows as they follow each other in a file, read or not.

    Args:
        data: the bytes, where the rows are not read yet.
        rows: the rows, where they are.
        line: physical lines of the file before them.
        ends: the byte of the file after them.
    """

    data: bytes
    rows: Rows | None
    line: int
    ends: int


def cuttable(codec: str, delimiter: str) -> bool:
    """Return whether quotation marks, line ends and delimiters can be told in the bytes of an encoding."""
    return not codec.startswith(_WIDE) and (delimiter < "@" or not codec.startswith(_BARS_WITHIN))


class Cutter:
    """
    Cuts the bytes of a file into pieces.

    Args:
        reader: reads rows where quotation marks leave doubt.
    """

    def __init__(self, reader: RowReader) -> None:
        self._reader = reader
        self._delimiter = ord(reader.delimiter)

    def cut(self, chunks: Iterator[bytes], offset: int) -> Iterator[Piece]:
        """Yield the pieces of a file whose bytes from *offset* on come in *chunks*."""
        line = 0
        data = b""
        for chunk in chunks:
            data += chunk
            while True:
                border = self._border(data)
                if not border and len(data) < _LONGEST_UNCUT:
                    break
                if border > 0:
                    piece = Piece(data[:border], None, line, offset + border)
                    data = data[border:]
                    line += _line_ends(piece.data)
                else:
                    piece, data = self._read(data, chunks, offset, line)
                    line = piece.rows.ends_line if piece.rows else line
                offset = piece.ends
                yield piece
        if data:
            yield Piece(data, None, line, offset + len(data))

    def _border(self, data: bytes) -> int:
        """Return the place after the last end of a row that is beyond doubt; 0 where none is seen, -1 where one must read."""
        end = data.rfind(b"\n") + 1
        if data.find(b'"', 0, end) < 0:
            return end
        codes = np.frombuffer(data, np.uint8)
        quotes = np.flatnonzero(codes == _QUOTE)
        before = np.where(quotes > 0, codes[quotes - 1], _LINE_FEED)[0::2]
        after = codes[np.minimum(quotes + 1, len(codes) - 1)][1::2]
        if len(after) and quotes[2 * len(after) - 1] == len(codes) - 1:
            after[-1] = _LINE_FEED  # what follows the last byte is not known yet, and no line ends after it
        doubtful = np.flatnonzero(~self._beside(before))[:1].tolist()
        doubtful += np.flatnonzero(~self._beside(after))[:1].tolist()
        if doubtful:  # what stands before the first doubtful cell is beyond doubt
            end = data.rfind(b"\n", 0, int(quotes[2 * min(doubtful)])) + 1 or -1
        while (passed := int(np.searchsorted(quotes, end))) % 2:  # inside a cell: back to before it opened
            end = data.rfind(b"\n", 0, int(quotes[passed - 1])) + 1
        return end

    def _beside(
        self, codes: np.ndarray[tuple[int], np.dtype[np.uint8]]
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Return which bytes may stand outside a quotation mark that opens or closes a cell, or doubles one in it."""
        return np.isin(codes, (self._delimiter, _LINE_FEED, _RETURN, _QUOTE))

    def _read(self, data: bytes, chunks: Iterator[bytes], offset: int, line: int) -> tuple[Piece, bytes]:
        """Read the next rows; return them with the bytes that were taken and are not among them."""
        fed = [data]
        decoder = codecs.getincrementaldecoder(self._reader.codec)()

        def texts() -> Iterator[tuple[str, int]]:
            end = offset
            for chunk in _with_more(data, chunks, fed):
                end += len(chunk)
                yield decoder.decode(chunk), end - len(decoder.getstate()[0])

        found = self._reader.read(texts(), offset, line)
        rows = next(rows for rows in found if rows.ends > offset)  # a row may need more than was read so far
        return Piece(b"", rows, line, rows.ends), b"".join(fed)[rows.ends - offset :]


def _with_more(data: bytes, chunks: Iterator[bytes], fed: list[bytes]) -> Iterator[bytes]:
    yield data
    for chunk in chunks:
        fed.append(chunk)
        yield chunk


def _line_ends(data: bytes) -> int:
    """Return how many physical lines end in some bytes."""
    codes = np.frombuffer(data, np.uint8)
    feeds = codes == _LINE_FEED
    found = int(np.count_nonzero(feeds))
    if b"\r" not in data:
        return found
    returns = codes == _RETURN
    return found + int(np.count_nonzero(returns)) - int(np.count_nonzero(returns[:-1] & feeds[1:]))
