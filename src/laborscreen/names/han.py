"""
Chinese characters read aloud: as a Korean name and as a Mandarin one.

Korean readings come from ``tables/han_readings.csv`` (traditional, simplified and Japanese shapes alike, so
韓光福 and 韩光福 meet); Mandarin readings from :mod:`~laborscreen.names.mandarin`, with surnames that are read otherwise
than the words put right (单 shàn, 曾 zēng, 仇 qiú).
"""

from __future__ import annotations

import itertools
from functools import cache, lru_cache

from laborscreen.names.mandarin import syllables
from laborscreen.names.tables import read_table

__all__ = ["korean_readings", "mandarin_spellings", "mandarin_syllables", "mandarin_words"]

MOST_READINGS = 8
# The ü of Lü is a v where it is typed, yu in passports, and mostly u where its dots are lost.
UMLAUT, UMLAUT_WRITTEN = "v", ("v", "yu", "u")


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in read_table("han_readings"):
        for character in row["characters"]:
            found.setdefault(character, []).append(row["reading"])
    return {character: tuple(several) for character, several in found.items()}


@cache
def _surname_readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in read_table("surnames"):
        for character in row["hanja"].split():
            found.setdefault(character, []).append(row["hangul"])
    return {character: tuple(several) for character, several in found.items()}


@lru_cache(maxsize=50_000)
def korean_readings(characters: str) -> tuple[str, ...]:
    """
    Return the Hangul readings of *characters*, at most eight; none where a character has no known reading.

    >>> korean_readings("光福")
    ('광복',)
    """
    known = _readings()
    several = [known.get(character, ()) for character in characters]
    return (
        tuple(map("".join, itertools.islice(itertools.product(*several), MOST_READINGS)))
        if characters
        else ()
    )


@lru_cache(maxsize=50_000)
def korean_names(characters: str) -> tuple[tuple[str, str], ...]:
    """
    Return *characters* as Korean family name and given name in Hangul, in every reading.

    >>> korean_names("金正恩")
    (('김', '정은'),)
    """
    known, surnames = _readings(), _surname_readings()
    found: list[tuple[str, str]] = []
    for length in (2, 1):
        first, rest = characters[:length], characters[length:]
        if not rest or (length == 2 and first not in surnames):
            continue
        families = surnames.get(first) or tuple(
            reading for character in first for variant in (character,) for reading in known.get(variant, ())
        )
        found += [(family, given) for family in families for given in korean_readings(rest)]
        if found:
            break
    return tuple(dict.fromkeys(found))


@cache
def _mandarin_surnames() -> dict[str, str]:
    return {row["characters"]: row["pinyin"] for row in read_table("han_surnames")}


def mandarin_syllables(characters: str) -> tuple[str, ...]:
    """
    Return the Mandarin syllables of *characters*, without tones.

    >>> mandarin_syllables("重庆长江")
    ('chong', 'qing', 'chang', 'jiang')
    """
    return tuple(syllables(characters))


def mandarin_spellings(characters: str) -> tuple[tuple[str, ...], ...]:
    """
    Return a person's name in Mandarin, in each way its ü is written: as v, as in passports of today, without its dots.

    >>> mandarin_spellings("吕波"), mandarin_spellings("金铁三")
    ((('lv', 'bo'), ('lyu', 'bo'), ('lu', 'bo')), (('jin', 'tiesan'),))
    """
    words = mandarin_words(characters)
    if not any(UMLAUT in word for word in words):
        return (words,)
    return tuple(tuple([word.replace(UMLAUT, put) for word in words]) for put in UMLAUT_WRITTEN)


@lru_cache(maxsize=50_000)
def mandarin_words(characters: str) -> tuple[str, ...]:
    """
    Return a person's name in Mandarin: the family name, then the given syllables in one word.

    >>> mandarin_words("单田芳"), mandarin_words("金铁三")
    (('shan', 'tianfang'), ('jin', 'tiesan'))
    """
    surnames = _mandarin_surnames()
    for length in (2, 1):
        family = surnames.get(characters[:length])
        if family is not None and len(characters) > length:
            return (family, "".join(mandarin_syllables(characters[length:])))
    spoken = mandarin_syllables(characters)
    return (spoken[0], "".join(spoken[1:])) if len(spoken) > 1 else spoken
