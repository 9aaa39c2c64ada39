"""
``laborscreen rules new``: a rule that passes from a few answers, by options or by questions.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from laborscreen.cli.app import app
from laborscreen.rulebook import check_rulebook, load_rulebook
from laborscreen.trials import mutate, run_tests
from tests.cli.conftest import Call

WORDS = {
    "--title": "Long days: no rest",
    "--axis": "forced_labour",
    "--group": "working_conditions",
    "--strength": "strong",
    "--because": "Long days",
    "--ask": "Time sheets?",
    "--false-positive": "Rota work",
    "--source": "ilo-indicators",
    "--where": "indicator 11",
    "--says": "Excessive overtime.",
}
HOURS = ["--test", "workforce.hours_per_day at_least 14"]


def options(**other: str) -> list[str]:
    """
    Return all answers as options, some of them exchanged.
    """
    words = WORDS | {f"--{name.replace('_', '-')}": value for name, value in other.items()}
    return [part for pair in words.items() for part in pair]


@pytest.mark.parametrize(
    "lines",
    [
        HOURS,
        [*HOURS, "--test", "workforce.rest_days_per_year at_most 24"],
        [*HOURS, "--test", "observations.text mentions wages_withheld", "--any"],
        ["--test", "country is_one_of RU, CN", "--test", "founded on_or_after 2024-01-01"],
        ["--test", "remote_work.vpn is persistent"],
        ["--test", "audits.date within_days 365"],
        ["--test", "workforce.manual is true", "--test", "workforce.visa is_one_of [student, tourist]"],
    ],
)
def test_what_is_written_passes_check_and_tests(call: Call, tmp_path: Path, lines: list[str]) -> None:
    """
    The rule is a draft with a test for every answer, and of one comparison no change would go unnoticed.
    """
    folder = tmp_path / "own"
    ended = call("rules", "new", folder, *options(), *lines)
    book = load_rulebook(folder)
    report = run_tests(book)

    assert ended.code == 0
    assert [rule.status for rule in book.rules] == ["draft"]
    assert not [problem for problem in check_rulebook(folder) if problem.severity == "error"]
    assert report.passed
    assert all(run for run, _ in report.by_expectation.values())
    if lines == HOURS:
        assert mutate(book).score == 100


def test_ids_go_on_from_those_there_are(call: Call, tmp_path: Path) -> None:
    """
    The second rule gets the next free number, and a number that is taken is refused with the free one.
    """
    folder = tmp_path / "own"
    call("rules", "new", folder, *options(id="ACME-HRS-007"), *HOURS)
    call("rules", "new", folder, *options(), *HOURS)

    assert [rule.id for rule in load_rulebook(folder).rules] == ["ACME-HRS-007", "ACME-HRS-008"]
    ended = call("rules", "new", folder, *options(id="ACME-HRS-007"), *HOURS)
    assert ended.code == 2
    assert "ACME-HRS-009" in ended.err


def test_nothing_that_is_there_is_overwritten(call: Call, tmp_path: Path) -> None:
    """
    A file of that name is left as it is.
    """
    (tmp_path / "own-001.yaml").write_text("# mine\nrules: []\n", encoding="utf-8")

    ended = call("rules", "new", tmp_path, *options(id="OWN-001"), *HOURS)

    assert ended.code == 2
    assert (tmp_path / "own-001.yaml").read_text(encoding="utf-8") == "# mine\nrules: []\n"


@pytest.mark.parametrize(
    ("line", "nearest"),
    [
        ("workforce.vissa is student", "workforce.visa"),
        ("workforce.visa is studnt", "student"),
        ("workforce.visa at_least 3", "is_one_of"),
        ("observations.text mentions wages_witheld", "wages_withheld"),
        ("workforce.hours_per_day at_least", "at_least ..."),
        ("workforce.hours_per_day at_least many", "not-a-number"),
        ("people.nationality is KP", "legal"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_suggestion(
    call: Call, tmp_path: Path, line: str, nearest: str
) -> None:
    """
    A misspelt field, word, list or value, and a personal attribute without a legal basis, write nothing.
    """
    ended = call("rules", "new", tmp_path / "own", *options(), "--test", line)

    assert ended.code == 2
    assert nearest in ended.err
    assert not (tmp_path / "own").exists()


def test_questions_are_asked_again_until_an_answer_will_do(tmp_path: Path) -> None:
    """
    Without options every answer is asked for; a wrong one is told and asked again.
    """
    answers = [
        "Long days", "forced_labor", "forced_labour", "working_conditions", "strong", "",
        "workforce.vissa is student", "workforce.visa is student", "", "Because", "Why?", "None known",
        "ilo-indicators", "indicator 8", "Wages withheld.",
    ]  # fmt: skip
    result = CliRunner().invoke(app, ["rules", "new", str(tmp_path / "own")], input="\n".join(answers) + "\n")

    assert result.exit_code == 0
    assert "did you mean `forced_labour`?" in result.stderr
    assert "did you mean `workforce.visa`?" in result.stderr
    assert [rule.id for rule in load_rulebook(tmp_path / "own").rules] == ["OWN-001"]


def test_a_rule_that_nothing_can_match_is_refused(call: Call, tmp_path: Path) -> None:
    """
    Tests that exclude each other are told of instead of being written.
    """
    lines = [*HOURS, "--test", "workforce.hours_per_day below 10"]

    ended = call("rules", "new", tmp_path / "own", *options(), *lines)

    assert ended.code == 2
    assert "matches" in ended.err
