"""
Judgement: the screener, its scores, flags, gaps and explanations.
"""

from laborscreen.screening.foremost import foremost
from laborscreen.screening.result import (
    OUTCOMES,
    Assessment,
    Axes,
    Axis,
    Citation,
    Evidence,
    Flag,
    Gap,
    GroupPoints,
    GuardApplied,
    ListUsed,
    Provenance,
    Rejected,
    ValueNote,
    Verdict,
)
from laborscreen.screening.screener import Screener

__all__ = [
    "OUTCOMES",
    "Assessment",
    "Axes",
    "Axis",
    "Citation",
    "Evidence",
    "Flag",
    "Gap",
    "GroupPoints",
    "GuardApplied",
    "ListUsed",
    "Provenance",
    "Rejected",
    "Screener",
    "ValueNote",
    "Verdict",
    "foremost",
]
