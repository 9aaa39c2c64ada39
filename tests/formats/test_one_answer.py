"""
One meaning: the same records give the same assessments, byte for byte, whatever file or frame they come in.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen.formats import open_source
from laborscreen.record import Record
from laborscreen.screening import Rejected, Screener
from laborscreen.screening.batch import TableScreener
from laborscreen.screening.screened import screened_alone

COLUMNS = (
    "id", "name", "aliases", "country", "founded", "activities", "observations.text", "workforce.nationality",
    "workforce.headcount", "workforce.hours_per_day", "workforce[1].nationality", "workforce[1].visa",
    "identifiers.RU-INN", "goods.hs_code", "remote_work.login_countries", "remote_work.vpn",
)  # fmt: skip

AWKWARD = (
    "", " ", "n/a", "-", "—", "007", "1e5", "TRUE", "=1+1", "+7", "@x", "'", '"', '"quoted', "a,b;c\td|e", "two\nlines",
    "NaN", "None", "null", "12", "12.0", "0", "18 часов", "КНДР", "RU; KP", "Корея", "朝鲜", "North Korea?", "2019-12-22",
    "03/04/2019", "2540000000", "0254000000", "6203.42", "студент", "учебная", "\u200bKP\u200f", "ＫＰ", "e\u0301", "x" * 300,
    "passports were retained by the agency", "no passports were retained",
)  # fmt: skip

# Characters that no workbook can hold, and the line ends that its XML changes, are left out.
_ANY = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=12)
CELLS = st.one_of(st.sampled_from(AWKWARD), _ANY)


@st.composite
def tables(draw: st.DrawFn) -> list[dict[str, str]]:
    """Draw a few rows; each has an id and a name."""
    height = draw(st.integers(1, 6))
    return [
        {"id": f"V-{row}", "name": draw(st.sampled_from(["ООО Восток", "=Acme", "007", " Duval "]))}
        | {column: draw(CELLS) for column in COLUMNS[2:]}
        for row in range(height)
    ]


@pytest.fixture(scope="module")
def screener() -> Screener:
    """A screener on a fixed day."""
    return Screener(as_of=date(2026, 6, 30))


def written(folder: Path, rows: Sequence[Mapping[str, str]]) -> Iterator[Path]:
    """Write the rows in every format and yield the files."""
    columns = list(rows[0])
    cells = [[row[column] for column in columns] for row in rows]
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *cells])
    with xlsxwriter.Workbook(
        folder / "a.xlsx", {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate([columns, *cells]):
            for place, cell in enumerate(line):
                sheet.write_string(at, place, cell)
    lines = [json.dumps(dict(row), ensure_ascii=False) for row in rows]
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    table = pa.table({column: pa.array([row[column] for row in rows], pa.string()) for column in columns})
    pq.write_table(table, folder / "a.parquet")
    with pa.ipc.new_file(folder / "a.arrow", table.schema) as out:
        out.write_table(table)
    for name in ("a.csv", "a.xlsx", "a.jsonl", "a.parquet", "a.arrow"):
        yield folder / name


def assessed(path: Path, screener: Screener) -> list[bytes]:
    """Return the assessments of a file as JSON lines."""
    day = screener.on()
    table = TableScreener(day)
    found: list[bytes] = []
    for batch in open_source(path).batches():
        assert not batch.rejects
        if batch.nested is None:
            results = table.screen(len(batch), batch.columns)
        else:
            results = (screened_alone(day, Record.model_validate(told)) for told in batch.nested)
        for one in results:
            assert not isinstance(one, Rejected)
            found.append(one.json().strip())
    return found


@settings(max_examples=15, deadline=None)
@given(rows=tables())
def test_files_of_every_format_give_the_same_assessments(
    rows: list[dict[str, str]], screener: Screener, tmp_path: Path
) -> None:
    """CSV, XLSX, JSON lines, Parquet and Arrow: equal to the byte, with the digest of each row's input."""
    by_format = {path.suffix: assessed(path, screener) for path in written(tmp_path, rows)}
    expected = by_format[".csv"]
    assert len(expected) == len(rows)
    assert by_format == dict.fromkeys(by_format, expected)


@settings(max_examples=12, deadline=None)
@given(rows=tables())
def test_frames_give_the_same_assessments_as_files(
    rows: list[dict[str, str]], screener: Screener, tmp_path: Path
) -> None:
    """
    polars, pandas and pyarrow: equal to the byte, too.

    A frame has paths for columns and no mapping profile, so labels and signs between several values in a cell, which are
    a profile's business, are written out as paths.
    """
    plain = [
        {column: cell for column, cell in row.items() if "RU-INN" not in column}
        | {
            "identifiers.scheme": "RU-INN" if row["identifiers.RU-INN"].strip() else "",
            "identifiers.value": row["identifiers.RU-INN"],
        }
        for row in rows
    ]
    plain = [{column: cell.replace(";", ",") for column, cell in row.items()} for row in plain]
    path = next(written(tmp_path, plain))
    expected = assessed(path, screener)
    columns = {column: [row[column] for row in plain] for column in plain[0]}
    frames = {
        "polars": list(screener.screen_frame(pl.DataFrame(columns))["assessment"]),
        "pandas": list(screener.screen_frame(pd.DataFrame(columns))["assessment"]),
        "pyarrow": screener.screen_frame(pa.table(columns))["assessment"].to_pylist(),
    }
    assert {name: [one.encode() for one in found] for name, found in frames.items()} == dict.fromkeys(
        frames, expected
    )


def test_typed_cells_mean_what_text_means(screener: Screener, tmp_path: Path) -> None:
    """Numbers, days and yes/no as a workbook, Parquet and JSON keep them are read as the same text would be."""
    typed = {"id": 7, "name": "A", "founded": date(2019, 12, 22), "workforce.headcount": 40, "workforce.hours_per_day": 17.5,
             "workforce.manual": True}  # fmt: skip
    text = {"id": "7", "name": "A", "founded": "2019-12-22", "workforce.headcount": "40", "workforce.hours_per_day": "17.5",
            "workforce.manual": "true"}  # fmt: skip
    (tmp_path / "text").mkdir()
    expected = assessed(next(written(tmp_path / "text", [text])), screener)
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for place, (header, cell) in enumerate(typed.items()):
            sheet.write(0, place, header)
            (sheet.write_datetime if isinstance(cell, date) else sheet.write)(1, place, cell)
    pq.write_table(pa.table({header: [cell] for header, cell in typed.items()}), tmp_path / "a.parquet")
    plain = {header: cell.isoformat() if isinstance(cell, date) else cell for header, cell in typed.items()}
    (tmp_path / "a.jsonl").write_text(json.dumps(plain) + "\n", encoding="utf-8")
    for name in ("a.xlsx", "a.parquet", "a.jsonl"):
        assert assessed(tmp_path / name, screener) == expected, name
