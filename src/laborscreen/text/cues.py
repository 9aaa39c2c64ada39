"""
The words that turn a mention: negations, bans, conditions, other subjects, endings, allegations.

Cues are data (``tables/cues.csv``); this module knows what kinds there are and reads them. They are written as terms are
(see `laborscreen.text.terms`), and a Korean cue that may stand inside a word, after other syllables, begins with ``~``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import ahocorasick_rs as ac

from laborscreen.text.scripts import Joint, ends_word, joint_of
from laborscreen.text.terms import TermPattern, pattern_of


class Effect(StrEnum):
    """What a cue does to the mentions it reaches."""

    COMPOUND = "compound"
    SPARED = "spared"
    ABSENCE = "absence"
    NEGATION = "negation"
    LACK = "lack"
    PROHIBITION = "prohibition"
    CONDITION = "condition"
    CONDITION_OPENING = "condition_opening"
    CONDITION_AFTER = "condition_after"
    MODAL = "modal"
    OTHER_PARTY = "other_party"
    CONTRAST = "contrast"
    ENDED = "ended"
    PAST = "past"
    ONGOING = "ongoing"
    ALLEGATION = "allegation"
    DENIAL = "denial"
    CONCESSION = "concession"
    QUESTION = "question"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Cue:
    """
    One cue of the table.

    Args:
        words: the cue as the table writes it.
        language: en, ru, ko or zh; another one only where the effect is COMPOUND, ABSENCE or UNJUDGED.
        effect: what it does.
        pattern: the cue made ready to be looked for.
    """

    words: str
    language: str
    effect: Effect
    pattern: TermPattern

    def end_in(self, text: str, start: int, end: int) -> int:
        """Return where the cue whose literal stands at `start` ends, or -1 where it only looks like one."""
        if not self.words.startswith("~"):
            return self.pattern.end_in(text, start, end)
        if (rest := self.pattern.rest) is not None:
            found = rest.match(text, start)
            return found.end() if found else -1
        return end if ends_word(text, end) else -1


@dataclass(frozen=True, slots=True)
class CueHit:
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
def load_cues() -> tuple[Cue, ...]:
    """Return every cue of the table, in its order."""
    source = files("laborscreen.text") / "tables" / "cues.csv"
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return tuple(
        Cue(row["cue"], row["language"], Effect(row["effect"]), pattern_of(row["cue"].removeprefix("~")))
        for row in rows
    )


_SILENT = frozenset({Effect.SPARED, Effect.ONGOING, Effect.CONCESSION, Effect.CONTRAST})
"""Effects that only change what other cues do."""


@lru_cache(maxsize=1)
def triggers() -> tuple[Cue, ...]:
    """
    Return the fewest cues without which no other can turn a mention.

    A text without any of them need not be judged. "no evidence" is left out, because "no" stands in it.
    """
    telling = [cue for cue in load_cues() if cue.effect not in _SILENT]
    words = frozenset(cue.words for cue in telling)
    stems = frozenset(
        word[:-1] for word in words if word.endswith("*") and " " not in word and "~" not in word
    )
    signs = tuple(word for word in words if joint_of(word[0]) is Joint.FREE)
    return tuple(cue for cue in telling if not _holds_another(cue.words, words, stems, signs))


def _holds_another(cue: str, words: Collection[str], stems: Collection[str], signs: tuple[str, ...]) -> bool:
    """Tell whether another cue is found wherever this one is."""
    if joint_of(cue[0]) is Joint.FREE:
        return any(sign in cue for sign in signs if sign != cue)
    parts = cue.split()
    beginnings = (part[:length] for part in parts for length in range(1, len(part) + 1))
    if any(beginning in stems and f"{beginning}*" != cue for beginning in beginnings):
        return True
    runs = (parts[start:stop] for start in range(len(parts)) for stop in range(start + 1, len(parts) + 1))
    return any(run != parts and " ".join(run) in words for run in runs)


@lru_cache(maxsize=1)
def _finder() -> tuple[ac.AhoCorasick, tuple[tuple[Cue, ...], ...]]:
    owners: dict[str, list[Cue]] = {}
    for cue in load_cues():
        for literal in cue.pattern.literals:
            owners.setdefault(literal, []).append(cue)
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
