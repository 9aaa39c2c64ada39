"""
The words that turn a mention: negations, bans, conditions, other subjects, endings, allegations.

Cues are data (``tables/cues.csv``); this module knows what kinds there are and reads them. They are written as terms are
(see `laborscreen.text.terms`), and a Korean cue that may stand inside a word, after other syllables, begins with ``~``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from laborscreen.text.scripts import ends_word
from laborscreen.text.terms import TermPattern, pattern_of


class Effect(StrEnum):
    """What a cue does to the mentions it reaches."""

    COMPOUND = "compound"
    SPARED = "spared"
    ABSENCE = "absence"
    NEGATION = "negation"
    PROHIBITION = "prohibition"
    CONDITION = "condition"
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


@dataclass(frozen=True, slots=True)
class Cue:
    """
    One cue of the table.

    Args:
        words: the cue as the table writes it.
        language: en, ru, ko or zh.
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
        if self.pattern.rest is not None:
            found = self.pattern.rest.match(text, start)
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


@lru_cache(maxsize=1)
def load_predicates() -> Mapping[str, re.Pattern[str]]:
    """
    Return, by language and kind, what a predicate looks like at the start of a word.

    Keys are ``en use``, ``en harm`` and so on: a negated *use* predicate denies the mention ("did not employ"), a negated
    *harm* predicate leaves it standing ("did not pay").
    """
    source = files("laborscreen.text") / "tables" / "predicates.csv"
    words: dict[str, list[str]] = {}
    for row in csv.DictReader(source.read_text(encoding="utf-8").splitlines()):
        words.setdefault(f"{row['language']} {row['kind']}", []).append(row["word"])
    return {key: re.compile("|".join(map(_predicate, sorted(several, key=lambda word: (-len(word), word)))))
            for key, several in words.items()}  # fmt: skip


def _predicate(word: str) -> str:
    stem = re.escape(word.removesuffix("*"))
    if word.endswith("*") or not word[-1].isascii():
        return stem
    return stem + r"(?![a-z0-9])"
