"""Frames with columns of lists and structures, of every library and type, give the answers of single records."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen.errors import RecordError, UsageError
from laborscreen.formats import open_source
from laborscreen.record import Record, nested, text_of
from laborscreen.screening.frames import RESULT_COLUMNS
from tests.conditions.strategies import flat_rows

EXAMPLES = Path(__file__).parents[2] / "examples"

MAKERS: dict[str, Callable[[list[dict[str, Any]]], Any]] = {
    "polars": lambda rows: pl.from_arrow(arrow_of(rows)),
    "pandas": lambda rows: pd.DataFrame({name: [row.get(name) for row in rows] for name in names_of(rows)}),
    "pandas of arrays": lambda rows: arrow_of(rows).to_pandas(),
    "pyarrow": lambda rows: arrow_of(rows),  # noqa: PLW0108 -- it stands further down
}


def names_of(rows):
    return dict.fromkeys(name for row in rows for name in row)


def in_text(value):
    """The value with everything in it as text, for libraries whose columns have one type."""
    if isinstance(value, dict):
        return {name: in_text(one) for name, one in value.items()}
    if isinstance(value, list):
        return [in_text(one) for one in value]
    return None if value is None else text_of(value)


def arrow_of(rows):
    return pa.table({name: pa.array(of_one_type([row.get(name) for row in rows])) for name in names_of(rows)})


def of_one_type(cells):
    """The cells in text; where some are lists, a lone value is a list of one."""
    if any(isinstance(cell, list) for cell in cells):
        cells = [cell if isinstance(cell, list) or cell is None else [cell] for cell in cells]
    return [in_text(cell) for cell in cells]


def results_of(frame):
    if isinstance(frame, pa.Table):
        return frame.column("assessment").to_pylist()
    return frame["assessment"].to_list() if isinstance(frame, pl.DataFrame) else frame["assessment"].tolist()


def alone(screener, row):
    try:
        return screener.screen(Record.model_validate(row)).to_json()
    except RecordError:
        return None


@st.composite
def nested_rows(draw: st.DrawFn) -> dict[str, Any]:
    """A record as JSON has it: up to ten entries in a list, some of them empty, some lists with nothing in them."""
    row = nested(draw(flat_rows()))
    crew = row.get("workforce", [])
    if draw(st.booleans()):
        row["workforce"] = [*crew, {}, *draw(st.sampled_from([[], crew]))]
    if draw(st.booleans()):
        row["observations"] = row.get("observations", []) * draw(st.integers(0, 10))
    return row


@pytest.mark.parametrize("library", sorted(MAKERS))
@settings(max_examples=25, deadline=None)
@given(rows=st.lists(nested_rows(), min_size=1, max_size=6))
def test_nested_columns_give_each_row_the_assessment_of_its_record(screener, library, rows):
    """Lists of structures, short and long, with empty entries: the JSON of screening each record alone."""
    assert results_of(screener.screen_frame(MAKERS[library](rows))) == [alone(screener, row) for row in rows]


@pytest.mark.parametrize("library", sorted(MAKERS))
def test_the_due_diligence_examples_are_the_same_in_a_frame_and_in_a_file(screener, library):
    """The forty nested example records: JSON lines one by one, and the frame of all of them."""
    lines = (EXAMPLES / "due_diligence.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    expected = [alone(screener, row if library == "pandas" else in_text(row)) for row in rows]

    assert len(rows) > 30
    assert results_of(screener.screen_frame(MAKERS[library](rows))) == expected


@pytest.mark.parametrize("library", sorted(MAKERS))
def test_the_vendor_master_is_the_same_in_a_frame_and_in_a_file(screener, library):
    """The two hundred flat example records, as the CSV reader lays them out: the file's results, byte for byte."""
    batches = list(open_source(EXAMPLES / "vendor_master.csv").batches(50))
    rows = [
        {path: column[at] for path, column in batch.columns.items()}
        for batch in batches
        for at in range(len(batch))
    ]
    expected = [alone(screener, nested(row)) for row in rows]

    assert len(rows) > 150
    assert results_of(screener.screen_frame(MAKERS[library](rows))) == expected


def test_values_with_a_type_are_those_of_a_text_file(screener):
    """Days, moments at midnight, decimals, whole floats, categories: read like the text a person writes for them."""
    written = {
        "id": ["7", "8"],
        "name": ["A", "B"],
        "country": ["RU", "FR"],
        "founded": ["2019-12-22", "2001-02-03"],
        "workforce.starts": ["2020-01-02", None],
        "workforce.headcount": ["40", "12"],
        "workforce.hours_per_day": ["18", None],
        "workforce.net_pay_month": ["250.50", None],
        "workforce.currency": ["USD", None],
    }
    typed = {
        "id": [7, 8],
        "name": ["A", "B"],
        "country": ["RU", "FR"],
        "founded": [date(2019, 12, 22), date(2001, 2, 3)],
        "workforce.starts": [datetime(2020, 1, 2), None],  # noqa: DTZ001
        "workforce.headcount": [40.0, 12.0],
        "workforce.hours_per_day": [18, None],
        "workforce.net_pay_month": [Decimal("250.50"), None],
        "workforce.currency": ["USD", None],
    }
    expected = results_of(screener.screen_frame(pl.DataFrame(written)))
    table = pa.table(typed)
    table = table.set_column(2, "country", table.column("country").dictionary_encode())
    table = table.set_column(4, "workforce.starts", table.column("workforce.starts").cast(pa.timestamp("ns")))

    assert len({*expected}) == 2
    assert results_of(screener.screen_frame(table)) == expected
    assert results_of(screener.screen_frame(pl.from_arrow(table))) == expected
    assert results_of(screener.screen_frame(table.to_pandas())) == expected
    assert results_of(screener.screen_frame(pd.DataFrame(typed).astype({"country": "category"}))) == expected
    assert results_of(screener.screen_frame(table.to_batches()[0])) == expected


def test_a_result_of_pandas_has_the_index_of_its_frame(screener):
    """The result can be joined to the frame it came from."""
    frame = pd.DataFrame({"id": ["1", "2"], "name": ["A", "B"]}, index=pd.Index([70, 30], name="row"))
    found = screener.screen_frame(frame)

    assert found.index.equals(frame.index)
    assert frame.join(found)["record_id"].tolist() == ["1", "2"]


def test_a_frame_longer_than_a_slice_keeps_its_order(screener):
    """Rows of many slices come back in the order they went in, in each library."""
    count = 17_001
    columns = {
        "id": [str(n) for n in range(count)],
        "name": ["A"] * count,
        "country": ["FR", "RU", None] * (count // 3),
    }
    found = [
        screener.screen_frame(make(columns), with_assessment=False)
        for make in (pl.DataFrame, pd.DataFrame, pa.table)
    ]

    assert [
        list(one["record_id"].to_pylist() if isinstance(one, pa.Table) else one["record_id"]) for one in found
    ] == [columns["id"]] * 3


def test_the_json_of_results_may_be_left_out(screener):
    """``with_assessment=False`` gives the same columns but for the last."""
    frame = pl.DataFrame({"id": ["1", "2"], "name": ["A", None], "country": ["KP", "FR"]})
    found = screener.screen_frame(frame, with_assessment=False)

    assert found.columns == list(RESULT_COLUMNS[:-1])
    assert found.equals(screener.screen_frame(frame).drop("assessment"))


@pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table])
def test_a_frame_without_rows_gives_a_result_without_rows(screener, make):
    """Nothing in, nothing out, with the columns a result has."""
    found = screener.screen_frame(make({"id": [], "name": []}))

    assert len(found) == 0
    assert list(found.schema.names if isinstance(found, pa.Table) else found.columns) == list(RESULT_COLUMNS)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"logo": ["x"]}, "`laborscreen fields` lists them|did you mean"),
        ({"activities": [b"garments"]}, "binary|bytes"),
        ({"country": [{"code": "FR"}]}, "one value"),
        ({"workforce": [[{"nationalty": "KP"}]]}, "did you mean `workforce.nationality`"),
        ({"workforce": [[{"visa": "work"}]], "workforce.visa": ["work"]}, "both tell of workforce"),
    ],
)
@pytest.mark.parametrize("make", [pl.DataFrame, pa.table])
def test_columns_that_are_no_part_of_a_record_are_refused_before_anything_is_screened(
    screener, make, columns, told
):
    """Bytes, a structure where one value belongs, a misspelt field in a structure, a group told twice."""
    with pytest.raises(UsageError, match=told):
        screener.screen_frame(make({"id": ["1"], "name": ["A"], **columns}))


def test_odd_cells_of_pandas_concern_their_own_row(screener):
    """Frames of pandas tell no types: a structure where one value belongs, or an unknown key, is that row's affair alone."""
    frame = pd.DataFrame(
        {
            "id": ["1", "2", "3", "4"],
            "name": list("ABCD"),
            "country": ["FR", ["FR", "RU"], "FR", np.array(["RU"])],
            "workforce": [[{"nationality": "KP"}], None, [{"nationalty": "KP"}], "forty people"],
        }
    )
    found = screener.screen_frame(frame)
    one_by_one = [
        alone(screener, {"id": "1", "name": "A", "country": "FR", "workforce": [{"nationality": "KP"}]})
    ]

    assert found["assessment"].tolist()[:1] == one_by_one
    assert found["rejected"].notna().tolist() == [False, False, True, False]
    assert "not a field" in found["rejected"][2]
    assert [one["field"] for one in json.loads(found["assessment"][1])["notes"]] == ["country"]
    assert [one["field"] for one in json.loads(found["assessment"][3])["notes"]] == ["country", "workforce"]


def test_a_lazy_frame_is_no_frame_yet(screener):
    """Somebody has to say when it is read."""
    with pytest.raises(UsageError, match="not a data frame"):
        screener.screen_frame(pl.LazyFrame({"id": ["1"], "name": ["A"]}))
