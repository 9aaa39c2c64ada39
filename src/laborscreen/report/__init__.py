"""
Pages, letters and packs for people: what a person needs to decide, and to defend the decision.
"""

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
