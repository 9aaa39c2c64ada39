"""
Files out: whole or not at all, safe to open, never two runs on one.
"""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.errors import OutputError, UsageError
from laborscreen.formats import Reject
from laborscreen.formats.writers import (
    RejectsWriter,
    csv_line,
    defused,
    open_writer,
    refuse_same_files,
    rejects_path,
    shown,
    target,
)

FLAG = {
    "rule": "LS-X-1", "version": 2, "title": "A title", "axis": "dprk_nexus", "group": "g",
    "strength": "strong", "points": 35.0,
    "status": "raised", "because": "=cmd|' /C calc'!A0", "ask": "Time sheets", "false_positives": ["none"],
    "evidence": [{"field": "workforce[0].visa", "seen": "@SUM(1)", "value": "work", "wanted": "is work", "span": None}],
    "references": [{"source": "ilo", "where": "indicator 11", "says": "x"}],
}  # fmt: skip
AXIS = {"score": 0.0, "band": "info"}


def assessment(record_id: str = "V-1", **changes: Any) -> dict[str, Any]:
    """Return an assessment in its plain form."""
    return {
        "record_id": record_id,
        "outcome": "review",
        "axes": {"dprk_nexus": {"score": 35.0, "band": "medium"}, "forced_labour": AXIS, "concealment": AXIS},
        "flags": [FLAG, {**FLAG, "rule": "LS-X-2", "status": "suppressed"}],
        "gaps": [
            {"rule": "LS-Y-1", "fields": ["workforce.nationality", "country"], "ask": "Ask for the roster"}
        ],
        "guards": [],
        "coverage": 0.5,
        "next_steps": ["Send the questions"],
        "provenance": {},
        **changes,
    }


def test_json_lines_hold_one_strict_object_each(tmp_path: Path) -> None:
    """Each line is the plain form; ready-made lines are taken as they are."""
    path = tmp_path / "out.jsonl"
    writer = open_writer(path)
    writer.write(assessment("Ёлка"))
    writer.write_json(b'{"record_id":"V-2"}\n{"record_id":"V-3"}\n')
    assert not path.exists()
    writer.finish()
    lines = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0]) == assessment("Ёлка")
    assert [json.loads(line)["record_id"] for line in lines[1:]] == ["V-2", "V-3"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_json_file_is_one_list(tmp_path: Path, count: int) -> None:
    """A .json result parses as a list of as many objects as were written, none included."""
    writer = open_writer(tmp_path / "out.json")
    for number in range(count):
        writer.write(assessment(f"V-{number}"))
    writer.finish()
    told = json.loads((tmp_path / "out.json").read_bytes())
    assert [entry["record_id"] for entry in told] == [f"V-{number}" for number in range(count)]


def test_csv_has_a_row_a_record_and_runs_nothing(tmp_path: Path) -> None:
    """The row tells outcome, scores, flags and what is missing; formulas are defused."""
    path = tmp_path / "out.csv"
    writer = open_writer(path)
    writer.write(assessment("=1+1"))
    writer.write_json(json.dumps(assessment("V-2")).encode() + b"\n")
    writer.finish()
    with path.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert first["record_id"] == "'=1+1"
    assert first["because"] == "'=cmd|' /C calc'!A0"
    assert (first["flags"], first["suppressed"]) == ("LS-X-1", "LS-X-2")
    assert (first["dprk_nexus_score"], first["dprk_nexus_band"]) == ("35.0", "medium")
    assert first["missing"] == "workforce.nationality; country"
    assert second["record_id"] == "V-2"


def test_a_workbook_has_sheets_with_filters_and_no_formula(tmp_path: Path) -> None:
    """Sheets of records, flags and gaps, a filter on each header, and no cell that runs."""
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "out.xlsx"
    writer = open_writer(path)
    for number in range(3):
        writer.write(assessment(f"V-{number}"))
    writer.finish()
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["records", "flags", "gaps"]
    assert [sheet.max_row for sheet in book] == [4, 7, 4]
    assert all(sheet.auto_filter.ref for sheet in book)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    flag = {head.value: cell.value for head, cell in zip(book["flags"][1], book["flags"][2], strict=True)}
    assert flag["seen"] == "'@SUM(1)"
    assert flag["references"] == "ilo, indicator 11"
    book.close()


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("=1+1", "'=1+1"), ("+7 495 123", "'+7 495 123"), ("-cmd", "'-cmd"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "'\rx"),
        ("＝1", "'＝1"), ("  =1", "'  =1"), ("-5.2", "-5.2"), ("+7", "+7"), ("-", "'-"), ("-1+1", "'-1+1"), ("V=1", "V=1"),
        ("", ""), ("ООО", "ООО"),
    ],
)  # fmt: skip
def test_cells_that_a_spreadsheet_would_run_are_defused(written: str, safe: str) -> None:
    """What begins like a formula gets an apostrophe; numbers and ordinary text are left alone."""
    assert defused(written) == safe


@given(st.text(max_size=20))
def test_no_written_cell_runs(text: str) -> None:
    """Whatever the text, the cell in the file does not begin like a formula, unless it is a number."""
    (row,) = csv.reader(io.StringIO(csv_line([text, "x"]).decode(), newline=""))
    cell = row[0].lstrip(" ")
    assert not cell.startswith(("=", "@", "\t"))
    if cell.startswith(("+", "-")):
        float(cell)


def test_marks_that_mislead_the_eye_are_shown() -> None:
    """A right-to-left override is shown escaped, letters are not touched."""
    assert shown("V\u202e1\x07Ж") == "V\\u202e1\\u0007Ж"


def test_rejects_stand_beside_the_result(tmp_path: Path) -> None:
    """The rejects file has the whole name of the result and tells file, row, line, id and reason."""
    out = tmp_path / "out.jsonl"
    writer = RejectsWriter(out)
    writer.write([Reject("a.csv", 3, 4, "=V", "no name: a record needs one")])
    writer.finish()
    assert rejects_path(out).name == "out.jsonl.rejects.csv"
    assert (
        rejects_path(out).read_text()
        == "file,row,line,id,reason\na.csv,3,4,'=V,no name: a record needs one\n"
    )


def test_without_rejects_there_is_no_rejects_file(tmp_path: Path) -> None:
    """No row rejected, no file; one left by an earlier run is taken away."""
    out = tmp_path / "out.jsonl"
    rejects_path(out).write_text("old")
    RejectsWriter(out).finish()
    assert not list(tmp_path.iterdir())


def test_an_error_leaves_the_old_result_alone(tmp_path: Path) -> None:
    """After an error in the middle, the old file stands and no partial file is left."""
    path = tmp_path / "out.jsonl"
    path.write_text("old")
    writer = open_writer(path)

    def stopped() -> None:
        with writer.target:
            writer.write(assessment())
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        stopped()
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize("name", ["out.jsonl", "out.json", "out.csv"])
@pytest.mark.parametrize("stop", [0, 1, 3])
def test_a_run_gone_on_with_gives_the_same_bytes(tmp_path: Path, name: str, stop: int) -> None:
    """Suspended after some records, with half a record behind them, and gone on with: byte for byte the same file."""
    whole, path = tmp_path / f"whole-{name}", tmp_path / name
    writer = open_writer(whole)
    for number in range(4):
        writer.write(assessment(f"V-{number}"))
    writer.finish()
    writer = open_writer(path)
    for number in range(stop):
        writer.write(assessment(f"V-{number}"))
    mark = writer.position()
    writer.target.write(b'{"record_id":"V-')
    writer.target.suspend()
    assert not path.exists()
    writer = open_writer(path, keep=mark)
    for number in range(stop, 4):
        writer.write(assessment(f"V-{number}"))
    writer.finish()
    assert path.read_bytes() == whole.read_bytes()


def test_a_part_that_is_too_short_is_refused(tmp_path: Path) -> None:
    """Going on after bytes that are not there is refused, and so is going on with nothing."""
    (tmp_path / "out.jsonl.part").write_bytes(b"abc")
    with pytest.raises(OutputError, match="only 3 of 10 bytes"):
        open_writer(tmp_path / "out.jsonl", keep=10)
    with pytest.raises(OutputError):
        open_writer(tmp_path / "other.jsonl", keep=10)
    assert not list(tmp_path.glob("*.lock"))


def test_two_runs_on_one_file(tmp_path: Path) -> None:
    """The second writer refuses while the first is at work, and may begin when it has ended."""
    first = open_writer(tmp_path / "out.jsonl")
    with pytest.raises(OutputError, match="another run is writing"):
        open_writer(tmp_path / "out.jsonl")
    first.finish()
    open_writer(tmp_path / "out.jsonl").finish()


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    """A killed run leaves no lock that anybody must remove."""
    code = (
        "import os, sys\nfrom laborscreen.formats.writers import open_writer\n"
        "open_writer(sys.argv[1]); print('ready', flush=True); os.kill(os.getpid(), 9)"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "out.jsonl")], check=False, capture_output=True
    )
    assert (tmp_path / "out.jsonl.lock").exists()
    open_writer(tmp_path / "out.jsonl").finish()
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize("name", ["out.jsonl", "out.json", "out.csv", "out.xlsx"])
def test_a_full_disk_is_said_in_words(tmp_path: Path, name: str) -> None:
    """When the disk is full nothing stands under the final name, and the message says why."""
    path = tmp_path / name
    writer = open_writer(path)

    class Full:
        closed = False

        def __getattr__(self, name: str) -> object:
            def fail(*args: object) -> None:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

            return fail

    real, writer.target._file = writer.target._file, Full()  # type: ignore[assignment]
    if name == "out.xlsx":
        writer._drain._file = writer.target._file  # type: ignore[attr-defined]

    def written() -> None:
        for number in range(10):
            writer.write(assessment(f"V-{number}"))
        writer.finish()

    with pytest.raises(OutputError, match="the disk is full"):
        written()
    assert not path.exists()
    writer.target._file = real
    writer.target.discard()
    assert not list(tmp_path.iterdir())


def test_what_the_disk_tells_meanwhile_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails while it takes what was written is told of, though the system says so once and never again."""
    asked: list[int] = []

    def fail_once(handle: int) -> None:
        asked.append(handle)
        if len(asked) == 1:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(target.os, "fsync", fail_once)
    monkeypatch.setattr(target, "_SYNCED_EVERY", 100)
    writer = open_writer(tmp_path / "out.jsonl")
    writer.write_json(b"{}\n" * 50)
    with pytest.raises(OutputError, match="Input/output error"):
        writer.finish()
    writer.target.discard()
    assert not list(tmp_path.iterdir())


def test_a_result_the_disk_takes_in_parts_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the disk takes while more is written stands in the file once, and in order."""
    monkeypatch.setattr(target, "_SYNCED_EVERY", 100)
    writer = open_writer(tmp_path / "out.jsonl")
    for number in range(200):
        writer.write_json(b"%d\n" % number)
    writer.finish()
    assert (tmp_path / "out.jsonl").read_text() == "".join(f"{number}\n" for number in range(200))


def test_places_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    """A folder that is not there, a folder as the file, a file as the folder."""
    with pytest.raises(OutputError, match="no such folder"):
        open_writer(tmp_path / "gone" / "out.jsonl")
    (tmp_path / "dir.jsonl").mkdir()
    with pytest.raises(OutputError, match="this is a folder"):
        open_writer(tmp_path / "dir.jsonl")
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="no such folder"):
        open_writer(tmp_path / "file" / "out.jsonl")


def test_unknown_suffixes_are_bad_usage(tmp_path: Path) -> None:
    """A result nobody writes is refused with what is written."""
    with pytest.raises(UsageError, match=r"\.jsonl, \.json, \.csv, \.xlsx"):
        open_writer(tmp_path / "out.doc")
    with pytest.raises(UsageError, match=r"screen --report PAGE\.html"):
        open_writer(tmp_path / "out.html")


def test_what_is_no_json_is_refused(tmp_path: Path) -> None:
    """Half of a letter is not written into a result."""
    writer = open_writer(tmp_path / "out.jsonl")
    with pytest.raises(OutputError, match="not strict JSON"):
        writer.write(assessment("\ud800"))
    writer.target.discard()


def test_one_file_is_not_read_and_written(tmp_path: Path) -> None:
    """Inputs, result, report and rejects must be different files, also through links; different ones are accepted."""
    source = tmp_path / "a.csv"
    source.write_text("id,name\n")
    link = tmp_path / "b.csv"
    link.symlink_to(source)
    refuse_same_files([("the result", tmp_path / "c.csv"), ("the report", tmp_path / "c.html")], [source])
    for outputs in (
        [("the result", source)],
        [("the result", link)],
        [("the result", tmp_path / "c.csv"), ("the report", tmp_path / "x" / ".." / "c.csv")],
    ):
        with pytest.raises(UsageError, match="would overwrite"):
            refuse_same_files(outputs, [source])
