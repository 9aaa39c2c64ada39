"""
Condition trees with their answers, on a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from laborscreen.cli.terminal import safe
from laborscreen.trials import Line

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
