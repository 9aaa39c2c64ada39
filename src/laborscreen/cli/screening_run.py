"""
A whole run: files in, assessments out, every row accounted for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from laborscreen import values
from laborscreen.cli.results_out import ResultsOut
from laborscreen.cli.tally import FileRead, Tally
from laborscreen.errors import RecordError
from laborscreen.formats import Batch, Reject, Source
from laborscreen.record import Record, nested
from laborscreen.screening import Rejected
from laborscreen.screening.batch import Screened, TableScreener, screened_alone
from laborscreen.screening.screener import Day

BATCH_ROWS = 2_048
"""Rows read at a time; small enough that the progress bar moves and Ctrl-C is heard."""


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
    """
    read: list[FileRead] = []
    total = 0
    table = TableScreener(day, settings)
    for number, source in enumerate(sources):
        rows = 0
        rejected = tally.rejected
        for batch in source.batches(BATCH_ROWS):
            _screen(day, table, batch, source.name, settings, out, tally)
            rows += batch.rows_read
            offset = batch.position.offset if batch.position else 0
            progress(Progress(number, total + rows, offset))
        total += rows
        read.append(
            FileRead(source.name, source.format, source.digest, rows, tally.rejected - rejected, source.notes)
        )
    return tuple(read)


def _screen(
    day: Day,
    table: TableScreener,
    batch: Batch,
    name: str,
    settings: values.ReadingSettings,
    out: ResultsOut | None,
    tally: Tally,
) -> None:
    rejects = list(batch.rejects)
    for at, result in enumerate(_results(day, table, batch, settings)):
        span = batch.spans[at] if batch.spans is not None else 1
        if isinstance(result, Rejected):
            reason = f"{result.field}: {result.reason}" if result.field else result.reason
            reason += f" ({result.hint})" if result.hint else ""
            row, line = batch.rows[at], batch.lines[at]
            rejects += [Reject(name, row + k, line, result.record_id[:200], reason) for k in range(span)]
            continue
        if out is not None:
            out.write(result)
        tally.add(result.name, result.record_id, result.model.assessment, span)
    rejects.sort(key=lambda one: one.row)
    if out is not None:
        out.reject(rejects)
    for reject in rejects:
        tally.reject(reject)


def _results(
    day: Day, table: TableScreener, batch: Batch, settings: values.ReadingSettings
) -> Iterator[Screened | Rejected]:
    """Screen a batch: columns as a table, nested objects one by one."""
    if batch.nested is None:
        yield from table.screen(len(batch), batch.columns)
        return
    for told in batch.nested:
        try:
            yield screened_alone(day, Record.model_validate(told, context=settings))
        except RecordError as error:
            yield Rejected(
                error.record_id or str(told.get("id") or ""), error.field, error.message, error.hint
            )


def nested_records(batch: Batch) -> Iterator[Mapping[str, object]]:
    """Yield the records of a batch in their nested form."""
    if batch.nested is not None:
        yield from batch.nested
        return
    for row in range(len(batch)):
        yield nested({path: column[row] for path, column in batch.columns.items()})
