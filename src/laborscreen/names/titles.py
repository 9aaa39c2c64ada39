"""
Titles and offices beside a person's name, which are no part of it: ``Mr.``, ``Ген. директор``, 동지, 总经理.

They stand before the name or behind it, in Korean and Chinese also without a space. What would leave too little for a name
is kept: ``Mr Kim`` may be all that is known, and 李代表 may be called so.
"""

from __future__ import annotations

from functools import cache

from laborscreen.names.letters import RawWord, Script
from laborscreen.names.tables import read_table

__all__ = ["without_titles"]

FEWEST_WORDS = 2
# Characters that must be left: beside a title that stands apart, and before one that is joined on in Hangul and in Chinese.
FEWEST_CHARACTERS = 2
FEWEST_BEFORE: dict[Script, int] = {"hangul": 3, "han": 2}


@cache
def _titles(script: Script) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(title.split())
        for row in read_table("person_titles")
        if row["script"] == script
        for title in row["titles"].split("|")
    )


@cache
def _ends(script: Script) -> tuple[frozenset[str], frozenset[str], int]:
    """Return the first and the last words of titles, by which most names are seen to have none, and the most words of one."""
    titles = _titles(script)
    longest = max(map(len, titles), default=0)
    return frozenset(title[0] for title in titles), frozenset(title[-1] for title in titles), longest


def without_titles(words: tuple[RawWord, ...]) -> tuple[RawWord, ...]:
    """
    Return the *words* of a name, all of one script, without the titles at either end.

    >>> from laborscreen.names.letters import raw_words
    >>> [word.text for word in without_titles(raw_words("General Director Pak Bong Nam"))]
    ['pak', 'bong', 'nam']
    >>> [[word.text for word in without_titles(raw_words(name))] for name in ("강문길사장", "Mr Kim")]
    [['강문길'], ['mr', 'kim']]
    """
    script = words[0].script
    first, last, longest = _ends(script)
    while words[0].text in first or words[-1].text in last:
        left = _one_less(words, script, longest)
        if left is None:
            break
        words = left
    return _without_ending(words, script) if script in FEWEST_BEFORE else words


def _one_less(words: tuple[RawWord, ...], script: Script, longest: int) -> tuple[RawWord, ...] | None:
    """Return *words* without the longest title at their beginning, or else at their end, where enough is left."""
    titles = _titles(script)
    for length in range(min(longest, len(words) - 1), 0, -1):
        for title, rest in ((words[:length], words[length:]), (words[-length:], words[:-length])):
            if tuple([word.text for word in title]) in titles:
                return rest if _is_enough(rest, script) else None
    return None


def _is_enough(words: tuple[RawWord, ...], script: Script) -> bool:
    if script in FEWEST_BEFORE:
        return sum(len(word.text) for word in words) >= FEWEST_CHARACTERS
    return len(words) >= FEWEST_WORDS


def _without_ending(words: tuple[RawWord, ...], script: Script) -> tuple[RawWord, ...]:
    """Return *words* without a title that is joined to the last of them."""
    last = words[-1]
    for length in range(len(last.text) - FEWEST_BEFORE[script], 0, -1):
        if (last.text[-length:],) in _titles(script):
            return (*words[:-1], RawWord(last.text[:-length], last.script, last.group, last.capitals))
    return words
