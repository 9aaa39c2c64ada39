"""
The columns of a piece of a flat text file, cut out by looking at all of its bytes at once.

Most pieces are plain: every row is as wide as the header, and a quotation mark opens or closes a cell or stands doubled in
one. Nothing of them has to be looked at row by row. In any other piece something must be told or mended, and
`laborscreen.formats.csv_rows` reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from laborscreen.formats.limits import MAX_CELL

if TYPE_CHECKING:
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Places = npt.NDArray[np.int64]

_LINE_FEED, _RETURN, _QUOTE = b'\n\r"'
_BETWEEN = "\0"  # stands in no plain piece


class PlainPiece(NamedTuple):
    """
    A piece of which nothing needs to be told or mended.

    Args:
        columns: the cells of each column.
        lines: the physical line each row begins on, counted within the piece from 1.
    """

    columns: list[list[str]]
    lines: Sequence[int]


def plain_piece(data: bytes, codec: str, delimiter: str, header: Sequence[str]) -> PlainPiece | None:
    r"""
    Return the columns of whole rows; None where they are not plain.

    Args:
        data: the bytes of the rows.
        codec: their encoding, one in which `laborscreen.formats.csv_pieces.cuttable` says that signs can be told in bytes.
        delimiter: the sign between cells.
        header: the cells of the header; a row that repeats it is not plain.

    >>> plain_piece(b'V-1,"Vega, Ltd"\r\nV-2,Orion\r\n', "utf-8", ",", ("id", "name")).columns
    [['V-1', 'V-2'], ['Vega, Ltd', 'Orion']]
    >>> plain_piece(b'V-1,5" pipe\n', "utf-8", ",", ("id", "name"))
    """
    width = len(header)
    if width < 2 or not data.endswith(b"\n") or b"\0" in data:  # of one cell, a blank line is a row
        return None
    codes = np.frombuffer(data, np.uint8)
    signs = np.flatnonzero(
        (codes == ord(delimiter)) | (codes == _LINE_FEED) | (codes == _RETURN) | (codes == _QUOTE)
    )
    kinds = codes[signs]
    quotes = signs[kinds == _QUOTE]
    dropped = []
    if len(quotes):
        if not _open_and_close(codes, quotes, ord(delimiter)):
            return None
        doubled = (
            codes[quotes[0::2] - 1] == _QUOTE
        )  # reopens a cell just closed, so that it stands for itself
        doubled[0] = False
        dropped += [quotes[0::2][~doubled], quotes[1::2]]
        outside = (np.cumsum(kinds == _QUOTE) % 2 == 0) & (kinds != _QUOTE)
        signs, kinds = signs[outside], kinds[outside]
    returns = kinds == _RETURN
    if returns.any():
        if not (codes[signs[returns] + 1] == _LINE_FEED).all():
            return None
        dropped.append(signs[returns])
        signs, kinds = signs[~returns], kinds[~returns]
    feeds = np.flatnonzero(kinds == _LINE_FEED)
    if len(feeds) * width != len(signs) or (feeds % width != width - 1).any():
        return None
    ends = signs[feeds]
    if np.diff(ends, prepend=-1).max() > MAX_CELL:
        return None
    columns = _columns(codes, signs, dropped, codec, width)
    if _holds_blank_or_header(columns, header):
        return None
    return PlainPiece(columns, _lines(codes, ends))


def _open_and_close(codes: Bytes, quotes: Places, delimiter: int) -> bool:
    """Tell whether every quotation mark opens or closes a cell, or is one of two that stand for one."""
    if len(quotes) % 2:
        return False
    opens, closes = quotes[0::2], quotes[1::2]
    before = np.where(opens > 0, codes[opens - 1], _LINE_FEED)
    after = codes[closes + 1]  # a line feed comes last
    begins = np.isin(before, (delimiter, _LINE_FEED, _QUOTE))
    stops = np.isin(after, (delimiter, _LINE_FEED, _RETURN, _QUOTE))
    return bool(begins.all() and stops.all())


def _columns(
    codes: Bytes, ends: Places, dropped: Sequence[Places], codec: str, width: int
) -> list[list[str]]:
    """Return the cells that end at some places, column by column, without the signs that belong to the format."""
    parted = codes.copy()
    parted[ends] = ord(_BETWEEN)
    if dropped:
        kept = np.ones(len(codes), np.bool_)
        for places in dropped:
            kept[places] = False
        parted = parted[kept]
    cells = parted.tobytes().decode(codec).split(_BETWEEN)
    cells.pop()  # after the last end
    return [cells[place::width] for place in range(width)]


def _holds_blank_or_header(columns: Sequence[Sequence[str]], header: Sequence[str]) -> bool:
    """Tell whether a row is nothing but empty cells, or the header once more."""
    odd = ("",) * len(header), tuple(header)
    return any(row[0] in columns[0] and row in zip(*columns, strict=True) for row in odd)


def _lines(codes: Bytes, ends: Places) -> Sequence[int]:
    """Return the physical line each row begins on; a cell may hold line ends of its own."""
    feeds = np.flatnonzero(codes == _LINE_FEED)
    returns = np.flatnonzero(codes == _RETURN)
    alone = returns[codes[returns + 1] != _LINE_FEED]  # a line feed comes last
    if len(feeds) + len(alone) == len(ends):
        return range(1, len(ends) + 1)
    line_ends = np.sort(np.concatenate((feeds, alone)))
    begins = np.concatenate(([0], ends[:-1] + 1))
    found: list[int] = (np.searchsorted(line_ends, begins) + 1).tolist()
    return found
