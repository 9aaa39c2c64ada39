"""Frames give the answers of single records, whatever library they come from."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen.errors import RecordError, UsageError
from laborscreen.record import Record, nested
from laborscreen.screening.frames import RESULT_COLUMNS
from laborscreen.screening.schema import assessment_schema
from tests.conditions.strategies import flat_rows

ROOT = Path(__file__).parents[2]

MAKERS = {
    "polars": lambda columns: pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)),
    "pandas": lambda columns: pd.DataFrame(columns, dtype=object),
    "pyarrow": lambda columns: pa.table(
        {name: pa.array(column, pa.string()) for name, column in columns.items()}
    ),
}
LISTED = {
    "polars": lambda frame, name: frame.get_column(name).to_list(),
    "pandas": lambda frame, name: frame[name].tolist(),
    "pyarrow": lambda frame, name: frame.column(name).to_pylist(),
}


def columns_of(rows):
    paths = {path: None for row in rows for path in row}
    return {path: [row.get(path) for row in rows] for path in paths}


def alone(screener, row):
    try:
        return screener.screen(Record.model_validate(nested(row))).to_json()
    except RecordError:
        return None


@pytest.mark.parametrize("library", sorted(MAKERS))
@settings(max_examples=25, deadline=None)
@given(rows=st.lists(flat_rows(), min_size=1, max_size=6))
def test_a_frame_gives_each_row_the_assessment_of_its_record(screener, library, rows):
    """polars, pandas and pyarrow: the assessment of every row is the JSON of screening it alone."""
    found = screener.screen_frame(MAKERS[library](columns_of(rows)))

    assert LISTED[library](found, "assessment") == [alone(screener, row) for row in rows]


@pytest.mark.parametrize("library", sorted(MAKERS))
def test_what_a_frame_library_writes_for_nothing_is_missing(screener, library):
    """A null in a frame is missing: neither clean nor guilty, and no text."""
    columns = {"id": ["1", "2"], "name": ["A", "B"], "country": [None, "FR"]}
    found = screener.screen_frame(MAKERS[library](columns))

    assert LISTED[library](found, "outcome") == ["incomplete", "routine"]
    assert list(LISTED[library](found, "record_id")) == ["1", "2"]


def test_numbers_of_a_frame_may_be_numbers(screener):
    """A column of integers or floats is read like the same figures in a text file; NaN is missing."""
    texts = pl.DataFrame({"id": ["1", "2"], "name": ["A", "B"], "workforce.hours_per_day": ["18", None]})
    floats = pd.DataFrame(
        {"id": ["1", "2"], "name": ["A", "B"], "workforce.hours_per_day": [18.0, float("nan")]}
    )

    assert (
        screener.screen_frame(texts)["assessment"].to_list()
        == screener.screen_frame(floats)["assessment"].tolist()
    )


@pytest.mark.parametrize(
    "cells", [[True, 1, 1.0, "1", 0, False, 0.0], [1, True, False, 0], [0.0, False, 20, 20.0, "20"]]
)
@pytest.mark.parametrize(
    "path", ["headcount", "hours_per_day", "lodging_at_site", "occupation", "gross_pay_month"]
)
def test_yes_is_not_one_in_a_column_that_holds_both(screener, path, cells):
    """Cells that are equal to Python (1, 1.0, yes) are read each as what it is, like the same value in a record alone."""
    rows = [
        {"id": str(place), "name": "A", f"workforce.{path}": cell, "workforce.nationality": "KP"}
        for place, cell in enumerate(cells)
    ]
    found = screener.screen_frame(pd.DataFrame(columns_of(rows), dtype=object))

    assert found["assessment"].tolist() == [alone(screener, row) for row in rows]


def test_a_column_nobody_knows_is_refused_with_a_hint(screener):
    """A misspelt column does not pass silently."""
    with pytest.raises(UsageError, match="did you mean `country`"):
        screener.screen_frame(pl.DataFrame({"id": ["1"], "name": ["A"], "contry": ["FR"]}))


def test_something_that_is_no_frame_is_refused(screener):
    """A list of dicts is for `screen_many`."""
    with pytest.raises(UsageError, match="not a data frame"):
        screener.screen_frame([{"id": "1"}])


def test_a_row_without_a_name_is_a_rejected_row(screener):
    """Rows in are rows out: one that cannot be screened says why."""
    found = screener.screen_frame(pl.DataFrame({"id": ["1", "2"], "name": ["A", None]}))

    assert found.columns == list(RESULT_COLUMNS)
    assert found["rejected"].to_list() == [None, "a record needs a name"]


def test_the_published_schema_is_the_results_own(screener):
    """docs/assessment.schema.json is what the result says of itself, and a real result has just these keys."""
    published = json.loads((ROOT / "docs" / "assessment.schema.json").read_text(encoding="utf-8"))
    result = json.loads(screener.screen({"id": "1", "name": "A"}).to_json())

    assert published == assessment_schema()
    assert set(result) == set(published["properties"]) == set(published["required"])
