"""
A table with every subject judged: the formula run on it, and which of its rows are alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from laborscreen.conditions.columns.alike import told_apart
from laborscreen.conditions.columns.bits import Codes, Judged, bits_of
from laborscreen.conditions.columns.entries import FlatRows
from laborscreen.conditions.columns.rows import WrittenRows
from laborscreen.conditions.levels import (
    DEFAULT_SOURCE,
    SOURCE_WHEN_SILENT,
    STATED_WHEN_SILENT,
    Evaluation,
    Grades,
    Sources,
)
from laborscreen.conditions.program import Program
from laborscreen.record import entry_path

Meaning = tuple[object, ...]
"""All that a row's answers depend on, the same in every table."""


@dataclass(frozen=True)
class JudgedRows:
    """
    A flat table, every subject judged.

    Args:
        program: the compiled conditions.
        grades: what sources are worth.
        rows: the table.
        judged: for each table, for each entry, the answers of each subject.
    """

    program: Program
    grades: Grades
    rows: WrittenRows
    judged: Mapping[str, Sequence[Sequence[Judged]]]

    def evaluate(self, which: Codes | None = None, exempt: Mapping[int, int] | None = None) -> Evaluation:
        """
        Run the formula on all rows, or on the rows *which* in their order.

        Args:
            which: row numbers, or None for all.
            exempt: root slot to the rows (as numbered in the answer) on which a rule is excepted.
        """
        count = self.rows.count if which is None else len(which)
        full = (1 << count) - 1
        root = [full]
        for judged in self.judged[""][0]:
            root += judged.slots(which)
        root += [(exempt or {}).get(slot, 0) for slot in self.program.exempt.values()]
        groups = [
            FlatRows(table, self.program.catalogue, self.rows, which, self.judged[table.name])
            for table in self.program.tables
        ]
        sources, stated = self._sources(which, count)
        return Evaluation(self.program, root, groups, sources, stated, self.grades)

    @cached_property
    def patterns(self) -> tuple[Codes, Codes]:
        """
        Return one row of each distinct pattern of answers, and for every row the number of its pattern.

        Rows of one pattern get the same answers from the formula on any level of evidence.
        """
        everything = [one.kinds for one in self._subjects()]
        everything += [(codes, len(meant)) for codes, meant in self._beside()]
        return told_apart(everything, self.rows.count)

    def meanings(self, which: Codes) -> list[Meaning]:
        """
        Return the pattern of some rows in a form that is the same in every table of the program.

        Rows of one meaning, of whatever table, get the same answers from the formula on any level of evidence.
        """
        if not len(which):
            return []
        shape = tuple(len(entries) for entries in self.judged.values())
        bits = np.hstack([one.bits[one.codes[which]] for one in self._subjects()])
        beside = [[meant[code] for code in codes[which].tolist()] for codes, meant in self._beside()]
        return [
            (shape, row.tobytes(), *values_told)
            for row, *values_told in zip(np.ascontiguousarray(bits), *beside, strict=True)
        ]

    def _subjects(self) -> Iterator[Judged]:
        """Yield the answers of every subject in every entry."""
        for table in self.judged.values():
            for entry in table:
                yield from entry

    def _beside(self) -> list[tuple[Codes, Sequence[object]]]:
        """Return the codes of all else that an answer can depend on, and what each of them means."""
        found: list[tuple[Codes, Sequence[object]]] = []
        for table in self.program.tables:
            present = self.rows.present(table.name)
            found.append((self.rows.told(table.name).view(np.uint8), (False, True)))
            found += [(flags.view(np.uint8), (False, True)) for flags in present]
            found += [
                self._meant(f"{table.name}.{name}", entry)
                for figure in table.figures
                for name in (figure.field, figure.by)
                for entry in range(len(present))
                if name
            ]
        for path, entry in self._source_columns():
            found.append(self._meant(path, entry))
        holders = {part.holder for seat in self.program.root.seats for part in seat.subject.parts} - {""}
        found += [(self.rows.told(holder).view(np.uint8), (False, True)) for holder in sorted(holders)]
        return found

    def _meant(self, path: str, entry: int) -> tuple[Codes, Sequence[object]]:
        encoded = self.rows.encoded(entry_path(path, entry), self.program.catalogue.fields[path].reads)
        return encoded.codes, encoded.values

    def _source_columns(self) -> list[tuple[str, int]]:
        """Return the columns that name sources, each with the entry it belongs to."""
        found = {("source_type", 0): None}
        for table in (self.program.root, *self.program.tables):
            entries = len(self.rows.present(table.name)) if table.name else 1
            names = [seat.subject.parts[0].stated_by for seat in table.seats]
            for name in ("source_type", *names) if table.name else names:
                for entry in range(entries):
                    if name:
                        found[f"{table.name}.{name}".lstrip("."), entry] = None
        return [(path, entry) for path, entry in found if path in self.program.catalogue.fields]

    def _sources(
        self, which: Codes | None, count: int
    ) -> tuple[dict[str, Sources], dict[tuple[str, str], Sources]]:
        full = (1 << count) - 1
        whole = self._by_source("source_type", which, {DEFAULT_SOURCE: full})
        sources: dict[str, Sources] = {"": whole}
        stated: dict[tuple[str, str], Sources] = {}
        for table in (self.program.root, *self.program.tables):
            if table.name:
                silent = SOURCE_WHEN_SILENT.get(table.name)
                sources[table.name] = self._of_entries(
                    f"{table.name}.source_type", which, {silent: full} if silent else whole, count
                )
            for seat in table.seats:
                part = seat.subject.parts[0]
                if part.stated_by:
                    path = f"{table.name}.{part.stated_by}".lstrip(".")
                    otherwise = whole if part.holder else {STATED_WHEN_SILENT: full}
                    stated[table.name, part.stated_by] = self._of_entries(path, which, otherwise, count)
        return sources, stated

    def _of_entries(self, path: str, which: Codes | None, otherwise: Sources, count: int) -> Sources:
        """Return the sources of a list's entries, side by side."""
        group = path.partition(".")[0]
        entries = len(self.rows.present(group)) if group in self.judged else 1
        found: dict[str, int] = {}
        for entry in range(entries):
            for source, rows in self._by_source(entry_path(path, entry), which, otherwise).items():
                found[source] = found.get(source, 0) | rows << entry * count
        return found

    def _by_source(self, column: str, which: Codes | None, otherwise: Sources) -> Sources:
        if column not in self.rows.columns:
            return otherwise
        path = re.sub(r"\[\d+\]", "", column)
        encoded = self.rows.encoded(column, self.program.catalogue.fields[path].reads)
        codes = encoded.codes if which is None else encoded.codes[which]
        found: dict[str, int] = {}
        told = 0
        for code, value in enumerate(encoded.values):
            if isinstance(value, str):
                rows = bits_of(codes == code)
                told |= rows
                found[value] = found.get(value, 0) | rows
        for source, rows in otherwise.items():
            found[source] = found.get(source, 0) | (rows & ~told)
        return found
