"""
An assessment in a notebook.
"""

from __future__ import annotations

import pytest

from laborscreen.screening.screened import Screened
from tests.report.conftest import PAYLOADS
from tests.report.test_page import hostile


def test_a_notebook_shows_outcome_scores_flags_and_questions(screened: tuple[Screened, ...]) -> None:
    """
    The table has the outcome, each axis with its score, each flag with its points and each question.
    """
    assessment = screened[0].assessment

    shown = assessment._repr_html_()  # the method notebooks call

    assert f"V-1: <b>{assessment.outcome}</b>" in shown
    assert f"<td>{assessment.axes['dprk_nexus'].score:g}</td>" in shown
    assert all(flag.rule in shown for flag in assessment.flags)


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_notebook_escapes_everything(text: str) -> None:
    """
    Nothing a record or a rule says becomes markup in a notebook.
    """
    shown = hostile(text).assessment._repr_html_()  # the method notebooks call

    assert text not in shown
    assert all(tag not in shown for tag in ("<script", "<img", "<style", "<svg", "<!--"))
