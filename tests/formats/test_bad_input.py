"""
Bad input: the message names the file and the row and a cure, nothing is lost, nothing crashes.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from laborscreen.errors import InputError, UsageError
from laborscreen.formats import limits, open_source
from tests.formats.conftest import read_all

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "the file is empty"),
        ("a.jsonl", b"", "the file is empty"),
        ("a.csv", b"\n\n  \n", "no header"),
        ("a.jsonl", b"\n \n", "no rows"),
        ("a.csv", b"PK\x03\x04" + b"\x00" * 50, "zip archive or an office workbook"),
        ("a.csv", b"%PDF-1.7\n" + b"x" * 50, "PDF"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "image"),
        ("a.csv", bytes(range(1, 256)) * 40, "binary"),
        ("a.csv", b"id,name\n" + b"\x00\x01\x02\x03" * 400, "binary"),
        ("a.csv", b"id,name,Name\n1,A,B\n", '"Name" stands twice'),
        ("a.csv", b"id,country\n1,FR\n", "no column holds the name"),
        ("a.csv", b"id,vendor nmae\n1,A\n", 'did you mean "vendor nmae"'),
        ("a.csv", b"id," * 2_500 + b"name\n", "MAX_COLUMNS"),
        ("a.csv", b'id,name,"country\n' + b"1,A,B\n" * 3, "header cannot be read"),
        ("a.csv.gz", gzip.compress(b"id,name\n1,A\n" * 500, mtime=0)[:-20], "cut off"),
        ("a.csv.gz", gzip.compress(b"id,name\n1,A\n" * 500, mtime=0)[:30] + b"\xff" * 40, "damaged"),
        ("a.jsonl", b'[{"id": 1, "name": "A"}]', "suffix .json"),
        ("a.json", b'[{"id": 1, "name": "A"}', "cut off"),
        ("a.json", b'[{"id": 1, "name": "A', "cut off"),
        ("a.json", b'[{"id": 1} {"id": 2}]', "comma"),
        ("a.json", b'[{"id": 1, "name": "A"}] x', "something follows"),
        ("a.json", b'"text"', "no JSON list"),
        ("a.json", b'{"releases": []}', "OCDS"),
        ("a.xlsx", b"id,name\n1,A\n", "not a workbook"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "password"),
        ("a.xlsx", b"PK\x03\x04" + b"\x00" * 50, "damaged or cut off"),
    ],
)
def test_a_file_that_is_not_what_it_claims_is_refused(
    write: Write, name: str, content: bytes, message: str
) -> None:
    """The whole file is refused with its name and what is wrong."""
    path = write(name, content)
    with pytest.raises(InputError) as caught:
        list(open_source(path).batches())
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("3,C", "the row has 2 cells where the header has 3"),
        ("3,C,FR,x", "the row has 4 cells where the header has 3"),
        ("3,,FR", "no name"),
        (",C,FR", "no id"),
        ("3,n/a,FR", "no name"),
        ("3,C\0D,FR", "zero character"),
        ('3,"C,FR', "never properly closed"),
        ('3,"C" and "D, E",FR,x', "a quotation mark stands inside"),
        ("id,name,country", "the header stands here once more"),
        ("3," + "C" * (limits.MAX_CELL + 1) + ",FR", "MAX_CELL"),
    ],
    ids=lambda value: value[:30],
)
def test_a_bad_row_is_rejected_and_its_neighbours_are_read(write: Write, row: str, reason: str) -> None:
    """A bad row is rejected with its number, line and reason; the rows around it are read as if it were not there."""
    path = write("a.csv", f"id,name,country\n1,A,FR\n2,B,FR\n{row}\n4,D,FR\n5,E,FR\n")
    rows, rejects, batches = read_all(path)
    assert [entry["id"] for entry in rows] == ["1", "2", "4", "5"]
    (reject,) = rejects
    assert (reject.file, reject.row, reject.line) == (str(path), 3, 4)
    assert reason in reject.reason
    assert sum(batch.rows_read for batch in batches) == 5


def test_a_stray_quotation_mark_loses_nothing(write: Write) -> None:
    """A cell that begins with a quoted word is taken as written and noted, where the cells fit the header."""
    path = write("a.csv", 'id,name,country\n1,"ACME" Ltd,FR\n2,"B, Co",FR\n')
    source = open_source(path)
    (batch,) = source.batches()
    assert list(batch.columns["name"]) == ['"ACME" Ltd', "B, Co"]
    assert "1 rows with stray quotation marks were taken as written" in source.notes


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "3", "name": "C", "name": "D"}', 'the key "name" stands twice'),
        ('{"id": "3", "name": "C", "workforce": [{"headcount": 1, "headcount": 2}]}', "stands twice"),
        ('{"id": "3", "name": "C", "workforce": [{"headcount": NaN}]}', "NaN is no number"),
        ('{"id": "3", "name": "C", "workforce": [{"headcount": -Infinity}]}', "-Infinity is no number"),
        ('{"id": "3", "name": "C", "workforce": [{"headcount": 1e999}]}', "too large"),
        ('{"id": "3", "name": "C", "workforce": [{"headcount": ' + "1" * 5_000 + "}]}", "too many digits"),
        ('{"id": "3", "name": "\\ud83d"}', "lone surrogate"),
        ('{"id": "3", "name": "C\\u0000"}', "zero character"),
        ('{"id": "3", "name": "C", "activities": ' + "[" * 40 + "]" * 40 + "}", "MAX_DEPTH"),
        ("[" * 100_000, "MAX_DEPTH"),
        ('{"id": "3", "name": "' + "C" * (limits.MAX_CELL + 1) + '"}', "MAX_CELL"),
        ('{"id": "3", "name": "C"', "not JSON"),
        ('{"id": "3", "name": "C"} {}', "something follows"),
        ('{"id": "3"}', "no name"),
        ('{"name": "C"}', "no id"),
        ('{"id": null, "name": "C"}', "no id"),
        ('{"id": ["3"], "name": "C"}', "no id"),
        ('{"id": "3", "name": "C", "workforce.headcuont": 3}', "did you mean `workforce.headcount`"),
        ("17", "a single value where an object"),
        ("null", "nothing where an object"),
    ],
    ids=lambda value: value[:40],
)
def test_a_bad_line_of_json_is_rejected(write: Write, line: str, reason: str) -> None:
    """A bad line of JSON is rejected with its number and reason; the lines around it are read."""
    path = write("a.jsonl", f'{{"id": 1, "name": "A"}}\n\n{line}\n{{"id": "4", "name": "D"}}\n')
    rows, rejects, batches = read_all(path)
    assert [entry["id"] for entry in rows] == ["1", "4"]
    (reject,) = rejects
    assert (reject.row, reject.line) == (2, 3)
    assert reason in reject.reason
    assert sum(batch.rows_read for batch in batches) == 3


def test_a_truncated_last_line_of_json_is_a_rejected_row(write: Write) -> None:
    """A last line cut off in the middle is rejected; the others are read."""
    rows, rejects, _ = read_all(write("a.jsonl", b'{"id": "1", "name": "A"}\n{"id": "2", "na'))
    assert [entry["id"] for entry in rows] == ["1"]
    assert rejects[0].row == 2
    assert "cut off" in rejects[0].reason


def test_paired_surrogates_are_letters(write: Write) -> None:
    """A letter written as a pair of escapes is no fault."""
    rows, rejects, _ = read_all(write("a.jsonl", b'{"id": "1", "name": "\\ud83d\\ude00"}\n'))
    assert rows[0]["name"] == "😀"
    assert not rejects


def test_a_gzip_bomb_is_refused(write: Write) -> None:
    """A packed file that unpacks to hundreds of times its size is refused long before it is unpacked."""
    path = write("a.csv.gz", gzip.compress(b"id,name\n" + b"1,A\n" * 30_000_000, 9, mtime=0))
    with pytest.raises(InputError, match="MAX_UNPACKED_RATIO"):
        open_source(path)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    """A workbook that unpacks to hundreds of times its size is refused."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 80_000_000)
    with pytest.raises(InputError, match="MAX_UNPACKED_RATIO"):
        open_source(path)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """A zip archive with the suffix of a workbook is called what it is."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(InputError, match="zip archive"):
        open_source(path)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.doc", "'.doc' are not read"),
        ("a", "the name does not say what the file is"),
        ("a.gz", "the name does not say what the file is"),
        ("a.xls", "save it as .xlsx"),
        ("a.ods", "save it as .xlsx"),
    ],
)
def test_unknown_suffixes_are_refused(write: Write, name: str, message: str) -> None:
    """A file nobody reads is bad usage, and the message lists what is read."""
    with pytest.raises(UsageError, match=message):
        open_source(write(name, b"x"))


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    """A missing file and a folder are named."""
    with pytest.raises(InputError, match="no such file"):
        open_source(tmp_path / "a.csv")
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(InputError, match="a folder"):
        open_source(tmp_path / "b.csv")


def test_a_file_that_changes_while_it_is_read_is_refused(write: Write) -> None:
    """Nobody may write to a file while it is screened."""
    path = write("a.csv", "id,name\n1,A\n")
    source = open_source(path)
    path.write_text("id,name\n1,A\n2,B\n", encoding="utf-8")
    with pytest.raises(InputError, match="changed while"):
        list(source.batches())


def test_json_objects_that_wrap_records_are_read(write: Write) -> None:
    """A JSON file may be a list, one record, or an object with its records under a common name."""
    record = {"id": "1", "name": "A", "workforce": [{"headcount": 3}]}
    for content in ([record], record, {"suppliers": [record]}):
        rows, rejects, _ = read_all(write("a.json", json.dumps(content)))
        assert rows == [record]
        assert not rejects
