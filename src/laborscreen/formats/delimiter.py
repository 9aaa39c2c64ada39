"""
Which sign stands between the cells of a flat file.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Final

DELIMITERS: Final = (",", ";", "\t", "|")
NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

_ROWS_LOOKED_AT = 200


def told_by_first_line(text: str) -> str:
    r"""
    Return the delimiter that Excel's own ``sep=;`` line states, or an empty string.

    >>> told_by_first_line("sep=;\nid;name")
    ';'
    """
    line = text.split("\n", 1)[0].strip().lower().strip('"')
    return line[4:] if line.startswith("sep=") and line[4:] in DELIMITERS else ""


def detect_delimiter(text: str) -> str:
    r"""
    Return the delimiter under which the header has several cells and most rows have as many.

    A file of one column has none; it is read with commas.

    >>> detect_delimiter('id;name\n1;"Duval, Lyon"\n')
    ';'
    """
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        widths = _widths(text, delimiter)
        if not widths or widths[0] < 2:
            continue
        agree = Counter(widths)[widths[0]] / len(widths)
        score = agree * (1 - 1 / (2 * widths[0]))  # among equals, the one that makes more cells
        if score > most:
            best, most = delimiter, score
    return best


def _widths(text: str, delimiter: str) -> list[int]:
    """Return how many cells each of the first rows has."""
    widths = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if any(row):
                widths.append(len(row))
            if len(widths) == _ROWS_LOOKED_AT:
                break
    except csv.Error:  # a cell beyond the csv module's bound; the rows before it are enough
        return widths
    return widths
