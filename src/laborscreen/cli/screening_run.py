"""
A whole run: files in, results out, every row accounted for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from laborscreen import values
from laborscreen.cli.results_out import ResultsOut
from laborscreen.cli.tally import FileRead, Tally
from laborscreen.errors import RecordError
from laborscreen.formats import Batch, Reject, Source
from laborscreen.record import Record
from laborscreen.screening import Rejected
from laborscreen.screening.batch import Screened, TableScreener, screened_alone
from laborscreen.screening.screener import Day

if TYPE_CHECKING:
    from laborscreen.cli.report_out import ReportOut
    from laborscreen.report import Answers

BATCH_ROWS = 8_192
"""Rows read at a time; small enough that the progress bar moves and Ctrl-C is heard."""

_HELD = 1_024  # results held at a time; an assessment with much evidence takes some tens of kilobytes


@dataclass(frozen=True, slots=True)
class Progress:
    """
    How far a run is.

    Args:
        file: the number of the file being read, from 0.
        rows: rows read so far, over all files.
        offset: bytes of this file read so far; 0 where that is not known.
    """

    file: int
    rows: int
    offset: int


def run(
    day: Day,
    sources: Sequence[Source],
    settings: values.ReadingSettings,
    out: ResultsOut | None,
    tally: Tally,
    progress: Callable[[Progress], None],
    report: ReportOut | None = None,
    answers: Mapping[str, Answers] | None = None,
) -> tuple[FileRead, ...]:
    """
    Screen every row of every source.

    Args:
        day: the screener on the day screened.
        sources: the files.
        settings: the writing habits that the mapping profile tells.
        out: where the results go, if anywhere.
        tally: counts them.
        progress: is told how far the run is, after each batch.
        report: the page for people, if one is asked for.
        answers: what suppliers answered, by record id.
    """
    read: list[FileRead] = []
    table = TableScreener(day, settings)
    total = 0
    for number, source in enumerate(sources):
        rows = 0
        rejected = tally.rejected
        for batch in source.batches(BATCH_ROWS):
            results = _screened(batch, table) if batch.nested is None else _each(batch, day, settings)
            if answers:
                results = _answered(results, batch, day, settings, answers)
            _account(batch, results, source.name, out, tally, report)
            rows += batch.rows_read
            offset = batch.position.offset if batch.position else 0
            progress(Progress(number, total + rows, offset))
        total += rows
        read.append(
            FileRead(source.name, source.format, source.digest, rows, tally.rejected - rejected, source.notes)
        )
    return tuple(read)


def _screened(batch: Batch, table: TableScreener) -> Iterator[Screened | Rejected]:
    return table.screen(len(batch), batch.columns)


def _each(batch: Batch, day: Day, settings: values.ReadingSettings) -> Iterator[Screened | Rejected]:
    """Screen nested records one by one."""
    for told in batch.nested or ():
        try:
            yield screened_alone(day, Record.model_validate(told, context=settings))
        except RecordError as error:
            yield Rejected(
                error.record_id or str(told.get("id") or ""), error.field, error.message, error.hint
            )


def _answered(
    results: Iterator[Screened | Rejected],
    batch: Batch,
    day: Day,
    settings: values.ReadingSettings,
    answers: Mapping[str, Answers],
) -> Iterator[Screened | Rejected]:
    """Screen the records again that suppliers have answered questions about, with the answers in them."""
    from laborscreen.formats import nest
    from laborscreen.report import with_answers

    for at, result in enumerate(results):
        given = answers.get(result.record_id)
        if given is None or isinstance(result, Rejected):
            yield result
            continue
        told = (
            batch.nested[at]
            if batch.nested is not None
            else nest({path: column[at] for path, column in batch.columns.items()})
        )
        merged, _ = with_answers(told, given)
        yield screened_alone(day, Record.model_validate(merged, context=settings))


def _account(
    batch: Batch,
    results: Iterator[Screened | Rejected],
    name: str,
    out: ResultsOut | None,
    tally: Tally,
    report: ReportOut | None,
) -> None:
    """Write and count the results of a batch, and its rejects in the order of their rows."""
    rejects = list(batch.rejects)
    numbered = enumerate(results)
    while piece := list(islice(numbered, _HELD)):
        screened = [(at, result) for at, result in piece if isinstance(result, Screened)]
        if out is not None:
            out.write(result for _, result in screened)
        if report is not None:
            report.add(batch, screened)
        tally.add([result for _, result in screened], sum(_span(batch, at) for at, _ in screened))
        for at, result in piece:
            if isinstance(result, Rejected):
                rejects += _rejects(batch, at, name, result)
    rejects.sort(key=lambda one: one.row)
    if out is not None:
        out.reject(rejects)
    for reject in rejects:
        tally.reject(reject)


def _span(batch: Batch, at: int) -> int:
    """Return how many rows of the file a record was made of."""
    return batch.spans[at] if batch.spans is not None else 1


def _rejects(batch: Batch, at: int, name: str, rejected: Rejected) -> list[Reject]:
    """Return one reject for each row of a record that could not be screened."""
    place = f"{rejected.field}: " if rejected.field else ""
    cure = f" ({rejected.hint})" if rejected.hint else ""
    reason = f"{place}{rejected.reason}{cure}"
    return [
        Reject(name, batch.rows[at] + more, batch.lines[at], rejected.record_id[:200], reason)
        for more in range(_span(batch, at))
    ]
