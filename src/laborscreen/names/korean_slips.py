"""
A slip of the hand in a Korean name that makes a syllable of it nobody is called by.

Most slips of one letter make another name of a Korean one (Byong, Yong), and those are left apart. Some leave what no Korean
is called: ``Nug`` for ``Ung``, ``Jogn`` for ``Jong``, a family name ``Bo``. Such a name is *slipped*, one whose every
part people are called by is *sound*; a slipped name may be the sound one that is one edit away from it. Neither is
ever read otherwise for that: what meets by its sounds meets by them, rare syllables and all.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from laborscreen.names.korean_people import family_end, is_usual_family
from laborscreen.names.korean_sounds import Syllable, hangul_syllable, syllables_cost
from laborscreen.names.korean_spelling import readings
from laborscreen.names.letters import RawWord
from laborscreen.names.tables import read_table

__all__ = ["NO_SLIPS", "Slips", "is_borne", "slip_between", "slips_of", "texts_left"]

MOST_GIVEN = 2
FEWEST_WORDS, MOST_WORDS = 3, 4
LEAST_LETTERS, MOST_LETTERS = 7, 22
# How far a written syllable may be from one that is borne.
BORNE = 0.3


class Slips(NamedTuple):
    """
    A name as slips are looked for: its letters without spaces, the family name first, once for each end it may stand at.

    Args:
        sound: so written where all parts of the name are borne by people.
        slipped: so written where all but one are, and where it is not sound.
    """

    sound: tuple[str, ...]
    slipped: tuple[str, ...]


NO_SLIPS = Slips((), ())


@cache
def _borne() -> tuple[Syllable, ...]:
    return tuple(
        hangul_syllable(character) for row in read_table("given_borne") for character in row["syllables"]
    )


@lru_cache(maxsize=50_000)
def is_borne(syllable: Syllable) -> bool:
    """Return whether people are called by the given *syllable*, or by one it may well spell."""
    return any(syllables_cost((syllable,), (other,), BORNE) <= BORNE for other in _borne())


@lru_cache(maxsize=200_000)
def _given_syllables(word: str) -> int:
    """Return how many given syllables *word* is, all of them borne by people, or 0."""
    counts = [len(reading) for reading in readings(word) if all(map(is_borne, reading))]
    return min(counts, default=0)


def slips_of(words: tuple[RawWord, ...]) -> Slips:
    """
    Return the *words* of a name in one alphabet as slips are looked for in them.

    >>> from laborscreen.names.letters import raw_words
    >>> slips_of(raw_words("Kim Nam Ung"))
    Slips(sound=('kimnamung',), slipped=())
    >>> slips_of(raw_words("Nam Nug Kim"))
    Slips(sound=(), slipped=('kimnamnug',))
    """
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS:
        return NO_SLIPS
    texts = [word.text for word in words]
    if not LEAST_LETTERS <= sum(map(len, texts)) <= MOST_LETTERS:
        return NO_SLIPS
    syllables = list(map(_given_syllables, texts))
    sound: list[str] = []
    slipped: list[str] = []
    for place in _family_places(words):
        given = [*syllables[:place], *syllables[place + 1 :]]
        strange = (not is_usual_family(texts[place])) + given.count(0)
        strange += not strange and sum(given) > MOST_GIVEN
        if strange <= 1:
            written = "".join([texts[place], *texts[:place], *texts[place + 1 :]])
            (slipped if strange else sound).append(written)
    return Slips(tuple(sound), () if sound else tuple(slipped))


def _family_places(words: tuple[RawWord, ...]) -> tuple[int, ...]:
    """Return where the family name may stand; a hyphen or capitals may tell."""
    match family_end(words, family_first=False):
        case "first":
            return (0,)
        case "last":
            return (len(words) - 1,)
        case _:
            return (0, len(words) - 1)


def texts_left(text: str) -> set[str]:
    """Return *text* and what is left of it when one letter is dropped; two that are one edit apart share one of these."""
    return {text, *(text[:place] + text[place + 1 :] for place in range(len(text)))}


def slip_between(one: Slips, other: Slips) -> tuple[str, str] | None:
    """Return the slipped and the sound writing of two names that are one edit apart, or None."""
    for slips, sounds in ((one.slipped, other.sound), (other.slipped, one.sound)):
        for slipped in slips:
            for sound in sounds:
                if OSA.distance(slipped, sound, score_cutoff=1) <= 1:
                    return slipped, sound
    return None
