"""
Cells that a spreadsheet must not run.
"""

from __future__ import annotations

import re

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z", re.ASCII)
_MARKS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def defused(text: str) -> str:
    """
    Return *text* so that no spreadsheet takes it for a formula: an apostrophe is put before it.

    What is plainly a number stays a number. Leading blanks are looked through, as spreadsheets do.

    >>> defused("=1+1"), defused("-5.2"), defused("  @SUM(A1)"), defused("ООО Ромашка")
    ("'=1+1", '-5.2', "'  @SUM(A1)", 'ООО Ромашка')
    """
    begins = text.lstrip(" \u00a0\u3000")
    if text.startswith(_RUN) or begins.startswith(_RUN):
        return text if _NUMBER.match(text) else f"'{text}"
    return text


def shown(text: str) -> str:
    r"""
    Return *text* with marks that change how it looks, and control characters, escaped.

    >>> shown("abc\u202edef")
    'abc\\u202edef'
    """
    return _MARKS.sub(lambda mark: f"\\u{ord(mark.group()):04x}", text)
