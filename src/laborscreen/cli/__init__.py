"""
The command line: one file a verb, and nothing that decides anything.
"""

from __future__ import annotations

import io
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and end the process with its exit code; Ctrl-C ends it cleanly at any moment."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter shows its number
    try:
        from laborscreen.cli.app import app

        app()
    except KeyboardInterrupt:
        sys.stderr.write("laborscreen: stopped\n")
        sys.exit(130)
