"""
How Chinese characters sound in Mandarin, one syllable each, without tones.

A character that has several readings is read as the phrase it stands in says: 长 is chang in 长江 and zhang elsewhere. The
text is cut from the left, the longest phrase first. Tables and cutting are those of pypinyin, a test holds them to it;
the library itself takes a third of a second to load.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache

from laborscreen.names.tables import read_table

__all__ = ["syllables"]


@cache
def _readings() -> dict[str, str]:
    return {
        character: row["syllable"]
        for row in read_table("mandarin_readings")
        for character in row["characters"]
    }


@cache
def _written_phrases() -> dict[str, str]:
    return {row["character"]: row["phrases"] for row in read_table("mandarin_phrases")}


@cache
def _phrases(first: str) -> dict[str, tuple[str, ...] | None]:
    """
    Return what may follow a character in a phrase, with the reading of the whole, empty if each is read as usual.

    Beginnings of phrases that are no phrases themselves stand with None.
    """
    found: dict[str, tuple[str, ...] | None] = {}
    for phrase in _written_phrases().get(first, "").split():
        rest, _, reading = phrase.partition("=")
        for end in range(len(rest)):
            found.setdefault(rest[:end])
        found[rest] = tuple(reading.split("-")) if reading else ()
    return found


def syllables(characters: str) -> Iterator[str]:
    """
    Yield the Mandarin syllables of *characters*; what has no reading is passed over.

    >>> list(syllables("长城和·校长"))
    ['chang', 'cheng', 'he', 'xiao', 'zhang']
    """
    known = _readings()
    for readable, run in itertools.groupby(characters, known.__contains__):
        if readable:
            yield from _read("".join(run))


def _read(run: str) -> Iterator[str]:
    known = _readings()
    start = 0
    while start < len(run):
        phrases, after = _phrases(run[start]), start + 1
        end, reading = after, None
        for stop in range(after, len(run) + 1):
            rest = run[after:stop]
            if rest not in phrases:
                break
            if phrases[rest] is not None:
                end, reading = stop, phrases[rest]
        else:
            if reading is None:
                end = len(run)  # a phrase that breaks off at the end of the text is not searched for others
        yield from reading or map(known.__getitem__, run[start:end])
        start = end
