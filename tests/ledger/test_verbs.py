"""
The ledger from the command line: from a supplier file to a decision, a check and a replay.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Call, call, vendors

__all__ = ["call", "vendors"]
DAY = ("--as-of", "2026-01-01")


@pytest.fixture
def cases(call: Call, vendors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """
    Four suppliers recorded, in the ledger that the environment names.
    """
    place = tmp_path / "cases.db"
    monkeypatch.setenv("LABORSCREEN_LEDGER", str(place))
    ended = call("ledger", "record", vendors, "--by", "procurement", *DAY)
    assert ended.code == 0, ended.err
    return place


def test_a_file_is_recorded(call: Call, cases: Path) -> None:
    """
    Every record of the file is kept, and the list tells outcome and what became of it.
    """
    ended = call("ledger", "list")

    lines = ended.out.splitlines()
    assert [line.split()[2:5] for line in lines[:-1]] == [
        ["refer", "open", "V-1"],
        ["routine", "open", "V-2"],
        ["routine", "open", "V-3"],
        ["incomplete", "open", "V-4"],
    ]
    assert lines[-1] == "4 assessments"


def test_what_is_kept_is_what_screening_writes(
    call: Call, cases: Path, vendors: Path, tmp_path: Path
) -> None:
    """
    The stored result is the line of the results file, byte for byte.
    """
    results = tmp_path / "results.jsonl"
    call("screen", vendors, "-o", results, *DAY)
    shown = call("ledger", "show", "2", "--json")

    assert shown.out == results.read_text(encoding="utf-8").splitlines(keepends=True)[0]


def test_a_decision_is_written_and_shown(call: Call, cases: Path) -> None:
    """
    Who decides gives a word, a role and a reason; all of it is shown afterwards, and nothing of it when redacted.
    """
    told = ("--by", "M. Okafor", "--role", "compliance", "--reason", "the roster names them")
    decided = call("ledger", "decide", "2", "--word", "escalated", *told)
    shown = call("ledger", "show", "2")
    redacted = call("ledger", "show", "2", "--redacted")
    open_ones = call("ledger", "list", "--open")

    assert decided.code == 0
    assert "assessment 2 escalated" in decided.out
    assert "the roster names them" in shown.out
    assert "M. Okafor, compliance" in shown.out
    assert "Okafor" not in redacted.out
    assert "V-1" not in redacted.out
    assert open_ones.out.splitlines()[-1] == "3 assessments"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--word", "escalated", "--by", "M. Okafor", "--role", "c", "--reason", " "),
            "a decision needs a reason",
        ),
        (("--word", "cleared", "--by", "M. Okafor", "--role", "c", "--reason", "r"), "needs evidence"),
        (
            ("--word", "cleared", "--by", "Procurement", "--role", "c", "--reason", "r", "--evidence", "e"),
            "reviewer other than",
        ),
    ],
)
def test_a_decision_that_may_not_be_is_refused(
    call: Call, cases: Path, arguments: tuple[str, ...], message: str
) -> None:
    """
    Without a reason, without proof or by whoever asked, nothing is written and the exit code is 2.
    """
    ended = call("ledger", "decide", "2", *arguments)

    assert ended.code == 2
    assert message in ended.err
    assert "Nobody has decided" in call("ledger", "show", "2").out


def test_a_check_names_the_first_broken_link(call: Call, cases: Path) -> None:
    """
    A whole ledger passes with its end told; a changed one ends with 1 and the row.
    """
    whole = call("ledger", "verify")
    with sqlite3.connect(cases) as raw:
        raw.execute("DROP TRIGGER assessments_unchanged")
        raw.execute("UPDATE assessments SET outcome = 'routine' WHERE seq = 2")
    raw.close()
    broken = call("ledger", "verify")

    assert (whole.code, broken.code) == (0, 1)
    assert whole.out.startswith("as written: 5 rows, 8 texts")
    assert "first broken link: assessments 2:" in broken.out


def test_an_old_result_is_made_again(call: Call, cases: Path, tmp_path: Path) -> None:
    """
    With the rulebook of that time the result is the same; with another list loaded it is not, and the list is named.
    """
    same = call("ledger", "replay", "2")
    other = call("ledger", "replay", "2", "--watchlist", "none")

    assert (same.code, other.code) == (0, 1)
    assert "the same, byte for byte" in same.out
    assert "none now" in " ".join(other.out.split())


def test_a_run_with_a_list_is_replayed_with_it(
    call: Call, vendors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Lists belong to a run: recorded with one, a result is made again with it and not without.
    """
    monkeypatch.setenv("LABORSCREEN_LEDGER", str(tmp_path / "listed.db"))
    call("ledger", "record", vendors, "--by", "procurement", "--watchlist", "embedded", *DAY)

    assert call("ledger", "replay", "2", "--watchlist", "embedded").code == 0
    assert call("ledger", "replay", "2").code == 0
    assert call("ledger", "replay", "2", "--watchlist", "none").code == 1


def test_one_party_is_exported_and_erased(call: Call, cases: Path, tmp_path: Path) -> None:
    """
    What is kept about one party comes out as JSON, and can be erased with the chain still whole.
    """
    out = tmp_path / "party.json"
    exported = call("ledger", "export", "-o", out, "--id", "V-2")
    asked = ("--by", "M. Okafor", "--ground", "request", "--reference", "letter 12")
    refused = call("ledger", "erase", "V-2", *asked)
    erased = call("ledger", "erase", "V-2", *asked, "--early")

    told = json.loads(out.read_bytes())
    assert (exported.code, refused.code, erased.code) == (0, 2, 0)
    assert told["cases"][0]["input"]["name"] == "Papeterie Duval"
    assert "2 texts erased" in erased.out
    assert call("ledger", "verify").code == 0
    assert "V-2" not in call("ledger", "list").out


def test_the_log_is_exported_without_names(call: Call, cases: Path, tmp_path: Path) -> None:
    """
    The chain comes out as JSON lines, one a row, with nothing personal in it.
    """
    out = tmp_path / "log.jsonl"
    call("ledger", "export", "-o", out)

    text = out.read_text(encoding="utf-8")
    assert [json.loads(line)["table"] for line in text.splitlines()] == ["runs", *["assessments"] * 4]
    assert not any(name in text for name in ("V-1", "Duval", "procurement"))


def test_rows_that_cannot_be_screened_are_told(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A row without an id is not kept; it is named, and the exit code is 3.
    """
    file = tmp_path / "vendors.csv"
    file.write_text("id,name\n,Nobody\nV-2,Duval\n", encoding="utf-8")
    ended = call("ledger", "record", file, "--by", "procurement", "--ledger", tmp_path / "cases.db")

    assert ended.code == 3
    assert "1 assessment kept" in ended.out
    assert "row 1" in ended.err


def test_owners_told_elsewhere_are_kept_with_the_record(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    What is kept is the result that screening with the owners writes, and a replay needs no file of them.
    """
    monkeypatch.setenv("LABORSCREEN_LEDGER", str(tmp_path / "cases.db"))
    vendors, owners = tmp_path / "vendors.csv", tmp_path / "owners.csv"
    vendors.write_text("id,name\nV-1,Duval\n", encoding="utf-8")
    owners.write_text(
        "supplier id,owner,owner country,share\nV-1,Ryonhap,DPRK,60\n,Nobody,FR,5\n", encoding="utf-8"
    )
    told = (vendors, "--owners", owners, *DAY)
    kept = call("ledger", "record", *told, "--by", "procurement")
    call("screen", *told, "-o", tmp_path / "results.jsonl")
    owners.unlink()
    replayed = call("ledger", "replay", "2")

    assert kept.code == 3  # a row of the owners was rejected, and is told
    assert "nothing says which company is meant" in kept.err
    assert call("ledger", "show", "2", "--json").out == (tmp_path / "results.jsonl").read_text(
        encoding="utf-8"
    )
    assert "LS-COR-005" in (tmp_path / "results.jsonl").read_text(encoding="utf-8")
    assert replayed.code == 0, replayed.err


def test_the_policy_is_shown_and_set(call: Call, cases: Path) -> None:
    """
    Ten years and a second person for what settles a case, unless somebody sets it otherwise.
    """
    shown = call("ledger", "policy")
    changed = call("ledger", "policy", "--by", "The board", "--years", "12", "--none-separate")

    assert "10 years" in shown.out
    assert "cleared, false-positive" in shown.out
    assert "12 years" in changed.out
    assert "needed for: nothing" in changed.out
