"""
The page for people that a run writes besides its results, if it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from laborscreen.formats import Batch, nest
from laborscreen.report import Facts, Heading, HtmlReport, Previous, facts_of
from laborscreen.report.facts import FIELDS
from laborscreen.screening.batch import Screened

if TYPE_CHECKING:
    from laborscreen.cli.tally import RunSummary
    from laborscreen.screening.screener import Day


_REMEMBERED = 50_000  # rows whose facts are remembered; beyond that the memory starts anew


class ReportOut:
    """
    Gathers a run's results for the report.

    Args:
        path: where the page will stand.
        previous: results of an earlier run to compare with, if any.
    """

    def __init__(self, path: Path, previous: Path | None = None) -> None:
        self._report = HtmlReport(path, Previous(previous) if previous else None)
        self._facts: dict[tuple[object, ...], Facts] = {}

    def add(self, batch: Batch, results: Sequence[tuple[int, Screened]]) -> None:
        """Take results with the places of their rows in the batch."""
        columns = {
            path: column
            for path, column in batch.columns.items()
            if path.partition(".")[0].partition("[")[0] in FIELDS
        }
        for at, result in results:
            if batch.nested is not None:
                facts = facts_of(batch.nested[at])
            else:
                facts = self._facts_of({path: column[at] for path, column in columns.items()})
            self._report.add(result, facts)

    def _facts_of(self, told: dict[str, object]) -> Facts:
        """Return the facts of a row; rows that tell the same of them are read once."""
        key = tuple(told.items())
        found = self._facts.get(key)
        if found is None:
            if len(self._facts) >= _REMEMBERED:
                self._facts.clear()
            found = self._facts[key] = facts_of(nest(told))
        return found

    def finish(self, summary: RunSummary, day: Day) -> None:
        """Write the page."""
        self._report.finish(
            Heading(
                summary.software,
                summary.screened_on,
                summary.rulebook,
                summary.rules,
                day.lists,
                tuple(
                    (one.file, f"{one.format}, {one.rows:,} rows, sha256 {one.digest}")
                    for one in summary.files
                ),
                (*(f"{one.file}: {note}" for one in summary.files for note in one.notes), *summary.notes),
                summary.rows,
                summary.tally.rejected,
                max(
                    (one.checked.isoformat() for one in day.rulebook.sources.values() if one.checked),
                    default="",
                ),
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave nothing behind after an error."""
        self._report.__exit__(kind, error, trace)
