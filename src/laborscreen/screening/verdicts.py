"""
Verdicts of flat tables without evidence: outcome, bands and raised rules of each row, and nothing that an explanation needs.

Each distinct pattern of answers is judged once, straight from the formula's bit sets; no record is made. The verdicts are
those of `Day.verdict`, row by row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from laborscreen import values
from laborscreen.conditions.columns import ColumnRunner, Flags, JudgedRows, Nothing, WrittenRows, flags_of
from laborscreen.errors import RecordError
from laborscreen.record import Record, catalogue, nested, text_of
from laborscreen.screening.result import Verdict
from laborscreen.screening.rosters import divided_columns

if TYPE_CHECKING:
    from laborscreen.screening.day import Day

REJECTED = -1
"""The number of a row that cannot be screened."""

Numbers = npt.NDArray[np.integer[Any]]
_INDEX = re.compile(r"\[\d+\]")
_REMEMBERED = 200_000  # patterns whose verdict is remembered; beyond that the memory starts anew


@dataclass(frozen=True, slots=True)
class Table:
    """
    A flat table made ready to be judged.

    Args:
        columns: the columns as given.
        rows: what is judged of them.
        ids: the ids as written.
        named: the rows with both id and name.
    """

    columns: Mapping[str, Sequence[object]]
    rows: WrittenRows
    ids: Sequence[object]
    named: Flags


class TableVerdicts:
    """
    Gives the verdicts of flat tables on one day.

    Args:
        day: the screener on a day.
        settings: date order and decimal mark of the file.

    Attributes:
        known: every distinct verdict met so far; rows are told by their number here.
    """

    def __init__(self, day: Day, settings: values.ReadingSettings = values.DEFAULT) -> None:
        self._day = day
        self._settings = settings
        self._runner = ColumnRunner(day.bound, day.grades)
        named = day.excepted.witness is not None  # without a list no answer depends on the name
        self._unjudged = {"id"} if named else {"id", "name"}
        self.known: list[Verdict] = []
        self._numbers: dict[Verdict, int] = {}
        self._met: dict[bytes, int] = {}

    def table(self, count: int, columns: Mapping[str, Sequence[object]]) -> Table:
        """
        Return a table made ready for this screener, and for any other with the same settings and watchlists.

        Args:
            count: number of rows.
            columns: column (`laborscreen.record.entry_path`) to one written value a row.
        """
        columns = divided_columns(columns)
        told = {path: column for path, column in columns.items() if path not in self._unjudged}
        ids, names = (columns.get(path) or [None] * count for path in ("id", "name"))
        named = Nothing(ids).told & Nothing(names).told
        return Table(columns, WrittenRows(count, told, self._settings), ids, named)

    def of(self, table: Table) -> Numbers:
        """Return the number of each row's verdict among those `known`; `REJECTED` for a row that cannot be screened."""
        count, columns = table.rows.count, table.columns
        if not count:
            return np.empty(0, np.int64)
        judged = self._runner.judge_rows(table.rows)
        first, pattern_of = judged.patterns
        of_patterns = self._judge(judged, first)
        found: Numbers = of_patterns[pattern_of]
        alone: Sequence[int] = np.flatnonzero(~table.named).tolist()
        if any(_INDEX.sub("", path) not in catalogue().fields for path in columns):
            alone = range(count)  # a column nobody knows: each row says so when it is read
        elif self._day.rulebook.exceptions:
            concerns = self._day.excepted.concerns
            alone = [*alone, *(row for row, one in enumerate(table.ids) if concerns(text_of(one)))]
        for row in alone:
            found[row] = self.of_record({path: column[row] for path, column in columns.items()})
        return found

    def of_record(self, told: Mapping[str, object]) -> int:
        """Return the number of one record's verdict, from its columns or its fields."""
        try:
            record = Record.model_validate(nested(told), context=self._settings)
        except RecordError:
            return REJECTED
        return self.number(self._day.verdict(record))

    def number(self, verdict: Verdict) -> int:
        """Return the number of a verdict."""
        found = self._numbers.setdefault(verdict, len(self.known))
        if found == len(self.known):
            self.known.append(verdict)
        return found

    def _judge(self, judged: JudgedRows, rows: Numbers) -> Numbers:
        """Judge one row of each pattern."""
        evaluation = judged.evaluate(rows)
        levels = sorted(set(self._day.rulebook.policy.quality.values()), reverse=True)
        answers = _by_row(evaluation.answers, len(rows))
        strict = {level: _by_row(evaluation.at(level), len(rows)) for level in levels}
        direct = _by_row(evaluation.direct, len(rows))
        judge = self._day.compiled.judge
        if len(self._met) >= _REMEMBERED:
            self._met = {}
        found = np.empty(len(rows), np.int64)
        for place in range(len(rows)):
            key = b"".join((answers[place], direct[place], *[strict[level][place] for level in levels]))
            number = self._met.get(key)
            if number is None:
                of_level = {level: rows_of[place] for level, rows_of in strict.items()}
                judgement = judge.judge(
                    answers[place], of_level.__getitem__, partial(direct.__getitem__, place)
                )
                number = self._met[key] = self.number(judge.verdict(judgement))
            found[place] = number
        return found


def _by_row(answers: Sequence[int], rows: int) -> list[bytes]:
    """Return a formula's bit sets turned round: for each row its answers, a byte each."""
    if not rows:
        return []
    matrix = np.empty((rows, len(answers)), np.uint8)
    for place, bits in enumerate(answers):
        matrix[:, place] = flags_of(bits, rows)
    whole = matrix.tobytes()
    width = len(answers)
    return [whole[start : start + width] for start in range(0, len(whole), width)]
