"""
When a run began, and where its seconds went.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class RunTimes:
    """
    The times of a run.

    Args:
        started: when it began, in UTC.
        ended: when the last row was written.
        preparing: seconds for reading and compiling rules and lists, and for opening the files.
        screening: seconds from the first row read to the last result written.
    """

    started: datetime
    ended: datetime
    preparing: float
    screening: float

    def to_dict(self, rows: int) -> dict[str, object]:
        """Return the form that ``--summary`` writes, with the pace for so many *rows*."""
        return {
            "started": _written(self.started),
            "ended": _written(self.ended),
            "seconds": {
                "preparing": round(self.preparing, 3),
                "screening": round(self.screening, 3),
                "total": round(self.preparing + self.screening, 3),
            },
            "rows_per_second": round(rows / self.screening) if self.screening > 0 else None,
        }


class Stopwatch:
    """Takes the times of a run; it is started by being made."""

    def __init__(self) -> None:
        self._started = datetime.now(tz=UTC)
        self._made = time.perf_counter()
        self._prepared = self._made

    def prepared(self) -> None:
        """Take the moment at which screening begins."""
        self._prepared = time.perf_counter()

    def stop(self) -> RunTimes:
        """Return the times of the run that ends now."""
        now = time.perf_counter()
        return RunTimes(
            self._started, datetime.now(tz=UTC), self._prepared - self._made, now - self._prepared
        )


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
