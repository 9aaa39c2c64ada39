"""
The rows that could not be screened, beside the result.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from laborscreen.formats.batch import Reject
from laborscreen.formats.writers.table_writers import csv_line
from laborscreen.formats.writers.target import Target

REJECT_COLUMNS = ("file", "row", "line", "id", "reason")


def rejects_path(out: Path) -> Path:
    """
    Return where the rejects of a result file stand.

    >>> rejects_path(Path("out/results.jsonl")).as_posix()
    'out/results.jsonl.rejects.csv'
    """
    return out.with_name(out.name + ".rejects.csv")


class RejectsWriter:
    """
    Writes rejected rows with file, row, line, id and reason.

    Args:
        out: the result file they belong to.
        keep: bytes of an earlier part to go on after.
    """

    def __init__(self, out: Path, keep: int | None = None) -> None:
        self.target = Target(rejects_path(out), keep)
        self.count = 0
        if not keep:
            self.target.write(csv_line(REJECT_COLUMNS))

    def write(self, rejects: Iterable[Reject]) -> None:
        """Write some rows."""
        for reject in rejects:
            self.count += 1
            self.target.write(csv_line([getattr(reject, name) for name in REJECT_COLUMNS]))

    def position(self) -> int:
        """Return how many bytes are written; a later run may keep them."""
        return self.target.position()

    def finish(self) -> None:
        """Make the file whole; where no row was rejected there is none, and one of an earlier run is removed."""
        if self.count or self.position() > len(csv_line(REJECT_COLUMNS)):
            self.target.commit()
        else:
            self.target.discard()
            self.target.path.unlink(missing_ok=True)
