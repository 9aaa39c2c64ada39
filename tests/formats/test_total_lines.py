"""
Lines of totals under a table, and suppliers that look like them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from laborscreen.formats import open_source
from tests.formats.conftest import read_all
from tests.formats.test_workbooks import workbook

HEADER = ["id", "name", "country", "headcount", "turnover"]
SUPPLIER = ["V-1", "Duval", "FR", 40, 1200.5]


def both(folder: Path, *rows: list[object]) -> list[tuple[list[str], list[tuple[int, str]]]]:
    """Return names screened and rows rejected, of a workbook and of the same flat file; nothing must be lost."""
    flat = folder / "a.csv"
    flat.write_text("".join(";".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    told = []
    for path in (workbook(folder / "a.xlsx", list(rows)), flat):
        found, rejects, batches = read_all(path)
        assert sum(batch.rows_read for batch in batches) == len(rows) - 1 == len(found) + len(rejects)
        told.append(([row["name"] for row in found], [(reject.line, reject.reason) for reject in rejects]))
    return told


@pytest.mark.parametrize(
    "line",
    [
        ["", "Total", "", 40, 1200.5],
        ["", "GRAND TOTAL:", "", "", "€ 1,200.50"],
        ["Итого", "", "", 40, "1 200,50 руб."],
        ["Итого:", "Итого:", "", "40", ""],
        ["", "合计", "", 40, ""],
        ["", "", "합계", "40", "1,200.5원"],
        ["", "Sous-total", "", "", "(12)"],
    ],
)
def test_a_line_of_totals_is_rejected_with_the_reason(tmp_path: Path, line: list[object]) -> None:
    """A word for a total and figures, without an id: the line is rejected in words, and the supplier is screened."""
    for names, rejects in both(tmp_path, HEADER, SUPPLIER, line):
        assert names == ["Duval"]
        ((number, reason),) = rejects
        assert number == 3
        assert reason.startswith("a line of totals: it holds")


def test_a_line_of_totals_is_told_where_rows_have_no_ids_and_within_a_table(tmp_path: Path) -> None:
    """Where the file has no ids, and in the middle of it, the line is told, too."""
    for names, rejects in both(
        tmp_path, ["name", "country", "headcount"], ["Duval", "FR", 4], ["Subtotal", "", 4], ["Roux", "FR", 1]
    ):
        assert names == ["Duval", "Roux"]
        assert [line for line, _ in rejects] == [3]


@pytest.mark.parametrize(
    "supplier",
    [
        ["V-2", "Total SA", "FR", 40, 1200.5],
        ["V-2", "TotalEnergies", "", "", 9],
        ["V-2", "Total", "FR", 40, 1200.5],
        ["V-2", "Total", "", 40, ""],
        ["1042", "Total", "", 40, ""],
        ["V-2", "Сумма Телеком", "RU", 1, 1],
        ["V-2", "Итого-Сервис", "", 40, 3],
        ["V-2", "合计贸易", "CN", 40, ""],
        ["V-2", "합계", "대한민국", "", 12],
    ],
)
def test_a_supplier_that_looks_like_a_total_is_screened(tmp_path: Path, supplier: list[object]) -> None:
    """A company whose name begins like a total, or is one and has an id, is a supplier, and nothing is said of it."""
    for names, rejects in both(tmp_path, HEADER, SUPPLIER, supplier):
        assert names == ["Duval", supplier[1]]
        assert not rejects
    assert not any("total" in note for note in open_source(tmp_path / "a.xlsx").notes)


@pytest.mark.parametrize("supplier", [["Total", "FR", 40], ["Total", "", ""], ["Total SA", "", 40]])
def test_without_ids_a_supplier_called_so_is_screened_where_more_than_figures_is_told(
    tmp_path: Path, supplier: list[object]
) -> None:
    """Without ids, a country, or silence where a total would stand, tells that the row is a supplier."""
    for names, rejects in both(tmp_path, ["name", "country", "headcount"], ["Duval", "FR", 4], supplier):
        assert names == ["Duval", supplier[0]]
        assert not rejects


def test_a_row_without_a_name_that_is_no_total_is_rejected_as_before(tmp_path: Path) -> None:
    """Figures alone, and words that are no total, lack a name and are told so."""
    for _, rejects in both(tmp_path, HEADER, SUPPLIER, ["", "", "", 40, 7], ["", "Roux", "FR", 1, 2]):
        assert [reason.partition(":")[0] for _, reason in rejects] == ["no id", "no id"]


def test_a_cell_of_blanks_is_no_figure_and_read_once(tmp_path: Path) -> None:
    """A figure followed by fifty thousand blanks and a letter costs no more than any other cell of that length."""
    rows: list[list[object]] = [["", "Total", "", sign + " " * 50_000 + "x", ""] for sign in ("-", "1")]
    flat = tmp_path / "a.csv"
    flat.write_text(
        "".join(";".join(map(str, row)) + "\n" for row in (HEADER, SUPPLIER, *rows)), encoding="utf-8"
    )
    _, rejects, _ = read_all(flat)

    assert [reject.reason.partition(":")[0] for reject in rejects] == ["no id", "no id"]
