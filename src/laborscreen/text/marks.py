"""
Marks nobody sees: zero-width, directional and control characters.

They are taken out before anything is compared, because one soft hyphen would hide a word, and written out as escapes
before anything is shown, because one directional mark would turn a line around.
"""

from __future__ import annotations

import re

# Format characters (category Cf), variation selectors, Hangul fillers and control characters that are not white space.
# Spelled out rather than asked of unicodedata a character at a time: one compiled class runs at memory speed.
_FORMAT = (
    "\u00ad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
_CONTROL = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_SURROGATE = "\ud800-\udfff"

HIDDEN = re.compile(f"[{_CONTROL}{_FORMAT}{_SURROGATE}]")
"""Matches one character that is removed before comparison."""

HIDDEN_BUT_SEPARATOR = re.compile(
    f"[{_CONTROL.replace(chr(0x7F) + '-', chr(0x80) + '-')}{_FORMAT}{_SURROGATE}]"
)
"""The same, sparing the delete character that stands between the texts of a column."""

_SHOWN_ESCAPED = re.compile(f"[{_CONTROL}{_FORMAT}{_SURROGATE}\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]")


def visible(text: str) -> str:
    r"""
    Return `text` with every mark that cannot be seen written as an escape.

    What comes out is safe on a terminal: it holds no control, directional or zero-width character, and no lone
    surrogate.

    >>> visible("KP\u202e-7\x1b[31m")
    'KP\\u202e-7\\x1b[31m'
    """
    if text.isascii() and text.isprintable():
        return text
    return _SHOWN_ESCAPED.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return found.group().encode("unicode_escape").decode("ascii")
