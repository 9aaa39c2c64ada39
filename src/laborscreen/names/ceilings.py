"""
The most that a pair of names can reach, told before it is compared.

Everything here overstates and nothing understates: the candidate index drops only what is under the threshold even so.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from laborscreen.names.evidence import (
    COMMON_BITS,
    COMMON_NAME,
    LOST_QUALITY,
    RARE_BITS,
    RARE_NAME,
)
from laborscreen.names.organisations import BITS, FirmName
from laborscreen.names.organisations import EXTRA_WORDS as FIRM_EXTRA_WORDS
from laborscreen.names.people import EXTRA_WORDS, PersonName
from laborscreen.names.skeleton import LONGEST, MOST_EDITS, edit_budget, likeness

__all__ = ["Name", "Rows", "Shares", "least_share", "most_alike", "most_bits", "most_evidence"]

Name = PersonName | FirmName
Rows = NDArray[np.int32]
Shares = NDArray[np.float64]


def least_share(person: bool, bits: Shares, evidence: float) -> Shares:
    """
    Return the least share of a name's weight, likeness counted, that pairs must cover to reach *evidence*.

    Quality is ``extra * max(a, b) + (1 - extra) * min(a, b)`` of the shares a and b covered on both sides,
    none above 1; so min(a, b) is at least ``(quality - extra) / (1 - extra)``.

    Args:
        person: whether these are names of persons.
        bits: the most that each name can tell.
        evidence: what is to be reached.
    """
    extra = EXTRA_WORDS if person else FIRM_EXTRA_WORDS
    quality = 1.0 - (_of_quality_one(bits) - evidence) / LOST_QUALITY
    least: Shares = (quality - extra) / (1 - extra)
    return least


def most_evidence(person: bool, total: Shares, ours: Shares, theirs: Shares) -> Shares:
    """
    Return the most evidence there can be in meeting names.

    Args:
        person: whether these are names of persons.
        total: the weight of each name.
        ours: the most of its weight that may be covered, as a share.
        theirs: the most of the other's weight that it may cover, as a share.
    """
    theirs = np.minimum(theirs, 1.0)
    extra = EXTRA_WORDS if person else FIRM_EXTRA_WORDS
    quality = extra * np.maximum(ours, theirs) + (1 - extra) * np.minimum(ours, theirs)
    most: Shares = _of_quality_one(most_bits(person, total, ours)) - LOST_QUALITY * (1.0 - quality)
    return most


def most_bits(person: bool, total: Shares, ours: Shares) -> Shares:
    """Return the most that words of weight *total* can tell of which the share *ours* is covered."""
    bits: Shares = ours * total * (1.0 if person else BITS)
    return bits


def most_alike(ones: Sequence[str], others: Sequence[str]) -> Shares:
    """
    Return how alike two words can be that are filed under these spellings, pair by pair; 0 where these are too far apart.

    It is what :func:`~laborscreen.names.skeleton.slip_likeness` tells of each pair, and 1 for the same spelling.
    """
    edits = process.cpdist(ones, others, scorer=OSA.distance, score_cutoff=MOST_EDITS, dtype=np.int32)
    length = np.minimum(_lengths(ones), _lengths(others))
    alike = _likeness_by_edits()[np.minimum(edits, MOST_EDITS + 1), np.minimum(length, LONGEST + 1)]
    same: Shares = np.where(edits == 0, 1.0, alike)
    return same


@cache
def _likeness_by_edits() -> Shares:
    """Return how alike words are that are so many edits apart (down), the shorter of so many letters (across)."""
    told = np.zeros((MOST_EDITS + 2, LONGEST + 2))
    for length in range(1, LONGEST + 1):
        for edits in range(edit_budget(length) + 1):
            told[edits, length] = likeness(edits, length)
    return told


def _lengths(words: Sequence[str]) -> NDArray[np.int64]:
    return np.fromiter(map(len, words), dtype=np.int64, count=len(words))


def _of_quality_one(bits: Shares) -> Shares:
    """Return the evidence in names that tell *bits* and are met in full, as :mod:`~laborscreen.names.evidence` has it."""
    rare: Shares = np.clip((bits - COMMON_BITS) / (RARE_BITS - COMMON_BITS), 0.0, 1.0)
    return COMMON_NAME + RARE_NAME * rare
