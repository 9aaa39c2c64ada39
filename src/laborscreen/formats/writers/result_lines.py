"""
The rows of a screened table as lines of a result file: what rows share is put into words once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import orjson

from laborscreen.formats.writers.flat import record_row
from laborscreen.formats.writers.ftm_writer import SUFFIX as FTM_SUFFIX
from laborscreen.formats.writers.ftm_writer import entities
from laborscreen.formats.writers.table_writers import csv_line
from laborscreen.screening.screened import Model, ScreenedTable

_PLAIN_ID = r"[A-Za-z0-9](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9._/-])?"
_PLAIN_IDS = re.compile(rf"{_PLAIN_ID}(?:\n{_PLAIN_ID})*", re.ASCII)
"""Ids that stand in a CSV file as they are, one a line."""


def lines_for(out: Path) -> Callable[[ScreenedTable], Iterator[bytes]]:
    """
    Return what puts results into lines for a result file, some at a time: entities or CSV for those, JSON for every other.
    """
    if out.name.lower().endswith(FTM_SUFFIX):
        return ftm_lines
    return csv_lines if out.suffix.lower() == ".csv" else ScreenedTable.json_lines


def csv_lines(table: ScreenedTable) -> Iterator[bytes]:
    """Yield the rows that were screened as lines of CSV."""
    rests = [_rest(model) for model in table.models]
    rows = table.screened()
    cells = _id_cells([table.ids[row] for row in rows])
    yield b"".join(chain.from_iterable(zip(cells, [rests[table.which[row]] for row in rows], strict=True)))


def _rest(model: Model) -> bytes:
    """Return a line without the cell of the id."""
    found = model.made.get("csv")
    if found is None:
        row = record_row(orjson.loads(orjson.dumps(model.assessment)))
        found = model.made["csv"] = csv_line(["", *row[1:]])
    return found


def _id_cells(ids: list[str]) -> list[bytes]:
    together = "\n".join(ids)
    if _PLAIN_IDS.fullmatch(together) and len(cells := together.encode().split(b"\n")) == len(ids):
        return cells
    return [csv_line([one, ""]).removesuffix(b",\r\n") for one in ids]


def ftm_lines(table: ScreenedTable) -> Iterator[bytes]:
    """Yield the rows that were screened as entities, one a line."""
    for row in table.screened():
        told = orjson.loads(orjson.dumps(table.models[table.which[row]].assessment))
        told["record_id"] = table.ids[row]
        for one in entities(told, table.names[row]):
            yield orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE)
