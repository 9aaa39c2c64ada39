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
from typing import NamedTuple

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
    if len(word) > LONGEST_SYLLABLE or not any(True for _ in _single_syllables(word, script_of(word))):
        return False
    return any(len(reading) == 1 for reading in readings(word))


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
    reach: list[list[tuple[Reading, float]]] = [[((), 0.0)], *([] for _ in word)]
    reach[whole] = [((one,), dear) for one, dear in _single_syllables(word, script)]
    for place, before in enumerate(reach[:whole]):
        if not before:
            continue
        for syllable, dear, after in _usual_syllables(word, place, script):
            kept = reach[after]
            if not place and after == whole:
                continue
            for reading, spent in before[: max(0, MOST_READINGS * 3 - len(kept))]:
                if len(reading) < MOST_SYLLABLES and spent + dear <= MOST_UNUSUAL:
                    kept.append(((*reading, syllable), spent + dear))
    return _usual(reach[whole])[:MOST_READINGS]


def _usual(found: list[tuple[Reading, float]]) -> tuple[Reading, ...]:
    """
    Return the readings whose pieces are usual enough, those of the fewest syllables first.

    A slip can mostly be cut into rare pieces somehow (``Kyoyg``), which does not make another name of it. Readings of
    several syllables that cost more than :data:`MOST_UNUSUAL` were given up on the way.
    """
    most = min((dear for _, dear in found), default=0.0) + MORE_UNUSUAL
    return tuple(sorted((reading for reading, dear in found if dear <= most), key=len))


class _Pieces(NamedTuple):
    """The pieces of one script that cost no more than a certain sum together, by how they are spelled."""

    initials: dict[str, int]
    longest_initial: int
    rimes: dict[str, list[tuple[int, int]]]
    longest_rime: int


@cache
def _pieces(script: str, most: float) -> _Pieces:
    """Return the pieces of *script*; a rime is a vowel with a final or none, and those of the longest vowel stand first."""
    initials, vowels, finals = (_spellings(script, position) for position in ("initial", "vowel", "final"))
    _, dear_vowels, dear_finals = sounds().least
    rimes: dict[str, list[tuple[int, int]]] = {}
    for spelling in sorted(filter(None, vowels), key=len, reverse=True):
        vowel = vowels[spelling]
        for ending, final in finals.items():
            if dear_vowels[vowel] + dear_finals[final] <= most:
                rimes.setdefault(spelling + ending, []).append((vowel, final))
    return _Pieces(initials, max(map(len, initials), default=0), rimes, max(map(len, rimes), default=0))


def _single_syllables(word: str, script: str) -> Iterator[tuple[Syllable, float]]:
    """Yield the syllables that *word* as a whole may be, each with what its pieces cost."""
    initials, vowels, finals = sounds().least
    known, longest, rimes, _ = _pieces(script, INFINITE)
    for start in range(min(longest, len(word) - 1), -1, -1):
        several = rimes.get(word[start:])
        initial = known.get(word[:start])
        if several is not None and initial is not None:
            for vowel, final in several:
                yield (initial, vowel, final), initials[initial] + vowels[vowel] + finals[final]


def _usual_syllables(word: str, place: int, script: str) -> Iterator[tuple[Syllable, float, int]]:
    """Yield the syllables of usual pieces that begin at *place*, with what they cost and the place after each."""
    initials, vowels, finals = sounds().least
    known, longest_initial, rimes, longest_rime = _pieces(script, MOST_UNUSUAL)
    for start in range(min(place + longest_initial, len(word) - 1), place - 1, -1):
        initial = known.get(word[place:start])
        if initial is None:
            continue
        for after in range(min(start + longest_rime, len(word)), start, -1):
            for vowel, final in rimes.get(word[start:after], ()):
                dear = initials[initial] + vowels[vowel] + finals[final]
                if dear <= MOST_UNUSUAL:
                    yield (initial, vowel, final), dear, after
