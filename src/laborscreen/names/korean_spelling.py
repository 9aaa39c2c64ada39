"""
Latin and Cyrillic letters, and katakana, read as Korean syllables.

``jongun`` may be *jong-un* or *jon-gun*; every reading that the pieces of
:mod:`~laborscreen.names.korean_sounds` allow is kept, the ones with the fewest syllables first. A word that
cannot be cut into Korean syllables has no reading, and that is what tells ``Jogn`` (a slip of the hand) from
``Yong`` (another name).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from laborscreen.names.hangul import is_hangul
from laborscreen.names.kana import heard
from laborscreen.names.korean_sounds import INFINITE, Syllable, hangul_syllable, sounds

__all__ = ["Reading", "one_syllable", "readings"]

Reading = tuple[Syllable, ...]
LONGEST_WORD = 24
LONGEST_SYLLABLE = 7
MOST_SYLLABLES = 4
MOST_READINGS = 10
# What the pieces of several syllables may cost together (a piece costs what its likeliest Hangul letter does), and how
# much more than the likeliest reading of the word any reading may.
MOST_UNUSUAL = 0.19
MORE_UNUSUAL = 0.15


@cache
def _spellings(script: str, position: str) -> dict[str, int]:
    """Return the pieces of one script and position by their spelling."""
    return {
        spelling: place
        for (known_script, known_position, spelling), place in sounds().number.items()
        if known_script == script and known_position == position
    }


@cache
def _longest(script: str, position: str) -> int:
    return max(map(len, _spellings(script, position)))


@cache
def _shape(script: str) -> re.Pattern[str]:
    """Return a pattern of one syllable, or up to four of usual pieces; most words fail it, at no great cost."""
    any_piece, usual = _syllable_pattern(script, INFINITE), _syllable_pattern(script, MOST_UNUSUAL)
    return re.compile(f"(?:{usual}){{2,{MOST_SYLLABLES}}}|{any_piece}")


def _syllable_pattern(script: str, most: float) -> str:
    """Return a pattern of one syllable, of pieces that cost *most* at most."""
    initial, vowel, final = (
        "|".join(
            sorted(
                (
                    re.escape(spelling)
                    for spelling, piece in _spellings(script, position).items()
                    if spelling and costs[piece] <= most
                ),
                key=len,
                reverse=True,
            )
        )
        for position, costs in zip(("initial", "vowel", "final"), sounds().least, strict=True)
    )
    return f"(?:{initial})?(?:{vowel})(?:{final})?"


def one_syllable(word: str) -> bool:
    """
    Return whether the folded Latin *word* may be one Korean syllable.

    >>> one_syllable("jong"), one_syllable("jogn")
    (True, False)
    """
    return len(word) <= LONGEST_SYLLABLE and any(len(reading) == 1 for reading in readings(word))


def _starts(word: str, place: int, script: str, position: str) -> list[tuple[int, int]]:
    """Return the pieces that begin at *place*, longest first, each with the place after it."""
    opening = word[place : place + _longest(script, position)]
    return [(piece, place + length) for piece, length in _pieces_of(opening, script, position)]


@lru_cache(maxsize=100_000)
def _pieces_of(opening: str, script: str, position: str) -> tuple[tuple[int, int], ...]:
    """Return the pieces that a few letters begin with, longest first, each with its length."""
    known = _spellings(script, position)
    lengths = range(len(opening), -1, -1)
    return tuple((known[opening[:length]], length) for length in lengths if opening[:length] in known)


def script_of(word: str) -> str:
    """Return ``latin``, ``cyrillic``, ``hangul``, ``kana`` or an empty string for a folded word, by its first letter."""
    first = word[:1]
    if "a" <= first <= "z":
        return "latin"
    if first and is_hangul(first):
        return "hangul"
    if "ぁ" <= first <= "ヺ":
        return "kana"
    return "cyrillic" if "Ѐ" <= first <= "ӿ" else ""


@lru_cache(maxsize=200_000)
def readings(word: str) -> tuple[Reading, ...]:
    """
    Return the ways to read the folded *word* as Korean syllables.

    >>> len(readings("jongun")), len(readings("jogn")), len(readings("정은")), len(readings("パク"))
    (2, 0, 1, 2)
    """
    if not word or len(word) > LONGEST_WORD:
        return ()
    script = script_of(word)
    if script == "hangul":
        return (tuple(map(hangul_syllable, word)),) if all(map(is_hangul, word)) else ()
    if not script:
        return ()
    if script == "kana":
        word = heard(word)
    if not _shape(script).fullmatch(word):
        return ()
    whole = len(word)
    # reach[place] = readings of word[:place] that end with a whole syllable, and what their pieces cost
    reach: dict[int, list[tuple[Reading, float]]] = {0: [((), 0.0)]}
    for place in range(whole):
        before = reach.get(place)
        if not before:
            continue
        for syllable, dear, after in _syllables_at(word, place, script):
            single = place == 0 and after == whole
            if not single and (dear > MOST_UNUSUAL or not _can_end(word, after, script)):
                continue
            kept = reach.setdefault(after, [])
            for reading, spent in before[: max(0, MOST_READINGS * 3 - len(kept))]:
                if single or (len(reading) < MOST_SYLLABLES and spent + dear <= MOST_UNUSUAL):
                    kept.append(((*reading, syllable), spent + dear))
    return _usual(reach.get(whole, []))[:MOST_READINGS]


def _usual(found: list[tuple[Reading, float]]) -> tuple[Reading, ...]:
    """
    Return the readings whose pieces are usual enough, those of the fewest syllables first.

    A slip can mostly be cut into rare pieces somehow (``Kyoyg``), which does not make another name of it. Readings of
    several syllables that cost more than :data:`MOST_UNUSUAL` were given up on the way.
    """
    most = min((dear for _, dear in found), default=0.0) + MORE_UNUSUAL
    return tuple(sorted((reading for reading, dear in found if dear <= most), key=len))


def _can_end(word: str, place: int, script: str) -> bool:
    """Return whether another syllable may begin at *place*, or the word ends there."""
    if place == len(word):
        return True
    return _begins_syllable(
        word[place : place + _longest(script, "initial") + _longest(script, "vowel")], script
    )


@lru_cache(maxsize=100_000)
def _begins_syllable(rest: str, script: str) -> bool:
    return any(
        length > 0
        for _, place in _starts(rest, 0, script, "initial")
        for _, length in _pieces_of(rest[place : place + _longest(script, "vowel")], script, "vowel")
    )


@lru_cache(maxsize=100_000)
def _rimes(opening: str, script: str) -> tuple[tuple[int, int, int], ...]:
    """Return the vowels with a final or none that a few letters begin with, the longest first, each with its length."""
    return tuple(
        (vowel, final, after)
        for vowel, after_vowel in _starts(opening, 0, script, "vowel")
        if after_vowel
        for final, after in _starts(opening, after_vowel, script, "final")
    )


@cache
def _longest_rime(script: str) -> int:
    return _longest(script, "vowel") + _longest(script, "final")


def _syllables_at(word: str, place: int, script: str) -> Iterator[tuple[Syllable, float, int]]:
    """Yield the syllables that begin at *place*, each with what its pieces cost and the place after it."""
    initials, vowels, finals = sounds().least
    longest = _longest_rime(script)
    for initial, after in _starts(word, place, script, "initial"):
        for vowel, final, length in _rimes(word[after : after + longest], script):
            dear = initials[initial] + vowels[vowel] + finals[final]
            yield (initial, vowel, final), dear, after + length
