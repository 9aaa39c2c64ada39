"""
Which words of two names belong together.

Words are paired one to one, the most alike first, then neighbouring words written together are tried against single
words. What each name has *covered* is the weight of its paired words over the weight of all of them. A pair
of names whose coverage is under :data:`LEAST_COVERAGE` on either side never reaches any threshold a search
may ask for; the candidate index stands on this.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from laborscreen.names.skeleton import join_skeletons
from laborscreen.names.words import Word, word_likeness

__all__ = [
    "LEAST_COVERAGE",
    "MOST_JOINED",
    "Alignment",
    "align",
    "alignment_reasons",
    "joined_runs",
    "joined_skeleton",
    "runs_from",
]

LEAST_COVERAGE = 0.5
MOST_JOINED = 3
JOINED_LIKENESS = 0.95


class Alignment(NamedTuple):
    """
    The pairs found between two names.

    Args:
        pairs: words of the one and of the other name and how alike they are; several words where they were joined.
        left: the share of the first name's weight that is paired, likeness counted.
        right: the same for the second name.
        left_covered: the share of the first name's weight that is paired, likeness left out.
        right_covered: the same for the second name.
        weight: the weight of what is paired, the lighter side of each pair.
        words: how many words are paired, on the side with fewer.
    """

    pairs: tuple[tuple[str, str, float], ...]
    left: float
    right: float
    left_covered: float
    right_covered: float
    weight: float
    words: int


def align(one: tuple[Word, ...], other: tuple[Word, ...], *, edits: bool = True) -> Alignment:
    """
    Pair the words of two names.

    Args:
        one: words of the first name.
        other: words of the second.
        edits: whether words may be alike without sharing a skeleton.
    """
    free_left, free_right = set(range(len(one))), set(range(len(other)))
    pairs: list[tuple[str, str, float]] = []
    left = right = left_covered = right_covered = weight = 0.0
    left_words = right_words = 0
    for alike, i, j in _alike(one, other, edits):
        if i in free_left and j in free_right:
            free_left.discard(i)
            free_right.discard(j)
            first, second = one[i], other[j]
            pairs.append((first.text, second.text, alike))
            left += first.weight * alike
            right += second.weight * alike
            left_covered += first.weight
            right_covered += second.weight
            weight += min(first.weight, second.weight) * alike
            left_words += 1
            right_words += 1
    if free_left and free_right and len(free_left) + len(free_right) > 2:
        for run, j in _joined(one, other, free_left, free_right):
            together = sum(one[i].weight for i in run)
            pairs.append((" ".join(one[i].text for i in run), other[j].text, JOINED_LIKENESS))
            left, right = left + together * JOINED_LIKENESS, right + other[j].weight * JOINED_LIKENESS
            left_covered, right_covered = left_covered + together, right_covered + other[j].weight
            weight += min(together, other[j].weight) * JOINED_LIKENESS
            left_words, right_words = left_words + len(run), right_words + len(run)
        for run, i in _joined(other, one, free_right, free_left):
            together = sum(other[j].weight for j in run)
            pairs.append((one[i].text, " ".join(other[j].text for j in run), JOINED_LIKENESS))
            left, right = left + one[i].weight * JOINED_LIKENESS, right + together * JOINED_LIKENESS
            left_covered, right_covered = left_covered + one[i].weight, right_covered + together
            weight += min(together, one[i].weight) * JOINED_LIKENESS
            left_words, right_words = left_words + len(run), right_words + len(run)
    all_left = sum([word.weight for word in one]) or 1.0
    all_right = sum([word.weight for word in other]) or 1.0
    return Alignment(
        tuple(pairs),
        left / all_left,
        right / all_right,
        left_covered / all_left,
        right_covered / all_right,
        weight,
        min(left_words, right_words),
    )


def _alike(one: tuple[Word, ...], other: tuple[Word, ...], edits: bool) -> list[tuple[float, int, int]]:
    """Return the pairs of words that meet, the most alike first, then the heaviest; the same word is paired at once."""
    places: dict[str, list[int]] = {}
    for j, second in enumerate(other):
        places.setdefault(second.text, []).append(j)
    same: list[tuple[float, int, int]] = []
    rest: list[int] = []
    for i, first in enumerate(one):
        free = places.get(first.text)
        if free:
            same.append((1.0, i, free.pop(0)))
        else:
            rest.append(i)
    if not rest or len(same) == len(other):
        return same
    left = sorted(j for free in places.values() for j in free)
    found = []
    for i in rest:
        first = one[i]
        for j in left:
            second = other[j]
            alike = word_likeness(first, second) if edits or first.skeleton == second.skeleton else 0.0
            if alike > 0.0:
                found.append((-alike, -(first.weight + second.weight), i, j))
    found.sort()
    return same + [(-negative, i, j) for negative, _, i, j in found]


def _joined(
    parts: tuple[Word, ...], whole: tuple[Word, ...], free_parts: set[int], free_whole: set[int]
) -> list[tuple[tuple[int, ...], int]]:
    """Find runs of free neighbours in *parts* that together make a free word of *whole*; takes both from the free ones."""
    found: list[tuple[tuple[int, ...], int]] = []
    if len(free_parts) < 2:
        return found
    wanted = {whole[j].skeleton: j for j in sorted(free_whole, reverse=True)}
    for length in range(2, MOST_JOINED + 1):
        for start in range(len(parts) - length + 1):
            run = tuple(range(start, start + length))
            if not free_parts.issuperset(run):
                continue
            j = wanted.get(joined_skeleton(parts[start : start + length]))
            if j is not None and j in free_whole:
                free_parts.difference_update(run)
                free_whole.discard(j)
                found.append((run, j))
    return found


def joined_runs(words: tuple[Word, ...]) -> Iterator[tuple[int, int, str]]:
    """Yield first place, place after the last, and skeleton of every run of two or three neighbouring words."""
    for start in range(len(words) - 1):
        yield from runs_from(words, start)


def runs_from(words: tuple[Word, ...], start: int) -> Iterator[tuple[int, int, str]]:
    """Yield the same for the runs that begin at one place."""
    joined = words[start].skeleton
    plain = joined.isalpha()
    for stop in range(start + 2, min(start + MOST_JOINED, len(words)) + 1):
        bones = words[stop - 1].skeleton
        plain = plain and bones.isalpha()
        if plain:  # as join_skeletons has it, without looking at every letter again
            joined += bones[1:] if joined[-1] == bones[0] else bones
        else:
            joined = joined_skeleton(words[start:stop])
        yield start, stop, joined


def joined_skeleton(words: tuple[Word, ...]) -> str:
    """Return the skeleton of neighbouring *words* written together."""
    return join_skeletons([word.skeleton for word in words])


def alignment_reasons(found: Alignment, one: tuple[Word, ...], other: tuple[Word, ...]) -> tuple[str, ...]:
    """Return in words which words are the same, which are alike, and which stand alone."""
    same = sorted(left for left, right, alike in found.pairs if alike == 1.0 and left == right)
    near = sorted(f"{left} / {right}" for left, right, alike in found.pairs if alike < 1.0)
    reasons = []
    if same:
        reasons.append("same words: " + ", ".join(same))
    if near:
        reasons.append("alike: " + ", ".join(near))
    met_left = {word for left, _, _ in found.pairs for word in left.split()}
    met_right = {word for _, right, _ in found.pairs for word in right.split()}
    for words, met in ((one, met_left), (other, met_right)):
        alone = sorted(word.text for word in words if word.text not in met)
        if alone:
            reasons.append(f"not in the other name: {', '.join(alone)}")
    return tuple(reasons)
