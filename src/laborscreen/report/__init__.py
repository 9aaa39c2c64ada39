"""
Pages, letters and packs for people: what a person needs to decide, and to defend the decision.
"""

from laborscreen.report.html_report import Heading, HtmlReport

__all__ = ["Heading", "HtmlReport"]
