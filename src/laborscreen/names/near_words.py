"""
A slip of the hand in a common word: ``CORPORTAION`` is still *corporation*.

Without this a slip would make a rare word, and so a telling one, of a word that tells nothing.
"""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from laborscreen.names.letters import fold
from laborscreen.names.tables import read_table

__all__ = ["common_word_meant"]

SHORTEST = 7


def _one_dropped(word: str) -> list[str]:
    return [word, *(word[:place] + word[place + 1 :] for place in range(len(word)))]


@cache
def _common() -> dict[str, list[str]]:
    """Return the long common words by everything that is left of them when one letter is dropped."""
    words = {row["word"]: None for row in read_table("word_counts")}
    words |= {row["term"]: None for row in read_table("organisation_terms")}
    words |= {
        fold(other): None for row in read_table("organisation_terms") for other in row["others"].split()
    }
    for row in read_table("legal_forms"):
        if row["script"] in {"latin", "cyrillic"}:
            words |= {word: None for form in row["forms"].split("|") for word in form.split()}
    found: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= SHORTEST and word.isalpha():
            for left in _one_dropped(word):
                found.setdefault(left, []).append(word)
    return found


@lru_cache(maxsize=100_000)
def common_word_meant(word: str) -> str:
    """
    Return the common word of seven letters or more that *word* is one edit away from, or *word* itself.

    >>> common_word_meant("corportaion"), common_word_meant("namgang")
    ('corporation', 'namgang')
    """
    if len(word) < SHORTEST - 1:
        return word
    common = _common()
    if word in common.get(word, ()):
        return word
    for left in _one_dropped(word):
        for meant in common.get(left, ()):
            if OSA.distance(word, meant, score_cutoff=1) <= 1:
                return meant
    return word
