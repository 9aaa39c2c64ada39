"""
The page for people that a run writes besides its results, if it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from laborscreen import values
from laborscreen.formats import Batch
from laborscreen.report import Heading, HtmlReport
from laborscreen.screening.batch import Screened

if TYPE_CHECKING:
    from laborscreen.cli.tally import RunSummary
    from laborscreen.screening.screener import Day


class ReportOut:
    """
    Gathers a run's results for the report.

    Args:
        path: where the page will stand.
    """

    def __init__(self, path: Path) -> None:
        self._report = HtmlReport(path)

    def add(self, batch: Batch, results: Sequence[tuple[int, Screened]]) -> None:
        """Take results with the places of their rows in the batch."""
        column = batch.columns.get("country")
        for at, result in results:
            if batch.nested is not None:
                written = batch.nested[at].get("country")
            else:
                written = column[at] if column is not None else None
            self._report.add(result, str(values.read_country(written).value or "") if written else "")

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
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave nothing behind after an error."""
        self._report.__exit__(kind, error, trace)
