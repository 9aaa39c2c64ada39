"""
How a term of a list is written, and what text it stands for.

=========================  ====================================================================================
written                    stands for
=========================  ====================================================================================
``north korean``           these words, whole, in any case or width; between them any run of spaces, or a hyphen
``северокорей*``           the stem and up to six more letters of its script, to the end of the word
``изъят* паспорт*``        each word may be a stem
``북한 노동자``            Korean words, with or without the space, with any of their endings (북한노동자들은)
``朝鲜工人``               these characters anywhere: Chinese and Japanese have no spaces
``паспорт* ... забра*``    both, in this order and one sentence, with up to six words between them, or twelve
                           characters where there are no spaces; a "not" in the gap denies
``(kept|held) by``         one of these; a choice may hold several words, stems, or nothing: ``(all |)passports``
=========================  ====================================================================================

A star stands only at the end of a word, after at least four letters (two syllables of Hangul), and never after Chinese or
Japanese characters, which have no endings. A word keeps to one alphabet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise, product
from typing import NamedTuple

from laborscreen.text.korean import is_ending
from laborscreen.text.scripts import Joint, joint_of, starts_word
from laborscreen.text.term_expressions import expression_of, is_sign, may_join
from laborscreen.text.writing import GAP, Row, has_choice, head_of, parts_of, pieces_of

MOST_LITERALS = 60
"""Strings that are looked for because of one part of a term; of a part with more phrases, only the beginnings."""

LONGEST_MET = 600
"""Characters in which the last part of a term with a gap is looked for once more."""

_SIGN = re.compile(r"\S")
_LONGEST_BEGINNING = 6
_TELLING_LETTERS, _TELLING_SIGNS = 5, 2
_BRIEF = 4
_MOST_OPEN_GAPS = 4


class TermPattern(NamedTuple):
    """
    A term made ready to be looked for in scannable text (see `scannable`).

    Args:
        term: the term as written, with the words of the sets it names.
        literals: strings one of which stands in the text wherever the term may be; each begins where the term begins, and
            ends where a word does, unless a star behind it says that the word may go on.
        open: whether more must be read where the literal was found: a stem's ending, words after it, a gap.
        tails: strings one of which stands after the literal wherever the term is, written alike: how the last part of a term
            with a gap begins, or the last choice of one whose literals tell but a part of it. Empty for any other term.
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
        found = _rest(self.term).match(text, start) if GAP in self.term else None
        return (found.end("head"), found.start("tail")) if found is not None else (start, start)

    def farther_in(self, text: str, start: int, tail: int, end: int) -> Iterator[tuple[int, int, int]]:
        """
        Yield where else a term with a gap may end: end, end of its first part and beginning of its last, the nearest first.

        Of a choice behind a gap the nearest word is met first: in "passports were not sold but taken away" it is "sold".

        Args:
            text: scannable text.
            start: where the term was found.
            tail: where its last part begins there.
            end: where it ends.
        """
        stretch = text[start : start + LONGEST_MET]
        tail, end = tail - start, end - start
        while True:
            stretch = stretch[:tail] + _SIGN.sub("\0", stretch[tail:end]) + stretch[end:]
            end = self.end_in(stretch, 0, 0)
            if not 0 <= end < LONGEST_MET:
                return
            head_end, tail = self.parts_in(stretch, 0)
            yield start + end, start + head_end, start + tail

    def words_in(self, text: str, start: int, end: int, head_end: int, tail: int) -> str:
        """
        Return the term as it was met: of a term that leaves a choice, the words that stand in the text.

        Args:
            text: scannable text.
            start: where the term was found.
            end: where it ends.
            head_end: where its first part ends.
            tail: where its last part begins; *start* where it has no gap.
        """
        if not has_choice(self.term):
            return self.term
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


class TermPatterns(NamedTuple):
    """
    Many terms made ready, column by column: a pattern is put together where its literal is found.

    Args:
        terms: the terms as `TermPattern` has them.
        literals: what to look for: a string for each, or several parted by tabs, which no term holds.
        opens: whether more must be read.
        tails: for each, what must stand after it.
    """

    terms: Sequence[str]
    literals: Sequence[str]
    opens: Sequence[bool]
    tails: Sequence[tuple[str, ...]]

    @classmethod
    def of(cls, patterns: Iterable[TermPattern]) -> TermPatterns:
        """Take *patterns* apart."""
        several = tuple(patterns)
        return cls(
            tuple(one.term for one in several),
            tuple("\t".join(one.literals) for one in several),
            tuple(one.open for one in several),
            tuple(one.tails for one in several),
        )

    def pattern(self, number: int) -> TermPattern:
        """Put one together."""
        literals = tuple(self.literals[number].split("\t"))
        return TermPattern(self.terms[number], literals, self.opens[number], self.tails[number])


@cache
def _rest(term: str) -> re.Pattern[str]:
    """Return the expression of an open term, made the first time its literal is met: most never are."""
    return re.compile(expression_of(term))


def _syllables(text: str, start: int) -> str:
    stop = start
    while stop < len(text) and joint_of(text[stop]) is Joint.SYLLABLE:
        stop += 1
    return text[start:stop]


def example_of(term: str) -> str:
    """
    Return a text that a term stands for.

    >>> example_of("(seized|kept) ... passport*")
    'seized passport'
    """
    words = [word.removesuffix("*") for rows in parts_of(term) for word in rows[0]]
    return "".join(f"{word}{'' if is_sign(word[-1]) else ' '}" for word in words).strip()


@lru_cache(maxsize=32_768)
def pattern_of(term: str) -> TermPattern:
    """
    Return a term without faults, made ready to be looked for.

    >>> pattern_of("North-Korean").literals
    ('north korean',)
    >>> pattern_of("изъят* паспорт*").literals
    ('изъят*',)
    >>> pattern_of("(seized|kept) ... (passport*|papers)")[1:]
    (('seized', 'kept'), True, ('passport*', 'papers'))
    """
    first, *others = parts_of(term)
    if others:
        heads = chain.from_iterable(_spellings(head_of(row).split()) for row in first)
        tails = _few(map(_tail, others[-1]))
        if not any(map(is_sign, (row[-1][-1] for row in (first, *others)[-2]))):
            tails = tuple(chain.from_iterable(map(_parted, tails)))
        return TermPattern(term, _few(heads), open=True, tails=tails)
    whole = _each_once(chain.from_iterable(_spellings(head_of(row).split()) for row in first))
    literals = _few(whole)
    tails = _last_words(term) if literals != whole else ()
    return TermPattern(term, literals, open="*" in term or literals != whole, tails=tails)


def _last_words(term: str) -> tuple[str, ...]:
    """Return how the last choice of a term without a gap begins, where something always stands before it; else nothing."""
    *before, last = pieces_of(term)[0]
    always = any(piece.rows and () not in piece.rows for piece in before)
    if not always or not last.apart or not last.rows or () in last.rows:
        return ()
    if any(joint_of(row[0][0]) is Joint.SYLLABLE for row in last.rows):  # may be joined to the word before
        return ()
    tails = _few(map(_tail, last.rows))
    return () if any(map(_is_brief, tails)) else tails


def _parted(tail: str) -> tuple[str, ...]:
    """Return a string after a gap; a brief one with the mark before it, so that it is not met in every other word."""
    return (f" {tail}", f",{tail}") if _is_brief(tail) else (tail,)


def _is_brief(text: str) -> bool:
    return len(text) <= _BRIEF and joint_of(text[0]) is Joint.LETTER


def _few(texts: Iterable[str]) -> tuple[str, ...]:
    """Return strings one of which every text begins with: the texts, or where they are many, fewer and shorter ones."""
    several = _each_once(texts)
    if len(several) <= MOST_LITERALS:
        return several
    for length in range(_LONGEST_BEGINNING, 0, -1):
        few = _each_once(_beginning(text, length) for text in several)
        if len(few) <= MOST_LITERALS:
            break
    return few


def _beginning(text: str, length: int) -> str:
    """Return the first words of a text, and more where they are too short to be telling; of unspaced text, signs."""
    if joint_of(text[0]) in (Joint.FREE, Joint.SYLLABLE):
        few, rest = text[: length + _TELLING_SIGNS], text[length + _TELLING_SIGNS :]
        return text if rest in ("", "*") else few if starts_word(text, len(few)) else f"{few}*"
    words = text.split(" ")
    while length < len(words) and sum(map(len, words[:length])) < _TELLING_LETTERS:
        length += 1
    return " ".join(words[:length])


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _tail(row: Row) -> str:
    """Return how a row begins whose Korean words may be written as one."""
    return head_of(row[:1] if any(may_join(before, word) for before, word in pairwise(row)) else row)


def _spellings(words: Sequence[str]) -> tuple[str, ...]:
    if len(words) == 1:
        return (words[0],)
    gaps = [("", " ") if may_join(before, word) else (" ",) for before, word in pairwise(words)]
    if sum(len(gap) == 2 for gap in gaps) > _MOST_OPEN_GAPS:
        gaps = [(" ",)] * len(gaps)
    return tuple(
        words[0] + "".join(gap + word for gap, word in zip(choice, words[1:], strict=True))
        for choice in product(*gaps)
    )
