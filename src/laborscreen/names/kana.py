"""
Katakana in Latin letters (Hepburn), for names that a Japanese list knows only so.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from laborscreen.names.tables import read_table

__all__ = ["romaji"]

_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_SMALL_Y = {"ャ": "ya", "ュ": "yu", "ョ": "yo"}
_HIRAGANA_SHIFT = 0x60


@cache
def _letters() -> dict[str, str]:
    return {row["kana"]: row["latin"] for row in read_table("katakana")}


def romaji(word: str) -> str:
    """
    Return *word* in Latin letters; the long vowel mark disappears.

    >>> romaji("トレーディング"), romaji("ジョンウン")
    ('toredingu', 'jonun')
    """
    letters = _letters()
    written = ""
    for character in unicodedata.normalize("NFKC", word):
        kana = chr(ord(character) + _HIRAGANA_SHIFT) if "ぁ" <= character <= "ゖ" else character
        if kana in _SMALL:
            written = written[:-1] + _SMALL[kana]
        elif kana in _SMALL_Y:
            stem = written[:-1]
            written = stem + (_SMALL_Y[kana][1:] if stem.endswith(("sh", "ch", "j")) else _SMALL_Y[kana])
        else:
            written += letters.get(kana, "")
    return written
