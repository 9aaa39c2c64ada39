"""
``laborscreen screen``: every row accounted for, every ending with its exit code.
"""

from __future__ import annotations

import csv
import gzip
import json
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import VENDORS, Call

DAY = ("--as-of", "2026-01-01")


def test_the_last_line_accounts_for_every_row(call: Call, vendors: Path) -> None:
    """
    The summary ends, on standard error, with rows read = screened + rejected; standard output stays empty.
    """
    ended = call("screen", vendors, *DAY)

    assert ended.err.splitlines()[-1] == "rows read 4 = screened 4 + rejected 0"
    assert (ended.code, ended.out) == (0, "")


def test_results_stand_in_the_order_of_the_input(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    A JSON-lines result has one assessment a record, in the order of the rows.
    """
    out = tmp_path / "out.jsonl"

    call("screen", vendors, "-o", out, *DAY)

    told = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(one["record_id"], one["outcome"]) for one in told] == [
        ("V-1", "refer"),
        ("V-2", "routine"),
        ("V-3", "routine"),
        ("V-4", "incomplete"),
    ]


def test_a_rejected_row_is_written_beside_the_result(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    A row without an id stands in OUT.rejects.csv with its row and line, the run ends with 3, and the others are screened.
    """
    vendors.write_text(VENDORS + ",nameless,France,,,,,\nV-6,Last,France,,,,,\n", encoding="utf-8")
    out = tmp_path / "out.csv"

    ended = call("screen", vendors, "-o", out, *DAY)

    rejects = list(
        csv.DictReader((tmp_path / "out.csv.rejects.csv").read_text(encoding="utf-8").splitlines())
    )
    assert ended.code == 3
    assert ended.err.splitlines()[-1] == "rows read 6 = screened 5 + rejected 1"
    assert [(one["row"], one["line"]) for one in rejects] == [("5", "6")]
    assert "no id" in rejects[0]["reason"]


def test_without_rejects_there_is_no_file_of_rejects(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    A clean run leaves the result and nothing else beside it.
    """
    folder = tmp_path / "results"
    folder.mkdir()

    call("screen", vendors, "-o", folder / "out.jsonl", *DAY)

    assert [path.name for path in folder.iterdir()] == ["out.jsonl"]


def test_a_record_with_an_unknown_field_is_a_rejected_row(call: Call, tmp_path: Path) -> None:
    """
    JSON keys that no field has reject their record with a suggestion; the other records are screened.
    """
    records = tmp_path / "records.jsonl"
    records.write_text(
        '{"id": "1", "name": "A", "contry": "FR"}\n{"id": "2", "name": "B", "country": "FR"}\n',
        encoding="utf-8",
    )

    ended = call("screen", records, *DAY)

    assert ended.code == 3
    assert "did you mean `country`?" in ended.err
    assert ended.err.splitlines()[-1] == "rows read 2 = screened 1 + rejected 1"


@pytest.mark.parametrize(
    ("level", "rows", "code"),
    [
        ("refer", ["V-1"], 1),
        ("review", ["V-1"], 1),
        ("incomplete", ["V-1"], 1),
        ("refer", ["V-2", "V-4"], 0),
        ("review", ["V-4"], 0),
        ("incomplete", ["V-4"], 1),
        ("incomplete", ["V-2", "V-3"], 0),
    ],
)
def test_fail_on_asks_for_an_outcome_at_least_as_grave(
    call: Call, vendors: Path, level: str, rows: list[str], code: int
) -> None:
    """
    Exit code 1 says that some record is at or above the level; one below it is no reason.
    """
    header, *lines = VENDORS.splitlines()
    chosen = [line for line in lines if line.split(",")[0] in rows]
    vendors.write_text("\n".join([header, *chosen]) + "\n", encoding="utf-8")

    assert call("screen", vendors, "--fail-on", level, *DAY).code == code


def test_fail_on_outranks_rejected_rows(call: Call, vendors: Path) -> None:
    """
    When a level is met and rows were rejected, the exit code is 1 and the summary tells the rest.
    """
    vendors.write_text(VENDORS + ",nameless,France,,,,,\n", encoding="utf-8")

    ended = call("screen", vendors, "--fail-on", "refer", *DAY)

    assert ended.code == 1
    assert ended.err.splitlines()[-1] == "rows read 5 = screened 4 + rejected 1"


def test_the_summary_names_what_matters(call: Call, vendors: Path) -> None:
    """
    The summary shows the outcomes, the gravest record with its reason, and how old the embedded lists are.
    """
    told = call("screen", vendors, *DAY).err

    assert "4 records screened" in told
    assert "ООО Востокстрой" in told
    assert "LS-NAT-001" in told
    plain = " ".join(told.split())
    assert "embedded snapshot of DPRK-related designations" in plain
    assert "it is not a current list" in plain
    assert "days old on 2026-01-01" in plain


def test_unmapped_columns_and_encodings_are_told(call: Call, tmp_path: Path) -> None:
    """
    A column nobody mapped and an encoding other than UTF-8 stand in the summary's notes.
    """
    path = tmp_path / "russian.csv"
    path.write_bytes(
        "Код поставщика;Наименование;Страна;Любимый цвет\n1;ООО «Ромашка» Строительная компания;Россия;синий\n".encode(
            "cp1251"
        )
    )

    told = " ".join(call("screen", path, *DAY).err.split())

    assert "Любимый цвет" in told
    assert "1251" in told


def test_the_summary_as_json_holds_the_same_figures(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    ``--summary`` writes counts, digests and the records to look at first.
    """
    path = tmp_path / "summary.json"

    call("screen", vendors, "--summary", path, *DAY)

    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["rows"] == {"read": 4, "screened": 4, "rejected": 0}
    assert told["outcomes"] == {"refer": 1, "review": 0, "incomplete": 1, "routine": 2}
    assert [one["id"] for one in told["worst"]] == ["V-1"]
    assert len(told["files"][0]["digest"]) == 64


def test_the_summary_as_json_tells_times_and_the_age_of_lists(
    call: Call, vendors: Path, tmp_path: Path
) -> None:
    """
    What watches over a nightly run finds when it ran, how fast, and how old each list was on the day screened.
    """
    path = tmp_path / "summary.json"

    call("screen", vendors, "--summary", path, "--watchlist", "embedded", *DAY)

    told = json.loads(path.read_text(encoding="utf-8"))
    times, seconds = told["times"], told["times"]["seconds"]
    assert datetime.fromisoformat(times["started"]) <= datetime.fromisoformat(times["ended"])
    assert seconds["total"] == pytest.approx(seconds["preparing"] + seconds["screening"], abs=0.002)
    assert times["rows_per_second"] == pytest.approx(4 / seconds["screening"], rel=0.2)
    assert [one["age_days"] for one in told["lists"]] == [
        (date(2026, 1, 1) - date.fromisoformat(one["date"])).days for one in told["lists"]
    ]
    assert all(one["digest"] for one in told["lists"])


def test_nothing_from_a_record_reaches_the_terminal_with_control_characters(
    call: Call, tmp_path: Path
) -> None:
    """
    An escape sequence or a directional mark in a name is shown written out.
    """
    path = tmp_path / "evil.csv"
    path.write_text(VENDORS.replace("ООО Востокстрой", "Evil\x1b[2J\u202eName"), encoding="utf-8")

    told = call("screen", path, *DAY).err

    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "Evil\\x1b[2J" in told


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 200])
def test_the_summary_fits_the_terminal(call: Call, vendors: Path, columns: int) -> None:
    """
    No line of the summary is wider than the terminal, whatever its width, and the accounts are always whole.
    """
    from rich.cells import cell_len

    vendors.write_text(VENDORS + ",nameless,France,,,,,\n", encoding="utf-8")

    told = call("screen", vendors, *DAY, columns=columns).err

    assert max(map(cell_len, told.splitlines())) <= columns
    assert told.splitlines()[-1] == "rows read 5 = screened 4 + rejected 1"


def test_several_files_are_one_run(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    Files of different kinds are screened in the order given and accounted for together.
    """
    second = tmp_path / "more.jsonl"
    second.write_text('{"id": "X-1", "name": "More", "country": "DE"}\n', encoding="utf-8")
    out = tmp_path / "out.jsonl"

    ended = call("screen", second, vendors, "-o", out, *DAY)

    assert ended.err.splitlines()[-1] == "rows read 5 = screened 5 + rejected 0"
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[0])["record_id"] == "X-1"


def test_a_repeated_id_is_two_records_and_reported(call: Call, vendors: Path) -> None:
    """
    Two rows with one id are both screened, and the summary names the id.
    """
    vendors.write_text(VENDORS + "V-2,Papeterie Duval encore,France,,,,,\n", encoding="utf-8")

    told = call("screen", vendors, *DAY).err

    assert "1 record has an id that stood on an earlier one ('V-2')" in " ".join(told.split())
    assert told.splitlines()[-1] == "rows read 5 = screened 5 + rejected 0"


def test_the_same_run_gives_the_same_bytes(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    Two runs on the same input, rules and day write the same file.
    """
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"

    call("screen", vendors, "-o", first, *DAY)
    call("screen", vendors, "-o", second, *DAY)

    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty"),
        ("binary.csv", b"PK\x03\x04" + bytes(range(256)), "zip archive"),
        ("noise.csv", bytes(range(256)) * 8, ""),
        ("vendors.docx", b"hello", "not read"),
        ("nosuffix", b"id,name\n1,A\n", "the name does not say what the file is"),
        ("twice.csv", b"id,name,name\n1,A,B\n", "name"),
        ("noname.csv", b"id,colour\n1,red\n", "name"),
        ("cut.csv.gz", gzip.compress(b"id,name\n" + b"1,A\n" * 5000, mtime=0)[:60], ""),
        ("list.json", b'{"id": ', ""),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written(
    call: Call, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    """
    Bad input ends with 2 and one message that names the file; no result appears.
    """
    path = tmp_path / name
    path.write_bytes(content)
    folder = tmp_path / "results"
    folder.mkdir()

    ended = call("screen", path, "-o", folder / "out.jsonl", *DAY)

    assert ended.code == 2
    assert name in ended.err
    assert says in ended.err
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ("missing.csv",),
        (".",),
        ("vendors.csv", "--as-of", "yesterday"),
        ("vendors.csv", "--fail-on", "routine"),
        ("vendors.csv", "--map", "nosuch"),
        ("vendors.csv", "--rules", "nosuch"),
        ("vendors.csv", "--include", "nosuch"),
        ("vendors.csv", "--sheet", "First"),
        ("vendors.csv", "-o", "out.pdf"),
        ("vendors.csv", "-o", "nosuch/out.csv"),
        ("vendors.csv", "-o", "vendors.csv"),
        ("vendors.csv", "-o", "out.csv", "--summary", "out.csv"),
        ("vendors.csv", "-o", "out.csv", "--summary", "out.csv.rejects.csv"),
        ("vendors.csv", "--summary", "vendors.csv"),
        (),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(
    call: Call, vendors: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """
    Bad usage ends with 2 and a message, and the input file is still what it was.
    """
    monkeypatch.chdir(vendors.parent)

    ended = call("screen", *arguments)

    assert ended.code == 2
    assert ended.err.strip()
    assert vendors.read_text(encoding="utf-8") == VENDORS


def test_a_rulebook_with_faults_is_refused_with_every_fault(
    call: Call, vendors: Path, tmp_path: Path
) -> None:
    """
    A bad rulebook ends with 2 and shows line, caret and cure of each fault.
    """
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "bad.yaml").write_text("rules:\n  - id: X-1\n    titel: Wrong key\n", encoding="utf-8")

    ended = call("screen", vendors, "--rules", rules)

    assert ended.code == 2
    assert "bad.yaml:3:5" in ended.err
    assert "^^^^^" in ended.err
    assert "did you mean `title`?" in ended.err
