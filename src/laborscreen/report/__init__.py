"""
Pages, letters and packs for people: what a person needs to decide, and to defend the decision.

Each is imported when it is first asked for: a run without a report needs none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from laborscreen.report.answers import Answers, read_answers, with_answers
    from laborscreen.report.evidence_pack import verify_pack, write_pack
    from laborscreen.report.facts import Facts, facts_of
    from laborscreen.report.html_report import Heading, HtmlReport
    from laborscreen.report.impact_page import write_impact_page
    from laborscreen.report.previous import Previous
    from laborscreen.report.questions import Chooser
    from laborscreen.report.results_in import read_results

__all__ = [
    "Answers",
    "Chooser",
    "Facts",
    "Heading",
    "HtmlReport",
    "Previous",
    "facts_of",
    "read_answers",
    "read_results",
    "verify_pack",
    "with_answers",
    "write_impact_page",
    "write_pack",
]

_HOME = {
    "Answers": "answers",
    "Chooser": "questions",
    "Facts": "facts",
    "Heading": "html_report",
    "HtmlReport": "html_report",
    "Previous": "previous",
    "facts_of": "facts",
    "read_answers": "answers",
    "read_results": "results_in",
    "verify_pack": "evidence_pack",
    "with_answers": "answers",
    "write_impact_page": "impact_page",
    "write_pack": "evidence_pack",
}


def __getattr__(name: str) -> Any:
    """Import a name the first time it is asked for."""
    module = _HOME.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = found
    return found
