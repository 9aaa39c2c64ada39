"""
``laborscreen rules check``: every fault of a rulebook at once, each with its place and its cure.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from laborscreen.cli.conduct import ExitCode

Folder = Annotated[
    Path | None,
    typer.Argument(metavar="DIR", help="A rulebook folder or pack.", show_default="the shipped rules"),
]


def check(folder: Folder = None) -> None:
    """Read a rulebook and tell every fault in it."""
    from laborscreen.cli.problem_lines import show_problems
    from laborscreen.cli.terminal import console, counted
    from laborscreen.rulebook import check_rulebook, load_rulebook
    from laborscreen.text import visible

    problems = check_rulebook(folder)
    show_problems(problems)
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(ExitCode.REFUSED)
    book = load_rulebook(folder)
    told = (
        f"{visible(str(folder)) if folder else 'the shipped rules'}: {counted(len(book.rules), 'rule')}, "
        f"{counted(len(book.lists), 'list')}, {counted(len(book.guards), 'guard')}, {counted(len(book.sources), 'source')}: "
        f"no error"
    )
    console().print(told, style="green")
