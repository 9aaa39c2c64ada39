"""
Katakana in Latin letters: by Hepburn, and as a Korean name is heard through it.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from laborscreen.names.tables import read_table

__all__ = ["heard", "romaji"]

_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_SMALL_Y = {"ャ": "ya", "ュ": "yu", "ョ": "yo"}
_HIRAGANA_SHIFT = 0x60
# クァ is kwa, グァ gwa, ウォ wo; after other consonants a small vowel takes the place of the large one (ファ fa, ティ ti).
_GLIDES = {"ku": "kw", "gu": "gw", "u": "w"}


@cache
def _letters() -> dict[str, str]:
    return {row["kana"]: row["latin"] for row in read_table("katakana")}


def romaji(word: str) -> str:
    """
    Return *word* in Latin letters; the long vowel mark disappears.

    >>> romaji("トレーディング"), romaji("ジョンウン"), romaji("クァンソン")
    ('toredingu', 'jonun', 'kwanson')
    """
    return _written(word, stop="")


def heard(word: str) -> str:
    """
    Return *word* in the Latin letters that ``korean_pieces.csv`` reads: a stop (ッ) is heard as a final.

    >>> heard("アムロッガン")
    'amurotgan'
    """
    return _written(word, stop="t")


def _written(word: str, stop: str) -> str:
    letters = _letters()
    written = ""
    for character in unicodedata.normalize("NFKC", word):
        kana = chr(ord(character) + _HIRAGANA_SHIFT) if "ぁ" <= character <= "ゖ" else character
        if kana in _SMALL:
            sound = next((large for large in _GLIDES if written.endswith(large)), "")
            stem = written.removesuffix(sound) + _GLIDES[sound] if sound else written[:-1]
            written = stem + _SMALL[kana]
        elif kana in _SMALL_Y:
            stem = written[:-1]
            written = stem + (_SMALL_Y[kana][1:] if stem.endswith(("sh", "ch", "j")) else _SMALL_Y[kana])
        elif kana == "ッ":
            written += stop
        else:
            written += letters.get(kana, "")
    return written
