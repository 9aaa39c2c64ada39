"""
An acronym of a firm beside its name in full, which tells nothing more: ``Korean National Insurance Corporation (KNIC)``.
"""

from __future__ import annotations

import re
from collections import Counter

from laborscreen.names.letters import RawWord, fold
from laborscreen.names.trade_words import SMALL_WORDS

__all__ = ["without_acronym", "without_initials"]

SHORTEST_ACRONYM = 3
_ASIDE = re.compile(r"\(([^()\s]{2,8})\)")


def without_acronym(text: str) -> str:
    """
    Drop an acronym in brackets: its letters come in this order in the name, or are initials of its words.

    One letter that is no initial may be a slip, in the acronym or in the name.
    """
    aside = _ASIDE.search(text) if "(" in text else None
    if aside is None:
        return text
    rest = text[: aside.start()] + " " + text[aside.end() :]
    short = fold(aside.group(1))
    if not (short.isascii() and short.isalpha()):
        return text
    letters = iter(fold(rest))
    initials = Counter(word[0] for word in fold(rest).split())
    slips = (Counter(short) - initials).total()
    stands_for = slips <= (len(short) >= SHORTEST_ACRONYM) or all(letter in letters for letter in short)
    return rest if stands_for else text


def without_initials(words: tuple[RawWord, ...]) -> tuple[RawWord, ...]:
    """
    Drop an acronym without brackets at either end: the initials of all other words, in their order.

    >>> from laborscreen.names.letters import raw_words
    >>> [word.text for word in without_initials(raw_words("Korean National Insurance Corporation KNIC"))]
    ['korean', 'national', 'insurance', 'corporation']
    """
    if len(words) > SHORTEST_ACRONYM:
        if _may_stand_for(words[-1].text, words, words[0].text) and _initials(words[-1].text, words[:-1]):
            return words[:-1]
        if _may_stand_for(words[0].text, words, words[1].text) and _initials(words[0].text, words[1:]):
            return words[1:]
    return words


def _may_stand_for(short: str, words: tuple[RawWord, ...], opening: str) -> bool:
    """Return whether *short* may be an acronym of the other *words*, of which *opening* is the first; most are not."""
    return (
        SHORTEST_ACRONYM <= len(short) < len(words)
        and short[0].isalpha()
        and (short[0] == opening[0] or opening in SMALL_WORDS)
    )


def _initials(short: str, words: tuple[RawWord, ...]) -> bool:
    telling = "".join(word.text[0] for word in words if word.text not in SMALL_WORDS)
    return short == telling or short == "".join(word.text[0] for word in words)
