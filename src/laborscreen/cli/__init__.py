"""
The command line: one file a verb, and nothing that decides anything.
"""

from __future__ import annotations

import gc
import io
import os
import sys

__all__ = ["main"]

_YOUNG = 100_000  # objects; Python's 700 looks for circles hundreds of times while modules, rules and lists are read


def main() -> None:
    """Run the command line and end the process with its exit code; Ctrl-C ends it cleanly at any moment."""
    gc.set_threshold(_YOUNG)
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # nobody else's code sees a record, or is looked for
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter shows its number
    try:
        from laborscreen.cli.app import app

        app()
    except KeyboardInterrupt:
        sys.stderr.write("laborscreen: stopped\n")
        sys.exit(130)
