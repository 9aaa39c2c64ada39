"""Columns of a flat text file, cut out all at once."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.formats.csv_columns import plain_piece
from laborscreen.formats.csv_rows import RowReader

HEADER = ("id", "name", "remarks")
CELLS = st.text("aé7 ,;\"\n\r'—", max_size=5)


def by_rows(data: bytes) -> tuple[list[list[str]], list[int]]:
    """Return the cells and the lines of rows as reading row by row gives them."""
    [rows] = RowReader("f.csv", ",", "utf-8", len(HEADER)).read([(data.decode(), len(data))])
    assert not rows.bad
    return rows.cells, rows.lines


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS).filter(any), min_size=1, max_size=5),
    st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_ALL)]),
)
def test_properly_written_rows_are_cut_as_they_are_read(rows, habits):
    """What a proper writer wrote is always plain, and gives the very cells and lines that reading row by row gives."""
    line_end, quoting = habits
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=line_end, quoting=quoting).writerows(rows)
    data = out.getvalue().encode()

    found = plain_piece(data, "utf-8", ",", HEADER)

    assert found is not None
    assert list(zip(*found.columns, strict=True)) == rows
    assert (list(map(list, rows)), list(found.lines)) == by_rows(data)


@given(st.text('a,"\n\r\0', max_size=12).map(lambda text: text + "\n"))
def test_what_is_cut_is_what_reading_row_by_row_gives(text):
    """Bytes of any kind are either left to be read row by row, or cut into the same cells and lines."""
    data = text.encode()

    found = plain_piece(data, "utf-8", ",", HEADER)

    if found is not None:
        cells, lines = by_rows(data)
        assert (list(map(list, zip(*found.columns, strict=True))), list(found.lines)) == (cells, lines)


@pytest.mark.parametrize(
    "data",
    [
        b"1,Vega\n",  # ragged
        b"1,Vega,x,y\n",
        b"1,Vega\n2,Orion,x,y\n",  # as many signs as two good rows
        b"1,Vega,x\n\n2,Orion,y\n",  # a blank line
        b"1,Vega,x\n,,\n",
        b'1,Vega,x\n"","",""\n',
        b"1,Vega,x\nid,name,remarks\n",  # the header once more
        b'1,Vega,5" pipe\n',  # stray quotation marks
        b'1,Vega,"5" pipe"\n',
        b'1,Vega,"x\n',
        b'1,Vega,"x" \n',
        b"1,Ve\0ga,x\n",
        b"1,Vega,x\r2,Orion,y\n",  # line ends of three kinds
        b"1,Vega,x",  # the end of the file
        b"",
        b"1,Vega,%b\n" % (b"x" * 1_000_001),
    ],
)
def test_what_must_be_told_or_mended_is_not_plain(data):
    """Rows that would be rejected, skipped or mended are left to the reader that does so."""
    assert plain_piece(data, "utf-8", ",", HEADER) is None


def test_empty_cells_are_no_blank_row():
    """A row without an id is a row, as long as it tells something."""
    found = plain_piece(b'1,Vega,x\n"",,y\nid,name,\n', "utf-8", ",", HEADER)

    assert found is not None
    assert found.columns == [["1", "", "id"], ["Vega", "", "name"], ["x", "y", ""]]
