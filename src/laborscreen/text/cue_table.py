"""
The cues: the words that turn a mention, and the table they stand in.

Cues are data (``tables/cues.csv``); this module knows what kinds there are and reads them. They are written as terms are
(see `laborscreen.text.terms`), and a Korean cue that may stand inside a word, after other syllables, begins with ``~``.

``tables/cues.json`` holds what reading that table gives, and tells the digest of the text it was made from; of an edited
table nothing is known there, and it is read. ``scripts/write_docs.py`` writes it, and a test holds it to the table.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import orjson

from laborscreen.prepared import digest_of, open_prepared, text_of_table
from laborscreen.text.scripts import Joint, ends_word, joint_of
from laborscreen.text.terms import TermPattern, pattern_of

TABLE = Path(__file__).parent / "tables" / "cues.csv"
PREPARED = TABLE.with_suffix(".json")


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


_SILENT = frozenset({Effect.SPARED, Effect.ONGOING, Effect.CONCESSION, Effect.CONTRAST})
"""Effects that only change what other cues do."""


class Cue(NamedTuple):
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

    @property
    def inside(self) -> bool:
        """Tell whether it may stand inside a word, after other syllables."""
        return self.words.startswith("~")

    def end_in(self, text: str, start: int, end: int) -> int:
        """Return where the cue whose literal stands at `start` ends, or -1 where it only looks like one."""
        if not self.inside:
            return self.pattern.end_in(text, start, end)
        if (rest := self.pattern.rest) is not None:
            found = rest.match(text, start)
            return found.end() if found else -1
        return end if ends_word(text, end) else -1


class CueTable(NamedTuple):
    """
    The cues of a table.

    Args:
        cues: all of them, in its order.
        triggers: the fewest without which no other can turn a mention.
    """

    cues: tuple[Cue, ...]
    triggers: tuple[Cue, ...]


def load_table() -> CueTable:
    """Return the table, prepared or as it stands."""
    content = TABLE.read_bytes()
    prepared = open_prepared(PREPARED)
    if prepared is None or prepared.head["read_from"] != digest_of(content):
        return read_table(content.decode())
    words, languages, effects, literals, opens, tails, triggers = orjson.loads(prepared.body)
    bare = [word.removeprefix("~") for word in words]
    patterns = map(TermPattern, bare, map(tuple, literals), opens, map(tuple, tails))
    kinds = {str(effect): effect for effect in Effect}
    cues = tuple(map(Cue, words, languages, map(kinds.__getitem__, effects), patterns))
    return CueTable(cues, tuple(map(cues.__getitem__, triggers)))


def read_table(text: str) -> CueTable:
    """Return the table that *text* is."""
    cues = tuple(
        Cue(row["cue"], row["language"], Effect(row["effect"]), pattern_of(row["cue"].removeprefix("~")))
        for row in csv.DictReader(text.splitlines())
    )
    return CueTable(cues, tuple(_triggers(cues)))


def prepare_cues() -> str:
    """Return the prepared form of the table."""
    content = TABLE.read_bytes()
    table = read_table(content.decode())
    place = {cue: number for number, cue in enumerate(table.cues)}
    columns = (
        [cue.words for cue in table.cues],
        [cue.language for cue in table.cues],
        [cue.effect for cue in table.cues],
        [cue.pattern.literals for cue in table.cues],
        [cue.pattern.open for cue in table.cues],
        [cue.pattern.tails for cue in table.cues],
        [place[cue] for cue in table.triggers],
    )
    body = ",\n".join(orjson.dumps(column).decode() for column in columns)
    return text_of_table(f"[{body}]\n", read_from=digest_of(content))


def _triggers(cues: Sequence[Cue]) -> list[Cue]:
    """Return the cues that are found wherever another would turn a mention; "no evidence" is not, for "no" stands in it."""
    telling = [cue for cue in cues if cue.effect not in _SILENT]
    words = frozenset(cue.words for cue in telling)
    stems = frozenset(
        word[:-1] for word in words if word.endswith("*") and " " not in word and "~" not in word
    )
    signs = tuple(word for word in words if joint_of(word[0]) is Joint.FREE)
    return [cue for cue in telling if not _holds_another(cue.words, words, stems, signs)]


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
