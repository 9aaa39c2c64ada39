"""
The words of a name as they are compared, and how alike two of them are.

Two words *meet* in one of four ways, and the candidate index looks for exactly these:

* their letters, or their skeletons, are within the edit budget of the shorter
  (:func:`~laborscreen.names.skeleton.edit_budget`);
* they belong to one family of given names (Muhammad, Mohamed);
* both can be read as Korean syllables at a finite cost (firms' names only);
* two or three neighbouring words of one name, written together, have the skeleton of one word of the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from laborscreen.names.cyrillic import latin_for_matching
from laborscreen.names.han import mandarin_syllables
from laborscreen.names.hangul import romanise_syllables
from laborscreen.names.kana import romaji
from laborscreen.names.korean_sounds import syllables_cost
from laborscreen.names.korean_spelling import Reading, one_syllable, readings
from laborscreen.names.letters import RawWord
from laborscreen.names.rarity import firm_word_weight, person_word_bits
from laborscreen.names.skeleton import name_family, skeleton, slip_likeness

__all__ = ["Word", "firm_word", "latin_text", "person_word", "word_likeness"]

SAME_SKELETON = 0.97
KOREAN_LIMIT = 0.6
KOREAN_SCALE = 0.3
LEAST_KOREAN_SYLLABLES = 2


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """
    One word of a name, made ready; words are told apart by identity, which is quick, as each is made once.

    Args:
        text: folded Latin letters or digits.
        skeleton: what is left of them (see :mod:`~laborscreen.names.skeleton`).
        weight: how much it tells: bits for a personal name, 0 to 1 for a firm's.
        head: the head of its family of given names, or an empty string.
        family: likeness to that head.
        korean: readings as Korean syllables (firms only).
        syllable: it may be one Korean syllable, so a changed letter makes another name of it.
    """

    text: str
    skeleton: str
    weight: float
    head: str = ""
    family: float = 1.0
    korean: tuple[Reading, ...] = ()
    syllable: bool = False


def latin_text(word: RawWord) -> str:
    """
    Return *word* in Latin letters.

    Cyrillic goes letter by letter, Hangul in DPRK spelling, Chinese in pinyin, kana in Hepburn, the rest by anyascii.

    >>> latin_text(RawWord("남강", "hangul", 0, False))
    'namgang'
    """
    match word.script:
        case "latin" | "digit":
            return word.text
        case "cyrillic":
            return latin_for_matching(word.text)
        case "hangul":
            return "".join(romanise_syllables(word.text, "dprk"))
        case "han":
            return "".join(mandarin_syllables(word.text))
        case "kana":
            return romaji(word.text)
        case _:
            from anyascii import anyascii

            return "".join(letter for letter in anyascii(word.text).lower() if letter.isalnum())


@lru_cache(maxsize=400_000)
def person_word(text: str) -> Word:
    """Return the Latin *text* as a word of a personal name."""
    bones = skeleton(text)
    return Word(text, bones, person_word_bits(text), *name_family(bones), (), one_syllable(text))


@lru_cache(maxsize=400_000)
def firm_word(text: str, korean: tuple[Reading, ...] | None = None) -> Word:
    """Return the Latin *text* as a word of a firm's name; *korean* tells its syllables where another script did."""
    weight = firm_word_weight(text)
    if text.isdigit():
        return Word(text, text, weight)
    if korean is None:
        korean = readings(text) if weight >= 0.5 and 5 <= len(text) <= 18 else ()
    korean = tuple(reading for reading in korean if len(reading) >= LEAST_KOREAN_SYLLABLES)
    return Word(text, skeleton(text), weight, "", 1.0, korean, False)


def word_likeness(one: Word, other: Word) -> float:
    """
    Return how alike two words are: 1 the same, 0 where they do not meet.

    >>> word_likeness(person_word("gaevoy"), person_word("gayevoi"))
    0.97
    """
    if one.text == other.text:
        return 1.0
    if one.skeleton == other.skeleton:
        return SAME_SKELETON
    best = one.family * other.family * SAME_SKELETON if one.head and one.head == other.head else 0.0
    if one.korean and other.korean:
        best = max(best, _korean_likeness(one, other))
    if (one.syllable and other.syllable) or one.text.isdigit() or other.text.isdigit():
        return best
    # A slip of the hand is one edit in the letters as written, and may be more or less in the skeletons.
    alike = slip_likeness(one.text, other.text)
    if one.skeleton != one.text or other.skeleton != other.text:
        alike = max(alike, slip_likeness(one.skeleton, other.skeleton))
    return max(best, alike)


def _korean_likeness(one: Word, other: Word) -> float:
    cost = min(syllables_cost(a, b, KOREAN_LIMIT) for a in one.korean for b in other.korean)
    return SAME_SKELETON - KOREAN_SCALE * cost if cost <= KOREAN_LIMIT else 0.0
