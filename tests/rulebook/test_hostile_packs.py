"""
Rulebooks made to do harm are refused with a message and never with a traceback.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from laborscreen.rulebook.limits import MAX_PROBLEMS, MAX_TERMS
from tests.rulebook.hostile import CASES
from tests.rulebook.packs import told

_LIST = "lists:\n  - {{id: a_list, title: A list, match: exact, file: {file}}}\n"


@pytest.mark.parametrize("name", CASES)
def test_hostile_text_is_refused(name: str, tmp_path: Path) -> None:
    """
    The faults are told, an error among them, and their number is bounded; `make bench-rules` holds them to two seconds.
    """
    text, expected = CASES[name]
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")

    problems = told(tmp_path)

    assert expected <= {problem.id for problem in problems}
    assert any(problem.severity == "error" for problem in problems)
    assert len(problems) <= 2 * MAX_PROBLEMS + 1
    assert max(len(str(problem)) for problem in problems) < 2_000


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    """
    Linked rule files, list files and folders outside the rulebook are not read; a link within it is.
    """
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "words.csv").write_text("term\nsecret-word\n", encoding="utf-8")
    (secret / "more.yaml").write_text("rules: []\n", encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / "rules.yaml").write_text(_LIST.format(file="words.csv"), encoding="utf-8")
    (own / "words.csv").symlink_to(secret / "words.csv")
    (own / "linked.yaml").symlink_to(secret / "more.yaml")
    (own / "folder").symlink_to(secret)

    problems = told(own)

    assert sum(problem.id == "outside-folder" for problem in problems) == 3
    assert "secret-word" not in str(problems)


def test_a_file_linked_to_itself_is_told(tmp_path: Path) -> None:
    """
    A circle of links ends with a message.
    """
    (tmp_path / "rules.yaml").symlink_to(tmp_path / "rules.yaml")

    assert {problem.id for problem in told(tmp_path)} >= {"unreadable-file"}


@pytest.mark.parametrize("content", [b"\xff\xfer\x00u\x00", b"rules: [\xe9]", bytes(range(128, 256)) * 100])
def test_other_encodings_are_refused_with_the_line(content: bytes, tmp_path: Path) -> None:
    """
    A file that is not UTF-8 is not guessed at.
    """
    (tmp_path / "rules.yaml").write_bytes(b"# one\n# two\n" + content)

    (problem, *_) = told(tmp_path)

    assert (problem.id, problem.location.line) == ("not-utf-8", 3)


def test_a_list_too_long_is_refused(tmp_path: Path) -> None:
    """
    The limit of terms is stated in the message.
    """
    (tmp_path / "rules.yaml").write_text(_LIST.format(file="words.csv"), encoding="utf-8")
    (tmp_path / "words.csv").write_text(
        "term\n" + "\n".join(map(str, range(MAX_TERMS + 1))), encoding="utf-8"
    )

    problem = next(problem for problem in told(tmp_path) if problem.id == "too-many-terms")

    assert f"{MAX_TERMS:,}" in problem.message
