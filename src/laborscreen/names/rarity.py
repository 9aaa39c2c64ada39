"""
How much it says when two names share a word: information in bits, from how common the word is.

Kim Chol says little (about seven bits: one Korean in a hundred or so), Ri Pyong Chol more, Aleksandr Gaevoy
much. Figures: shares of Korean family names (``surnames.csv``), of given syllables among DPRK persons
(``given_syllables.csv``), words common in personal names (``common_names.csv``), and words of firms' names
counted in GLEIF (``word_counts.csv``).
"""

from __future__ import annotations

import math
from functools import cache, lru_cache

from laborscreen.names.korean_people import KoreanName, families_of, family_share
from laborscreen.names.korean_sounds import Syllable, keys
from laborscreen.names.korean_spelling import one_syllable
from laborscreen.names.tables import read_table

__all__ = ["firm_word_weight", "korean_bits", "person_word_bits"]

COMMONEST = 40_000
USUAL_BITS = 9.0
SHORT_BITS = 5.0
SYLLABLE_BITS = 6.5
# A name of two or three letters is often an acronym that several firms share.
SHORT_FIRM_WORDS = {1: 0.3, 2: 0.4, 3: 0.65, 4: 0.85}
LEAST_BITS = 2.5
RARE_SYLLABLE = 0.002


@cache
def _syllable_shares() -> dict[str, float]:
    return {row["key"]: float(row["share"]) / 1000 for row in read_table("given_syllables")}


@lru_cache(maxsize=20_000)
def _syllable_bits(syllable: Syllable) -> float:
    shares = _syllable_shares()
    return -math.log2(max(RARE_SYLLABLE, *(shares.get(key, 0.0) for key in keys((syllable,)))))


def korean_bits(name: KoreanName) -> float:
    """
    Return the information in meeting *name*, by its family name and each given syllable.

    Shares are counted by class of sound, which holds two syllables or so: hence one bit more for each.
    """
    return -math.log2(family_share(name.family)) + sum(
        _syllable_bits(syllable) + 1.0 for syllable in name.given
    )


@cache
def _common_names() -> dict[str, float]:
    found: dict[str, float] = {}
    for row in read_table("common_names"):
        for word in row["words"].split():
            found.setdefault(word, float(row["bits"]))
    return found


def person_word_bits(word: str) -> float:
    """
    Return the information in meeting *word* in a personal name.

    >>> person_word_bits("mohammad") < person_word_bits("ivan") < person_word_bits("gaevoy")
    True
    """
    if len(word) == 1:
        return 1.0
    listed = _common_names().get(word)
    if listed is not None:
        return listed
    if word.endswith(("ovich", "evich", "ovna", "evna", "ovych")) and len(word) > 6:
        return 4.0
    families = families_of(word) if len(word) <= 6 else ()
    if families:
        return min(
            SHORT_BITS, max(LEAST_BITS, min(-math.log2(family_share(family)) for family, _ in families))
        )
    if one_syllable(word):
        return SYLLABLE_BITS
    return SHORT_BITS if len(word) <= 3 else USUAL_BITS


@cache
def _firm_words() -> dict[str, float]:
    """Return the weight of every counted word: 1 for one met in three firms, towards 0.1 for the commonest."""
    span = math.log(COMMONEST / 3)
    return {
        row["word"]: round(max(0.12, math.log(COMMONEST / min(COMMONEST, int(row["firms"]))) / span), 3)
        for row in read_table("word_counts")
    }


@cache
def _term_weights() -> dict[str, float]:
    return {row["term"]: float(row["weight"]) for row in read_table("organisation_terms") if row["weight"]}


def firm_word_weight(word: str) -> float:
    """
    Return how much *word* tells one firm from another, from near 0 to 1.

    >>> firm_word_weight("trading") < 0.5 < firm_word_weight("namgang")
    True
    """
    if word.isdigit():
        return 0.6
    weight = _term_weights().get(word)
    if weight is None:
        weight = _firm_words().get(word, 1.0)
    return min(weight, SHORT_FIRM_WORDS.get(len(word), 1.0))
