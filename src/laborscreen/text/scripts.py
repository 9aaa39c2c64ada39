"""
Which script a letter belongs to, and where a word begins and ends in it.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum, StrEnum
from functools import lru_cache

Ranges = tuple[tuple[int, int], ...]

_CYRILLIC: Ranges = ((0x400, 0x52F), (0x1C80, 0x1C8F), (0x1D2B, 0x1D2B), (0x2DE0, 0x2DFF), (0xA640, 0xA69F))
_LATIN: Ranges = (
    (0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2AF),
    (0x1D00, 0x1D2A), (0x1D6B, 0x1D77), (0x1E00, 0x1EFF), (0x2C60, 0x2C7F), (0xA722, 0xA7FF), (0xFB00, 0xFB06),
    (0xFF21, 0xFF3A), (0xFF41, 0xFF5A),
)  # fmt: skip
_GREEK: Ranges = ((0x370, 0x3FF), (0x1F00, 0x1FFF))
_HANGUL: Ranges = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC))
_HAN: Ranges = (
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)
_KANA: Ranges = ((0x3040, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F), (0x1B000, 0x1B16F))
# Thai, Lao, Myanmar, Khmer: written without spaces between words, as Han and Kana are.
_UNSPACED: Ranges = ((0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF))


class Script(StrEnum):
    """The scripts this product tells apart."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    GREEK = "greek"
    HANGUL = "hangul"
    HAN = "han"
    KANA = "kana"
    OTHER = "other"


class Joint(IntEnum):
    """
    How a character behaves at the border of a word.

    GAP ends any word. LETTER runs on with other letters and digits. SYLLABLE is Hangul: it starts at a word's start and
    may carry an ending. FREE is written without spaces: a word may start and end anywhere.
    """

    GAP = 0
    LETTER = 1
    SYLLABLE = 2
    FREE = 3


_BY_SCRIPT = (
    (Script.LATIN, _LATIN),
    (Script.CYRILLIC, _CYRILLIC),
    (Script.HANGUL, _HANGUL),
    (Script.HAN, _HAN),
    (Script.KANA, _KANA),
    (Script.GREEK, _GREEK),
)


@lru_cache(maxsize=8192)
def script_of(character: str) -> Script:
    """
    Return the script of one character; digits and punctuation are OTHER.

    >>> script_of("К"), script_of("K"), script_of("북"), script_of("7")
    (<Script.CYRILLIC: 'cyrillic'>, <Script.LATIN: 'latin'>, <Script.HANGUL: 'hangul'>, <Script.OTHER: 'other'>)
    """
    code = ord(character)
    for script, ranges in _BY_SCRIPT:
        if any(first <= code <= last for first, last in ranges):
            return script
    return Script.OTHER


@lru_cache(maxsize=16_384)
def scripts_of(word: str) -> frozenset[Script]:
    """
    Return the scripts of the letters of a word; digits and punctuation do not count.

    >>> sorted(scripts_of("KHДP-12"))
    [<Script.CYRILLIC: 'cyrillic'>, <Script.LATIN: 'latin'>]
    """
    return frozenset(script_of(letter) for letter in word if letter.isalpha())


@lru_cache(maxsize=8192)
def joint_of(character: str) -> Joint:
    """
    Return how one character behaves at a word's border.

    >>> [joint_of(c).name for c in ("k", "7", "_", "북", "朝")]
    ['LETTER', 'LETTER', 'GAP', 'SYLLABLE', 'FREE']
    """
    code = ord(character)
    for joint, groups in ((Joint.SYLLABLE, (_HANGUL,)), (Joint.FREE, (_HAN, _KANA, _UNSPACED))):
        if any(first <= code <= last for ranges in groups for first, last in ranges):
            return joint
    if character.isalnum() or unicodedata.category(character).startswith("M"):
        return Joint.LETTER
    return Joint.GAP


def starts_word(text: str, at: int) -> bool:
    """
    Tell whether a word may start at `at`: what stands before does not run on into it.

    >>> starts_word("dprk", 0), starts_word("xdprk", 1), starts_word("在朝鲜", 1), starts_word("대북한", 1)
    (True, False, True, False)
    """
    if at == 0:
        return True
    here = joint_of(text[at])
    return here not in (Joint.LETTER, Joint.SYLLABLE) or joint_of(text[at - 1]) is not here


def ends_word(text: str, end: int) -> bool:
    """
    Tell whether a word may end before `end`; a Hangul ending is not looked at here.

    >>> ends_word("kp-7", 2), ends_word("kpx", 2), ends_word("dprk's", 4)
    (True, False, True)
    """
    if end == len(text):
        return True
    last = joint_of(text[end - 1])
    return last not in (Joint.LETTER, Joint.SYLLABLE) or joint_of(text[end]) is not last
