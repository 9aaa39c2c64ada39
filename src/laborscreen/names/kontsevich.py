"""
Korean in Russian letters: the Kontsevich system, and what the press makes of it.

Finals and initials change where they meet (``kontsevich_junctions.csv``): 김락희 is *Ким Нак Хи* when written
together as the system asks, *Ким Рак Хи* when the syllables stand apart as the press writes.
"""

from __future__ import annotations

from functools import cache

from laborscreen.names.hangul import decompose
from laborscreen.names.tables import read_table

__all__ = ["russian_syllables", "russian_word"]


@cache
def _letters() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["position"], row["jamo"]): row for row in read_table("kontsevich")}


@cache
def _junctions() -> dict[tuple[str, str], str]:
    return {
        (row["final"], row["initial"].replace("-", "")): row["cyrillic"]
        for row in read_table("kontsevich_junctions")
    }


def _parts(syllable: str) -> tuple[str, str, str]:
    initial, vowel, final = decompose(syllable)
    letters = _letters()
    return (
        letters["initial", initial]["cyrillic"],
        letters["vowel", vowel]["cyrillic"],
        letters["final", final]["cyrillic"] if final else "",
    )


def russian_syllables(text: str) -> tuple[str, ...]:
    """
    Return each Hangul syllable of *text* by itself, as the Russian press writes given names.

    >>> russian_syllables("영남"), russian_syllables("태성")
    (('ён', 'нам'), ('тхэ', 'сон'))
    """
    return tuple("".join(_parts(syllable)) for syllable in text)


def russian_word(text: str) -> str:
    """
    Return the Hangul *text* in one Russian word, finals and initials joined by the rules of the system.

    >>> russian_word("의춘"), russian_word("덕령"), russian_word("정은")
    ('ыйчхун', 'тоннён', 'чонын')
    """
    letters, junctions = _letters(), _junctions()
    written = ""
    final_before: str | None = None
    for syllable in text:
        initial, vowel, _ = _parts(syllable)
        jamo_initial = decompose(syllable)[0]
        if final_before is None:
            written += initial
        elif not final_before:
            written += letters["initial", jamo_initial]["after_vowel_or_sonorant"] or initial
        else:
            sound = "нъ" if final_before == "ㅇ" else letters["final", final_before]["cyrillic"]
            joined = junctions.get((sound, initial), sound + initial)
            written += joined.replace("нъ", "н")
        written += vowel
        final_before = decompose(syllable)[2]
    if final_before:
        written += letters["final", final_before]["cyrillic"]
    return written
