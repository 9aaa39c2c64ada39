"""
The report, the questionnaire, the answers and the pack from the command line.
"""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import VENDORS, Call, call, vendors

__all__ = ["call", "vendors"]
DAY = ("--as-of", "2026-01-01")


@pytest.fixture
def results(call: Call, vendors: Path, tmp_path: Path) -> Path:
    """
    The results of four suppliers.
    """
    path = tmp_path / "results.jsonl"
    call("screen", vendors, "-o", path, *DAY)
    return path


def test_a_run_writes_its_report(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    --report writes the page beside whatever else the run does, with the file's name and the accounts in it.
    """
    page = tmp_path / "report.html"

    ended = call("screen", vendors, "--report", page, *DAY)

    text = page.read_text(encoding="utf-8")
    assert ended.code == 0
    assert "4 records screened" in text
    assert "read 4 = screened 4 + rejected 0" in text
    assert "vendors.csv" in text


def test_a_report_over_the_input_is_refused(call: Call, vendors: Path) -> None:
    """
    The page must not take the place of a file that is read.
    """
    ended = call("screen", vendors, "--report", vendors, *DAY)

    assert ended.code == 2
    assert vendors.read_text(encoding="utf-8") == VENDORS


def test_letters_are_written_for_those_who_have_something_to_answer(
    call: Call, vendors: Path, results: Path, tmp_path: Path
) -> None:
    """
    The incomplete record gets a letter that names it; the referred and the routine ones stand in the index with the reason.
    """
    folder = tmp_path / "letters"

    ended = call("questionnaire", results, "-o", folder, "--names", vendors, "--language", "ko")

    index = {
        one["id"]: one
        for one in csv.DictReader((folder / "index.csv").read_text(encoding="utf-8").splitlines())
    }
    assert ended.code == 0
    assert index["V-1"]["note"] == "refer to compliance first; no letter was written"
    assert index["V-4"]["letter"] == "V-4.html"
    assert not (folder / "V-1.html").exists()
    assert "Unclear Ltd" in (folder / "V-4.html").read_text(encoding="utf-8")
    assert (folder / "V-4.xlsx").exists()


def test_answers_are_read_back_into_the_run(call: Call, vendors: Path, results: Path, tmp_path: Path) -> None:
    """
    The record that was answered for changes, the others are the same byte for byte.
    """
    answers = tmp_path / "answers.json"
    told = {
        "format": "laborscreen-answers 1",
        "record_id": "V-3",
        "answered_on": "2026-01-01",
        "answered_by": "A. Person",
        "answers": [{"field": "workforce.documents_held_by", "answer": "employer"}],
    }
    answers.write_text(json.dumps(told), encoding="utf-8")
    again = tmp_path / "again.jsonl"

    ended = call("screen", vendors, "--answers", answers, "-o", again, *DAY)

    before, after = (path.read_bytes().splitlines() for path in (results, again))
    changed = [json.loads(one)["record_id"] for one, other in zip(before, after, strict=True) if one != other]
    evidence = [
        one
        for flag in json.loads(after[2])["flags"]
        for one in flag["evidence"]
        if one["field"] == "workforce[0].documents_held_by"
    ]
    assert (ended.code, changed) == (0, ["V-3"])
    assert {one["source_type"] for one in evidence} == {"supplier_statement"}


def test_a_pack_is_made_and_checked(call: Call, vendors: Path, results: Path, tmp_path: Path) -> None:
    """
    Evidence makes a pack and says its digest; --verify finds it whole, and finds a damaged one out with exit code 2.
    """
    pack = tmp_path / "pack.zip"
    made = call("evidence", "V-1", "--results", results, "-o", pack, "--attach", vendors)
    checked = call("evidence", "--verify", pack)
    against = call("evidence", "--verify", pack, "--digest", "0" * 64)

    digest = made.out.split()[-1]
    assert (made.code, checked.code, against.code) == (0, 0, 2)
    assert digest in checked.out
    assert "was noted" in against.err


def test_a_pack_of_a_ledger_holds_input_and_decisions(
    call: Call, vendors: Path, results: Path, tmp_path: Path
) -> None:
    """
    From a ledger a pack holds the same result, what it was made of, who decided what and why, and its place in the chain.
    """
    place, pack = tmp_path / "cases.db", tmp_path / "pack.zip"
    call("ledger", "record", vendors, "--ledger", place, "--by", "procurement", *DAY)
    told = ("--by", "M. Okafor", "--role", "compliance", "--reason", "the roster names them")
    call("ledger", "decide", "2", "--ledger", place, "--word", "escalated", *told)
    made = call("evidence", "V-1", "--ledger", place, "-o", pack)
    missing = call("evidence", "V-99", "--ledger", place, "-o", tmp_path / "none.zip")

    with zipfile.ZipFile(pack) as archive:
        result = archive.read("result.json")
        given = json.loads(archive.read("input.json"))
        kept = json.loads(archive.read("ledger.json"))
        sources = json.loads(archive.read("sources.json"))
    assert (made.code, missing.code) == (0, 2)
    assert result == results.read_bytes().splitlines(keepends=True)[0]
    assert given["workforce"][0]["nationality"] == "КНДР"
    assert kept["cases"][0]["decisions"][0]["reason"] == "the roster names them"
    assert [row["table"] for row in kept["rows"]] == ["runs", "assessments", "decisions"]
    assert {"unscr-2397"} <= {one["source"] for one in sources if one["checked"]}
    assert call("evidence", "--verify", pack).code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("V-1",), "needs ID, -o, and --results or --ledger"),
        (("V-99", "--results", "{results}", "-o", "{out}"), "no result has the id 'V-99'"),
        (("V-1", "--results", "{vendors}", "-o", "{out}"), "read from JSON lines"),
    ],
)
def test_what_cannot_be_packed_is_said(
    call: Call, vendors: Path, results: Path, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    """
    A missing option, an id nobody has and a file that holds no results each end with 2, one sentence and no pack.
    """
    out = tmp_path / "pack.zip"
    given = [one.format(results=results, vendors=vendors, out=out) for one in arguments]

    ended = call("evidence", *given)

    assert ended.code == 2
    assert message in ended.err
    assert not out.exists()
