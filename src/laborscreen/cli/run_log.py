"""
Where the log goes, if a caller of the command line asks for one.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from laborscreen.errors import UsageError
from laborscreen.log import log
from laborscreen.source import Location

_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_BEGINS = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


class LogLevel(StrEnum):
    """How much is logged, from most to least."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def start_log(level: LogLevel | None, path: Path | None) -> Callable[[], None]:
    """
    Log to a file, after what it holds already, or to standard error; without level and file nothing is logged.

    Args:
        level: how much; info if only a file is named.
        path: the file.

    Returns:
        What ends the log again.

    Raises:
        UsageError: the file holds something else than a log.
        OSError: the file cannot be written.
    """
    if level is None and path is None:
        return lambda: None
    if path is not None:
        _refuse_other_files(path)
    handler = (
        logging.StreamHandler(sys.stderr) if path is None else logging.FileHandler(path, encoding="utf-8")
    )
    formatter = logging.Formatter(_LINE, _MOMENT)
    formatter.converter = time.gmtime  # lines from several machines are read side by side
    handler.setFormatter(formatter)
    log.addHandler(handler)
    log.setLevel((level or LogLevel.INFO).name)

    def end() -> None:
        log.removeHandler(handler)
        log.setLevel(logging.NOTSET)
        handler.close()

    return end


def _refuse_other_files(path: Path) -> None:
    """Refuse to add to a file that is no log, which may well be the supplier file itself."""
    with path.open("ab+") as file:
        file.seek(0)
        begins = file.read(21)
    if begins and not _BEGINS.match(begins):
        raise UsageError(
            "this file holds something else than a log",
            location=Location(str(path)),
            hint="name a file that is not there yet, or an earlier log",
        )
