"""
The catalogue of messages is whole and true: every id that the code can raise is in it, and every example does what it says.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import laborscreen
from laborscreen.errors import Problem
from laborscreen.rulebook import check_rulebook, message_catalogue
from laborscreen.rulebook.messages import DAY, Example

CATALOGUE = message_catalogue()
SHOWN = [message for message in CATALOGUE.values() if message.bad.files is not None]
_ID = re.compile(r"[a-z]+(?:-[a-z0-9]+)+|circle|shadowed")
_OTHER_WORDS = {
    "utf-8-sig", "utf-8", "example-list", "ilo-indicators", "nationality-split", "rev-parse",
}  # fmt: skip
"""Texts of the code that are written like ids and are none."""


def told(example: Example, folder: Path) -> tuple[Problem, ...]:
    """Return the faults of an example."""
    assert example.files is not None
    for path, text in example.files.items():
        (folder / path).write_text(text, encoding="utf-8")
    return check_rulebook(folder, today=DAY)


def raised_by_the_code() -> set[str]:
    """Return every text in the reading of rulebooks that is written as an id of a fault is."""
    room = Path(laborscreen.__file__).parent
    modules = [*(room / "rulebook").glob("*.py"), room / "text" / "term_faults.py"]
    texts = {
        node.value
        for module in modules
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if _ID.fullmatch(text)} - _OTHER_WORDS


def test_every_fault_the_code_can_tell_is_in_the_catalogue() -> None:
    """
    No id is raised that nobody explains, and none is explained that is never raised.
    """
    assert raised_by_the_code() == set(CATALOGUE)


@pytest.mark.parametrize("message", SHOWN, ids=lambda message: message.id)
def test_the_bad_example_has_the_fault(message, tmp_path: Path) -> None:
    """
    A bad example is told under its id, and nothing else is told of it that it does not admit.
    """
    assert {problem.id for problem in told(message.bad, tmp_path)} == {message.id} | message.besides


@pytest.mark.parametrize("message", SHOWN, ids=lambda message: message.id)
def test_the_good_example_has_none(message, tmp_path: Path) -> None:
    """
    A good example is told nothing about.
    """
    assert told(message.good, tmp_path) == ()
