"""
A slip of the hand in a common word: ``CORPORTAION`` is still *corporation*.

Without this a slip would make a rare word, and so a telling one, of a word that tells nothing.
"""

from __future__ import annotations

from functools import cache

from rapidfuzz.distance import OSA

from laborscreen.names.korean_spelling import readings
from laborscreen.names.letters import fold
from laborscreen.names.tables import read_table

__all__ = ["common_word_meant"]

SHORTEST = 6


def _one_dropped(word: str) -> list[str]:
    return [word, *[word[:place] + word[place + 1 :] for place in range(len(word))]]


@cache
def _known() -> frozenset[str]:
    """Return the words that are no slip for another: trade words, legal forms, and all words that many firms use."""
    terms = read_table("organisation_terms")
    known = {row["word"] for row in read_table("word_counts")} | {row["term"] for row in terms}
    known.update(fold(other) for row in terms for other in row["others"].split())
    for row in read_table("legal_forms"):
        if row["script"] in {"latin", "cyrillic"}:
            known.update(word for form in row["forms"].split("|") for word in form.split())
    return frozenset(known)


@cache
def _common() -> dict[str, tuple[str, ...]]:
    """Return the long common words by everything that is left of them when one letter is dropped."""
    # Tuples, for the collector of garbage forgets those of letters, and lists never.
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(_known()):
        if len(word) >= SHORTEST and word.isalpha():
            for left in _one_dropped(word):
                found[left] = (*found.get(left, ()), word)
    return found


def common_word_meant(word: str) -> str:
    """
    Return the common word of six letters or more that *word* is one edit away from, or *word* itself.

    What can be read as Korean is a name of its own: Daedong is not a slip for Dandong.

    >>> common_word_meant("corportaion"), common_word_meant("minjng"), common_word_meant("daedong")
    ('corporation', 'mining', 'daedong')
    """
    if len(word) < SHORTEST - 1 or word in _known():
        return word
    common = _common()
    for left in _one_dropped(word):
        for meant in common.get(left, ()):
            if OSA.distance(word, meant, score_cutoff=1) <= 1:
                return word if readings(word) else meant
    return word
