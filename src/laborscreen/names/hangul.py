"""
Hangul as arithmetic: syllables taken apart, put together and written in Latin letters.

A syllable of Unicode is ``0xAC00 + 588 * initial + 28 * vowel + final``. Three romanisations are offered: Revised
Romanization (South, 2000), McCune-Reischauer, and that of the DPRK. Personal names follow the usage of each: the
family name apart, the given syllables without assimilation (the North's custom, and what the South's rules ask for in
names); McCune-Reischauer and the North voice k, t, p within the given name (Ri Man Gon).
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from laborscreen.names.tables import read_table

__all__ = ["FINALS", "INITIALS", "VOWELS", "decompose", "is_hangul", "is_hangul_text", "romanise_syllables"]

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

# What is heard of a final at the end of a syllable: seven sounds.
HEARD_FINALS = {
    "": "", **dict.fromkeys("ㄱㄲㄳㅋㄺ", "ㄱ"), **dict.fromkeys("ㄴㄵㄶ", "ㄴ"),
    **dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎ", "ㄷ"), **dict.fromkeys("ㄹㄼㄽㄾㅀ", "ㄹ"), **dict.fromkeys("ㅁㄻ", "ㅁ"),
    **dict.fromkeys("ㅂㅄㅍㄿ", "ㅂ"), "ㅇ": "ㅇ",
}  # fmt: skip

Scheme = Literal["revised", "mccune_reischauer", "dprk"]
_FIRST, _LAST = 0xAC00, 0xD7A3
# What becomes of an initial between voiced sounds; the North writes ㅈ as j everywhere, so its ch is ㅊ and stays.
_VOICED: dict[str, dict[str, str]] = {
    "revised": {},
    "mccune_reischauer": {"k": "g", "t": "d", "p": "b", "ch": "j"},
    "dprk": {"k": "g", "t": "d", "p": "b"},
}


def is_hangul(character: str) -> bool:
    """Return whether *character* is one whole Hangul syllable."""
    return _FIRST <= ord(character) <= _LAST


def is_hangul_text(text: str) -> bool:
    """Return whether *text* is made of Hangul syllables only, and at least one."""
    return bool(text) and all(map(is_hangul, text))


def decompose(syllable: str) -> tuple[str, str, str]:
    """
    Return initial, vowel and heard final of a Hangul syllable.

    >>> decompose("꽃")
    ('ㄲ', 'ㅗ', 'ㄷ')
    """
    place = ord(syllable) - _FIRST
    return INITIALS[place // 588], VOWELS[place // 28 % 21], HEARD_FINALS[FINALS[place % 28]]


@cache
def _letters(scheme: Scheme) -> dict[tuple[str, str], str]:
    return {(row["position"], row["jamo"]): row[scheme] for row in read_table("hangul_letters")}


def romanise_syllables(syllables: str, scheme: Scheme) -> tuple[str, ...]:
    """
    Return each syllable of *syllables* in Latin letters, in lower case.

    >>> romanise_syllables("정은", "dprk"), romanise_syllables("정은", "revised")
    (('jong', 'un'), ('jeong', 'eun'))
    >>> romanise_syllables("덕수", "mccune_reischauer")
    ('tŏk', 'su')
    """
    letters = _letters(scheme)
    written: list[str] = []
    sonorant_before = False
    for syllable in syllables:
        initial, vowel, final = decompose(syllable)
        onset = letters["initial", initial]
        if sonorant_before:
            onset = _VOICED[scheme].get(onset, onset)
        if scheme == "mccune_reischauer" and initial == "ㅅ" and vowel == "ㅟ":
            onset = "sh"
        written.append(onset + letters["vowel", vowel] + letters["final", final])
        sonorant_before = final in {"", "ㄴ", "ㄹ", "ㅁ", "ㅇ"}
    return tuple(written)
