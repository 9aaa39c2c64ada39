"""
The entries of a list as bits, for the formula: what holds of each, and what that makes of their record.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from laborscreen.conditions.columns.alike import told_apart
from laborscreen.conditions.columns.bits import Codes, Flags, Judged, bits_of, flags_of
from laborscreen.conditions.columns.rows import WrittenRows
from laborscreen.conditions.figures import Entry, compared, range_of
from laborscreen.conditions.program import Table
from laborscreen.record import Catalogue, entry_path


class FlatRows:
    """
    The entries of a list in a flat table, as bits: those of the first entry in the lowest bits, then the second's.
    """

    __slots__ = ("_catalogue", "_count", "_present", "_rows", "_table", "_which", "all", "slots")

    def __init__(
        self,
        table: Table,
        catalogue: Catalogue,
        rows: WrittenRows,
        which: Codes | None,
        judged: Sequence[Sequence[Judged]],
    ) -> None:
        self._table = table
        self._catalogue = catalogue
        self._rows = rows
        self._which = which
        self._count = rows.count if which is None else len(which)
        self._present = [
            bits_of(flags if which is None else flags[which]) for flags in rows.present(table.name)
        ]
        self.all = self._side_by_side(self._present)
        slots = [0] * table.width
        for entry, (subjects, there) in enumerate(zip(judged, self._present, strict=True)):
            found = [bits for one in subjects for bits in one.slots(which)]
            slots = [
                bits | (new & there) << entry * self._count for bits, new in zip(slots, found, strict=True)
            ]
        self.slots: Sequence[int] = slots

    def _side_by_side(self, entries: Sequence[int]) -> int:
        found = 0
        for entry, bits in enumerate(entries):
            found |= bits << entry * self._count
        return found

    def _entry(self, bits: int, entry: int) -> int:
        return bits >> entry * self._count & ((1 << self._count) - 1)

    def some(self, bits: int) -> int:
        """Return the records with at least one of their entries in *bits*."""
        found = 0
        for entry in range(len(self._present)):
            found |= self._entry(bits, entry)
        return found

    def every(self, bits: int) -> int:
        """Return the records with all of their entries in *bits*."""
        found = (1 << self._count) - 1
        for entry, there in enumerate(self._present):
            found &= self._entry(bits, entry) | ~there
        return found

    def figure(self, number: int, true: int, false: int) -> tuple[int, int]:
        """Return the truth of a figure, each distinct combination measured once."""
        figure = self._table.figures[number]
        told = self._chosen(self._rows.told(figure.group))
        alike: list[tuple[Codes, int]] = [(told.view(np.uint8), 2)]
        columns = []
        for entry, there in enumerate(self._present):
            fields = [self._column(name, entry) for name in (figure.field, figure.by)]
            truths = [
                flags_of(bits, self._count)
                for bits in (self._entry(true, entry), self._entry(false, entry), there)
            ]
            columns.append((truths, fields))
            alike += [(flags.view(np.uint8), 2) for flags in truths]
            alike += [(codes, max(len(known), 1)) for codes, known in fields]
        first, inverse = told_apart(alike, self._count)
        met = np.zeros((len(first), 2), np.bool_)
        for place, row in enumerate(first.tolist()):
            entries = [_entry_of(truths, fields, row) for truths, fields in columns if truths[2][row]]
            met[place] = compared(figure, range_of(figure, entries, told=bool(told[row])))
        return bits_of(met[inverse, 0]), bits_of(met[inverse, 1])

    def _chosen(self, flags: Flags) -> Flags:
        return flags if self._which is None else flags[self._which]

    def _column(self, name: str, entry: int) -> tuple[Codes, list[object]]:
        if not name:
            return np.zeros(self._count, np.int64), []
        path = f"{self._table.name}.{name}"
        encoded = self._rows.encoded(entry_path(path, entry), self._catalogue.fields[path].reads)
        return (encoded.codes if self._which is None else encoded.codes[self._which]), encoded.values


def _entry_of(truths: Sequence[Flags], fields: Sequence[tuple[Codes, list[object]]], row: int) -> Entry:
    meant = True if truths[0][row] else False if truths[1][row] else None
    value, by = (known[codes[row]] if known else None for codes, known in fields)
    return meant, value if isinstance(value, int | float) else None, by
