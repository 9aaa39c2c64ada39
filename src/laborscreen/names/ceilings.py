"""
The most that a pair of names can reach, told before it is compared.

Everything here overstates and nothing understates: the candidate index drops only what is under the threshold even so.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from laborscreen.names.alignment import LEAST_COVERAGE
from laborscreen.names.evidence import (
    COMMON_BITS,
    COMMON_NAME,
    LOST_QUALITY,
    RARE_BITS,
    RARE_NAME,
    least_quality,
)
from laborscreen.names.organisations import BITS, FirmName
from laborscreen.names.organisations import EXTRA_WORDS as FIRM_EXTRA_WORDS
from laborscreen.names.people import EXTRA_WORDS, PersonName
from laborscreen.names.skeleton import slip_likeness

__all__ = ["Name", "Rows", "best_of_rows", "least_share", "most_alike", "most_evidence"]

Name = PersonName | FirmName
Rows = NDArray[np.int32]
Shares = NDArray[np.float64]


def least_share(name: Name, total: float, evidence: float) -> float:
    """
    Return the least share of the weight of *name* that pairs must cover for a comparison to reach *evidence*.

    Quality is ``extra * max(a, b) + (1 - extra) * min(a, b)`` of the shares a and b covered on both sides,
    none above 1; so min(a, b) is at least ``(quality - extra) / (1 - extra)``.
    """
    person = isinstance(name, PersonName)
    extra = EXTRA_WORDS if person else FIRM_EXTRA_WORDS
    quality = least_quality(total * (1.0 if person else BITS), evidence)
    return max(LEAST_COVERAGE, (quality - extra) / (1 - extra))


def most_evidence(name: Name, total: float, ours: Shares, theirs: Shares) -> Shares:
    """
    Return the most evidence there can be in meeting *name*.

    Args:
        name: the query.
        total: its weight.
        ours: the most of the query's weight that each row may cover, as a share.
        theirs: the most of each row's own weight that the query may cover, as a share.
    """
    theirs = np.minimum(theirs, 1.0)
    person = isinstance(name, PersonName)
    extra = EXTRA_WORDS if person else FIRM_EXTRA_WORDS
    quality = extra * np.maximum(ours, theirs) + (1 - extra) * np.minimum(ours, theirs)
    bits = ours * total * (1.0 if person else BITS)
    rare = np.clip((bits - COMMON_BITS) / (RARE_BITS - COMMON_BITS), 0.0, 1.0)
    most: Shares = COMMON_NAME + RARE_NAME * rare - LOST_QUALITY * (1.0 - quality)
    return most


def most_alike(one: str, other: str) -> float:
    """Return how alike two words can be that are filed under these spellings; 0 where these are too far apart."""
    return 1.0 if one == other else slip_likeness(one, other)


def best_of_rows(rows: Rows, met: Rows, alike: Shares, share: Shares) -> tuple[Shares, Shares]:
    """
    Return for each of *rows* the best likeness and the best share among what was met.

    Args:
        rows: sorted, without repeats.
        met: rows met, in any order, with repeats.
        alike: the likeness of each row met.
        share: the share of each row met.
    """
    best_alike, best_share = np.zeros(len(rows)), np.zeros(len(rows))
    if len(met):
        at = np.searchsorted(rows, met)
        at[at == len(rows)] = 0
        hit = np.flatnonzero(rows[at] == met)
        at = at[hit]
        np.maximum.at(best_alike, at, alike[hit])
        np.maximum.at(best_share, at, share[hit])
    return best_alike, best_share
