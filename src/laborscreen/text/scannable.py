"""
The form of a text that term lists are looked for in.

Folded, hyphens inside words opened, white space single, look-alike letters put right, and what separates statements on
paper (a dash between words, an empty line, a new bullet) kept as a mark that separates them here. One text, and a whole
column joined with `SEPARATOR`, go through the same steps, and no step looks across the separator.
"""

from __future__ import annotations

import re

from laborscreen.text.folding import fold_letters, fold_letters_with_offsets
from laborscreen.text.lookalikes import fold_lookalikes
from laborscreen.text.marks import HIDDEN, HIDDEN_BUT_SEPARATOR

SEPARATOR = "\x7f"
"""Stands between the texts of a column: the delete character, which folding removes from every text."""

# A new bullet and an empty line separate statements as a semicolon does; a long dash is never part of a word.
BREAKS = (
    ("\r\n", "\n"),
    ("\n\n", " ; "),
    ("\n- ", " ; "),
    ("\n* ", " ; "),
    ("\n• ", " ; "),
    ("—", " - "),
    ("―", " - "),
    ("--", " - "),
)
_DASH, _HELD_DASH = " - ", "\x1f"
HYPHENS = ((_DASH, _HELD_DASH), ("-", " "), (_HELD_DASH, _DASH))
WHITE = str.maketrans("\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f", " " * 9)

_ALPHABETS = "a-z\u00df-\u024f", "\u0370-\u03ff", "\u0400-\u052f"
_ENTANGLED = re.compile(
    "|".join(f"[{here}][{there}]" for here in _ALPHABETS for there in _ALPHABETS if here != there)
)
_WORD = re.compile(f"[{''.join(_ALPHABETS)}]+")


def scannable(text: str, *, column: bool = False) -> str:
    """
    Return `text` in the form terms are looked for in.

    Args:
        text: one text, or the texts of a column joined with `SEPARATOR`.
        column: whether separators are to be kept.

    >>> scannable("North-Korean  workers — KHДP")
    'north korean workers - кндр'
    """
    for written, meant in BREAKS:
        text = text.replace(written, meant)
    if text.isascii():
        text = text.lower()
        if not text.isprintable():
            text = (HIDDEN_BUT_SEPARATOR if column else HIDDEN).sub("", text.translate(WHITE))
    else:
        text = _untangled(fold_letters(text, HIDDEN_BUT_SEPARATOR if column else HIDDEN))
    if "-" in text:
        for written, meant in HYPHENS:
            text = text.replace(written, meant)
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def scannable_with_offsets(text: str) -> tuple[str, list[int]]:
    """
    Return ``scannable(text)`` with the place in `text` of every character.

    >>> scannable_with_offsets("id -- KP")
    ('id - kp', [0, 1, 2, 3, 3, 6, 7])
    """
    written, places = text, list(range(len(text)))
    for old, new in BREAKS:
        written, places = _replaced(written, places, old, new)
    if written.isascii() and written.isprintable():
        letters = written.lower()
    else:
        folded, offsets = fold_letters_with_offsets(written)
        letters, places = _untangled(folded), [places[offset] for offset in offsets]
    for old, new in HYPHENS:
        letters, places = _replaced(letters, places, old, new)
    while "  " in letters:
        letters, places = _replaced(letters, places, "  ", " ")
    return letters, places


def _replaced(letters: str, places: list[int], old: str, new: str) -> tuple[str, list[int]]:
    """Replace as ``str.replace`` does; what is put in stands where what it replaces stood."""
    moved: list[int] = []
    done = 0
    while (found := letters.find(old, done)) >= 0:
        moved += places[done:found]
        moved += [places[found + min(index, len(old) - 1)] for index in range(len(new))]
        done = found + len(old)
    return letters.replace(old, new), moved + places[done:]


def _untangled(text: str) -> str:
    """Return folded text with the words that mix alphabets written in one; the length stays."""
    parts: list[str] = []
    done = 0
    for found in _ENTANGLED.finditer(text):
        start = found.start()
        if start < done:
            continue
        while start > done and _WORD.match(text[start - 1]):
            start -= 1
        word = _WORD.match(text, start)
        assert word is not None
        parts += (text[done:start], fold_lookalikes(word.group()))
        done = word.end()
    return "".join((*parts, text[done:])) if parts else text
