"""
The page for people that a run writes besides its results, if it is asked for.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from laborscreen.report import Facts, Heading, HtmlReport, Previous
from laborscreen.screening.screened import Model, Screened

if TYPE_CHECKING:
    from laborscreen.cli.tally import RunSummary
    from laborscreen.screening.day import Day

_REMEMBERED = 8_192  # assessments remembered; one met again after that is told again


class ReportOut:
    """
    Gathers a run's results for the report.

    Args:
        path: where the page will stand.
        previous: results of an earlier run to compare with, if any.
    """

    def __init__(self, path: Path, previous: Path | None = None) -> None:
        self._report = HtmlReport(path, Previous(previous) if previous else None)
        self._models: dict[bytes, Model] = {}

    def add(self, result: Screened, facts: Facts) -> None:
        """Take one result with the facts of its record; assessments that say the same become one, whoever made them."""
        words = blake2b(b"".join(result.model.json_around), digest_size=16).digest()
        if len(self._models) >= _REMEMBERED:
            self._models.clear()
        model = self._models.setdefault(words, result.model)
        self._report.add(replace(result, model=model), facts)

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
