"""
What the documents name is there.
"""

from __future__ import annotations

import re

import pytest
import typer

from laborscreen.cli.app import app
from laborscreen.report import spool
from tests.report.conftest import ROOT

PAGES = ("reading-a-report.md", "requirements-met.md", "decision-workflow.md")


def test_every_test_named_exists() -> None:
    """
    A requirement is claimed only with a test that is there.
    """
    page = (ROOT / "docs" / "requirements-met.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)

    missing = [
        f"{path}::{name}"
        for path, name in named
        if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert len(named) > 10
    assert missing == []


def test_every_requirement_has_its_row() -> None:
    """
    R1 to R20 and L1 to L7 each stand in the table once.
    """
    page = (ROOT / "docs" / "requirements-met.md").read_text(encoding="utf-8")

    numbers = re.findall(r"^\| ([RL]\d+) \|", page, re.MULTILINE)
    assert numbers == [f"R{number}" for number in range(1, 21)] + [f"L{number}" for number in range(1, 8)]


@pytest.mark.parametrize("name", PAGES)
def test_every_verb_and_option_named_exists(name: str) -> None:
    """
    A command shown in a document can be typed.
    """
    verbs = typer.main.get_command(app).commands  # type: ignore[attr-defined] # the app is a group
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for told in re.findall(r"^laborscreen (.*)$|`laborscreen ([^`]*)`", page, re.MULTILINE):
        words = "".join(told).split()
        verb = verbs[words[0]]
        if hasattr(verb, "commands"):
            verb = verb.commands[words[1]]
        options = {option for one in verb.params for option in one.opts}
        assert {word for word in words if word.startswith("-")} <= options, told


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_and_page_linked_is_there(name: str) -> None:
    """
    No link of a document leads nowhere.
    """
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")

    assert [link for link in re.findall(r"\]\(([^):]+)\)", page) if not (ROOT / "docs" / link).exists()] == []


def test_the_bound_told_is_the_bound() -> None:
    """
    The document tells the figure that the code holds to.
    """
    page = (ROOT / "docs" / "reading-a-report.md").read_text(encoding="utf-8")

    assert f"{spool.MOST_RECORDS:,} records of one outcome" in page
