"""
A name cut into folded words.

Folding keeps letters and drops what writers vary: case, accents, apostrophes, punctuation. The breves of
McCune-Reischauer (ŏ, ŭ) become ``eo`` and ``eu``, which keeps the vowel they tell; an apostrophe disappears
(``Ch'o'l``), so that an aspirated letter meets a plain one, and other marks part words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

__all__ = ["RawWord", "Script", "fold", "raw_words", "script_of_character"]

Script = Literal["latin", "cyrillic", "hangul", "han", "kana", "digit", "other"]
LONGEST_NAME = 600

_ASCII_MARKS = "'`\""
_MARKS = str.maketrans(dict.fromkeys(f"{_ASCII_MARKS}’‘´ʼʻʹ′ˈ“”«»ʿʾ\u00ad\u200b\u200c\u200d\u2060\ufeff", ""))
_BREVES = str.maketrans({"ŏ": "eo", "ŭ": "eu", "Ŏ": "Eo", "Ŭ": "Eu"})
_SINGLE = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "ng",
    "ə": "a",
})  # fmt: skip
_KEPT_MARKS = {"ё", "й", "ї", "ў", "ѓ", "ќ"}
_ASCII_RUNS = re.compile(r"[A-Za-z]+|[0-9]+|[^A-Za-z0-9]+")
_BY_RANGE: tuple[tuple[int, int, Script], ...] = (
    (0x0041, 0x024F, "latin"),
    (0x0400, 0x052F, "cyrillic"),
    (0x1E00, 0x1EFF, "latin"),
    (0x3005, 0x3007, "han"),
    (0x30A0, 0x30FF, "kana"),
    (0x3040, 0x309F, "kana"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xAC00, 0xD7A3, "hangul"),
    (0xF900, 0xFAFF, "han"),
    (0x20000, 0x323AF, "han"),
)


class RawWord(NamedTuple):
    """
    One word of a name.

    Args:
        text: folded letters or digits, of one script.
        script: its script.
        group: words joined by a hyphen share a group number.
        capitals: it was written in capitals throughout, with two letters or more.
    """

    text: str
    script: Script
    group: int
    capitals: bool


@lru_cache(maxsize=65_536)
def script_of_character(character: str) -> Script:
    """Return the script of one character."""
    if character.isdigit():
        return "digit"
    place = ord(character)
    for first, last, script in _BY_RANGE:
        if first <= place <= last:
            return script
    return "other"


@lru_cache(maxsize=65_536)
def _fold_character(character: str) -> str:
    """Return the letters one character leaves behind."""
    lower = character.casefold().translate(_SINGLE)
    if lower in _KEPT_MARKS or script_of_character(character) in {"hangul", "kana", "han"}:
        return lower
    plain = unicodedata.normalize("NFKD", lower)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def fold(text: str) -> str:
    """
    Return *text* without case, accents and apostrophes; other signs stay.

    >>> fold("Chŏng Ŭn"), fold("Ch'o'l"), fold("ЁЛКА")
    ('cheong eun', 'chol', 'ёлка')
    """
    if text.isascii():
        return text.lower().translate(_MARKS)
    composed = unicodedata.normalize("NFKC", text).translate(_BREVES).translate(_MARKS)
    return "".join(map(_fold_character, composed))


def raw_words(text: str) -> tuple[RawWord, ...]:
    """
    Return the folded words of *text*, parted at spaces, signs, and where letters meet digits or another script.

    >>> [word.text for word in raw_words("KIM Jong-un, b.1984")]
    ['kim', 'jong', 'un', 'b', '1984']
    """
    if text.isascii():
        plain = text[:LONGEST_NAME]
        for mark in _ASCII_MARKS:
            plain = plain.replace(mark, "")
        return _ascii_words(plain)
    found: list[RawWord] = []
    group = 0
    composed = unicodedata.normalize("NFKC", text[:LONGEST_NAME]).translate(_MARKS)
    for run in re.split(r"([^\w\u0300-\u036f]+)", composed):
        if not run:
            continue
        if not run[0].isalnum():
            if run not in {"-", "‐", "–"}:
                group += 1
            continue
        capitals = len(run) > 1 and run.isupper()
        folded = fold(run).replace("_", "")
        if folded.isascii() and (folded.isalpha() or folded.isdigit()):
            found.append(RawWord(folded, "digit" if folded[0].isdigit() else "latin", group, capitals))
            continue
        found.extend(RawWord(part, script, group, capitals) for part, script in _by_script(folded))
    return tuple(found)


def _ascii_words(text: str) -> tuple[RawWord, ...]:
    found: list[RawWord] = []
    group = 0
    for piece in text.split():
        if piece.isalpha():
            found.append(RawWord(piece.lower(), "latin", group, len(piece) > 1 and piece.isupper()))
        elif piece.isdigit():
            found.append(RawWord(piece, "digit", group, False))
        else:
            group = _take_parts(piece, group, found)
        group += 1
    return tuple(found)


def _take_parts(piece: str, group: int, found: list[RawWord]) -> int:
    """Add the words of a *piece* to those found and return the last group; signs part groups, but for a hyphen."""
    for run in _ASCII_RUNS.findall(piece):
        if run.isalpha():
            found.append(RawWord(run.lower(), "latin", group, len(run) > 1 and run.isupper()))
        elif run.isdigit():
            found.append(RawWord(run, "digit", group, False))
        elif run != "-":
            group += 1
    return group


def _by_script(folded: str) -> list[tuple[str, Script]]:
    """Part *folded* where the script changes; the long vowel mark of kana stays with its kana."""
    parts: list[tuple[str, Script]] = []
    for character in folded:
        if not character.isalnum() and character != "ー":
            continue
        script = script_of_character(character)
        if parts and parts[-1][1] == script:
            parts[-1] = (parts[-1][0] + character, script)
        else:
            parts.append((character, script))
    return parts
