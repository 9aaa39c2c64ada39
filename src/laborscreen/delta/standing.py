"""
How a record stood in one run: outcome, bands and flags, without words.
"""

from __future__ import annotations

from dataclasses import dataclass

from laborscreen.screening import Assessment


@dataclass(frozen=True, slots=True)
class FlagStanding:
    """
    How one flag stood.

    Args:
        status: raised, suppressed or excepted.
        points: before caps.
        entries: keys of the listed parties that met, in order.
    """

    status: str
    points: float
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How a record stood.

    Args:
        outcome: the outcome word.
        bands: axis to band.
        flags: rule to flag.
        digest: the digest of the record.
    """

    outcome: str
    bands: dict[str, str]
    flags: dict[str, FlagStanding]
    digest: str


def standing_of(assessment: Assessment) -> Standing:
    """Return how a record stands."""
    return Standing(
        assessment.outcome,
        {name: axis.band for name, axis in assessment.axes.items()},
        {
            flag.rule: FlagStanding(
                flag.status, flag.points, tuple(sorted({one.entry for one in flag.evidence if one.entry}))
            )
            for flag in assessment.flags
        },
        assessment.provenance.input,
    )
