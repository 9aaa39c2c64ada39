"""
Several rows that are one record: a roster with a line for each group of workers, an address a line.

Rows of one id must stand together, so that a file of any length needs no more memory than its longest record. A row
whose id comes back later is rejected, not silently screened as another record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from laborscreen.formats.batch import Batch, Reject
from laborscreen.formats.limits import MAX_GROUPED_ROWS
from laborscreen.formats.nesting import nest
from laborscreen.formats.tabular import Tally


@dataclass(slots=True)
class _Open:
    """The record whose rows are being gathered."""

    id: str
    row: int
    line: int
    told: dict[str, object]
    rows: int = 1


def group_rows(batches: Iterator[Batch], name: str, tally: Tally) -> Iterator[Batch]:
    """
    Merge neighbouring rows with one id into nested records.

    A field of the record itself is taken from the first row that tells it, and later rows that differ are counted in
    the *tally*; entries of lists are added row by row,
    and an entry told twice in the same words is one entry.
    """
    current: _Open | None = None
    closed: dict[str, int] = {}
    for batch in batches:
        made: list[_Open] = []
        rejects = list(batch.rejects)
        for at, (row, line) in enumerate(zip(batch.rows, batch.lines, strict=True)):
            flat = {path: column[at] for path, column in batch.columns.items() if column[at] is not None}
            key = str(flat["id"])
            if current is not None and current.id == key and current.rows < MAX_GROUPED_ROWS:
                _add(current, nest(flat), tally)
                continue
            if current is not None:
                made.append(current)
                closed[current.id] = current.row
                current = None
            if key in closed:
                rejects.append(
                    Reject(
                        name,
                        row,
                        line,
                        key,
                        f"rows of this id stand apart (first at row {closed[key]}); sort the file by id",
                    )
                )
                continue
            current = _Open(key, row, line, nest(flat))
        yield _batch(made, rejects)
    if current is not None:
        yield _batch([current], [])


def _batch(made: list[_Open], rejects: list[Reject]) -> Batch:
    return Batch(
        columns={},
        rows=[entry.row for entry in made],
        lines=[entry.line for entry in made],
        nested=[entry.told for entry in made],
        rejects=tuple(sorted(rejects, key=lambda reject: reject.row)),
        spans=[entry.rows for entry in made],
    )


def _add(record: _Open, told: Mapping[str, object], tally: Tally) -> None:
    """Add what one more row tells."""
    record.rows += 1
    for path, value in told.items():
        known = record.told.get(path)
        if isinstance(value, list):
            entries = known if isinstance(known, list) else []
            record.told[path] = entries + [entry for entry in value if entry not in entries]
        elif isinstance(value, dict) and isinstance(known, dict):
            record.told[path] = {**value, **known}
        elif known is None:
            record.told[path] = value
        elif known != value:
            tally.differing[path] = tally.differing.get(path, 0) + 1
