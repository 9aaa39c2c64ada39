"""
Where the words that turn a mention stand: negations, bans, conditions, other subjects, endings, allegations.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

import ahocorasick_rs as ac

from laborscreen.text.cue_table import Cue, CueTable, load_table


class CueHit(NamedTuple):
    """
    One place where a cue stands in a text.

    Args:
        start: where it begins.
        end: where it ends.
        cue: which it is.
    """

    start: int
    end: int
    cue: Cue


@lru_cache(maxsize=1)
def _table() -> CueTable:
    return load_table()


def triggers() -> tuple[Cue, ...]:
    """
    Return the fewest cues without which no other can turn a mention.

    A text without any of them need not be judged. "no evidence" is left out, because "no" stands in it.
    """
    return _table().triggers


@lru_cache(maxsize=1)
def _finder() -> tuple[ac.AhoCorasick, tuple[tuple[Cue, ...], ...]]:
    owners: dict[str, list[Cue]] = {}
    for cue in _table().cues:
        for literal in cue.pattern.literals:
            owners.setdefault(literal.removesuffix("*"), []).append(cue)
    automaton = ac.AhoCorasick(owners, store_patterns=False, implementation=ac.Implementation.ContiguousNFA)
    return automaton, tuple(map(tuple, owners.values()))


def find_cues(text: str) -> list[CueHit]:
    """
    Return every cue in scannable text, ordered by where it begins.

    >>> [hit.cue.words for hit in find_cues("there is no evidence of it")]
    ['no', 'no evidence']
    """
    automaton, owners = _finder()
    hits = [
        CueHit(start, stop, cue)
        for literal, start, end in automaton.find_matches_as_indexes(text, True)
        for cue in owners[literal]
        if (stop := cue.end_in(text, start, end)) >= 0
    ]
    hits.sort(key=lambda hit: (hit.start, hit.end))
    return hits


@cache
def load_predicates(language: str) -> Mapping[str, re.Pattern[str]]:
    """
    Return, by kind, what a predicate of a language looks like at the start of a word.

    A negated *use* predicate denies the mention ("did not employ"), a negated *harm* predicate leaves it standing ("did
    not pay"), a negated *doubt* predicate leaves it open ("did not verify").
    """
    source = files("laborscreen.text") / "tables" / "predicates.csv"
    words: dict[str, list[str]] = {}
    for row in csv.DictReader(source.read_text(encoding="utf-8").splitlines()):
        if row["language"] == language:
            words.setdefault(row["kind"], []).append(row["word"])
    return {
        kind: re.compile("|".join(map(_predicate, sorted(several, key=lambda word: (-len(word), word)))))
        for kind, several in words.items()
    }


@cache
def answer_pattern(means: Literal["no", "yes", "open"]) -> re.Pattern[str]:
    """
    Return what an answer looks like at the start of a sentence or after a colon (``tables/answers.csv``).

    Every answer that means no, or leaves the question open, holds a cue, so that a text with one is judged.
    """
    source = files("laborscreen.text") / "tables" / "answers.csv"
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    words = sorted(
        (row["answer"] for row in rows if row["means"] == means), key=lambda word: (-len(word), word)
    )
    return re.compile(rf"\W*(?:{'|'.join(map(re.escape, words))})(?![a-zа-я가-힣])")


def _predicate(word: str) -> str:
    stem = re.escape(word.removesuffix("*"))
    if word.endswith("*") or not word[-1].isascii():
        return stem
    return stem + r"(?![a-z0-9])"
