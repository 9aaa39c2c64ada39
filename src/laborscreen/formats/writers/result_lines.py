"""
The rows of a screened table as lines of a result file: what rows share is put into words once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import orjson

from laborscreen.formats.writers.flat import record_row
from laborscreen.formats.writers.ftm_writer import SUFFIX as FTM_SUFFIX
from laborscreen.formats.writers.ftm_writer import entities
from laborscreen.formats.writers.table_writers import csv_line
from laborscreen.screening.batch import Model, ScreenedTable

_PLAIN_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9._/-])?", re.ASCII)
"""Ids that stand in a CSV file as they are."""


def lines_for(out: Path) -> Callable[[ScreenedTable], bytes]:
    """Return what puts results into lines for a result file: entities or CSV for those, JSON for every other."""
    if out.name.lower().endswith(FTM_SUFFIX):
        return ftm_lines
    return csv_lines if out.suffix.lower() == ".csv" else ScreenedTable.json_lines


def csv_lines(table: ScreenedTable) -> bytes:
    """Return the rows that were screened as lines of CSV."""
    rests = [_rest(model) for model in table.models]
    return b"".join([_id_cell(table.ids[row]) + rests[table.which[row]] for row in table.screened()])


def _rest(model: Model) -> bytes:
    """Return a line without the cell of the id."""
    found = model.made.get("csv")
    if found is None:
        row = record_row(orjson.loads(orjson.dumps(model.assessment)))
        found = model.made["csv"] = csv_line(["", *row[1:]])
    return found


def _id_cell(record_id: str) -> bytes:
    if _PLAIN_ID.fullmatch(record_id):
        return record_id.encode()
    return csv_line([record_id, ""]).removesuffix(b",\r\n")


def ftm_lines(table: ScreenedTable) -> bytes:
    """Return the rows that were screened as entities, one a line."""
    found = []
    for row in table.screened():
        told = orjson.loads(orjson.dumps(table.models[table.which[row]].assessment))
        told["record_id"] = table.ids[row]
        found += [
            orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in entities(told, table.names[row])
        ]
    return b"".join(found)
