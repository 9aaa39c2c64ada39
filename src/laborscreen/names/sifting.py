"""
Many queries at once, held against what their words meet: which rows of a shelf may reach the evidence asked for.

Whoever meets nothing that could be enough is let go before a row is looked at, which are most firms. For the
others, rows are gathered from a few words of each query (its *front*) and weighed by all of them, whole columns at
once. Every term only overstates: the likeness of a pair is taken at its ceiling, the best pair of every word is
counted, though two words may claim the same one. Rows under the evidence even so are dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from laborscreen.names.alignment import LEAST_COVERAGE
from laborscreen.names.ceilings import Rows, Shares, least_share, most_bits, most_evidence

__all__ = ["Met", "Places", "each_once", "met_by_each", "runs_of", "sift"]

SLACK = 1e-4
AT_ONCE = 2_000
FEW = 4  # rows that are compared sooner than weighed

Places = NDArray[np.int64]


def each_once(numbers: Places) -> Places:
    """
    Return *numbers* in order, each once, as `numpy.unique` does, which loads the whole of `numpy.ma` to do it.

    >>> each_once(np.array([3, 1, 3])).tolist(), each_once(np.array([], dtype=np.int64)).tolist()
    ([1, 3], [])
    """
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def runs_of(first: Places, sizes: Places) -> Places:
    """
    Return the places of several runs one after the other, each told by its first place and how many there are.

    >>> runs_of(np.array([7, 2]), np.array([2, 3])).tolist()
    [7, 8, 2, 3, 4]
    """
    after = np.cumsum(sizes)
    return np.repeat(first - after + sizes, sizes) + np.arange(after[-1] if len(after) else 0)


class Met(NamedTuple):
    """
    What one word meets on a shelf.

    Args:
        rows: the rows it meets, sorted, each once.
        share: the most of each row's weight that the word may cover, likeness counted.
        alike: the most the word may be like a word of each row.
        most_share: the highest of the shares.
        most_alike: the highest likeness.
    """

    rows: Rows
    share: Shares
    alike: Shares
    most_share: float
    most_alike: float


NOTHING = Met(np.empty(0, dtype=np.int32), np.empty(0), np.empty(0), 0.0, 0.0)


def met_by_each(owner: Places, rows: Rows, share: Shares, alike: Shares, owners: int) -> list[Met]:
    """
    Return what each of several words meets, from rows in any order and with repeats; the best of each row counts.

    Args:
        owner: the number of the word that meets each row.
        rows: the rows.
        share: the most of each row's weight that the word may cover, likeness counted.
        alike: the most the word may be like a word of the row.
        owners: how many words there are.
    """
    if not len(rows):
        return [NOTHING] * owners
    order = np.lexsort((rows, owner))
    owner, rows, share, alike = owner[order], rows[order], share[order], alike[order]
    first = np.flatnonzero(np.concatenate([[True], (rows[1:] != rows[:-1]) | (owner[1:] != owner[:-1])]))
    share, alike = np.maximum.reduceat(share, first), np.maximum.reduceat(alike, first)
    owner, rows = owner[first], rows[first]
    begins = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
    ends = [*begins[1:].tolist(), len(rows)]
    most_share = np.maximum.reduceat(share, begins).tolist()
    most_alike = np.maximum.reduceat(alike, begins).tolist()
    found = [NOTHING] * owners
    several = zip(owner[begins].tolist(), begins.tolist(), ends, most_share, most_alike, strict=True)
    for number, start, stop, highest, likest in several:
        found[number] = Met(rows[start:stop], share[start:stop], alike[start:stop], highest, likest)
    return found


class Asked(NamedTuple):
    """
    A query that may find something.

    Args:
        number: the place of the query among all of them.
        total: the weight of its words.
        weights: the weight of each word that meets something.
        met: what each of these meets.
    """

    number: int
    total: float
    weights: tuple[float, ...]
    met: tuple[Met, ...]


def sift(
    weights: Sequence[Sequence[float]], met: Sequence[Sequence[Met]], person: bool, evidence: float, rows: int
) -> tuple[Places, Places]:
    """
    Return pairs of a query's number and a row that may reach *evidence*.

    Args:
        weights: the weights of the words of each query.
        met: what each of its words meets.
        person: whether these are names of persons.
        evidence: what is to be reached.
        rows: how many rows the shelf has.
    """
    places, totals, least = _hopeful(weights, met, person, evidence)
    asked = []
    for place, total in zip(places, totals, strict=True):
        pairs = [pair for pair in zip(weights[place], met[place], strict=True) if pair[1] is not NOTHING]
        asked.append(
            Asked(place, total, tuple([pair[0] for pair in pairs]), tuple([pair[1] for pair in pairs]))
        )
    found = [np.empty((2, 0), dtype=np.int64)]
    for start in range(0, len(asked), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        found.append(_weighed(asked[some], least[some], person, evidence, rows))
    numbers, met_rows = np.concatenate(found, axis=1)
    return numbers, met_rows


def _hopeful(
    weights: Sequence[Sequence[float]], met: Sequence[Sequence[Met]], person: bool, evidence: float
) -> tuple[list[int], list[float], Shares]:
    """Return the places of the queries whose words could be enough, the weight of each, and the least share to be covered."""
    some = [place for place, several in enumerate(met) if any(one is not NOTHING for one in several)]
    total = np.array([sum(weights[place]) for place in some])
    likest = [[one.most_alike for one in met[place]] for place in some]
    ours = (
        np.array([sum(map(mul, weights[place], alike)) for place, alike in zip(some, likest, strict=True)])
        / total
    )
    theirs = np.array([sum([one.most_share for one in met[place]]) for place in some])
    kept = np.flatnonzero(most_evidence(person, total, ours, theirs) >= evidence - SLACK)
    least = least_share(person, most_bits(person, total[kept], ours[kept]), evidence) - SLACK
    return [some[place] for place in kept.tolist()], total[kept].tolist(), least


def _weighed(asked: Sequence[Asked], least: Shares, person: bool, evidence: float, rows: int) -> Places:
    """Return numbers of queries and rows that reach *evidence* by what each word could cover at most."""
    fronts = [_front(one, share) for one, share in zip(asked, least.tolist(), strict=True)]
    sizes = [sum(len(asked[at].met[word].rows) for word in front) for at, front in enumerate(fronts)]
    lists = [asked[at].met[word].rows for at, front in enumerate(fronts) for word in front]
    if not lists:
        return np.empty((2, 0), dtype=np.int64)
    met = each_once(np.repeat(np.arange(len(asked)) * rows, sizes) + np.concatenate(lists))
    query, row = np.divmod(met, rows)
    numbers = np.array([one.number for one in asked])
    if len(met) <= FEW:
        return np.stack([numbers[query], row])

    ours, theirs = _covered_by(asked[0], row) if len(asked) == 1 else _covered(asked, query, row, rows)
    total = np.array([one.total for one in asked])[query]
    kept = most_evidence(person, total, ours / total, theirs) >= evidence - SLACK
    return np.stack([numbers[query[kept]], row[kept]])


def _covered_by(one: Asked, row: NDArray[np.integer]) -> tuple[Shares, Shares]:
    """Return for each row of one query how much of either side may be covered; quicker than for many at once."""
    ours, theirs = np.zeros(len(row)), np.zeros(len(row))
    row = row.astype(np.int32)  # as the rows met are kept: they would all be widened for a search, otherwise
    for weight, met in zip(one.weights, one.met, strict=True):
        at = np.minimum(met.rows.searchsorted(row), len(met.rows) - 1)
        hit = met.rows[at] == row
        ours += hit * met.alike[at] * weight
        theirs += hit * met.share[at]
    return ours, theirs


def _covered(asked: Sequence[Asked], query: Places, row: Places, rows: int) -> tuple[Shares, Shares]:
    """Return for each pair of a query and a row how much of either side may be covered."""
    # What is met by all words of all queries, in one long sorted column: the number of the word, then the row.
    several = [met for one in asked for met in one.met]
    _, first, word = np.unique(list(map(id, several)), return_index=True, return_inverse=True)
    pooled = [several[place] for place in first]
    counts = np.array([len(one.met) for one in asked])
    begins = np.cumsum(counts) - counts
    weight = np.array([weight for one in asked for weight in one.weights])
    column = np.repeat(np.arange(len(pooled)) * rows, [len(found.rows) for found in pooled])
    column += np.concatenate([found.rows for found in pooled])
    alike = np.concatenate([found.alike for found in pooled])
    share = np.concatenate([found.share for found in pooled])

    ours, theirs = np.zeros(len(row)), np.zeros(len(row))
    for place in range(counts.max()):
        has = np.flatnonzero(counts[query] > place)
        words = begins[query[has]] + place
        wanted = word[words] * rows + row[has]
        at = np.searchsorted(column, wanted)
        at[at == len(column)] = 0
        hit = np.flatnonzero(column[at] == wanted)
        ours[has[hit]] += alike[at[hit]] * weight[words[hit]]
        theirs[has[hit]] += share[at[hit]]
    return ours, theirs


def _front(one: Asked, least: float) -> list[int]:
    """
    Return the words of a query that every row worth looking at must meet one of.

    Words that meet most rows are left out as long as those left out could not cover enough by themselves.
    """
    order = sorted(range(len(one.met)), key=lambda word: -len(one.met[word].rows))
    covered = reached = 0.0
    for place, word in enumerate(order):
        covered += one.weights[word]
        reached += one.weights[word] * one.met[word].most_alike
        if covered >= (LEAST_COVERAGE - SLACK) * one.total and reached >= least * one.total:
            return order[place:]
    return []
