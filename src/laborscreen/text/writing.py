"""
The writing of a term taken apart: parts with gaps between them, and in a part the rows of words one of which must stand.

``(seized|taken away) passport*`` is one part of two rows. Rows are what a choice stands for, spelt out, so that whoever looks
for a term need not know of choices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from math import prod
from typing import NamedTuple

from laborscreen.text.folding import fold

GAP = "..."
"""Stands in a term for words that may come between."""

MOST_ROWS = 2_000
"""Rows that the choices of one part may come to."""

Row = tuple[str, ...]
"""Words one after the other; the last letters of a word with a star are left open."""


class Piece(NamedTuple):
    """
    A choice of a part as it was written, or the words between two choices.

    Args:
        rows: what may stand; the empty row where it may be left out; no row where a choice brings its own spaces along.
        apart: whether a space parts it from the piece before.
    """

    rows: tuple[Row, ...]
    apart: bool


_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_BETWEEN_PARTS = re.compile(r"(?<!\S)\.\.\.(?!\S)")


@lru_cache(maxsize=1024)
def parts_of(term: str) -> tuple[tuple[Row, ...], ...]:
    """
    Return the parts of a term, each with its rows in the order written, each once.

    Raises:
        OverflowError: the choices of a part come to more than `MOST_ROWS` rows.

    >>> parts_of("(seized|taken away) ... Passport*")
    ((('seized',), ('taken', 'away')), (('passport*',),))
    """
    written = fold(term).replace("-", " ")
    return tuple(tuple(dict.fromkeys(_rows(part))) for part in _BETWEEN_PARTS.split(written))


def most_phrases(term: str) -> int:
    """
    Return how many rows the parts of a term come to where no two are alike, without spelling them out.

    >>> most_phrases("(seized|taken away) ... (a|the|a) passport*")
    5
    """
    written = fold(term).replace("-", " ")
    return sum(
        prod(choice.count("|") + 1 for choice in _CHOICE.findall(part))
        for part in _BETWEEN_PARTS.split(written)
    )


@lru_cache(maxsize=1024)
def pieces_of(term: str) -> tuple[tuple[Piece, ...], ...]:
    """
    Return the parts of a term piece by piece, each choice with its rows.

    >>> [piece.rows for piece in pieces_of("(seized|) by (him|them)")[0]]
    [(('seized',), ()), (('by',),), (('him',), ('them',))]
    """
    written = fold(term).replace("-", " ")
    return tuple(tuple(_pieces(part)) for part in _BETWEEN_PARTS.split(written))


def _pieces(part: str) -> Iterator[Piece]:
    apart = True
    for number, piece in enumerate(_CHOICE.split(part)):
        if number % 2:
            choices = piece.split("|")
            rows = tuple(dict.fromkeys(tuple(one.split()) for one in choices))
            yield Piece(rows if all(one == one.strip() for one in choices) else (), apart)
            apart = False
        elif piece.strip():
            yield Piece((tuple(piece.split()),), apart or piece[0].isspace())
            apart = piece[-1].isspace()
        else:
            apart = apart or bool(piece)


def has_choice(term: str) -> bool:
    """Tell whether a term leaves a choice of words."""
    return "|" in term


def head_of(row: Row) -> str:
    """
    Return the words of a row up to its first star.

    >>> head_of(("taken", "passport*", "away"))
    'taken passport*'
    """
    starred = next((index for index, word in enumerate(row) if word.endswith("*")), len(row) - 1)
    return " ".join(row[: starred + 1])


def _rows(part: str) -> Iterator[Row]:
    pieces = _CHOICE.split(part)  # plain, choice, plain, choice, ... plain
    choices = [piece.split("|") if number % 2 else [piece] for number, piece in enumerate(pieces)]
    if prod(map(len, choices)) > MOST_ROWS:
        raise OverflowError(f"the choices come to more than {MOST_ROWS:,} phrases")
    for chosen in product(*choices):
        yield tuple("".join(chosen).split())
