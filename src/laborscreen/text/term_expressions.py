"""
The regular expression of a term: what must stand in the text where one of its first words was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from laborscreen.text.scripts import Joint, Script, joint_of, scripts_of
from laborscreen.text.writing import Row

LONGEST_TAIL = 6
"""Letters a star may stand for: отделочн + ыми, изъят + ыми, строитель + ством."""

WIDEST_GAP = 6
"""Words a gap may hold: passports of all the men were *taken*."""

WIDEST_GAP_SIGNS = 12
"""Characters a gap may hold in Chinese and Japanese."""

ALPHABETS = frozenset({Script.LATIN, Script.CYRILLIC, Script.GREEK})
TAIL_LETTERS = {
    Script.LATIN: "a-z\u00df-\u024f",
    Script.CYRILLIC: "\u0400-\u052f",
    Script.GREEK: "\u0370-\u03ff",
    Script.HANGUL: "가-힣",
}
_BETWEEN_WORDS = f"(?:[ ,]+[^ .,;:!?()]+){{0,{WIDEST_GAP}}}?[ ,]+"
_BETWEEN_SIGNS = f"[^.,;:!?() ]{{0,{WIDEST_GAP_SIGNS}}}?"


def expression_of(parts: Sequence[Sequence[Row]]) -> str:
    """
    Return the expression of a term.

    Args:
        parts: its parts, as `laborscreen.text.writing.parts_of` returns them.
    """
    if len(parts) == 1:
        return _one_of(parts[0], _end)
    expression = f"(?P<head>{_one_of(parts[0], _particle)})"
    for number, (before, part) in enumerate(pairwise(parts), 2):
        expression += (
            _BETWEEN_SIGNS if is_sign(before[0][-1][-1]) or is_sign(part[0][0][0]) else _BETWEEN_WORDS
        )
        last = number == len(parts)
        expression += f"(?P<tail>{_one_of(part, _end)})" if last else _one_of(part, _particle)
    return expression


def _particle(scripts: frozenset[Script]) -> str:
    """Return the expression of what a Korean word before a gap may carry; at the end of a term its ending is read."""
    return f"[{TAIL_LETTERS[Script.HANGUL]}]{{0,3}}" if scripts == {Script.HANGUL} else ""


def _end(scripts: frozenset[Script]) -> str:
    """Return the expression of the end of a word in an alphabet, so that a longer word is passed over."""
    return f"(?![{_tail_letters(scripts)}])" if scripts and scripts <= ALPHABETS else ""


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
            bool(before) and may_join(before, word),
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
    return "".join(TAIL_LETTERS[script] for script in sorted(scripts))


def may_join(before: str, word: str) -> bool:
    """Tell whether two Korean words may be written without the space between them."""
    return scripts_of(before[-1]) == scripts_of(word[0]) == {Script.HANGUL}


def is_sign(letter: str) -> bool:
    """Tell whether a letter is of a script without spaces between its words."""
    return joint_of(letter) is Joint.FREE
