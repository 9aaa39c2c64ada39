"""
A console that leaves it to the program what a closed pipe means.
"""

from __future__ import annotations

from typing import NoReturn

from rich.console import Console


class PipeConsole(Console):
    """Rich's own console ends the process with exit code 1, which here means that ``--fail-on`` was met."""

    def on_broken_pipe(self) -> NoReturn:
        """Pass on that the reader has gone."""
        raise BrokenPipeError
