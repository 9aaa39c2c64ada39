"""
Where words for people go: two consoles that never show a control character of a record.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from laborscreen.text import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDTH_IN_A_PIPE = 100
"""Columns when nobody's terminal says how wide it is."""

OUTCOME_STYLE = {"refer": "bold red", "review": "yellow", "incomplete": "cyan", "routine": "green"}
BAND_STYLE = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "", "info": "dim"}


def console(*, err: bool = False) -> Console:
    """Return a console on standard output, or on standard error. ``NO_COLOR`` and ``COLUMNS`` are respected."""
    from laborscreen.cli.pipe_console import PipeConsole

    stream = sys.stderr if err else sys.stdout
    narrow = stream.isatty() or "COLUMNS" in os.environ
    return PipeConsole(
        file=stream, width=None if narrow else WIDTH_IN_A_PIPE, highlight=False, markup=False, emoji=False
    )


def safe(text: object, style: str = "") -> Text:
    """Return anything as text for a console, with marks nobody sees written out."""
    from rich.text import Text

    return Text(visible(str(text)), style=style)


def shortened(text: str, longest: int) -> str:
    """
    Return a text cut to so many characters.

    >>> shortened("a long sentence", 8)
    'a long …'
    """
    return (
        text
        if len(text) <= longest
        else text[: longest - 1].rstrip() + " …"[0 if text[longest - 2] == " " else 1 :]
    )


def counted(number: int, one: str, many: str = "") -> str:
    """
    Return a number with its noun.

    >>> counted(1, "record"), counted(12_000, "record")
    ('1 record', '12,000 records')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
