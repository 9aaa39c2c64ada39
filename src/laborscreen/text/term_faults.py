"""
What can be wrong with a term.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from laborscreen.text.scripts import Script, scripts_of
from laborscreen.text.term_expressions import ALPHABETS, TAIL_LETTERS, is_sign
from laborscreen.text.writing import Row, has_choice, head_of, parts_of

SHORTEST_STEM = 4
"""Letters a stem needs; a shorter one would catch half the dictionary."""

SHORTEST_KOREAN_STEM = 2
"""Syllables a Hangul stem needs."""

LONGEST_TERM = 200
"""Characters a term may have, its choices aside."""

MOST_GAPS = 2
"""Gaps of one term."""


@dataclass(frozen=True, slots=True)
class TermFault:
    """
    One thing wrong with a term.

    Args:
        term: the term as written.
        id: a stable name (``empty-term``, ``star-inside``, ``short-stem``, ``mixed-scripts`` ...).
        message: one plain sentence.
        hint: what to write instead.
    """

    term: str
    id: str
    message: str
    hint: str = ""


def faults_of(terms: Iterable[str]) -> tuple[TermFault, ...]:
    """
    Return every fault of every term, in order; nothing for a list that can be used.

    >>> [fault.id for fault in faults_of(["north korean", "про*паспорт", "изъ*", " - "])]
    ['star-inside', 'short-stem', 'empty-term']
    """
    return tuple(fault for term in terms for fault in _known_faults(term))


@lru_cache(maxsize=65_536)
def _known_faults(term: str) -> tuple[TermFault, ...]:
    """Return the faults of one term; the reader of a rulebook and the scanner both ask."""
    return tuple(_faults(term))


def _faults(term: str) -> list[TermFault]:
    try:
        parts = parts_of(term)
    except OverflowError as error:
        return [TermFault(term, "wide-choice", str(error), "split the term, or take words out")]
    rows = [row for part in parts for row in part]
    if max(sum(map(len, row)) + len(row) - 1 for row in rows) > LONGEST_TERM:
        return [TermFault(term, "long-term", f"a term has at most {LONGEST_TERM} characters", "split it")]
    words = dict.fromkeys(word for row in rows for word in row)
    if not any(map(str.isalnum, "".join(words))) and not has_choice(term):
        return [TermFault(term, "empty-term", "a term needs at least one letter or digit", "take it out")]
    if any("|" in word for word in words):
        hint = "write (kept|held by), with one pair of brackets around the choice and none inside"
        return [TermFault(term, "odd-choice", "a bar stands only between the words of a choice", hint)]
    return _part_faults(term, parts) + [fault for word in words for fault in _word_faults(term, word)]


def _word_faults(term: str, word: str) -> Iterator[TermFault]:
    stem = word.removesuffix("*")
    scripts = scripts_of(stem)
    alphabets = scripts & ALPHABETS
    if "*" in stem:
        hint = stem.replace("*", "") + "*"
        yield TermFault(term, "star-inside", "a star stands only at the end of a word", hint)
    elif len(alphabets) > 1:
        names = " and ".join(sorted(alphabets))
        yield TermFault(term, "mixed-scripts", f"'{word}' mixes {names} letters", "retype it in one alphabet")
    elif word.endswith("*") and not (scripts and scripts <= set(TAIL_LETTERS)):
        message = f"'{stem}' has no endings a star could stand for"
        yield TermFault(term, "star-without-endings", message, stem)
    elif word.endswith("*") and sum(map(str.isalpha, stem)) < _shortest_stem(scripts):
        message = f"a star needs at least {_shortest_stem(scripts)} letters before it"
        yield TermFault(term, "short-stem", message, "list the whole words")


def _part_faults(term: str, parts: Sequence[Sequence[Row]]) -> list[TermFault]:
    if not all(row for part in parts for row in part):
        if len(parts) == 1:
            message, hint = "a choice may not leave nothing of the term", "take out the empty choice"
            return [TermFault(term, "odd-choice", message, hint)]
        message, hint = "a gap stands between words", "write what comes before and after it"
        return [TermFault(term, "odd-gap", message, hint)]
    if len(parts) > MOST_GAPS + 1:
        return [TermFault(term, "odd-gap", f"a term has at most {MOST_GAPS} gaps", "split it")]
    if len(parts) == 1:
        return []
    for row in parts[0]:
        head = head_of(row).removesuffix("*")
        if sum(map(str.isalnum, head)) < _shortest_stem(scripts_of(head)) and not is_sign(head[-1]):
            message = "the first word before a gap is too short, so that half the texts would have to be read"
            return [TermFault(term, "odd-gap", message, "begin with a longer word")]
    for part in parts:
        if len({is_sign(row[side][side]) for row in part for side in (0, -1)}) > 1:
            message = "a choice beside a gap holds words with and without spaces between them"
            return [TermFault(term, "odd-choice", message, "write a term for each language")]
    return []


def _shortest_stem(scripts: frozenset[Script]) -> int:
    return SHORTEST_KOREAN_STEM if scripts == {Script.HANGUL} else SHORTEST_STEM
