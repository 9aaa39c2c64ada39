"""
Run a program on many records at once: each distinct value is judged once, and the formula runs on bit sets.
"""

from __future__ import annotations

from collections.abc import Mapping

from laborscreen import values
from laborscreen.conditions.columns.judged_rows import JudgedRows
from laborscreen.conditions.columns.judging import judged
from laborscreen.conditions.columns.rows import WrittenRows
from laborscreen.conditions.columns.written import Column
from laborscreen.conditions.levels import Grades
from laborscreen.conditions.program import BoundProgram


class ColumnRunner:
    """
    Runs a bound program on flat tables.

    Args:
        bound: the program for a day.
        grades: what sources are worth.
    """

    def __init__(self, bound: BoundProgram, grades: Grades) -> None:
        self._bound = bound
        self.program = bound.program
        self._grades = grades

    def judge(
        self,
        count: int,
        columns: Mapping[str, Column],
        settings: values.ReadingSettings = values.DEFAULT,
        silenced: frozenset[str] = frozenset(),
    ) -> JudgedRows:
        """
        Judge every subject of every row.

        Args:
            count: number of rows.
            columns: full path to a column of written values.
            settings: date order and decimal mark.
            silenced: columns in which every cell that says nothing is None already.
        """
        return self.judge_rows(WrittenRows(count, columns, settings, silenced))

    def judge_rows(self, rows: WrittenRows) -> JudgedRows:
        """Judge every subject of rows that other programs may judge too; what is read of them is read once."""
        answers = {
            table.name: [
                [
                    judged(rows, seat, entry, judge, self._bound)
                    for seat, judge in zip(table.seats, self._bound.judges[table.name], strict=True)
                ]
                for entry in range(len(rows.present(table.name)) if table.name else 1)
            ]
            for table in (self.program.root, *self.program.tables)
        }
        return JudgedRows(self.program, self._grades, rows, answers)
