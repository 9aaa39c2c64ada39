"""
What a meeting of names is worth, in units that add up.

Evidence is counted in natural log odds and becomes a score from 0 to 1 by the logistic function, which is
never quite 0 or 1: evidence for (a birth date that agrees) and against (one that does not) simply add, and a
missing fact adds nothing.

The figures are judgements, checked against development data (``docs/names.md`` has the tables): a common name
met exactly is worth 1.25, a rare one 2.55; the review threshold of 0.70 lies at 0.85. From 0.65 on, at 0.62, a search
tells a name: between the two stand near names, which a fact may bring to review.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

__all__ = [
    "REVIEW_THRESHOLD",
    "TELL_THRESHOLD",
    "NameMatch",
    "evidence_of",
    "name_evidence",
    "near_evidence",
    "score_of",
]

REVIEW_THRESHOLD = 0.70
TELL_THRESHOLD = 0.65
HIGHEST_SCORE = 0.9999
COMMON_NAME = 1.25
RARE_NAME = 1.30
COMMON_BITS, RARE_BITS = 6.0, 18.0
EXACT = 0.15
NATIVE = 0.15
LOST_QUALITY = 6.0
# Near names: 0.66 for the commonest, 0.685 for the rarest.
NEAR, NEAR_SHARE = 0.65, 0.1


class NameMatch(NamedTuple):
    """
    What two names have in common.

    Args:
        evidence: log odds, before any other fact is heard.
        tell: says why, in words; most matches are let go before anybody asks.
    """

    evidence: float
    tell: Callable[[], tuple[str, ...]]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, in words."""
        return self.tell()

    def is_stronger(self, other: NameMatch) -> bool:
        """Return whether this counts more than *other*; of two that count the same it is always the same one."""
        if self.evidence == other.evidence:
            return self.reasons > other.reasons
        return self.evidence > other.evidence


def name_evidence(bits: float, *, quality: float = 1.0, exact: bool = False, native: bool = False) -> float:
    """
    Return the evidence in meeting a name.

    Args:
        bits: how much the name tells (see :mod:`~laborscreen.names.rarity`).
        quality: how well it was met, from 0 to 1.
        exact: it was met letter for letter.
        native: in the script of its country.

    >>> name_evidence(6) < name_evidence(12) < name_evidence(12, exact=True)
    True
    """
    share = min(1.0, max(0.0, (bits - COMMON_BITS) / (RARE_BITS - COMMON_BITS)))
    return COMMON_NAME + RARE_NAME * share + EXACT * exact + NATIVE * native - LOST_QUALITY * (1.0 - quality)


def near_evidence(bits: float) -> float:
    """
    Return the evidence in meeting a name that may as well be another person's: enough to be told, not for review.

    >>> [score_of(near_evidence(bits)) for bits in (0, 99)]
    [0.657, 0.6857]
    """
    return NEAR + NEAR_SHARE * (name_evidence(bits) - COMMON_NAME)


def evidence_of(score: float) -> float:
    """Return the evidence whose score, once rounded, may be as much as *score*."""
    return (
        math.log(score / (1.0 - score)) - 0.01 if 0.0 < score < 1.0 else math.copysign(math.inf, score - 0.5)
    )


def score_of(evidence: float) -> float:
    """
    Return the score from 0 to 1 for *evidence*, to four places; however much there is, 1 is certainty and never reached.

    >>> score_of(0.0), score_of(2.0), score_of(11.0)
    (0.5, 0.8808, 0.9999)
    """
    return min(round(1.0 / (1.0 + math.exp(-evidence)), 4), HIGHEST_SCORE)
