"""
The most that a pair of names can reach, told before it is compared.

Everything here overstates and nothing understates: the candidate index drops only what is under the threshold even so.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from laborscreen.names.evidence import (
    COMMON_BITS,
    COMMON_NAME,
    LOST_QUALITY,
    RARE_BITS,
    RARE_NAME,
    name_evidence,
)
from laborscreen.names.organisations import BITS, FirmName
from laborscreen.names.organisations import EXTRA_WORDS as FIRM_EXTRA_WORDS
from laborscreen.names.people import EXTRA_WORDS, PersonName

__all__ = ["Name", "Rows", "Shares", "least_share", "most_evidence", "most_evidence_of_each"]

Name = PersonName | FirmName
Rows = NDArray[np.int32]
Shares = NDArray[np.floating]


def least_share(person: bool, total: float, ours: float, evidence: float) -> float:
    """
    Return the least share of a name's weight, likeness counted, that pairs must cover to reach *evidence*.

    Quality is ``extra * max(a, b) + (1 - extra) * min(a, b)`` of the shares a and b covered on both sides,
    none above 1; so min(a, b) is at least ``(quality - extra) / (1 - extra)``.

    Args:
        person: whether this is a name of a person.
        total: the weight of the name.
        ours: the most of its weight that may be covered, as a share.
        evidence: what is to be reached.
    """
    extra = EXTRA_WORDS if person else FIRM_EXTRA_WORDS
    quality = 1.0 - (name_evidence(_most_bits(person, total, ours)) - evidence) / LOST_QUALITY
    return (quality - extra) / (1 - extra)


def most_evidence(person: bool, total: float, ours: float, theirs: float) -> float:
    """
    Return the most evidence there can be in meeting names.

    Args:
        person: whether these are names of persons.
        total: the weight of the name.
        ours: the most of its weight that may be covered, as a share.
        theirs: the most of the other's weight that it may cover, as a share.
    """
    theirs = min(theirs, 1.0)
    extra = EXTRA_WORDS if person else FIRM_EXTRA_WORDS
    quality = extra * max(ours, theirs) + (1 - extra) * min(ours, theirs)
    return name_evidence(_most_bits(person, total, ours), quality=quality)


def most_evidence_of_each(person: bool, total: float | Shares, ours: Shares, theirs: Shares) -> Shares:
    """Return the same for many names at once; *total* for each, or for all of them."""
    theirs = np.minimum(theirs, 1.0)
    extra = EXTRA_WORDS if person else FIRM_EXTRA_WORDS
    quality = extra * np.maximum(ours, theirs) + (1 - extra) * np.minimum(ours, theirs)
    share = (ours * (total * (1.0 if person else BITS)) - COMMON_BITS) / (RARE_BITS - COMMON_BITS)
    most: Shares = np.minimum(np.maximum(share, 0.0), 1.0)
    most *= RARE_NAME
    most += COMMON_NAME - LOST_QUALITY
    most += LOST_QUALITY * quality
    return most


def _most_bits(person: bool, total: float, ours: float) -> float:
    """Return the most that words of weight *total* can tell of which the share *ours* is covered."""
    return ours * total * (1.0 if person else BITS)
