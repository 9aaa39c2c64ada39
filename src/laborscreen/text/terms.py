"""
How a term of a list is written, and what text it stands for.

=========================  ====================================================================================
written                    stands for
=========================  ====================================================================================
``north korean``           these words, whole, in any case or width; between them any run of spaces, or a hyphen
``северокорей*``           the stem and up to `LONGEST_TAIL` more letters of its script, to the end of the word
``изъят* паспорт*``        each word may be a stem
``북한 노동자``            Korean words, with or without the space, with any of their endings (북한노동자들은)
``朝鲜工人``               these characters anywhere: Chinese and Japanese have no spaces
``паспорт* ... забра*``    both, in this order and one sentence, with up to `WIDEST_GAP` words between them, or
                           `WIDEST_GAP_SIGNS` characters where there are no spaces; a "not" in the gap denies
=========================  ====================================================================================

A star stands only at the end of a word, after at least four letters (two syllables of Hangul), and never after Chinese or
Japanese characters, which have no endings. A word keeps to one alphabet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from laborscreen.text.folding import fold
from laborscreen.text.korean import is_ending
from laborscreen.text.scripts import Joint, Script, joint_of, scripts_of, starts_word

LONGEST_TAIL = 6
"""Letters a star may stand for: отделочн + ыми, изъят + ыми, строитель + ством."""

SHORTEST_STEM = 4
"""Letters a stem needs; a shorter one would catch half the dictionary."""

SHORTEST_KOREAN_STEM = 2
"""Syllables a Hangul stem needs."""

LONGEST_TERM = 200
"""Characters a term may have."""

GAP = "..."
"""Stands in a term for words that may come between."""

WIDEST_GAP = 6
"""Words a gap may hold: passports of all the men were *taken*."""

WIDEST_GAP_SIGNS = 12
"""Characters a gap may hold in Chinese and Japanese."""

MOST_GAPS = 2
"""Gaps of one term."""

_ALPHABETS = frozenset({Script.LATIN, Script.CYRILLIC, Script.GREEK})
_TAIL_LETTERS = {
    Script.LATIN: "a-z\u00df-\u024f",
    Script.CYRILLIC: "\u0400-\u052f",
    Script.GREEK: "\u0370-\u03ff",
    Script.HANGUL: "가-힣",
}
_MOST_OPEN_GAPS = 4
_BETWEEN_WORDS = f"(?:[ ,]+[^ .,;:!?()]+){{0,{WIDEST_GAP}}}?[ ,]+"
_BETWEEN_SIGNS = f"[^.,;:!?() ]{{0,{WIDEST_GAP_SIGNS}}}?"


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


class TermPattern(NamedTuple):
    """
    A term made ready to be looked for in scannable text (see `scannable`).

    Args:
        term: the term as written.
        literals: strings one of which stands in the text wherever the term may be; each begins where the term begins.
        open: whether more must be read where the literal was found: a stem's ending, words after it, a gap.
        tail: for a term with a gap, a string that its last part begins with. Empty for any other term.
    """

    term: str
    literals: tuple[str, ...]
    open: bool = False
    tail: str = ""

    @property
    def rest(self) -> re.Pattern[str] | None:
        """
        The expression of what must stand where the literal was found, None where the literal is the whole term.

        The groups ``head`` and ``tail`` are the first and last part of a term with a gap.
        """
        return _rest(self.term) if self.open else None

    def parts_in(self, text: str, start: int) -> tuple[int, int]:
        """Return where the first part of a term found at *start* ends, and where its last part begins."""
        found = _rest(self.term).match(text, start) if self.tail else None
        return (found.end("head"), found.start("tail")) if found is not None else (start, start)

    def end_in(self, text: str, start: int, end: int) -> int:
        """
        Return where the term that begins at `start` ends, or -1 where it only looks like one.

        Args:
            text: scannable text.
            start: where one of `literals` was found.
            end: where that literal ends.
        """
        if not starts_word(text, start):
            return -1
        if self.open:
            found = _rest(self.term).match(text, start)
            if found is None:
                return -1
            end = found.end()
        if end == len(text):
            return end
        last, following = joint_of(text[end - 1]), joint_of(text[end])
        if last is not following or last in (Joint.GAP, Joint.FREE):
            return end
        return end if last is Joint.SYLLABLE and is_ending(_syllables(text, end)) else -1


@cache
def _rest(term: str) -> re.Pattern[str]:
    """Return the expression of an open term, made the first time its literal is met: most never are."""
    words = _words(term)
    return re.compile(_gapped(_parts(words)) if GAP in words else _in_a_row(words))


def _syllables(text: str, start: int) -> str:
    stop = start
    while stop < len(text) and joint_of(text[stop]) is Joint.SYLLABLE:
        stop += 1
    return text[start:stop]


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
    if len(term) > LONGEST_TERM:
        return [TermFault(term, "long-term", f"a term has at most {LONGEST_TERM} characters", "split it")]
    words = _words(term)
    if not any(map(str.isalnum, "".join(words))):
        return [TermFault(term, "empty-term", "a term needs at least one letter or digit", "take it out")]
    faults = _gap_faults(term, words)
    for word in (word for word in words if word != GAP):
        stem = word.removesuffix("*")
        scripts = scripts_of(stem)
        alphabets = scripts & _ALPHABETS
        if "*" in stem:
            faults.append(
                TermFault(
                    term,
                    "star-inside",
                    "a star stands only at the end of a word",
                    stem.replace("*", "") + "*",
                )
            )
        elif len(alphabets) > 1:
            names = " and ".join(sorted(alphabets))
            faults.append(
                TermFault(
                    term, "mixed-scripts", f"'{word}' mixes {names} letters", "retype it in one alphabet"
                )
            )
        elif word.endswith("*") and not (scripts and scripts <= set(_TAIL_LETTERS)):
            faults.append(
                TermFault(
                    term, "star-without-endings", f"'{stem}' has no endings a star could stand for", stem
                )
            )
        elif word.endswith("*") and sum(map(str.isalpha, stem)) < _shortest_stem(scripts):
            shortest = _shortest_stem(scripts)
            faults.append(
                TermFault(
                    term,
                    "short-stem",
                    f"a star needs at least {shortest} letters before it",
                    "list the whole words",
                )
            )
    return faults


def _gap_faults(term: str, words: list[str]) -> list[TermFault]:
    if GAP not in words:
        return []
    parts = _parts(words)
    if not all(parts):
        return [
            TermFault(term, "odd-gap", "a gap stands between words", "write what comes before and after it")
        ]
    if len(parts) > MOST_GAPS + 1:
        return [TermFault(term, "odd-gap", f"a term has at most {MOST_GAPS} gaps", "split it")]
    head = _head(parts[0])
    if sum(map(str.isalnum, head)) < _shortest_stem(scripts_of(head)) and not _signs(head[-1]):
        message = "the first word before a gap is too short, so that half the texts would have to be read"
        return [TermFault(term, "odd-gap", message, "begin with a longer word")]
    return []


def _parts(words: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word == GAP:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _signs(letter: str) -> bool:
    return joint_of(letter) is Joint.FREE


def _shortest_stem(scripts: frozenset[Script]) -> int:
    return SHORTEST_KOREAN_STEM if scripts == {Script.HANGUL} else SHORTEST_STEM


def _words(term: str) -> list[str]:
    return fold(term).replace("-", " ").split()


def pattern_of(term: str) -> TermPattern:
    """
    Return a term without faults, made ready to be looked for.

    >>> pattern_of("North-Korean").literals
    ('north korean',)
    >>> pattern_of("изъят* паспорт*").literals
    ('изъят',)
    """
    words = _words(term)
    if GAP in words:
        parts = _parts(words)
        last = parts[-1]
        joined = any(_may_join(before, word) for before, word in pairwise(last))
        tail = _head(last[:1] if joined else last)
        return TermPattern(term, _spellings(_head(parts[0]).split()), open=True, tail=tail)
    starred = next((index for index, word in enumerate(words) if word.endswith("*")), None)
    if starred is None:
        return TermPattern(term, _spellings(words))
    return TermPattern(term, _spellings([*words[:starred], words[starred].removesuffix("*")]), open=True)


def _gapped(parts: list[list[str]]) -> str:
    """Return the expression of a term with gaps."""
    first = parts[0]
    expression = f"(?P<head>{_in_a_row(first)}){_particle(first)}"
    for number, (before, part) in enumerate(pairwise(parts), 2):
        signs = _signs(before[-1][-1]) or _signs(part[0][0])
        row = _in_a_row(part)
        expression += (_BETWEEN_SIGNS if signs else _BETWEEN_WORDS) + (
            f"(?P<tail>{row})" if number == len(parts) else row + _particle(part)
        )
    return expression


def _particle(words: list[str]) -> str:
    """Return the expression of what a Korean word before a gap may carry; at the end of a term its ending is read."""
    return f"[{_TAIL_LETTERS[Script.HANGUL]}]{{0,3}}" if scripts_of(words[-1][-1]) == {Script.HANGUL} else ""


def _head(words: list[str]) -> str:
    """Return the words of a term up to its first star."""
    starred = next((index for index, word in enumerate(words) if word.endswith("*")), len(words) - 1)
    return " ".join([*words[:starred], words[starred].removesuffix("*")])


def _in_a_row(words: list[str]) -> str:
    expression = _expression(words[0])
    for before, word in pairwise(words):
        expression += (" ?" if _may_join(before, word) else " ") + _expression(word)
    return expression


def _expression(word: str) -> str:
    stem = word.removesuffix("*")
    if stem == word:
        return re.escape(word)
    tail = "0-9" if stem[-1].isdigit() else "".join(_TAIL_LETTERS[script] for script in scripts_of(stem[-1]))
    return f"{re.escape(stem)}[{tail}]{{0,{LONGEST_TAIL}}}"


def _may_join(before: str, word: str) -> bool:
    """Tell whether two Korean words may be written without the space between them."""
    return scripts_of(before[-1]) == scripts_of(word[0]) == {Script.HANGUL}


def _spellings(words: list[str]) -> tuple[str, ...]:
    if len(words) == 1:
        return (words[0],)
    gaps = [("", " ") if _may_join(before, word) else (" ",) for before, word in pairwise(words)]
    if sum(len(gap) == 2 for gap in gaps) > _MOST_OPEN_GAPS:
        gaps = [(" ",)] * len(gaps)
    return tuple(
        words[0] + "".join(gap + word for gap, word in zip(choice, words[1:], strict=True))
        for choice in product(*gaps)
    )
