"""
How likely it is that two names are one party's: a score with its reasons.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from laborscreen.names.evidence import REVIEW_THRESHOLD, NameMatch, score_of
from laborscreen.names.identity import OTHER_COUNTRY, SAME_IDENTIFIER, Identity, identity_evidence
from laborscreen.names.organisations import FirmName, compare_firms, firm_names
from laborscreen.names.people import PersonName, compare_people, person_names

__all__ = [
    "Comparison",
    "Kind",
    "PreparedName",
    "best_match",
    "by_name_alone",
    "compare",
    "compare_prepared",
    "prepare",
]

Kind = Literal["person", "organization"]
PreparedName = tuple[PersonName, ...] | tuple[FirmName, ...]
NAME_ONLY = "possible match: same or similar name"
NEAR_NAME = "near name, no match by itself: a date of birth or a number would tell"
DIFFERENT = "the names have too little in common"
# A shared identifier makes two quite different names worth a look, and no more than that.
OTHER_NAME = -3.0


class Comparison(NamedTuple):
    """
    The outcome of comparing two names.

    Args:
        score: from 0 to 1; never quite 1, so that better evidence always ranks higher.
        threshold: the documented score from which a person should look.
        reasons: why, in words, the most telling first.
    """

    score: float
    threshold: float
    reasons: tuple[str, ...]

    @property
    def is_match(self) -> bool:
        """Whether the score reaches the threshold for review."""
        return self.score >= self.threshold


def prepare(name: str, kind: Kind) -> PreparedName:
    """Return *name* made ready for many comparisons."""
    return person_names(name) if kind == "person" else firm_names(name)


def compare(
    a: str, b: str, *, kind: Kind, left: Identity | None = None, right: Identity | None = None
) -> Comparison:
    """
    Compare two names, in whatever script.

    Args:
        a: one name.
        b: the other; the order of the two makes no difference.
        kind: ``person`` or ``organization`` (firms, ships, offices).
        left: facts known beside *a*.
        right: facts known beside *b*.

    >>> compare("김정은", "Kim Jong Un", kind="person").is_match
    True
    >>> compare("Kim Jong Un", "Kim Yo Jong", kind="person").is_match
    False
    """
    if kind not in {"person", "organization"}:
        raise ValueError(f"kind must be 'person' or 'organization', not {kind!r}")
    if a > b:
        a, b, left, right = b, a, right, left
    if not a.strip() or not b.strip():
        return Comparison(0.0, REVIEW_THRESHOLD, ("a name is empty",))
    return compare_prepared(prepare(a, kind), prepare(b, kind), left, right)


def compare_prepared(
    one: PreparedName, other: PreparedName, left: Identity | None = None, right: Identity | None = None
) -> Comparison:
    """Compare two names that :func:`prepare` made ready."""
    match = best_match(one, other)
    facts, reasons = identity_evidence(left, right)
    if match is None:
        if facts < SAME_IDENTIFIER + OTHER_COUNTRY:
            return Comparison(0.0, REVIEW_THRESHOLD, (DIFFERENT, *reasons))
        return Comparison(score_of(OTHER_NAME + facts), REVIEW_THRESHOLD, (*reasons, DIFFERENT))
    if not reasons:
        return by_name_alone(match)
    return Comparison(score_of(match.evidence + facts), REVIEW_THRESHOLD, (*match.reasons, *reasons))


def by_name_alone(match: NameMatch | None) -> Comparison:
    """Return what :func:`compare_prepared` tells of names that have *match* in common, no facts being known."""
    if match is None:
        return Comparison(0.0, REVIEW_THRESHOLD, (DIFFERENT,))
    score = score_of(match.evidence)
    opening = NAME_ONLY if score >= REVIEW_THRESHOLD else NEAR_NAME
    return Comparison(score, REVIEW_THRESHOLD, (opening, *match.reasons))


def best_match(one: PreparedName, other: PreparedName) -> NameMatch | None:
    """Return the strongest meeting between any script of the one name and any of the other."""
    best: NameMatch | None = None
    for first in one:
        for second in other:
            match = _match(first, second)
            if match is not None and (best is None or match.is_stronger(best)):
                best = match
    return best


def _match(one: PersonName | FirmName, other: PersonName | FirmName) -> NameMatch | None:
    if isinstance(one, PersonName) and isinstance(other, PersonName):
        return compare_people(one, other)
    if isinstance(one, FirmName) and isinstance(other, FirmName):
        return compare_firms(one, other)
    return None
