"""
The regular expression of a term: what must stand in the text where one of its first words was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from laborscreen.text.scripts import Joint, Script, joint_of, scripts_of
from laborscreen.text.writing import Piece, Row, parts_of, pieces_of

LONGEST_TAIL = 6
"""Letters a star may stand for: отделочн + ыми, изъят + ыми, строитель + ством."""

WIDEST_GAP = 6
"""Words a gap may hold: passports of all the men were *taken*."""

WIDEST_GAP_SIGNS = 12
"""Characters a gap may hold in Chinese and Japanese."""

_End = Callable[[frozenset[Script]], str]
"""The expression of the end of a row, by the script of its last letter."""

ALPHABETS = frozenset({Script.LATIN, Script.CYRILLIC, Script.GREEK})
TAIL_LETTERS = {
    Script.LATIN: "a-z\u00df-\u024f",
    Script.CYRILLIC: "\u0400-\u052f",
    Script.GREEK: "\u0370-\u03ff",
    Script.HANGUL: "가-힣",
}
_BETWEEN_WORDS = f"(?:[ ,]+[^ .,;:!?()]+){{0,{WIDEST_GAP}}}?[ ,]+"
_BETWEEN_SIGNS = f"[^.,;:!?() ]{{0,{WIDEST_GAP_SIGNS}}}?"


def expression_of(term: str) -> str:
    """Return the expression of a term."""
    parts = parts_of(term)
    written = [
        _of_pieces(pieces, _end if number == len(parts) else _particle) or _one_of(rows, end)
        for number, (pieces, rows, end) in enumerate(
            zip(pieces_of(term), parts, [*[_particle] * (len(parts) - 1), _end], strict=True), 1
        )
    ]
    if len(parts) == 1:
        return written[0]
    expression = f"(?P<head>{written[0]})"
    for number, (before, part) in enumerate(pairwise(parts), 2):
        expression += (
            _BETWEEN_SIGNS if is_sign(before[0][-1][-1]) or is_sign(part[0][0][0]) else _BETWEEN_WORDS
        )
        expression += f"(?P<tail>{written[-1]})" if number == len(parts) else f"(?:{written[number - 1]})"
    return expression


def _of_pieces(pieces: Sequence[Piece], end: _End) -> str:
    """
    Return the expression of a part as its choices were written, or an empty string where only its rows tell it.

    Only the rows tell a part whose pieces run into one another outside Chinese and Japanese, or whose Korean words may be
    joined in some of the choices and not in others.
    """
    whole, begun = "", False
    for number, piece in enumerate(pieces):
        rows = [row for row in piece.rows if row]
        gap = _parted(pieces[:number], piece) if number else ""
        if gap is None or not rows:
            return ""
        may_end = all(() in later.rows for later in pieces[number + 1 :])
        body = _one_of(rows, end if may_end else _anywhere)
        if () not in piece.rows:
            whole, begun = f"{whole}{gap if begun else ''}{body}", True
        elif begun:
            whole += f"(?:{gap}{body})?"
        else:
            following = (
                _parted(pieces[: number + 1], pieces[number + 1]) if number + 1 < len(pieces) else None
            )
            if following is None:
                return ""
            whole += f"(?:{body}{following})?"
    return whole if begun else ""


def _parted(before: Sequence[Piece], piece: Piece) -> str | None:
    """Return the expression of what parts a piece from those before it, None where it hangs on which words stand there."""
    lasts = []
    for one in reversed(before):
        lasts += [row[-1] for row in one.rows if row]
        if () not in one.rows:
            break
    firsts = [row[0] for row in piece.rows if row]
    if not piece.apart:
        return None if any(_run_on(last, first) for last in lasts for first in firsts) else ""
    joins = {may_join(last, first) for last in lasts for first in firsts}
    return None if len(joins) != 1 else " ?" if joins.pop() else " "


def _run_on(last: str, first: str) -> bool:
    """Tell whether two words written without a space are one: not in Chinese, and not beside marks other than a star."""
    unspaced = (Joint.FREE, Joint.GAP)
    starred = last.endswith("*") or first.startswith("*")
    return starred or not (joint_of(last[-1]) in unspaced or joint_of(first[0]) in unspaced)


def _anywhere(_scripts: frozenset[Script]) -> str:
    """Return the expression of the end of a word inside a part: the space after it is told already."""
    return ""


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
    syllables: int


def _one_of(rows: Sequence[Row], end: _End, *, before: str = "") -> str:
    """
    Return the expression of rows of which one must stand.

    Words that the same rows follow are written side by side and once: the choices of a term come back as they were
    written, instead of every phrase they stand for, and the expression is made in a hundredth of the time.

    Of Korean words the longest is tried first, and before all a stem: whether what follows is an ending is looked at after
    the match, so that 받 would hide 받았*.

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
            len(stem) if joint_of(stem[-1]) is Joint.SYLLABLE and len(going_on) < len(rests) else 0,
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
        branches.append((len(begins.rests) > 0, begins.starred, len(stems[0]), branch))
    branches.sort(key=lambda branch: branch[:3], reverse=True)
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
