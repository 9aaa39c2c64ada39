"""
Which script a listed name is written in.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

_BY_NAME = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "HANGUL": "Hang", "CJK": "Hani", "KATAKANA": "Kana", "HIRAGANA": "Hira",
    "ARABIC": "Arab", "GREEK": "Grek", "HEBREW": "Hebr", "GEORGIAN": "Geor", "ARMENIAN": "Armn", "THAI": "Thai",
    "DEVANAGARI": "Deva", "MYANMAR": "Mymr", "ETHIOPIC": "Ethi", "FULLWIDTH": "Latn", "HALFWIDTH": "Kana",
}  # fmt: skip


def name_script(text: str) -> str:
    """
    Return the ISO 15924 code of the script most letters of *text* are in.

    Kana beside Chinese characters count as Japanese (``Jpan``); a text without letters is ``Zyyy``.

    Example:
        >>> [name_script(name) for name in ("Kim Jong Un", "김정은", "Ким Чен Ын", "No. 39", "39")]
        ['Latn', 'Hang', 'Cyrl', 'Latn', 'Zyyy']
    """
    if text.isascii():
        return "Latn" if any(letter.isalpha() for letter in text) else "Zyyy"
    counts = Counter(
        _BY_NAME.get(unicodedata.name(letter, "").split(" ", 1)[0].split("-", 1)[0], "Zzzz")
        for letter in text
        if letter.isalpha()
    )
    if not counts:
        return "Zyyy"
    if counts["Hani"] and counts["Kana"] + counts["Hira"]:
        return "Jpan"
    return max(sorted(counts), key=counts.__getitem__)
