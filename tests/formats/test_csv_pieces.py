"""A flat text file cut into pieces is read like the whole file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from laborscreen.formats import CsvSource, bytes_in, load_profile

HEADER = "id,name,remarks\n"

cells = st.sampled_from(
    [
        "a",
        "Łódź",
        '"b"',
        '"c, d"',
        '"e\nf"',
        '"g ""h"" i"',
        '"j\r\nk"',
        "",
        'l"m',
        '"n" o',
        '"p',
        'q"',
        "朝鲜",
        "\r",
    ]
)
lines = st.lists(cells, min_size=0, max_size=4).map(",".join)
texts = st.lists(lines, min_size=1, max_size=12).map("\n".join)


def rows_of(source: CsvSource, *, apart: bool) -> list[tuple[object, ...]]:
    """
    Return rows and rejects of a file in order, with their numbers, lines and cells.
    """
    found: list[tuple[object, ...]] = []
    before = 0
    for piece in source.pieces() if apart else [None]:
        if piece is None:
            batches, rows = list(source.batches()), 0
        else:
            batches, met = source.read_piece(piece)
            source.meet(met)
            rows = met.rows
        for batch in batches:
            told = list(zip(*batch.columns.values(), strict=True))
            both = [
                (number + before, line, cells)
                for number, line, cells in zip(batch.rows, batch.lines, told, strict=True)
            ]
            both += [(one.row + before, one.line, one.id, one.reason) for one in batch.rejects]
            found += sorted(both, key=lambda one: one[0])
        before += rows
    return found


@settings(max_examples=150, deadline=None)
@given(text=texts, chunk=st.integers(1, 40), ends=st.sampled_from(["", "\n", "\r\n"]))
@example(text='V-1,A,"x\nV-2,B,y\nV-3,C,z', chunk=8, ends="\n")
@example(text='V-1,5" pipe,x\nV-2,"B",y', chunk=9, ends="\n")
def test_pieces_hold_the_rows_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text, chunk, ends):
    """
    Whatever the quotation marks do and wherever the bytes are cut, rows, numbers, lines and reasons are the same.
    """
    path = tmp_path / "some.csv"
    path.write_bytes((HEADER + text + ends).encode())
    whole = CsvSource(path, load_profile())
    expected = rows_of(whole, apart=False)
    monkeypatch.setattr(bytes_in, "CHUNK", chunk)
    cut = CsvSource(path, load_profile())

    assert rows_of(cut, apart=True) == expected
    assert cut.notes == whole.notes


@pytest.mark.parametrize(("codec", "apart"), [("utf-8", True), ("utf-8-sig", True), ("utf-16", False)])
def test_only_bytes_in_which_signs_can_be_told_are_cut(tmp_path: Path, codec: str, apart: bool) -> None:
    """
    UTF-16 is read from the beginning to the end; a byte-order mark is no part of the first cell.
    """
    path = tmp_path / "some.csv"
    path.write_bytes((HEADER + "V-1,Łódź Textile,\nV-2,Dalian Foods,\n").encode(codec))
    source = CsvSource(path, load_profile())

    assert source.cuttable is apart
    assert not apart or [set(row[2]) for row in rows_of(source, apart=True)] == [
        {"V-1", "Łódź Textile", None},
        {"V-2", "Dalian Foods", None},
    ]


def test_rows_that_need_their_number_are_not_read_apart(tmp_path: Path) -> None:
    """
    Without an id column a row is called by its number in the file, so the file is read in one go.
    """
    path = tmp_path / "some.csv"
    path.write_text("name\nDalian Foods\n", encoding="utf-8")

    assert not CsvSource(path, load_profile()).cuttable
