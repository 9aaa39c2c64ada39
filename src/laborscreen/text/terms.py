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
``(kept|held) by``         one of these; a choice may hold several words, stems, or nothing: ``(all |)passports``
=========================  ====================================================================================

A star stands only at the end of a word, after at least four letters (two syllables of Hangul), and never after Chinese or
Japanese characters, which have no endings. A word keeps to one alphabet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise, product
from typing import NamedTuple

from laborscreen.text.korean import is_ending
from laborscreen.text.scripts import Joint, Script, joint_of, scripts_of, starts_word
from laborscreen.text.writing import GAP, Row, has_choice, parts_of

LONGEST_TAIL = 6
"""Letters a star may stand for: отделочн + ыми, изъят + ыми, строитель + ством."""

SHORTEST_STEM = 4
"""Letters a stem needs; a shorter one would catch half the dictionary."""

SHORTEST_KOREAN_STEM = 2
"""Syllables a Hangul stem needs."""

LONGEST_TERM = 200
"""Characters a term may have, its choices aside."""

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
        term: the term as written, with the words of the sets it names.
        literals: strings one of which stands in the text wherever the term may be; each begins where the term begins.
        open: whether more must be read where the literal was found: a stem's ending, words after it, a gap.
        tails: for a term with a gap, strings that its last part may begin with. Empty for any other term.
    """

    term: str
    literals: tuple[str, ...]
    open: bool = False
    tails: tuple[str, ...] = ()

    @property
    def rest(self) -> re.Pattern[str] | None:
        """
        The expression of what must stand where the literal was found, None where the literal is the whole term.

        The groups ``head`` and ``tail`` are the first and last part of a term with a gap.
        """
        return _rest(self.term) if self.open else None

    def parts_in(self, text: str, start: int) -> tuple[int, int]:
        """Return where the first part of a term found at *start* ends, and where its last part begins."""
        found = _rest(self.term).match(text, start) if self.tails else None
        return (found.end("head"), found.start("tail")) if found is not None else (start, start)

    def words_in(self, text: str, start: int, end: int) -> str:
        """
        Return the term as it was met: of a term that leaves a choice, the words that stand in the text.

        Args:
            text: scannable text.
            start: where the term was found.
            end: where it ends.
        """
        if not has_choice(self.term):
            return self.term
        head_end, tail = self.parts_in(text, start)
        return f"{text[start:head_end]} {GAP} {text[tail:end]}" if tail > start else text[start:end]

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
    return re.compile(_expression(parts_of(term)))


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
    alphabets = scripts & _ALPHABETS
    if "*" in stem:
        hint = stem.replace("*", "") + "*"
        yield TermFault(term, "star-inside", "a star stands only at the end of a word", hint)
    elif len(alphabets) > 1:
        names = " and ".join(sorted(alphabets))
        yield TermFault(term, "mixed-scripts", f"'{word}' mixes {names} letters", "retype it in one alphabet")
    elif word.endswith("*") and not (scripts and scripts <= set(_TAIL_LETTERS)):
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
        head = _head(row)
        if sum(map(str.isalnum, head)) < _shortest_stem(scripts_of(head)) and not _signs(head[-1]):
            message = "the first word before a gap is too short, so that half the texts would have to be read"
            return [TermFault(term, "odd-gap", message, "begin with a longer word")]
    for part in parts:
        if len({_signs(row[side][side]) for row in part for side in (0, -1)}) > 1:
            message = "a choice beside a gap holds words with and without spaces between them"
            return [TermFault(term, "odd-choice", message, "write a term for each language")]
    return []


def _signs(letter: str) -> bool:
    return joint_of(letter) is Joint.FREE


def _shortest_stem(scripts: frozenset[Script]) -> int:
    return SHORTEST_KOREAN_STEM if scripts == {Script.HANGUL} else SHORTEST_STEM


def example_of(term: str) -> str:
    """
    Return a text that a term stands for.

    >>> example_of("(seized|kept) ... passport*")
    'seized passport'
    """
    words = [word.removesuffix("*") for rows in parts_of(term) for word in rows[0]]
    return "".join(f"{word}{'' if _signs(word[-1]) else ' '}" for word in words).strip()


def pattern_of(term: str) -> TermPattern:
    """
    Return a term without faults, made ready to be looked for.

    >>> pattern_of("North-Korean").literals
    ('north korean',)
    >>> pattern_of("изъят* паспорт*").literals
    ('изъят',)
    >>> pattern_of("(seized|kept) ... (passport*|papers)")[1:]
    (('seized', 'kept'), True, ('passport', 'papers'))
    """
    first, *others = parts_of(term)
    if others:
        heads = chain.from_iterable(_spellings(_head(row).split()) for row in first)
        return TermPattern(term, _each_once(heads), open=True, tails=_each_once(map(_tail, others[-1])))
    starred = any(word.endswith("*") for row in first for word in row)
    literals = chain.from_iterable(_spellings(_head(row).split() if _has_star(row) else row) for row in first)
    return TermPattern(term, _each_once(literals), open=starred)


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _has_star(row: Row) -> bool:
    return any(word.endswith("*") for word in row)


def _head(row: Row) -> str:
    """Return the words of a row up to its first star."""
    starred = next((index for index, word in enumerate(row) if word.endswith("*")), len(row) - 1)
    return " ".join([*row[:starred], row[starred].removesuffix("*")])


def _tail(row: Row) -> str:
    """Return how a row begins whose Korean words may be written as one."""
    return _head(row[:1] if any(_may_join(before, word) for before, word in pairwise(row)) else row)


def _expression(parts: Sequence[Sequence[Row]]) -> str:
    """Return the expression of a term."""
    if len(parts) == 1:
        return _one_of(parts[0], _end)
    expression = f"(?P<head>{_one_of(parts[0], _particle)})"
    for number, (before, part) in enumerate(pairwise(parts), 2):
        expression += _BETWEEN_SIGNS if _signs(before[0][-1][-1]) or _signs(part[0][0][0]) else _BETWEEN_WORDS
        last = number == len(parts)
        expression += f"(?P<tail>{_one_of(part, _end)})" if last else _one_of(part, _particle)
    return expression


def _particle(scripts: frozenset[Script]) -> str:
    """Return the expression of what a Korean word before a gap may carry; at the end of a term its ending is read."""
    return f"[{_TAIL_LETTERS[Script.HANGUL]}]{{0,3}}" if scripts == {Script.HANGUL} else ""


def _end(scripts: frozenset[Script]) -> str:
    """Return the expression of the end of a word in an alphabet, so that a longer word is passed over."""
    return f"(?![{_tail_letters(scripts)}])" if scripts and scripts <= _ALPHABETS else ""


class _Begins(NamedTuple):
    """What may follow some word of the rows, apart from which word it is."""

    rests: tuple[Row, ...]
    ends: bool
    starred: bool
    scripts: frozenset[Script]
    digit: bool
    joins: bool


def _one_of(rows: Sequence[Row], end: Callable[[frozenset[Script]], str], *, before: str = "") -> str:
    """
    Return the expression of rows of which one must stand.

    Words that the same rows follow are written side by side and once: the choices of a term come back as they were
    written, instead of every phrase they stand for, and the expression is made in a hundredth of the time.

    Args:
        rows: what may stand.
        end: the expression of the end of a row, by the script of its last letter.
        before: the word before, of which the first is parted.
    """
    following: dict[str, list[Row]] = {}
    for row in rows:
        following.setdefault(row[0], []).append(row[1:])
    alike: dict[_Begins, list[str]] = {}
    for word, rests in following.items():
        stem = word.removesuffix("*")
        going_on = tuple(filter(None, rests))
        begins = _Begins(
            going_on,
            len(going_on) < len(rests),
            stem != word,
            scripts_of(stem[-1]),
            stem[-1].isdigit(),
            bool(before) and _may_join(before, word),
        )
        alike.setdefault(begins, []).append(stem)
    gap = " " if before else ""
    branches = []
    for begins, stems in alike.items():
        stems.sort(key=len, reverse=True)
        branch = f"{gap}?" if begins.joins else gap
        branch += _any_of(map(re.escape, stems))
        if begins.starred:
            branch += f"[{'0-9' if begins.digit else _tail_letters(begins.scripts)}]{{0,{LONGEST_TAIL}}}"
        then = [_one_of(begins.rests, end, before=stems[0] + "*" * begins.starred)] if begins.rests else []
        branch += _any_of([*then, end(begins.scripts)] if begins.ends else then)
        branches.append((len(begins.rests) > 0, len(stems[0]), branch))
    branches.sort(key=lambda branch: branch[:2], reverse=True)
    return _any_of([branch for *_, branch in branches])


def _any_of(expressions: Iterable[str]) -> str:
    several = list(expressions)
    return several[0] if len(several) == 1 else f"(?:{'|'.join(several)})"


def _tail_letters(scripts: frozenset[Script]) -> str:
    return "".join(_TAIL_LETTERS[script] for script in sorted(scripts))


def _may_join(before: str, word: str) -> bool:
    """Tell whether two Korean words may be written without the space between them."""
    return scripts_of(before[-1]) == scripts_of(word[0]) == {Script.HANGUL}


def _spellings(words: Sequence[str]) -> tuple[str, ...]:
    if len(words) == 1:
        return (words[0],)
    gaps = [("", " ") if _may_join(before, word) else (" ",) for before, word in pairwise(words)]
    if sum(len(gap) == 2 for gap in gaps) > _MOST_OPEN_GAPS:
        gaps = [(" ",)] * len(gaps)
    return tuple(
        words[0] + "".join(gap + word for gap, word in zip(choice, words[1:], strict=True))
        for choice in product(*gaps)
    )
