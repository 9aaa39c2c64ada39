"""
Cyrillic letters written in Latin ones.

Names are compared in one spelling (column ``match``); :func:`transliterations` gives those of passports and
standards.
"""

from __future__ import annotations

from functools import cache

from laborscreen.names.tables import read_table

__all__ = ["latin_for_matching", "transliterations"]

SCHEMES = ("icao", "bgn", "mvd", "gost")
_VOWELS = frozenset("аеёиоуыэюяіїє")


@cache
def _letters(scheme: str) -> dict[int, str]:
    return {ord(row["letter"]): row[scheme] for row in read_table("cyrillic_letters")}


def latin_for_matching(word: str) -> str:
    """
    Return the folded Cyrillic *word* in the Latin spelling that names are compared in.

    >>> latin_for_matching("андреевич")
    'andreevich'
    """
    return word.translate(_letters("match"))


def transliterations(word: str) -> dict[str, str]:
    """
    Return the folded *word* by scheme: ICAO 9303, BGN/PCGN, the Russian interior ministry of 1997, GOST 7.79 B.

    >>> transliterations("юрий")
    {'icao': 'iurii', 'bgn': 'yuriy', 'mvd': 'yuriy', 'gost': 'yurij'}
    """
    found = {scheme: word.translate(_letters(scheme)) for scheme in SCHEMES}
    # BGN/PCGN writes ye at the start, after vowels and after the signs ъ and ь.
    parts = []
    for place, letter in enumerate(word):
        opens = place == 0 or word[place - 1] in _VOWELS or word[place - 1] in "ъьй"
        parts.append(
            ("ye" if letter == "е" else "yë")
            if letter in "её" and opens
            else letter.translate(_letters("bgn"))
        )
    found["bgn"] = "".join(parts).replace("ë", "e")
    return found
