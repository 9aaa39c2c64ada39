"""
Rule files as staff break them: every planted fault is told at its line, and nothing else is.

Each file in ``broken/`` carries its faults as comments: ``#! id, id`` on the line at fault, or ``#^ id`` on the line below it
where a comment cannot stand on the line itself.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from laborscreen.errors import RulebookError
from laborscreen.rulebook import check_rulebook, load_rulebook
from laborscreen.rulebook.render import Renderer

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
_PLANTED = re.compile(r"#([!^]) ([a-z, -]+)$")
DAY = date(2026, 11, 23)


def planted(path: Path) -> set[tuple[int, str]]:
    """Return the (line, id) of every fault that a file's comments announce."""
    found = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if mark := _PLANTED.search(line):
            found |= {(number - (mark[1] == "^"), name.strip()) for name in mark[2].split(",")}
    return found


def test_there_are_at_least_sixty_broken_files() -> None:
    """
    The set is as large as the promise.
    """
    assert len(BROKEN) >= 60


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_planted_fault_is_told_at_its_line(path: Path) -> None:
    """
    What is told is what was planted: no fault is missed, none is invented.
    """
    told = {(problem.location.line, problem.id) for problem in check_rulebook(path, today=DAY)}

    assert told == planted(path)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_fault_has_a_sentence_and_a_cure(path: Path) -> None:
    """
    Each fault says what is wrong and what to do, and is drawn with the line it stands on.
    """
    for problem in check_rulebook(path, today=DAY):
        drawn = Renderer().render(problem)
        assert problem.message
        assert problem.hint, problem
        assert f"{problem.location.line} | " in drawn
        assert "Traceback" not in drawn


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_errors_refuse_the_rulebook(path: Path) -> None:
    """
    A rulebook with an error is not loaded, and the exception holds every error.
    """
    errors = [problem for problem in check_rulebook(path, today=DAY) if problem.severity == "error"]
    if not errors:
        assert load_rulebook(path).rules
        return
    if {problem.id for problem in errors} == {"unreadable-record"}:
        pytest.skip("records of tests are read by the check alone")
    with pytest.raises(RulebookError) as refused:
        load_rulebook(path)
    assert list(refused.value.problems) == errors


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_slower_yaml_reader_tells_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Where PyYAML was built without its C part, the same faults are told at the same lines.
    """
    monkeypatch.setattr("laborscreen.rulebook.yaml_reading._LOADER", yaml.SafeLoader)
    told = {(problem.location.line, problem.id) for problem in check_rulebook(path, today=DAY)}

    assert told == planted(path)
