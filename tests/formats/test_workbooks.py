"""
Workbooks in.
"""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from laborscreen.errors import InputError, UsageError
from laborscreen.formats import nest, open_source
from tests.formats.conftest import read_all

xlsxwriter = pytest.importorskip("xlsxwriter")


def workbook(
    path: Path, rows: list[list[Any]], merges: list[tuple[int, int, int, int, str]] = (), **sheets: Any
) -> Path:  # type: ignore[assignment]
    """Write a workbook with *rows* on its first sheet."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("suppliers")
    for merge in merges:
        sheet.merge_range(*merge)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell not in (None, ""):
                sheet.write(number, column, cell)
    for name, hidden in sheets.items():
        other = book.add_worksheet(name)
        other.write_row(0, 0, ["id", "name"])
        other.write_row(1, 0, [f"from {name}", "A"])
        if hidden:
            other.hide()
    book.close()
    return path


def test_values_keep_their_meaning(tmp_path: Path) -> None:
    """Text keeps its zeros, whole numbers have no ".0", dates are days, formulas give their value."""
    header = ["id", "name", "headcount", "hours per day", "work start", "work end", "postal code"]
    header.append("workforce.documents_consent")
    told = ["007", "A", 40, 10.5, date(2019, 12, 1), datetime(2020, 1, 2, 3, 4), 1234, True]  # noqa: DTZ001
    path = workbook(tmp_path / "a.xlsx", [header, told, [8, 5]])
    rows, rejects, batches = read_all(path)
    assert rows[0] == {
        "id": "007", "name": "A", "workforce.headcount": 40, "workforce.hours_per_day": 10.5,
        "workforce.starts": "2019-12-01", "workforce.ends": "2020-01-02 03:04:00", "addresses.postal_code": "1234",
        "workforce.documents_consent": True,
    }  # fmt: skip
    assert rows[1] == {"id": "8", "name": "5"}
    assert not rejects
    assert batches[0].lines == [2, 3]


def test_titles_and_merged_headers_are_read(tmp_path: Path) -> None:
    """A title above the header is passed over; a header merged over two columns is told apart by the row below."""
    path = workbook(
        tmp_path / "a.xlsx",
        [[], [], [], ["", "", "City", "Zip"], ["1", "A", "Lyon", "69000"], [], ["2", "B", "Kazan", "420000"]],
        merges=[
            (0, 0, 0, 3, "Suppliers of 2024"),
            (2, 0, 3, 0, "Vendor No"),
            (2, 1, 3, 1, "Vendor name"),
            (2, 2, 2, 3, "Address"),
        ],
    )
    rows, _, batches = read_all(path)
    assert rows[0] == {"id": "1", "name": "A", "addresses.city": "Lyon", "addresses.postal_code": "69000"}
    assert (list(batches[0].rows), list(batches[0].lines)) == ([1, 2], [5, 7])
    assert "the header stands in row 3; 1 rows above it were passed over" in open_source(path).notes


def test_sheets_are_chosen_and_noted(tmp_path: Path) -> None:
    """The first visible sheet is read unless another is named; other and hidden sheets are noted."""
    path = workbook(tmp_path / "a.xlsx", [["id", "name"], ["1", "A"]], Other=False, Secret=True)
    source = open_source(path)
    assert [list(batch.columns["id"]) for batch in source.batches()] == [["1"]]
    assert 'hidden sheets, not read: "Secret"' in source.notes
    assert any('not read: "Other"' in note for note in source.notes)
    assert read_all(path, sheet="Secret")[0][0]["id"] == "from Secret"
    with pytest.raises(UsageError, match=r'no sheet .Gone.*"suppliers", "Other", "Secret"'):
        open_source(path, sheet="Gone")


def test_a_cover_sheet_names_the_sheets_behind_it(tmp_path: Path) -> None:
    """Where the first sheet has no suppliers, the message says which other sheets there are, and how to name one."""
    path = workbook(tmp_path / "a.xlsx", [["Read me"], ["This is an extract"]], Vendors=False, Old=True)
    with pytest.raises(InputError, match='there are "Vendors", too: name one with --sheet') as told:
        open_source(path)
    assert "Old" not in str(told.value)
    assert read_all(path, sheet="Vendors")[0][0]["id"] == "from Vendors"


def test_cells_merged_downwards_are_told(tmp_path: Path) -> None:
    """Of a country merged over two suppliers only the first row has the value; that is told, and not guessed."""
    path = workbook(
        tmp_path / "a.xlsx",
        [["id", "name", "country"], ["1", "A"], ["2", "B"], ["3", "C", "FR"]],
        merges=[(1, 2, 2, 2, "RU")],
    )
    rows, _, _ = read_all(path)

    assert [row.get("country") for row in rows] == ["RU", None, "FR"]
    assert any(
        note.startswith("cells merged with the one above them: 1;") for note in open_source(path).notes
    )


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    """Hidden rows and columns are read like any other, and a note says which; empty ones are not told of."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "name", "country", "phone"])
        for row in range(1, 7):
            sheet.write_row(row, 0, [str(row), f"Firm {row}", "FR", "1"])
        for row in (2, 4, 5, 9):
            sheet.set_row(row, options={"hidden": True})
        sheet.set_column(2, 2, options={"hidden": True})
        sheet.set_column(6, 8, options={"hidden": True})
    rows, rejects, _ = read_all(path)
    notes = open_source(path).notes

    assert [(row["id"], row["country"]) for row in rows] == [(str(row), "FR") for row in range(1, 7)]
    assert not rejects
    assert "hidden rows, read like any other: 3 (rows 3, 5-6)" in notes
    assert 'hidden columns, read like any other: "country"' in notes


def test_a_sheet_without_anything_hidden_says_nothing_of_it(tmp_path: Path) -> None:
    """Rows and columns of another height, width or form are not hidden, and a hidden title above the header is no row."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Suppliers")
        sheet.set_row(0, options={"hidden": True})
        sheet.write_row(1, 0, ["id", "name"])
        sheet.write_row(2, 0, ["1", 'hidden="1"'])
        sheet.set_row(2, 40, options={"level": 1})
        sheet.set_column(0, 1, 30, options={"level": 1})

    assert not any("hidden" in note for note in open_source(path).notes)


def test_a_sheet_of_nothing_but_beginnings_of_rows_is_gone_over_once(tmp_path: Path) -> None:
    """A comment of a hundred thousand "<row", and blanks after a formula, cost no more than any other bytes."""
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(workbook(tmp_path / "a.xlsx", [["id", "name"], ["1", "A"]])) as sound:
        parts = {name: sound.read(name) for name in sound.namelist()}
    flood = b"<!--" + b"<row" * 100_000 + b'<c r="A9"><f>1</f>' + b" " * 100_000 + b"-->"
    columns = b"<cols>" + b'<col min="2" max="16384" hidden="1"/>' * 2_000 + b"</cols>"
    parts[sheet] = parts[sheet].replace(b"<sheetData>", columns + b"<sheetData>" + flood)
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as hostile:
        for name, content in parts.items():
            hostile.writestr(name, content)
    rows, rejects, _ = read_all(tmp_path / "b.xlsx")

    assert ([row["name"] for row in rows], rejects) == (["A"], [])
    assert 'hidden columns, read like any other: "name"' in open_source(tmp_path / "b.xlsx").notes


def test_a_workbook_gives_what_the_same_csv_gives(tmp_path: Path) -> None:
    """Text cells of a workbook and of a flat file become the same records."""
    table = [
        ["id", "name", "ИНН", "workforce.nationality"],
        ["1", "ООО Ромашка", "2540000000", "RU;UZ"],
        ["2", "B", "n/a", ""],
    ]
    flat = tmp_path / "a.csv"
    flat.write_text("\n".join(",".join(row) for row in table), encoding="utf-8")
    sheet = workbook(tmp_path / "a.xlsx", table)
    assert [nest(row) for row in read_all(flat)[0]] == [nest(row) for row in read_all(sheet)[0]]


def test_a_workbook_cut_off_is_refused(tmp_path: Path) -> None:
    """Half a workbook is damaged."""
    path = workbook(tmp_path / "a.xlsx", [["id", "name"], ["1", "A"]])
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(InputError, match="damaged or cut off"):
        open_source(path)


def test_an_empty_sheet_is_refused(tmp_path: Path) -> None:
    """A sheet without cells is named."""
    with pytest.raises(InputError, match='"suppliers" is empty'):
        open_source(workbook(tmp_path / "a.xlsx", []))


def test_going_on_skips_what_was_read(tmp_path: Path) -> None:
    """After a position, only the rows behind it are given."""
    path = workbook(tmp_path / "a.xlsx", [["id", "name"], *([str(number), "A"] for number in range(10))])
    first, *rest = open_source(path).batches(size=4)
    again = list(open_source(path).batches(size=4, after=first.position))
    assert [list(batch.rows) for batch in again] == [list(batch.rows) for batch in rest]


def test_a_formula_without_a_value_is_no_empty_cell(tmp_path: Path) -> None:
    """A row whose formula nobody has calculated is rejected with the cell; errors are told; calculated ones are read."""
    import openpyxl
    import xlsxwriter

    book = openpyxl.Workbook()
    for row in (
        ["id", "name", "country"],
        [1, "A", "FR"],
        [2, "=A2", "FR"],
        [3, "C", '=IF(A3>1,"FR","KP")'],
        ["=1", "=2", "=3"],
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    rows, rejects, batches = read_all(tmp_path / "a.xlsx")
    assert [row["id"] for row in rows] == ["1"]
    assert [(reject.line, reject.reason.split(";")[0]) for reject in rejects] == [
        (3, "the formula in B3 has no value yet"),
        (4, "the formula in C4 has no value yet"),
        (5, "the formula in A5 has no value yet"),
    ]
    assert sum(batch.rows_read for batch in batches) == 4
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as other:
        sheet = other.add_worksheet("Main & more")
        sheet.write_row(0, 0, ["id", "name", "country"])
        sheet.write(1, 0, 1)
        sheet.write_formula(1, 1, '="Ac"&"me"', None, "Acme")
        sheet.write_formula(1, 2, "=NA()", None, "#N/A")
    source = open_source(tmp_path / "b.xlsx")
    (batch,) = source.batches()
    assert (list(batch.columns["name"]), list(batch.columns["country"])) == (["Acme"], [None])
    assert "1 cells hold an error (#N/A, #REF! ...) and are read as empty" in source.notes


@pytest.mark.parametrize("how", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_does_not_unpack_refuses_the_workbook(tmp_path: Path, how: int) -> None:
    """However its parts are packed, one that is damaged is told in words."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", how) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 200)
        first = archive.infolist()[0]
    packed = bytearray(path.read_bytes())
    begins = first.header_offset + 30 + len(first.filename)
    for at in range(begins + first.compress_size // 2, begins + first.compress_size):
        packed[at] ^= 0x5A
    path.write_bytes(packed)

    with pytest.raises(InputError, match=r"damaged|cannot be read"):
        open_source(path)
