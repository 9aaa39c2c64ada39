"""
``laborscreen rules test``: the examples beside each rule, run on the engine that screens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from laborscreen.cli.conduct import ExitCode
from laborscreen.cli.rules_check import Folder

if TYPE_CHECKING:
    from rich.console import Console

    from laborscreen.trials import TestResult, TrialReport

_WORDS = {
    "match": "match",
    "no_match": "no match",
    "unknown": "unknown",
    "refused": "a record that cannot be read",
}


def run(folder: Folder = None) -> None:
    """Run the tests of every rule; tell each surprise with the reason."""
    from laborscreen.cli.terminal import console
    from laborscreen.rulebook import load_rulebook
    from laborscreen.trials import run_tests

    report = run_tests(load_rulebook(folder))
    out = console()
    for surprise in report.surprises:
        _show(surprise, out)
    _totals(report, out)
    if not report.passed:
        raise typer.Exit(ExitCode.MET)


def _show(result: TestResult, out: Console) -> None:
    from laborscreen.cli.answers_view import show_answers
    from laborscreen.cli.terminal import safe

    head = safe(f"{result.test.location}: ", "bold").append_text(
        safe(f"{result.rule.id}, test “{result.test.name}”")
    )
    out.print(head, soft_wrap=True)
    out.print(safe(f"  expected {_WORDS[result.test.expect]}, got {_WORDS[result.got]}", "red"))
    for remark in result.remarks:
        out.print(safe(f"  {remark}", "yellow"))
    show_answers(result.why, out)
    out.print()


def _totals(report: TrialReport, out: Console) -> None:
    from laborscreen.cli.terminal import counted, safe

    parts = []
    for expected, (run, met) in report.by_expectation.items():
        parts.append(f"{_WORDS[expected]} {met:,} of {run:,}")
    rules = len({result.rule.id for result in report.results})
    told = (
        f"{counted(len(report.results), 'test')} of {counted(rules, 'rule')}: {', '.join(parts)} as expected"
    )
    out.print(safe(told, "green" if report.passed else "bold red"))
    if report.retired:
        out.print(safe(f"{counted(report.retired, 'test')} of retired rules not run", "dim"))
