"""
A slip of the hand in a Korean name.

Some slips of one letter leave what no Korean is called: ``Nug`` for ``Ung``, ``Jogn`` for ``Jong``, a family name ``Bo``.
Such a name is *slipped*, one whose every part people are called by is *sound*; a slipped name may be the sound one that is
one edit away from it. Most slips make another name of a Korean one (Byong, Yong), and so does another order of its words:
such names are *near* each other, which is worth telling and no cause for review by itself. None is ever read otherwise
for that: what meets by its sounds meets by them, rare syllables and all.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from laborscreen.names.korean_people import family_end, is_usual_family
from laborscreen.names.korean_sounds import Syllable, hangul_syllable, syllables_cost
from laborscreen.names.korean_spelling import readings
from laborscreen.names.letters import RawWord
from laborscreen.names.tables import read_table

__all__ = [
    "END_BITS",
    "NO_SLIPS",
    "Slips",
    "is_borne",
    "letters_left",
    "may_be_near",
    "near_between",
    "slip_between",
    "slips_of",
    "words_beside",
]

MOST_GIVEN = 2
FEWEST_WORDS, MOST_WORDS = 3, 4
LEAST_LETTERS, MOST_LETTERS = 7, 22
SHORT = 2
END_BITS = 11
# How far a written syllable may be from one that is borne.
BORNE = 0.3


class Slips(NamedTuple):
    """
    A name as slips are looked for: its letters without spaces, the family name first, once for each end it may stand at.

    Args:
        sound: so written where all parts of the name are borne by people.
        slipped: so written where all but one are, and where it is not sound.
        words: its words in the order of the alphabet.
    """

    sound: tuple[str, ...]
    slipped: tuple[str, ...]
    words: tuple[str, ...]


NO_SLIPS = Slips((), (), ())


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
    Slips(sound=('kimnamung',), slipped=(), words=('kim', 'nam', 'ung'))
    >>> slips_of(raw_words("Nam Nug Kim"))
    Slips(sound=(), slipped=('kimnamnug',), words=('kim', 'nam', 'nug'))
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
    if not sound and not slipped:
        return NO_SLIPS
    return Slips(tuple(sound), () if sound else tuple(slipped), tuple(sorted(texts)))


def _family_places(words: tuple[RawWord, ...]) -> tuple[int, ...]:
    """Return where the family name may stand; a hyphen or capitals may tell."""
    match family_end(words, family_first=False):
        case "first":
            return (0,)
        case "last":
            return (len(words) - 1,)
        case _:
            return (0, len(words) - 1)


def _texts_left(text: str) -> set[str]:
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


def letters_left(slips: Slips) -> list[str]:
    """Return what is left of a name when one letter is dropped; two that are one edit apart share one of these."""
    return list({left: 0 for text in slips.sound + slips.slipped for left in _texts_left(text)})


def words_beside(slips: Slips) -> list[tuple[str, int]]:
    """Return all words of a name but one, for each of them, and the :func:`ends` of that one."""
    words = slips.words
    return [(" ".join(words[:at] + words[at + 1 :]), ends(word)) for at, word in enumerate(words)]


def ends(word: str) -> int:
    """Return the first and the last letter of *word* and whether it is short, in :data:`END_BITS` bits."""
    return (len(word) <= SHORT) << 10 | (ord(word[0]) & 31) << 5 | ord(word[-1]) & 31


def may_be_near(one: int, other: int) -> bool:
    """
    Return whether words with these :func:`ends` may be one edit apart.

    No edit changes both ends of a word, but for one of two letters whose letters are swapped, or of one that is changed.

    >>> may_be_near(ends("byong"), ends("yong")), may_be_near(ends("un"), ends("nu")), may_be_near(ends("chol"), ends("su"))
    (True, True, False)
    """
    differ = one ^ other
    return not differ & 31 or not differ & 31 << 5 or bool(one & other & 1 << 10)


def near_between(one: Slips, other: Slips) -> tuple[str, str] | None:
    """
    Return where two names differ, if by one edit at most: in all letters, family name first, or in one word, in any order.

    >>> from laborscreen.names.letters import raw_words
    >>> near_between(*(slips_of(raw_words(name)) for name in ("Min Byong Chol", "Chol Yong Min")))
    ('byong', 'yong')
    """
    for ours in one.sound + one.slipped:
        for theirs in other.sound + other.slipped:
            if OSA.distance(ours, theirs, score_cutoff=1) <= 1:
                return ours, theirs
    if len(one.words) != len(other.words):
        return None
    ours, theirs = (" ".join(_without(a.words, b.words)) for a, b in ((one, other), (other, one)))
    apart = 2 if " " in ours else OSA.distance(ours, theirs, score_cutoff=1)
    return (ours, theirs) if apart <= 1 else None


def _without(words: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    """Return those of *words* that are not among *others*, each as often as it is not."""
    return list((Counter(words) - Counter(others)).elements())
