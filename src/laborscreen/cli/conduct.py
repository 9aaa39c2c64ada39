"""
How the program ends: exit codes, messages instead of tracebacks, a quiet end when nobody reads any more.

======  ==================================================================================
code    meaning
======  ==================================================================================
0       done
1       something at or above ``--fail-on``; for ``rules test``, a test that fails
2       bad usage, unreadable input, a rulebook or list with faults, an output that fails
3       done, but some rows were rejected
130     stopped by Ctrl-C
======  ==================================================================================
"""

from __future__ import annotations

import os
import sys
from enum import IntEnum
from typing import Any

import typer

from laborscreen.cli.verbs import VerbGroup
from laborscreen.errors import LaborscreenError, RulebookError
from laborscreen.log import log


class ExitCode(IntEnum):
    """What the shell is told."""

    DONE = 0
    MET = 1
    REFUSED = 2
    ROWS_REJECTED = 3
    STOPPED = 130


class Conduct(VerbGroup):
    """The outermost group of verbs, which turns every way of failing into a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the verb."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt as error:
            log.error("stopped by Ctrl-C")
            raise typer.Exit(_told(_with_notes("stopped", error), ExitCode.STOPPED)) from None
        except BrokenPipeError:
            end_quietly()
            raise typer.Exit(ExitCode.DONE) from None
        except RulebookError as error:
            from laborscreen.cli.problem_lines import show_problems

            log.error("the rulebook has %d faults", len(error.problems))
            show_problems(error.problems)
            raise typer.Exit(ExitCode.REFUSED) from None
        except LaborscreenError as error:
            log.error("ended by %s%s", type(error).__name__, _place(error))
            raise typer.Exit(_told(_with_notes(str(error), error), ExitCode.REFUSED)) from None
        except OSError as error:
            log.error("ended by the system: %s", error.strerror or type(error).__name__)
            place = f"{error.filename}: " if error.filename else ""
            message = _with_notes(f"{place}{error.strerror or error}", error)
            raise typer.Exit(_told(message, ExitCode.REFUSED)) from None
        return result


def _with_notes(message: str, error: BaseException) -> str:
    """Return a message with what was noted on its way: what an interrupted run leaves, and how to go on."""
    return "; ".join([message, *getattr(error, "__notes__", [])])


def _place(error: LaborscreenError) -> str:
    """Return where an error is; its message may repeat what stands there, and so is not for the log."""
    location = getattr(error, "location", None)
    return f" at {location}" if location else ""


def end_quietly() -> None:
    """Stop writing to a pipe whose reader has gone, so that nothing is said about it at exit either."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())


def _told(message: str, code: ExitCode) -> ExitCode:
    from laborscreen.text import visible

    lines = [visible(line) for line in message.splitlines()]
    try:
        sys.stderr.write("laborscreen: " + "\n".join(lines) + "\n")
        sys.stderr.flush()
    except BrokenPipeError:
        end_quietly()
    return code
