"""A table of rows gets the assessments its rows get one by one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen.errors import RecordError
from laborscreen.formats import open_source
from laborscreen.record import Record, nested
from laborscreen.screening import Rejected, Screener
from laborscreen.screening.batch import TableScreener
from laborscreen.screening.screened import screened_alone
from tests.conditions.strategies import flat_rows

ROOT = Path(__file__).parents[2]
SUPPLIERS = ROOT.parent / "shared" / "data" / "suppliers"


def columns_of(rows):
    paths = {path: None for row in rows for path in row}
    return {path: [row.get(path) for row in rows] for path in paths}


def alone(day, row):
    try:
        return screened_alone(day, Record.model_validate(nested(row))).json()
    except RecordError as error:
        return Rejected(error.record_id, error.field, error.message, error.hint)


def together(day, rows):
    results = TableScreener(day).screen(len(rows), columns_of(rows))
    return [result if isinstance(result, Rejected) else result.json() for result in results]


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(flat_rows(), min_size=1, max_size=8))
def test_a_table_gives_each_row_the_bytes_of_screening_it_alone(screener, rows):
    """The shipped rulebook, random rows with missing and unreadable parts: same JSON, byte for byte."""
    day = screener.on()

    assert together(day, rows) == [alone(day, row) for row in rows]


def test_rows_without_id_or_name_are_rejected_in_their_place(screener):
    """A row that cannot be screened stands as a rejection where its result would be."""
    rows = [
        {"id": "1", "name": "A"},
        {"id": None, "name": "B"},
        {"id": "3", "name": " "},
        {"id": "4", "name": "D"},
    ]
    found = together(screener.on(), rows)

    assert [isinstance(one, Rejected) for one in found] == [False, True, True, False]
    assert (found[1].field, found[2].field) == ("id", "name")
    assert found == [alone(screener.on(), row) for row in rows]


@pytest.mark.parametrize("name", ["vendor_master.csv"])
def test_the_examples_come_out_the_same_row_by_row(screener, name):
    """The shipped example file: the table and the single records agree byte for byte."""
    day = screener.on()
    for batch in open_source(ROOT / "examples" / name).batches():
        rows = [
            {path: column[row] for path, column in batch.columns.items()} for row in range(len(batch.rows))
        ]
        found = TableScreener(day).screen(len(batch.rows), batch.columns)

        assert [one if isinstance(one, Rejected) else one.json() for one in found] == [
            alone(day, row) for row in rows
        ]


def test_names_looked_up_together_are_answered_as_alone() -> None:
    """
    A batch asks the lists for all its names at once, and each row gets the flags and evidence it gets alone.
    """
    names = [
        "Korea Namgang Trading Corporation",
        "조선남강무역회사",
        "Trading Ltd",
        "Atelier Duval",
        "Ким Чен Ын",
    ]
    rows = [
        {"id": f"{number}", "name": name, "kind": kind, "birth_date": born}
        for number, (name, kind, born) in enumerate(
            (name, kind, born)
            for name in names
            for kind, born in (("organization", ""), ("person", ""), ("person", "1984-01-08"))
        )
    ]
    one_by_one, at_once = (Screener(as_of=date(2026, 1, 1)).on() for _ in range(2))
    expected = [alone(one_by_one, row) for row in rows]

    assert together(at_once, rows) == expected
    assert sum(b"LS-COR-001" in one for one in expected) >= 3
