"""
Flat text files: what stands in a file comes out, row by row.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen.errors import InputError, UsageError
from laborscreen.formats import limits, open_source, parse_profile
from tests.formats.conftest import read_all

Write = Callable[..., Path]

PLAIN = "id,name,country\nV-1,Duval,France\nV-2,Ромашка,Россия\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_told(write: Write, delimiter: str) -> None:
    """The same table with any of the four delimiters gives the same rows."""
    rows, rejects, _ = read_all(write("a.csv", PLAIN.replace(",", delimiter)))
    assert rows == [
        {"id": "V-1", "name": "Duval", "country": "France"},
        {"id": "V-2", "name": "Ромашка", "country": "Россия"},
    ]
    assert not rejects


def test_a_delimiter_inside_cells_does_not_mislead(write: Write) -> None:
    """Semicolons and commas inside quoted cells are text."""
    rows, _, _ = read_all(write("a.csv", 'id;name\n1;"Rue A; B, C"\n2;"D, E; F"\n'))
    assert [row["name"] for row in rows] == ["Rue A; B, C", "D, E; F"]


@pytest.mark.parametrize("sign", ["^", "~", "#", "!", ":"])
def test_any_sign_may_be_stated_as_the_delimiter(write: Write, sign: str) -> None:
    """A file parted by an unusual sign is refused with the line that cures it, and read once a person has said so."""
    table = PLAIN.replace(",", sign)
    with pytest.raises(InputError, match=re.escape(f"delimiter: '{sign}'")):
        open_source(write("a.csv", table))
    stated, _, _ = read_all(write("b.csv", f"sep={sign}\n{table}"))
    profile = parse_profile(f"profile: own\ninherits: generic\ndelimiter: '{sign}'\n", "p.yaml")
    mapped, _, _ = read_all(write("a.csv", table), profile=profile)

    assert stated == mapped == read_all(write("c.csv", PLAIN))[0]


@pytest.mark.parametrize("told", ["ab", "a", "'\"'", "' '", "¦"])
def test_what_cannot_part_cells_is_refused_in_a_profile(told: str) -> None:
    """Letters, quotation marks and blanks stand within cells."""
    with pytest.raises(UsageError, match="cannot stand between cells"):
        parse_profile(f"profile: own\ndelimiter: {told}\n", "p.yaml")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><table>", "a web page"),
        ('<?xml version="1.0"?><a/>', "an XML file"),
        ('[{"id": "1", "name": "a"}]', "JSON"),
        ('{"id": "1", "name": "a"}\n', "JSON"),
    ],
)
def test_another_kind_of_text_is_called_what_it_is(write: Write, text: str, kind: str) -> None:
    """A page or JSON that calls itself .csv is refused by its name, not for its "header"."""
    with pytest.raises(InputError, match=f"this is {kind}, not a flat text file"):
        open_source(write("a.csv", text))


def test_excels_own_delimiter_line_is_obeyed(write: Write) -> None:
    """A first line ``sep=|`` states the delimiter and is no row."""
    rows, _, _ = read_all(write("a.csv", "sep=|\r\nid|name\r\n1|A, B; C\r\n"))
    assert rows == [{"id": "1", "name": "A, B; C"}]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_cells_of_several_lines(write: Write, end: str) -> None:
    """Rows may end in any way; a quoted cell keeps its line ends; each row knows its physical line."""
    text = end.join(["id,name,notes", "1,A,plain", '2,B,"two', 'lines"', "", "3,C,end"])
    rows, _, batches = read_all(write("a.csv", text.encode()))
    assert [row["observations.text"] for row in rows] == ["plain", f"two{end}lines", "end"]
    assert [row for batch in batches for row in batch.rows] == [1, 2, 3]
    assert [line for batch in batches for line in batch.lines] == [2, 3, 6]


def test_blank_lines_are_not_rows(write: Write) -> None:
    """Empty lines, blank lines and lines of bare delimiters are passed over and not counted."""
    rows, rejects, batches = read_all(write("a.csv", "\nid,name,country\n\n1,A,FR\n,,\n   \n2,B,FR\n\n"))
    assert [row["id"] for row in rows] == ["1", "2"]
    assert not rejects
    assert batches[0].rows == [1, 2]
    assert batches[0].lines == [4, 7]


def test_text_is_kept_as_written(write: Write) -> None:
    """Leading zeros, blanks inside, quotation marks and case are left alone."""
    rows, _, _ = read_all(write("a.csv", 'id,name,postal code\n007,"  ООО  ""Ромашка"" ",01234\n'))
    assert rows == [{"id": "007", "name": '  ООО  "Ромашка" ', "addresses.postal_code": "01234"}]


def test_packed_files_are_read(write: Write) -> None:
    """A .csv.gz gives the rows of the .csv."""
    assert read_all(write("a.csv.gz", gzip.compress(PLAIN.encode())))[0] == read_all(write("a.csv", PLAIN))[0]


def test_the_digest_is_that_of_the_bytes(write: Write) -> None:
    """The digest is SHA-256 of the file as it lies on disk."""
    import hashlib

    assert open_source(write("a.csv", PLAIN)).digest == hashlib.sha256(PLAIN.encode()).hexdigest()


def test_an_end_of_file_mark_of_old_systems_is_no_row(write: Write) -> None:
    """The byte 0x1A that ends some exports is passed over."""
    rows, rejects, _ = read_all(write("a.csv", "id,name\r\n1,A\r\n\x1a"))
    assert len(rows) == 1
    assert not rejects


def test_without_an_id_rows_are_numbered(write: Write) -> None:
    """A file without ids is read, its rows called by number, and that is noted."""
    source = open_source(write("a.csv", "name\nA\nB\n"))
    (batch,) = source.batches()
    assert batch.columns["id"] == ["row-1", "row-2"]
    assert any("row-1" in note for note in source.notes)


def test_an_unclosed_quotation_mark_costs_one_row(write: Write) -> None:
    """A quotation mark never closed loses its own row and not the thousand rows after it."""
    lines = [f"{number},Name {number},note" for number in range(1, 2_001)]
    lines[499] = '500,Name 500,"note'
    rows, rejects, _ = read_all(write("a.csv", "id,name,notes\n" + "\n".join(lines) + "\n"))
    assert len(rows) == 1_999
    assert [reject.row for reject in rejects] == [500]


def test_a_long_cell_of_many_lines_is_read_over_chunk_borders(write: Write) -> None:
    """A quoted cell may lie across the pieces in which the file is read."""
    note = "line\n" * 150_000
    filler = "".join(f"{number},N,x\n" for number in range(150_000))
    rows, rejects, _ = read_all(
        write("a.csv", f'id,name,notes\n{filler}X,Long,"{note}"\n{filler}'), size=50_000
    )
    assert not rejects
    assert len(rows) == 300_001
    assert rows[150_000]["observations.text"] == note


def test_batches_are_no_larger_than_asked(write: Write) -> None:
    """No batch holds more rows than asked, and rows come in order."""
    path = write("a.csv", "id,name\n" + "".join(f"{number},N\n" for number in range(1, 1_001)))
    batches = list(open_source(path).batches(size=64))
    assert max(map(len, batches)) == 64
    assert [row for batch in batches for row in batch.rows] == list(range(1, 1_001))


@pytest.mark.parametrize("size", [1, 7, 64])
def test_reading_goes_on_after_any_batch(write: Write, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the position after any batch, exactly the rows after it are read, with the same numbers and lines."""
    monkeypatch.setattr("laborscreen.formats.bytes_in.CHUNK", 61)
    lines = ["id,name,notes", *(f'{n},Имя {n},"a\nb"' if n % 5 == 0 else f"{n},Имя,x" for n in range(1, 60))]
    lines[7] += ",ragged"
    lines[12] = ""
    path = write("a.csv", "\n".join(lines) + "\n")

    def told(batches: object) -> list[tuple[object, ...]]:
        return [
            entry
            for batch in batches  # type: ignore[attr-defined]
            for entry in sorted(
                [*zip(batch.rows, batch.lines, batch.columns["id"], strict=True)]
                + [(reject.row, reject.line, reject.id) for reject in batch.rejects]
            )
        ]

    whole = list(open_source(path).batches(size))
    everything = told(whole)
    assert len(everything) == 58
    for batch in whole:
        assert batch.position is not None
        after = told(open_source(path).batches(size, after=batch.position))
        assert after == everything[batch.position.row :]


CELLS = st.text(
    st.one_of(st.characters(codec="utf-8", exclude_categories=["Cc"]), st.sampled_from('",;\n\t ')),
    max_size=8,
)


@settings(max_examples=80, deadline=None)
@given(table=st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=12), chunk=st.integers(1, 40))
def test_every_row_is_read_or_rejected(
    tmp_path: Path, table: list[list[str]], chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows given = rows read + rows rejected, and cells come out as they went in, wherever the pieces are cut."""
    monkeypatch.setattr("laborscreen.formats.bytes_in.CHUNK", chunk)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["id", "name", "activities"], *table])
    path = tmp_path / "a.csv"
    path.write_bytes(text.getvalue().encode())
    given_rows = [row for row in table if any(row) and not (len(row) == 1 and not row[0].strip())]
    rows, rejects, batches = read_all(path)
    assert sum(batch.rows_read for batch in batches) == len(given_rows) == len(rows) + len(rejects)
    assert {reject.row for reject in rejects}.isdisjoint(row for batch in batches for row in batch.rows)
    at = {row: index for index, row in enumerate(row for batch in batches for row in batch.rows)}
    for number, cells in enumerate(given_rows, start=1):
        if number in at:
            told = rows[at[number]]
            assert [told["id"], told["name"], told.get("activities", "")] == cells
        else:
            reason = next(reject.reason for reject in rejects if reject.row == number)
            assert len(cells) != 3 or reason.startswith("no ")


@settings(max_examples=100, deadline=None)
@given(body=st.text(st.sampled_from('ab,";\n\r '), max_size=60), chunk=st.integers(1, 40))
def test_broken_text_never_crashes_and_never_depends_on_pieces(
    tmp_path: Path, body: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands in a file, rows and rejects are numbered without gaps, and the same for pieces of any length."""
    path = tmp_path / "a.csv"
    path.write_bytes(f"id,name\n{body}".encode())
    whole = read_all(path)
    monkeypatch.setattr("laborscreen.formats.bytes_in.CHUNK", chunk)
    pieces = read_all(path)
    assert whole[:2] == pieces[:2]
    numbers = sorted([row for batch in whole[2] for row in batch.rows] + [reject.row for reject in whole[1]])
    assert numbers == list(range(1, len(numbers) + 1))


def test_lines_without_end_are_refused_early(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is one endless line is refused before it fills the memory."""
    monkeypatch.setattr("laborscreen.formats.csv_rows.MAX_LINE", 1_000)
    monkeypatch.setattr("laborscreen.formats.bytes_in.CHUNK", 512)
    with pytest.raises(Exception, match="MAX_LINE"):
        list(open_source(write("a.csv", "id,name\n1," + "x" * 5_000)).batches())
    assert limits.MAX_LINE > limits.MAX_CELL
