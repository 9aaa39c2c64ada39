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
from laborscreen.formats import Batch, Reject, Source, nest
from laborscreen.record import Record
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
    for number, source in enumerate(sources):
        rows = 0
        rejected = tally.rejected
        for batch in source.batches(BATCH_ROWS):
            _screen(day, batch, source.name, settings, out, tally)
            rows += batch.rows_read
            offset = batch.position.offset if batch.position else 0
            progress(Progress(number, total + rows, offset))
        total += rows
        read.append(
            FileRead(source.name, source.format, source.digest, rows, tally.rejected - rejected, source.notes)
        )
    return tuple(read)


def _screen(
    day: Day, batch: Batch, name: str, settings: values.ReadingSettings, out: ResultsOut | None, tally: Tally
) -> None:
    rejects = list(batch.rejects)
    for at, told in enumerate(nested_records(batch)):
        span = batch.spans[at] if batch.spans is not None else 1
        try:
            record = Record.model_validate(told, context=settings)
        except RecordError as error:
            reason = f"{error.field}: {error.message}" if error.field else error.message
            reason += f" ({error.hint})" if error.hint else ""
            row, line = batch.rows[at], batch.lines[at]
            rejects += [
                Reject(name, row + k, line, str(told.get("id") or "")[:200], reason) for k in range(span)
            ]
            continue
        assessment = day.screen(record)
        if out is not None:
            out.write(assessment)
        tally.add(record.name or "", assessment, span)
    rejects.sort(key=lambda one: one.row)
    if out is not None:
        out.reject(rejects)
    for reject in rejects:
        tally.reject(reject)


def nested_records(batch: Batch) -> Iterator[Mapping[str, object]]:
    """Yield the records of a batch in their nested form."""
    if batch.nested is not None:
        yield from batch.nested
        return
    paths = list(batch.columns)
    for cells in zip(*batch.columns.values(), strict=True):
        yield nest({path: cell for path, cell in zip(paths, cells, strict=True) if cell is not None})
