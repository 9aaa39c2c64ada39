"""Results of a table as lines of a CSV file."""

import csv
import io
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from laborscreen import Screener
from laborscreen.formats.writers.result_lines import csv_lines
from laborscreen.screening.batch import TableScreener

SCREENER = TableScreener(Screener(watchlists=()).on(date(2026, 6, 30)))


IDS = st.text("Aé1,;.\"'= \n", min_size=1, max_size=6).filter(lambda text: any(map(str.isalnum, text)))


@given(st.lists(IDS, min_size=1, max_size=6))
def test_every_row_is_one_line_under_its_id(ids):
    """An id with a line break, a comma or a quotation mark in it is one cell, and each row one record of the file."""
    table = SCREENER.screen_table(len(ids), {"id": ids, "name": ["Vega Metals"] * len(ids)})
    told = [table.ids[row] for row in table.screened()]
    written = b"".join(csv_lines(table)).decode("utf-8", "surrogatepass")
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert len(rows) == len(told)
    for row, record_id in zip(rows, told, strict=True):
        assert row[0].lstrip("'") == record_id.lstrip("'")
        assert row[1:] == rows[0][1:]


def test_ids_of_two_lines_do_not_become_two_rows():
    """An id that holds two plain lines stays one id."""
    table = SCREENER.screen_table(2, {"id": ["A1\nA2", "A3"], "name": ["Vega Metals"] * 2})
    rows = list(csv.reader(io.StringIO(b"".join(csv_lines(table)).decode(), newline="")))
    assert [row[0] for row in rows] == ["A1\nA2", "A3"]
