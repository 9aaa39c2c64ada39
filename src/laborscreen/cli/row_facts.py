"""
What the page for people tells of a record beside its result, read from the rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from laborscreen.formats import Batch, nest
from laborscreen.report import Facts, facts_of
from laborscreen.report.facts import FIELDS

_REMEMBERED = 50_000  # rows whose facts are remembered; beyond that the memory starts anew


class RowFacts:
    """Reads the facts of rows; those that tell the same of them are read once."""

    def __init__(self) -> None:
        self._met: dict[tuple[object, ...], Facts] = {}

    def of(self, batch: Batch, rows: Sequence[int]) -> list[Facts]:
        """Return the facts of some rows of a batch."""
        if batch.nested is not None:
            return [facts_of(batch.nested[row]) for row in rows]
        columns = {
            path: column
            for path, column in batch.columns.items()
            if path.partition(".")[0].partition("[")[0] in FIELDS
        }
        return [self._of_told({path: column[row] for path, column in columns.items()}) for row in rows]

    def _of_told(self, told: Mapping[str, object]) -> Facts:
        key = tuple(told.items())
        found = self._met.get(key)
        if found is None:
            if len(self._met) >= _REMEMBERED:
                self._met.clear()
            found = self._met[key] = facts_of(nest(told))
        return found
