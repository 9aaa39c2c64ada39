"""
The work on one stretch of a file: rows read, screened, and put into the words of the result file. Any process can do it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from laborscreen import values
from laborscreen.cli.repeated_ids import marks_of
from laborscreen.cli.tally import Tally
from laborscreen.errors import RecordError
from laborscreen.formats import Batch, CsvSource, Met, Piece, Reject, Source
from laborscreen.record import Record
from laborscreen.screening import Rejected, Screener
from laborscreen.screening.batch import TableScreener, texts_of
from laborscreen.screening.digests import digest_table, input_digest
from laborscreen.screening.screened import Screened, ScreenedTable, screened_alone

if TYPE_CHECKING:
    from laborscreen.cli.row_facts import RowFacts
    from laborscreen.delta import Earlier
    from laborscreen.formats.owners import Owners
    from laborscreen.report import Answers, Facts
    from laborscreen.screening.day import Day

ROWS_AT_ONCE = 8_192
"""Rows of a stretch; small enough that the progress bar moves and Ctrl-C is heard."""

RECORDS_AT_ONCE = 512
"""The same for nested records, which are screened one by one."""

Lines = Callable[[ScreenedTable], Iterable[bytes]]


class Stretch(NamedTuple):
    """
    Some rows of one of the files.

    Args:
        file: the number of the file, from 0.
        rows: the rows: a piece of a flat text file yet to be read, or a batch.
        ends: the byte of the file after them; 0 where that is not known.
    """

    file: int
    rows: Piece | Batch
    ends: int


@dataclass(slots=True)
class Done:
    """
    What became of one stretch.

    Args:
        lines: the results as they stand in the result file, some at a time; those of a table are made when they are taken.
        records: records screened.
        rows: rows read, rejected ones included.
        numbered: whether the rejected rows bear their numbers in the file; if not, those within the stretch.
        rejects: the rows that could not be screened.
        tally: the counts.
        marks: a mark for each record's id.
        met: what notes will tell of how the rows were read.
        taken: records whose earlier result still holds.
        owned: the numbers of the companies of the files of owners that were met.
        ambiguous: records with a number that is that of several companies there.
        shown: for the page for people: the results, each with the facts of its record.
    """

    lines: Iterable[bytes | memoryview] = ()
    records: int = 0
    rows: int = 0
    numbered: bool = True
    rejects: list[Reject] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    marks: bytes = b""
    met: Met | None = None
    taken: int = 0
    owned: set[int] = field(default_factory=set)
    ambiguous: int = 0
    shown: list[tuple[Screened, Facts]] = field(default_factory=list)


@dataclass(frozen=True)
class Work:
    """
    All it takes to work on a stretch.

    Args:
        screener: the screener.
        day: the day screened.
        sources: the files.
        settings: the writing habits that the mapping profile tells.
        lines: puts results into the form of the result file; None where there is none.
        report: whether there is a page for people.
        answers: what suppliers answered, by record id.
        earlier: the results of an earlier run, to take over what still holds; None where there is none, or nothing holds.
        owners: owners told in files of their own.
    """

    screener: Screener
    day: date
    sources: Sequence[Source]
    settings: values.ReadingSettings
    lines: Lines | None
    report: bool = False
    answers: Mapping[str, Answers] = field(default_factory=dict)
    earlier: Earlier | None = None
    owners: Owners | None = None

    def stretches(self) -> Iterator[Stretch]:
        """Yield the files in stretches, always the same ones."""
        for number, source in enumerate(self.sources):
            if isinstance(source, CsvSource) and source.cuttable:
                for piece in source.pieces():
                    yield Stretch(number, piece, piece.ends)
            else:
                size = RECORDS_AT_ONCE if source.format in _NESTED else ROWS_AT_ONCE
                for batch in source.batches(size):
                    yield Stretch(number, batch, batch.position.offset if batch.position else 0)

    def do(self, stretch: Stretch) -> Done:
        """Read and screen one stretch."""
        source = self.sources[stretch.file]
        if isinstance(stretch.rows, Batch):
            done = Done()
            self._screen(stretch.rows, source.name, done)
            return done
        assert isinstance(source, CsvSource)
        batches, met = source.read_piece(stretch.rows)
        done = Done(numbered=False, met=met)
        for batch in batches:
            self._screen(batch, source.name, done)
        return done

    def ids(self, stretch: Stretch) -> list[str]:
        """Return the ids of the records of one stretch."""
        source = self.sources[stretch.file]
        if isinstance(stretch.rows, Batch):
            batches = [stretch.rows]
        else:
            assert isinstance(source, CsvSource)
            batches, _ = source.read_piece(stretch.rows)
        if self.owners is not None:
            batches = [self._owned(self.owners, batch, source.name, Done()) for batch in batches]
        tables = [self._results(batch)[0] for batch in batches]
        return [table.ids[row] for table in tables for row in table.screened()]

    def make_ready(self) -> None:
        """Make what processes forked from this one shall share."""
        scanner = self._day.compiled.program.scanner
        if scanner is not None:
            scanner.make_ready()

    @cached_property
    def _day(self) -> Day:
        day = self.screener.on(self.day)
        day.refuse_stale_lists()
        return day

    @cached_property
    def _table(self) -> TableScreener:
        return TableScreener(self._day, self.settings)

    def _screen(self, batch: Batch, name: str, done: Done) -> None:
        """Add the results of a batch to what is done."""
        if self.owners is not None:
            batch = self._owned(self.owners, batch, name, done)
        table, taken = self._results(batch)
        done.taken += taken
        rejects = list(batch.rejects)
        for row, rejected in table.rejected.items():
            rejects += _rejects(batch, row, name, rejected)
        rows = table.screened()
        counted = Tally()
        counted.add(table, sum(_span(batch, row) for row in rows) if batch.spans else len(rows))
        done.tally.merge(counted)
        done.rejects += sorted(rejects, key=lambda one: one.row)
        done.records += len(rows)
        done.rows += batch.rows_read
        done.marks += marks_of([table.ids[row] for row in rows])
        if self.lines is not None:
            done.lines = chain(done.lines, self.lines(table))
        if self.report:
            done.shown += self._shown(batch, table, rows)

    @staticmethod
    def _owned(owners: Owners, batch: Batch, name: str, done: Done) -> Batch:
        """Return a batch with the owners told elsewhere."""
        from laborscreen.formats.owned_source import join

        joined = join(owners, batch, name)
        done.owned.update(joined.companies)
        done.ambiguous += joined.ambiguous
        return joined.batch

    def _results(self, batch: Batch) -> tuple[ScreenedTable, int]:
        """Return the results of a batch, and how many of them an earlier run had already."""
        taken: Sequence[Screened | None] = self._held(batch) if self.earlier else ()
        if batch.nested is not None:
            held = taken or [None] * len(batch.nested)
            table = ScreenedTable.of(
                [one or self._alone(told) for one, told in zip(held, batch.nested, strict=True)]
            )
        elif taken:
            rest = [row for row, one in enumerate(taken) if one is None]
            left = {path: [column[row] for row in rest] for path, column in batch.columns.items()}
            table = ScreenedTable.merged(taken, self._table.screen_table(len(rest), left, batch.silenced))
        else:
            table = self._table.screen_table(len(batch), batch.columns, batch.silenced)
        for row, record_id in enumerate(table.ids) if self.answers else ():
            given = self.answers.get(record_id)
            if given is not None and row not in table.rejected:
                table.put(row, self._answered(batch, row, given))
        return table, sum(one is not None for one in taken)

    def _held(self, batch: Batch) -> list[Screened | None]:
        """Return for each record of a batch its earlier result, where that still holds."""
        assert self.earlier is not None
        if batch.nested is not None:
            return [self._held_alone(told) for told in batch.nested]
        count, columns, silenced = len(batch), batch.columns, batch.silenced
        ids, names = (
            texts_of(columns.get(path), count, silenced=path in silenced) for path in ("id", "name")
        )
        return self.earlier.of_rows(digest_table(count, columns, silenced), ids, names, columns)

    def _held_alone(self, told: Mapping[str, object]) -> Screened | None:
        assert self.earlier is not None
        try:
            record = Record.model_validate(told, context=self.settings)
        except RecordError:
            return None  # it is rejected where it is screened
        return self.earlier.of_record(record, input_digest(record))

    def _alone(self, told: Mapping[str, object]) -> Screened | Rejected:
        """Screen one nested record."""
        try:
            return screened_alone(self._day, Record.model_validate(told, context=self.settings))
        except RecordError as error:
            return Rejected(
                error.record_id or str(told.get("id") or ""), error.field, error.message, error.hint
            )

    def _answered(self, batch: Batch, row: int, given: Answers) -> Screened:
        """Screen a record again with what its supplier answered."""
        from laborscreen.formats import nest
        from laborscreen.report import with_answers

        told = (
            batch.nested[row]
            if batch.nested is not None
            else nest({path: column[row] for path, column in batch.columns.items()})
        )
        merged, _ = with_answers(told, given, self.settings)
        return screened_alone(self._day, Record.model_validate(merged, context=self.settings))

    def _shown(
        self, batch: Batch, table: ScreenedTable, rows: Sequence[int]
    ) -> Iterator[tuple[Screened, Facts]]:
        """Yield the results for the page, each with the facts of its record."""
        for row, facts in zip(rows, self._facts.of(batch, rows), strict=True):
            result = table[row]
            assert isinstance(result, Screened)
            yield result, facts

    @cached_property
    def _facts(self) -> RowFacts:
        from laborscreen.cli.row_facts import RowFacts

        return RowFacts()


_NESTED = ("json", "jsonl", "ocds", "ftm", "bods", "gleif")


def placed(rejects: Sequence[Reject], before: int) -> list[Reject]:
    """Return rejects that are numbered within their stretch with their numbers in the file."""
    return [replace(one, row=one.row + before) for one in rejects]


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
