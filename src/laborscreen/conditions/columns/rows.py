"""
The rows of a flat table: its columns, what is read in them, and which entries of its lists are there, each told once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from laborscreen import values
from laborscreen.conditions.columns.bits import Flags
from laborscreen.conditions.columns.readings import Encoded
from laborscreen.conditions.columns.written import TEXT, Column, Nothing, NumberColumn
from laborscreen.record import Kind, Reads, currency_beside, entry_path
from laborscreen.text.text_column import TextColumn, Texts

_READ_TOGETHER = (Kind.CODE, Kind.IDENTIFIER)
"""Kinds that cannot be read without the field beside them: a code's or a number's scheme. An amount as text may name
another currency than the one beside it."""


class WrittenRows:
    """
    The rows of a flat table. The entries of a list stand side by side (``workforce.visa``, ``workforce[1].visa``).

    Args:
        count: number of rows.
        columns: full path to a column of written values.
        settings: date order and decimal mark.
        silenced: columns in which every cell that says nothing is None already.
    """

    def __init__(
        self,
        count: int,
        columns: Mapping[str, Column],
        settings: values.ReadingSettings,
        silenced: frozenset[str] = frozenset(),
    ) -> None:
        self.count = count
        self._silenced = silenced
        self.columns = columns
        self._settings = settings
        self._encoded: dict[str, Encoded] = {}
        self._present: dict[str, list[Flags]] = {}
        self._told_of_entry: dict[str, Flags] = {}
        self._nothing: dict[str, Nothing] = {}
        self._types: dict[str, frozenset[type]] = {}

    def encoded(self, path: str, reads: Reads) -> Encoded:
        """Return a field's column, read once; a column that is not there is missing in every row."""
        found = self._encoded.get(path)
        if found is None:
            paired = reads.kind in _READ_TOGETHER or (reads.kind is Kind.MONEY and not self._is_numbers(path))
            column = self._written(path, reads, paired=paired)
            if column is None:
                nothing = (None, None) if paired else None
                found = Encoded([nothing], reads, self._settings, paired=paired)
                found.codes = np.zeros(self.count, np.uint8)
            else:
                kinds = self._kinds(path)
                if paired:
                    kinds |= self._kinds(_beside(path, reads))
                elif reads.kind is Kind.CURRENCY:
                    kinds |= {str}
                found = Encoded(column, reads, self._settings, paired=paired, kinds=kinds)
            self._encoded[path] = found
        return found

    def _kinds(self, path: str) -> frozenset[type]:
        """Return the types of a column's values."""
        found = self._types.get(path)
        if found is None:
            column = self.columns.get(path, ())
            if isinstance(column, TextColumn | Texts):
                return TEXT
            listed = column.numbers[:1].tolist() if isinstance(column, NumberColumn) else column
            found = self._types[path] = frozenset(map(type, listed))
        return found

    def _written(self, path: str, reads: Reads, *, paired: bool) -> Sequence[object] | None:
        """Return what is read for a field, a value or a pair a row; None where no column tells anything of it."""
        if reads.kind is Kind.CURRENCY:
            return self._with_currencies(path, reads)
        beside = _beside(path, reads) if paired else path
        if path not in self.columns and beside not in self.columns:
            return None
        return (
            list(zip(self._listed(path), self._listed(beside), strict=True)) if paired else self._listed(path)
        )

    def _is_numbers(self, path: str) -> bool:
        return isinstance(self.columns.get(path), NumberColumn)

    def _with_currencies(self, path: str, reads: Reads) -> Sequence[object] | None:
        """Return a column of currencies, filled, where none is told, with what the amounts beside it name."""
        group = path.rpartition(".")[0]
        paths = [f"{group}.{amount}".lstrip(".") for amount in reads.named_by]
        amounts = [self._listed(one) for one in paths if one in self.columns and not self._is_numbers(one)]
        if not amounts:
            return self._listed(path) if path in self.columns else None
        column = self._listed(path)
        named: dict[object, str | None] = {}
        filled = []
        for row, told in enumerate(column):
            if not values.is_missing(told):
                filled.append(told)
                continue
            texts = tuple(one for amount in amounts if isinstance(one := amount[row], str))
            if texts not in named:
                named[texts] = currency_beside(texts)
            filled.append(named[texts])
        return filled

    def _listed(self, path: str) -> Sequence[object]:
        column = self.columns.get(path)
        if column is None:
            return [None] * self.count
        return column.numbers.tolist() if isinstance(column, NumberColumn) else column

    def present(self, group: str) -> list[Flags]:
        """
        Return for each entry of a list the rows in which it is there.

        An entry of which nothing is told is not there; of a list of which nothing is told, the first entry stands for what
        might be in it.
        """
        found = self._present.get(group)
        if found is None:
            found = [self._told(group, entry) for entry in range(self.entries(group))]
            found[0] = found[0] | ~np.logical_or.reduce(found)
            self._present[group] = found
        return found

    def told(self, group: str) -> Flags:
        """Return the rows in which anything of a list is told."""
        told: Flags = np.logical_or.reduce([self._told(group, entry) for entry in range(self.entries(group))])
        return told

    def entries(self, group: str) -> int:
        """Return how many entries of a list the table has columns for; one at least."""
        numbers = [
            int(path[len(group) + 1 :].partition("]")[0])
            for path in self.columns
            if path.startswith(f"{group}[")
        ]
        return max(numbers, default=0) + 1

    def nothing(self, path: str) -> Nothing:
        """Return which cells of a column of written values say nothing."""
        found = self._nothing.get(path)
        if found is None:
            column = self.columns[path]
            assert not isinstance(column, NumberColumn)
            found = self._nothing[path] = Nothing(
                column, silenced=path in self._silenced, kinds=self._kinds(path)
            )
        return found

    def _told(self, group: str, entry: int) -> Flags:
        start = entry_path(f"{group}.", entry)
        known = self._told_of_entry.get(start)
        if known is not None:
            return known
        found = self._told_of_entry[start] = np.zeros(self.count, np.bool_)
        for path, column in self.columns.items():
            if not path.startswith(start):
                continue
            if isinstance(column, NumberColumn):
                found |= ~np.isnan(column.numbers.astype(np.float64))
            else:
                found |= self.nothing(path).told
        return found


def _beside(path: str, reads: Reads) -> str:
    """Return the path of the field that another one is read together with."""
    return f"{path.rpartition('.')[0]}.{reads.beside}".lstrip(".")
