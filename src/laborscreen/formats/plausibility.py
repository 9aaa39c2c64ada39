"""
Does decoded text look like text? Told from alphabets, the shape of words and frequent characters.

Decoding with the wrong table gives letters of two scripts in one word, capitals inside words, signs between letters,
or characters hardly anybody uses. Each shows in a different way for alphabets and for Chinese, Korean and Japanese.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

_NEUTRAL = frozenset("«»“”„‘’‚‹›–—…•·№§©®™°±€£¥½¼²³¡¿´`¨\u00a0\u00ad\u3000、。，；：（）【】「」《》ー・")
_MOST_FOREIGN = 3  # letters in a row beyond A-Z that a word in Latin script may have ("Žďár")
_FREQUENT_LETTERS = (
    0.35  # share of the ten most frequent letters; Russian text has 0.55 to 0.65, misread text 0.05 to 0.25
)
_FREQUENT_CHARACTERS = {"hangul": 0.25, "han": 0.2, "japanese": 0.35}
"""Share of frequent characters in Korean, Chinese, Japanese; misread text has less than 0.1."""


class Script(NamedTuple):
    """
    What text of one encoding looks like.

    Args:
        codec: Python's name of the encoding.
        title: its name for people.
        script: cyrillic, latin, hangul, han or japanese.
        frequent: frequent letters or characters.
        languages: for alphabets, the letters beyond A-Z of each language.
    """

    codec: str
    title: str
    script: str
    frequent: frozenset[str]
    languages: Mapping[str, frozenset[str]]

    def fits(self, text: str) -> float:
        """
        Return the share of the lines with letters beyond A-Z that look right, 0 to 1.

        *text* is the decoded sample, one line a row.
        """
        letters = [c for c in text if c > "\x7f" and c not in _NEUTRAL]
        if not letters:
            return 0.0
        if self.script not in {"cyrillic", "latin"}:
            return self._fits_characters(letters)
        if self.script == "cyrillic":
            share = sum(c in self.frequent for c in letters) / len(letters)
            if share < _FREQUENT_LETTERS:
                return 0.0
        lines = [line for line in text.splitlines() if any(c > "\x7f" and c not in _NEUTRAL for c in line)]
        return sum(self._line_fits(line) for line in lines) / len(lines)

    def _fits_characters(self, letters: list[str]) -> float:
        share = sum(c in self.frequent for c in letters) / len(letters)
        if share < _FREQUENT_CHARACTERS[self.script]:
            return 0.0
        own = sum(_script_of(c) in _SCRIPTS[self.script] for c in letters)
        return own / len(letters)

    def _line_fits(self, line: str) -> bool:
        foreign = {c for c in line if c > "\x7f" and c not in _NEUTRAL}
        if not any(foreign <= alphabet for alphabet in self.languages.values()):
            return False
        return all(self._word_fits(word) for word in _words(line))

    def _word_fits(self, word: str) -> bool:
        if word.isascii():
            return True
        inner = [c for c in word if c.isalpha()]
        if any(c in _NEUTRAL for c in word[1:-1] if c not in "’·‘´`\u00ad—–-"):
            return False
        if self.script == "cyrillic":
            return not any(c.isascii() for c in inner) and not _capitals_inside(inner)
        run = longest = 0
        for c in inner:
            run = 0 if c.isascii() else run + 1
            longest = max(longest, run)
        alone = longest == len(inner) > 1
        return longest <= _MOST_FOREIGN and not alone and not _capitals_inside(inner)


_SCRIPTS: Mapping[str, frozenset[str]] = {
    "hangul": frozenset({"HANGUL"}),
    "han": frozenset({"CJK", "FULLWIDTH", "IDEOGRAPHIC"}),
    "japanese": frozenset(
        {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "FULLWIDTH", "HALFWIDTH", "IDEOGRAPHIC"}
    ),
}


@lru_cache(maxsize=65_536)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


def _capitals_inside(letters: list[str]) -> bool:
    """Return whether a capital follows a small letter, more than once: "оПХБЕР", but not "АгроПром"."""
    turns = sum(a.islower() and b.isupper() for a, b in itertools.pairwise(letters))
    return turns > 1 or (turns == 1 and letters[0].islower())


def _words(line: str) -> list[str]:
    """Split at everything ASCII that is no letter."""
    return "".join(c if c > "\x7f" or c.isalpha() else " " for c in line).replace("\u00a0", " ").split()


@lru_cache(maxsize=1)
def scripts() -> tuple[Script, ...]:
    """Return the encodings that can be told, in order of preference."""
    import yaml  # UTF-8, which most files are, is told without it

    table = yaml.safe_load((files(__package__) / "tables" / "scripts.yaml").read_text(encoding="utf-8"))
    return tuple(
        Script(
            row["codec"],
            row["title"],
            row["script"],
            frozenset("".join(row.get("frequent", "").split())),
            {name: frozenset(letters) for name, letters in row.get("languages", {}).items()},
        )
        for row in table
    )
