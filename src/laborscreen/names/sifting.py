"""
Many queries at once, held against what their words meet: which rows of a shelf may reach the evidence asked for.

Whoever meets nothing that could be enough is let go before a row is looked at, which are most firms. For the
others, rows are gathered from a few words of each query (its *front*) and weighed by all of them, whole columns at
once. Every term only overstates: the likeness of a pair is taken at its ceiling, the best pair of every word is
counted, though two words may claim the same one. Rows under the evidence even so are dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from laborscreen.names.alignment import LEAST_COVERAGE
from laborscreen.names.ceilings import (
    Shares,
    least_share,
    most_evidence,
    most_evidence_of_each,
)
from laborscreen.names.met import NOTHING, Met, Standing, columns_of
from laborscreen.names.runs import Integers, each_once

__all__ = ["sift"]

SLACK = 1e-4
LEAST_COVERED = LEAST_COVERAGE - SLACK
AT_ONCE = 2_000
FEW = 4  # rows that are compared sooner than weighed


class Asked(NamedTuple):
    """
    A query that may find something.

    Args:
        number: the place of the query among all of them.
        total: the weight of its words.
        weights: the weight of each word that meets something.
        met: what each of these meets.
        front: the places of those words of which every row worth looking at must meet one.
    """

    number: int
    total: float
    weights: list[float]
    met: list[Met]
    front: list[int]


def sift(
    weights: Sequence[Sequence[float]],
    met: Sequence[Sequence[Met]],
    person: bool,
    evidence: float,
    standing: Standing,
) -> list[tuple[int, int]]:
    """
    Return pairs of a query's number and a row that may reach *evidence*.

    Args:
        weights: the weights of the words of each query.
        met: what each of its words meets.
        person: whether these are names of persons.
        evidence: what is to be reached.
        standing: the rows of the shelf.
    """
    least = evidence - SLACK
    asked = []
    for number, (heavy, several) in enumerate(zip(weights, met, strict=True)):
        one = _hopeful(number, heavy, several, person, least)
        if one is not None:
            asked.append(one)
    found: list[tuple[int, int]] = []
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        if len(some) == 1:
            found += [
                (some[0].number, row) for row in _weighed_alone(some[0], person, least, standing).tolist()
            ]
        else:
            query, row = _weighed(some, person, least, standing)
            found += [(some[at].number, one) for at, one in zip(query.tolist(), row.tolist(), strict=True)]
    return found


def _hopeful(
    number: int, weights: Sequence[float], met: Sequence[Met], person: bool, least: float
) -> Asked | None:
    """Return the query whose words these are, if they could be enough: by the best that each meets anywhere."""
    covered = ours = theirs = 0.0
    for weight, one in zip(weights, met, strict=True):
        if one is not NOTHING:
            covered += weight
            ours += weight * one.most_alike
            theirs += one.most_share
    total = sum(weights)
    if not covered or covered < LEAST_COVERED * total:
        return None
    if most_evidence(person, total, ours / total, theirs) < least:
        return None
    hits = [pair for pair in zip(weights, met, strict=True) if pair[1] is not NOTHING]
    share = least_share(person, total, ours / total, least) - SLACK
    weights, met = [weight for weight, _ in hits], [one for _, one in hits]
    front = _front(total, weights, met, share)
    return Asked(number, total, weights, met, front) if front else None


def _front(total: float, weights: Sequence[float], met: Sequence[Met], least: float) -> list[int]:
    """
    Return the words of a query that every row worth looking at must meet one of.

    Words that meet most rows are left out as long as those left out could not cover enough by themselves.
    """
    sizes = [one.size for one in met]
    order = sorted(range(len(met)), key=sizes.__getitem__, reverse=True)
    covered = reached = 0.0
    for place, word in enumerate(order):
        covered += weights[word]
        reached += weights[word] * met[word].most_alike
        if covered >= LEAST_COVERED * total and reached >= least * total:
            return order[place:]
    return []


def _weighed_alone(one: Asked, person: bool, least: float, standing: Standing) -> Integers:
    """Return the rows that reach the *least* evidence by what each word of one query could cover at most."""
    fronts = [column.rows for column in columns_of([one.met[word] for word in one.front], standing)]
    row = fronts[0] if len(fronts) == 1 else each_once(np.concatenate(fronts))
    if len(row) <= FEW:
        return row
    ours, theirs = np.zeros(len(row)), np.zeros(len(row))
    for weight, met in zip(one.weights, columns_of(one.met, standing), strict=True):
        at = met.rows.searchsorted(row)
        hit = met.rows.take(at, mode="clip") == row
        ours += hit * met.alike.take(at, mode="clip") * weight
        theirs += hit * met.share.take(at, mode="clip")
    most = most_evidence_of_each(person, one.total, ours / one.total, theirs)
    return row[(most >= least).nonzero()[0]]


def _weighed(
    asked: Sequence[Asked], person: bool, least: float, standing: Standing
) -> tuple[Integers, Integers]:
    """Return pairs of a query's place and a row that reach the *least* evidence; as for one alone, all at once."""
    fronts = columns_of([one.met[word] for one in asked for word in one.front], standing)
    owner = np.arange(len(asked)).repeat([len(one.front) for one in asked])
    sizes = [len(column.rows) for column in fronts]
    met = each_once(
        owner.repeat(sizes) * standing.height + np.concatenate([column.rows for column in fronts])
    )
    query, row = np.divmod(met, standing.height)
    if len(met) <= FEW:
        return query, row
    ours, theirs = _covered(asked, query, row, standing)
    total = np.array([one.total for one in asked])[query]
    kept = most_evidence_of_each(person, total, ours / total, theirs) >= least
    return query[kept], row[kept]


def _covered(
    asked: Sequence[Asked], query: Integers, row: Integers, standing: Standing
) -> tuple[Shares, Shares]:
    """Return for each pair of a query and a row how much of either side may be covered."""
    # What is met by all words of all queries, in one long sorted column: the number of the word, then the row.
    several = dict.fromkeys([met for one in asked for met in one.met])
    numbers = {met: number for number, met in enumerate(several)}
    pooled = columns_of(several, standing)
    counts = np.array([len(one.met) for one in asked])
    begins = counts.cumsum() - counts
    word = np.array([numbers[met] for one in asked for met in one.met])
    weight = np.array([weight for one in asked for weight in one.weights])
    column = (np.arange(len(pooled)) * standing.height).repeat([len(met.rows) for met in pooled])
    column += np.concatenate([met.rows for met in pooled])
    alike = np.concatenate([met.alike for met in pooled])
    share = np.concatenate([met.share for met in pooled])

    ours, theirs = np.zeros(len(row)), np.zeros(len(row))
    for place in range(counts.max()):
        has = np.flatnonzero(counts[query] > place)
        words = begins[query[has]] + place
        wanted = word[words] * standing.height + row[has]
        at = column.searchsorted(wanted)
        hit = np.flatnonzero(column.take(at, mode="clip") == wanted)
        ours[has[hit]] += alike[at[hit]] * weight[words[hit]]
        theirs[has[hit]] += share[at[hit]]
    return ours, theirs
