"""
Which sign stands between the cells of a flat file.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Final

DELIMITERS: Final = (",", ";", "\t", "|")
"""The signs that are looked for; a file or a profile may state another one."""
_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

_ROWS_LOOKED_AT = 200


def is_delimiter(sign: str) -> bool:
    """
    Return whether a *sign* may be stated as a delimiter: a tab, or an ASCII sign that is no letter, figure or quote.

    >>> is_delimiter("^"), is_delimiter("a"), is_delimiter('"'), is_delimiter("::")
    (True, False, False, False)
    """
    if len(sign) != 1 or not sign.isascii():
        return False
    return sign == "\t" or (sign.isprintable() and not sign.isalnum() and sign not in "\"' ")


def delimiter_name(delimiter: str) -> str:
    """
    Return a delimiter in words.

    >>> delimiter_name(";"), delimiter_name("^")
    ('semicolon', '“^”')
    """
    return _NAMES.get(delimiter, f"“{delimiter}”")


def other_delimiter(header: str) -> str:
    """
    Return a sign that may stand between the cells of a *header* that none of the usual ones parts; or an empty string.

    It is for a message only: nothing is read by it until a person says so.

    >>> other_delimiter("id^name^country"), other_delimiter("name of the supplier")
    ('^', '')
    """
    signs = Counter(sign for sign in header if sign != "_" and is_delimiter(sign))
    sign, times = signs.most_common(1)[0] if signs else ("", 0)
    return sign if times > 1 else ""


def told_by_first_line(text: str) -> str:
    r"""
    Return the delimiter that Excel's own ``sep=;`` line states, or an empty string.

    >>> told_by_first_line("sep=;\nid;name")
    ';'
    """
    line = text.split("\n", 1)[0].strip().lower().strip('"')
    return line[4:] if line.startswith("sep=") and is_delimiter(line[4:]) else ""


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
