"""
How far apart two written Korean sounds are.

Every way to write an initial, a vowel or a final is a *piece*: the letters ``jeo``'s ``j``, Russian ``дж``,
the Hangul letter ㅈ. ``tables/korean_pieces.csv`` tells which Hangul letters a piece may stand for and at what
cost (0: a system prescribes it). ``tables/korean_neighbours.csv`` tells which Hangul letters stand for each
other, where, and at what cost. The cost of two pieces is the cheapest way from one to the other:

    cost(a, b) = min over letters x of a, y of b of  cost(a, x) + cost(x, y) + cost(b, y)

with x = y or x, y neighbours; no such way means that the two never meet.

The *class* of a Hangul letter is its connected component among the neighbours, and the classes of a piece are
those of its letters. So two pieces at a finite cost share a class: x and y are equal or neighbours, hence in
one component. The candidate index stands on this (``keys``).
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import NamedTuple

from laborscreen.names.hangul import decompose
from laborscreen.names.tables import read_table

__all__ = ["INFINITE", "Sounds", "Syllable", "keys", "sounds", "syllables_cost"]

Syllable = tuple[int, int, int]
INFINITE = 99.0
_I_VOWELS = frozenset("ㅣㅑㅕㅛㅠㅖㅒㅢ")
_NASALS = frozenset("ㄴㅁㄹ")
_POSITIONS = ("initial", "vowel", "final")
Costs = tuple[tuple[float, ...], ...]


class Sounds(NamedTuple):
    """All pieces and their costs, by piece number."""

    number: dict[tuple[str, str, str], int]
    initial: tuple[Costs, Costs]
    vowel: Costs
    final: tuple[Costs, Costs, Costs]
    classes: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    least: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]
    before_i: tuple[bool, ...]
    nasal: tuple[bool, ...]
    liquid: tuple[bool, ...]


def _pieces(position: str) -> list[tuple[str, str, dict[str, float]]]:
    """Return script, spelling and letters with costs of every piece in one position."""
    found: list[tuple[str, str, dict[str, float]]] = []
    letters: dict[str, None] = {}
    for row in read_table("korean_pieces"):
        if row["position"] != position:
            continue
        meant: dict[str, float] = {}
        for item in row["jamo"].split():
            letter, _, cost = item.partition(":")
            meant["" if letter == "-" else letter] = float(cost or 0)
        letters |= dict.fromkeys(meant)
        found.append((row["script"], "" if row["spelling"] == "-" else row["spelling"], meant))
    return [*found, *(("hangul", letter, {letter: 0.0}) for letter in letters)]


def _neighbours(position: str) -> dict[tuple[str, str], tuple[str, float]]:
    found: dict[tuple[str, str], tuple[str, float]] = {}
    for row in read_table("korean_neighbours"):
        if row["position"] == position:
            for pair in ((row["one"], row["other"]), (row["other"], row["one"])):
                found[pair] = (row["when"], float(row["cost"]))
    return found


def _letter_classes(letters: set[str], pairs: set[tuple[str, str]]) -> dict[str, str]:
    """Return for each letter the first letter of its connected component."""
    classes = {letter: letter for letter in letters}
    changed = True
    while changed:
        changed = False
        for one, other in pairs:
            least = min(classes[one], classes[other])
            if classes[one] != least or classes[other] != least:
                classes[one] = classes[other] = least
                changed = True
    return classes


def _matrix(
    pieces: list[tuple[str, str, dict[str, float]]],
    neighbours: dict[tuple[str, str], tuple[str, float]],
    occasions: set[str],
) -> Costs:
    near: dict[str, dict[str, float]] = {letter: {letter: 0.0} for _, _, meant in pieces for letter in meant}
    for (one, other), (when, cost) in neighbours.items():
        if (when == "always" or when in occasions) and one != other:
            near.setdefault(one, {})[other] = cost
    meant_by: dict[str, list[tuple[int, float]]] = {}
    for place, (_, _, meant) in enumerate(pieces):
        for letter, cost in meant.items():
            meant_by.setdefault(letter, []).append((place, cost))

    # Few pieces are near each other, so only those are looked at that share a letter or have neighbouring ones.
    def row(one: dict[str, float]) -> tuple[float, ...]:
        costs = [INFINITE] * len(pieces)
        for letter, first in one.items():
            for other, step in near[letter].items():
                for place, second in meant_by.get(other, ()):
                    costs[place] = min(costs[place], round(first + second + step, 4))
        return tuple(costs)

    return tuple(row(meant) for _, _, meant in pieces)


@cache
def sounds() -> Sounds:
    """Return the one table of sounds, made when first asked for."""
    number: dict[tuple[str, str, str], int] = {}
    matrices: dict[str, list[Costs]] = {}
    classes: list[tuple[str, ...]] = []
    pieces = {position: _pieces(position) for position in _POSITIONS}
    least = [tuple(min(meant.values()) for _, _, meant in pieces[position]) for position in _POSITIONS]
    contexts: dict[str, tuple[set[str], ...]] = {
        "initial": (set(), {"before_i"}),
        "vowel": (set(),),
        "final": (set(), {"before_nasal"}, {"before_nasal", "before_liquid"}),
    }
    for position in _POSITIONS:
        neighbours = _neighbours(position)
        for place, (script, spelling, _) in enumerate(pieces[position]):
            number[script, position, spelling] = place
        matrices[position] = [
            _matrix(pieces[position], neighbours, occasion) for occasion in contexts[position]
        ]
        letters = {letter for piece in pieces[position] for letter in piece[2]}
        component = _letter_classes(letters | {x for pair in neighbours for x in pair}, set(neighbours))
        classes.append(
            tuple("".join(sorted({component[x] or "-" for x in piece[2]})) for piece in pieces[position])
        )
    return Sounds(
        number,
        (matrices["initial"][0], matrices["initial"][1]),
        matrices["vowel"][0],
        (matrices["final"][0], matrices["final"][1], matrices["final"][2]),
        (classes[0], classes[1], classes[2]),
        (least[0], least[1], least[2]),
        tuple(bool(_I_VOWELS & set(piece[2])) for piece in pieces["vowel"]),
        tuple(bool(_NASALS & set(piece[2])) for piece in pieces["initial"]),
        tuple(bool({"ㄹ", "ㄴ"} & set(piece[2])) for piece in pieces["initial"]),
    )


@cache
def hangul_syllable(character: str) -> Syllable:
    """Return the pieces of one Hangul syllable."""
    number = sounds().number
    initial, vowel, final = decompose(character)
    return (
        number["hangul", "initial", initial],
        number["hangul", "vowel", vowel],
        number["hangul", "final", final],
    )


def syllables_cost(one: tuple[Syllable, ...], other: tuple[Syllable, ...], limit: float) -> float:
    """
    Return the cost of taking *one* for *other*, or a value above *limit* where it is dearer or impossible.

    Both must have the same number of syllables. The cost is the same in both directions.
    """
    if len(one) != len(other):
        return INFINITE
    table = sounds()
    total = 0.0
    last = len(one) - 1
    for place, ((i1, v1, f1), (i2, v2, f2)) in enumerate(zip(one, other, strict=True)):
        before_i = table.before_i[v1] or table.before_i[v2]
        total += table.initial[before_i][i1][i2] + table.vowel[v1][v2]
        if total > limit:
            return INFINITE
        occasion = 0
        if place < last:
            n1, n2 = one[place + 1][0], other[place + 1][0]
            occasion = 2 if table.liquid[n1] or table.liquid[n2] else int(table.nasal[n1] or table.nasal[n2])
        total += table.final[occasion][f1][f2]
        if total > limit:
            return INFINITE
    return total


def keys(syllables: tuple[Syllable, ...]) -> tuple[str, ...]:
    """
    Return every class spelling of *syllables*; two sequences at a finite cost share at least one.

    Most pieces have one class, so most sequences have one key; Cyrillic ``е`` alone has four.
    """
    initials, vowels, finals = sounds().classes
    choices: list[str] = []
    for initial, vowel, final in syllables:
        choices += (initials[initial], vowels[vowel], finals[final])
    return tuple(map("".join, itertools.product(*choices)))
