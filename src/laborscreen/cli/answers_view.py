"""
Condition trees with their answers, on a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from laborscreen.cli.terminal import safe
from laborscreen.trials import Deciding, Line

if TYPE_CHECKING:
    from rich.console import Console

_MARK = {True: ("✔", "green"), False: ("✘", "red"), None: ("?", "yellow")}


def show_answers(lines: Iterable[Line], console: Console, *, indent: int = 4) -> None:
    """Print a condition line by line: ✔ match, ✘ no match, ? unknown, and the value that gave the answer."""
    from rich.padding import Padding
    from rich.text import Text

    for line in lines:
        mark, style = _MARK[line.truth]
        told = Text(f"{mark} ", style).append_text(safe(line.asked))
        if line.seen:
            told.append_text(safe(f"  {line.seen}", "dim"))
        console.print(Padding(told, (0, 0, 0, indent + 2 * line.depth), expand=False))


def show_deciding(found: Deciding, console: Console, *, indent: int = 4) -> None:
    """Print which single answer would decide an unknown rule, with a value for each way."""
    from rich.padding import Padding

    if not found.fields:
        return

    def line(text: str, style: str, more: int = 0) -> None:
        console.print(Padding(safe(text, style), (0, 0, 0, indent + more), expand=False))

    if found.alone:
        line("one answer would decide it:", "cyan")
    for one in found.alone:
        ways = [
            f"“{value}”: {word}"
            for word, value in (("match", one.match), ("no match", one.no_match))
            if value is not None
        ]
        line(f"{one.path}  {', '.join(ways)}", "cyan", 2)
    if found.alone and found.together:
        line(f"of the others none alone: {', '.join(one.path for one in found.together)}", "dim", 2)
    if not found.alone:
        together = ", ".join(one.path for one in found.together)
        line(f"no single answer would decide it; open are {together}", "cyan")
