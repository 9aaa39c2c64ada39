"""
Faults of a rulebook, shown as compilers show them: the place, the line, a caret, a cure.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from laborscreen.cli.terminal import console, counted, safe
from laborscreen.errors import Problem, RulebookError

if TYPE_CHECKING:
    from rich.console import Console

_WIDEST_LINE = 160


def show_problems(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, and how many there are."""
    out = console(err=True)
    found = tuple(problems)
    for problem in found:
        _show(problem, out)
    errors = sum(problem.severity == "error" for problem in found)
    warnings = len(found) - errors
    parts = [counted(errors, "error")] if errors else []
    parts += [counted(warnings, "warning")] if warnings else []
    if parts:
        out.print(safe(", ".join(parts), "bold red" if errors else "bold yellow"))


def _show(problem: Problem, out: Console) -> None:
    from rich.cells import cell_len
    from rich.text import Text

    style = "bold red" if problem.severity == "error" else "bold yellow"
    head = safe(f"{problem.location}: ", "bold").append(f"{problem.severity}[{problem.id}]", style)
    out.print(head.append_text(safe(f": {problem.message}")), soft_wrap=True)
    written = _line(problem.location.path, problem.location.line) if problem.location.line else ""
    if written.strip():
        number = str(problem.location.line)
        before = safe(written[: max(problem.location.column - 1, 0)].expandtabs(1)).plain
        out.print(
            safe(f"{number:>6} | ", "dim").append_text(safe(written[:_WIDEST_LINE].expandtabs(1))),
            soft_wrap=True,
        )
        if problem.location.column and problem.location.column <= _WIDEST_LINE:
            carets = "^" * max(min(problem.length, len(written) - problem.location.column + 1), 1)
            out.print(Text(" " * (6 + 3 + cell_len(before))).append(carets, style), soft_wrap=True)
    if problem.hint:
        out.print(safe(f"  hint: {problem.hint}", "cyan"), soft_wrap=True)


@lru_cache(maxsize=8)
def _lines(path: str) -> tuple[str, ...]:
    from laborscreen.rulebook import written_at

    return tuple(written_at(path).split("\n"))


def _line(path: str, number: int) -> str:
    try:
        lines = _lines(path)
    except (OSError, RulebookError):  # the fault may be that the file cannot be read
        return ""
    return lines[number - 1].rstrip("\r") if number <= len(lines) else ""
