"""
The command line: one file a verb, and nothing that decides anything.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
import warnings

__all__ = ["main"]

_YOUNG = 100_000  # objects; Python's 700 looks for circles hundreds of times while modules, rules and lists are read


def main() -> None:
    """Run the command line and end the process with its exit code; Ctrl-C ends it cleanly at any moment."""
    _start_quickly()
    warnings.formatwarning = _told
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter shows its number
    try:
        from laborscreen.cli.app import app

        app()
    except KeyboardInterrupt:
        sys.stderr.write("laborscreen: stopped\n")
        sys.exit(130)


def _told(message: Warning | str, *_place: object, **_line: object) -> str:
    """Return a warning as people read it: what is wrong, not on which line of the program that was noticed."""
    return f"laborscreen: {message}\n"


def _start_quickly() -> None:
    """Leave out what Python and its libraries do for programs that run for long and are extended by others."""
    gc.set_threshold(_YOUNG)
    # At the end memory is given back whole. Looking for circles in all of it first takes a fifth of a short run.
    atexit.register(gc.freeze)
    # Nobody else's code sees a record, and none is looked for.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # The threads with which numpy multiplies matrices: there are no matrices here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
