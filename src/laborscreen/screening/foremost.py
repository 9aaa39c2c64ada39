"""
Which flags say most about an outcome: what a person in a hurry reads first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from laborscreen.rulebook.policy import BANDS

if TYPE_CHECKING:
    from laborscreen.screening.result import Assessment, Flag


def foremost(assessment: Assessment) -> tuple[Flag, ...]:
    """
    Return the raised flags that score, those first that say most about the outcome.

    Flags of the gravest axis stand before others, whatever their points, and on it the rule that lifted the axis to its
    band. Where none scores, the other raised flags are returned as they stand.

    >>> from laborscreen.screening import Screener
    >>> crew = {"nationality": "KP", "headcount": 9, "hours_per_day": 18}
    >>> [flag.axis for flag in foremost(Screener().screen({"id": "V-7", "name": "Works", "workforce": [crew]}))][0]
    'dprk_nexus'
    """
    raised = [flag for flag in assessment.flags if flag.status == "raised"]

    def weight(flag: Flag) -> tuple[int, float, bool, float]:
        axis = assessment.axes[flag.axis]
        return BANDS.index(axis.band), axis.score, axis.held.startswith(f"{flag.rule} "), flag.points

    scoring = [flag for flag in raised if flag.points]
    return tuple(sorted(scoring, key=weight, reverse=True) or raised)
