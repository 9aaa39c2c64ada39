"""
Delta runs: the same bytes as a full run, each change with its cause, and refusals that say what to do.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from laborscreen.cli import screening_run, work
from laborscreen.delta import basis_path, changes_between
from tests.cli.conftest import Call
from tests.cli.test_interrupted import stop_after
from tests.delta.nights import Night, list_of, screened, told

EXAMPLES = Path(__file__).parents[2] / "examples"
RECORDS = (
    {"id": "A", "name": "Papeterie Duval", "country": "FR", "workforce.hours_per_day": "18"},
    {"id": "B", "name": "Mokran Bau", "country": "DE", "founded": "2025-01-10"},
    {
        "id": "C",
        "name": "Atelier Nord",
        "activities": "passports kept by us",
        "workforce.hours_per_day": "17",
    },
    {"id": "D", "name": "Cedar Mill", "activities": "rest days withheld", "founded": "2024-07-05"},
    {"id": "E", "name": "Steppe Works", "payments.amount": "1000", "payments.currency": "EUR"},
)
FIRST = Night(RECORDS)

rows = st.fixed_dictionaries(
    {"name": st.sampled_from(["Mokran Bau", "Papeterie Duval", "Steppe Works", ""])},
    optional={
        "country": st.sampled_from(["FR", "n/a", "Korea"]),
        "aliases": st.sampled_from(["Steppe Works", "A; B"]),
        "founded": st.sampled_from(["2025-01-10", "2024-07-05", "1990", "soon"]),
        "activities": st.sampled_from(["passports kept by us", "rest days withheld", "paper"]),
        "workforce.hours_per_day": st.sampled_from(["8", "12", "18", "x"]),
        "payments.amount": st.sampled_from(["900 EUR", "1000 EUR", "2000 USD"]),
    },
)
files = st.dictionaries(st.sampled_from("ABCDEFG"), rows, min_size=1, max_size=6).map(
    lambda found: tuple({"id": name, **row} for name, row in found.items())
)
nights = st.builds(
    Night,
    files,
    hours=st.sampled_from([12, 16]),
    young=st.sampled_from([500, 730]),
    words=st.sampled_from([("passports kept",), ("passports kept", "rest days withheld")]),
    strength=st.sampled_from(["strong", "circumstantial"]),
    guarded=st.booleans(),
    excepted=st.booleans(),
    euro=st.sampled_from([1.13, 0.9]),
    hint=st.sampled_from([15, 20]),
    listed=st.sampled_from([("Mokran Bau",), ("Mokran Bau", "Steppe Works"), ("Nobody Known",)]),
    day=st.sampled_from(["2026-06-30", "2026-07-01", "2026-09-30"]),
)
parts = ["hours", "strength", "young", "words", "guarded", "excepted", "euro", "hint", "listed"]
same_parts = st.just({*parts, "day"}) | st.just({*parts}) | st.sets(st.sampled_from([*parts, "day"]))
_CAUSES = {
    "hours": ("rule", "T-HRS-001"),
    "strength": ("rule", "T-HRS-001"),
    "young": ("rule", "T-AGE-001"),
    "words": ("word list", "kept"),
    "guarded": ("guard", "T-GRD-001"),
    "excepted": ("exception", "A from T-HRS-001"),
    "euro": ("rates", ""),
    "hint": ("policy", ""),
}


def flags_of(result: Path) -> dict[str, dict[str, tuple[str, float]]]:
    """
    Return the flags of each record of a result.
    """
    return {
        str(one["record_id"]): {flag["rule"]: (flag["status"], flag["points"]) for flag in one["flags"]}  # type: ignore[attr-defined]
        for one in told(result)
    }


@settings(max_examples=10, phases=[Phase.explicit, Phase.generate])
@given(
    first=nights,
    second=nights,
    kept=same_parts,
    nested=st.booleans(),
)
def test_a_delta_run_writes_what_a_full_run_would(
    call: Call, first: Night, second: Night, kept: set[str], nested: bool
) -> None:
    """
    Whatever changed overnight, the bytes are those of a full run, and flags that moved are told with what really changed.
    """
    second = replace(second, nested=nested, **{name: getattr(first, name) for name in kept})
    first = replace(first, nested=nested)
    records = {one["id"]: one for one in first.records}
    second = replace(
        second,
        records=(
            *[records[k] for k in sorted(records)[::2]],
            *[r for r in second.records if r["id"] not in sorted(records)[::2]],
        ),
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        then = screened(call, first, folder / "then", "--for-delta")
        full = screened(call, second, folder / "full")
        now = screened(call, second, folder / "now", "--delta", then, "--changes", folder / "changes.jsonl")
        found = told(folder / "changes.jsonl")

        assert now.read_bytes() == full.read_bytes()
        before, after = flags_of(then), flags_of(now)
        moved = {
            (record, rule)
            for record in {*before, *after}
            for rule in {*before.get(record, {}), *after.get(record, {})}
            if before.get(record, {}).get(rule) != after.get(record, {}).get(rule)
        }
        flags = [(one, flag) for one in found for flag in one["flags"]]  # type: ignore[attr-defined]
        assert moved <= {(one["record_id"], flag["rule"]) for one, flag in flags}
        allowed = {_CAUSES[part] for part in _CAUSES if getattr(first, part) != getattr(second, part)}
        if first.day != second.day:
            allowed.add(("day", f"{first.day} to {second.day}"))
        allowed |= {("list entry", f"ours:{one}") for one in {*first.listed} ^ {*second.listed}}
        for one, flag in flags:
            causes = {(cause["kind"], cause["name"]) for cause in flag["causes"]}
            assert causes
            same = records.get(one["record_id"]) == {r["id"]: r for r in second.records}.get(one["record_id"])
            assert causes <= (allowed if same else allowed | {("record", "")})


@pytest.mark.parametrize(
    ("second", "flag", "cause"),
    [
        (
            replace(FIRST, records=({**RECORDS[0], "activities": "passports kept"}, *RECORDS[1:])),
            ("A", "T-TXT-001"),
            [("record", "", "changed")],
        ),
        (replace(FIRST, hours=18), ("C", "T-HRS-001"), [("rule", "T-HRS-001", "changed")]),
        (replace(FIRST, hours=18), ("C", "T-ALL-001"), [("rule", "T-HRS-001", "changed")]),
        (
            replace(FIRST, words=("passports kept", "rest days withheld")),
            ("D", "T-TXT-001"),
            [("word list", "kept", "changed")],
        ),
        (
            replace(FIRST, listed=("Mokran Bau",)),
            ("B", "T-LST-001"),
            [("list entry", "ours:Mokran Bau", "added")],
        ),
        (
            replace(FIRST, day="2026-07-06"),
            ("D", "T-AGE-001"),
            [("day", "2026-06-30 to 2026-07-06", "changed")],
        ),
        (replace(FIRST, records=RECORDS[1:]), ("A", "T-HRS-001"), [("record", "", "removed")]),
        (replace(FIRST, guarded=True), ("A", "T-HRS-001"), [("guard", "T-GRD-001", "added")]),
        (replace(FIRST, excepted=True), ("A", "T-HRS-001"), [("exception", "A from T-HRS-001", "added")]),
        (replace(FIRST, hint=20), ("C", "T-TXT-001"), [("policy", "", "changed")]),
        (replace(FIRST, euro=0.9), ("E", "T-PAY-001"), [("rates", "", "changed")]),
    ],
    ids=[
        "record",
        "rule",
        "combination",
        "words",
        "list",
        "day",
        "gone",
        "guard",
        "exception",
        "policy",
        "rates",
    ],
)
def test_a_flag_names_what_moved_it(
    call: Call, tmp_path: Path, second: Night, flag: tuple[str, str], cause: list[tuple[str, str, str]]
) -> None:
    """
    One thing changes overnight, and the flag that it moved names that thing and nothing else.
    """
    then = screened(call, FIRST, tmp_path / "then", "--for-delta")
    now = screened(call, second, tmp_path / "now", "--delta", then)
    found = {
        (one.record_id, moved.rule): [(why.kind, why.name, why.how) for why in moved.causes]
        for one in changes_between(then, now)
        for moved in one.flags
    }

    assert found[flag] == cause


@pytest.mark.parametrize(
    ("rows", "renamed", "causes"),
    [
        ("A,Mokran Bau,60", False, [("owners", "added")]),
        ("A,Mokran Bau,60", True, [("record", "changed"), ("owners", "added")]),
        ("B,Mokran Bau,60", False, None),
        ("A,Papeterie Duval,60", False, None),
    ],
)
def test_owners_told_otherwise_are_a_cause(
    call: Call, tmp_path: Path, rows: str, renamed: bool, causes: list[tuple[str, str]] | None
) -> None:
    """
    A listed owner in a file of owners is the cause of its flag; where the supplier file changed as well, either may be.
    """
    then, now = tmp_path / "then.jsonl", tmp_path / "now.jsonl"
    suppliers, owners = tmp_path / "suppliers.csv", tmp_path / "owners.csv"
    suppliers.write_text("id,name\nA,Steppe Works\nC,Atelier\n", encoding="utf-8")
    owners.write_text(f"supplier id,owner,share\n{rows}\n", encoding="utf-8")
    lists = list_of(tmp_path / "ours.lsw", "Mokran Bau", dprk_related=True)
    options = ("--watchlist", lists, "--stale-lists", "warn", "--as-of", "2026-06-30")
    call("screen", suppliers, "-o", then, "--for-delta", *options)
    if renamed:
        suppliers.write_text("id,name\nA,Steppe Workshops\nC,Atelier\n", encoding="utf-8")
    ended = call("screen", suppliers, "-o", now, "--delta", then, "--owners", owners, *options)
    whole = call("screen", suppliers, "-o", tmp_path / "whole.jsonl", "--owners", owners, *options)
    found = {
        one.record_id: [
            (why.kind, why.how) for flag in one.flags if flag.rule == "LS-COR-020" for why in flag.causes
        ]
        for one in changes_between(then, now)
    }

    assert (ended.code, whole.code) == (0, 0)
    assert now.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert found.get("A") == causes
    assert "C" not in found


def test_the_shipped_rules_tell_few_days_apart(call: Call, tmp_path: Path) -> None:
    """
    A month later most example records are taken over, few are screened again, and the bytes are those of a full run.
    """
    files = [EXAMPLES / "vendor_master.csv", EXAMPLES / "due_diligence.jsonl", "--jobs", 1]
    call("screen", *files, "--as-of", "2026-06-30", "-o", tmp_path / "then.jsonl", "--for-delta")
    full = call("screen", *files, "--as-of", "2026-07-30", "-o", tmp_path / "full.jsonl")
    now = call(
        "screen",
        *files,
        "--as-of",
        "2026-07-30",
        "-o",
        tmp_path / "now.jsonl",
        "--delta",
        tmp_path / "then.jsonl",
    )
    taken = re.search(r"--delta: (\d+) of 245 earlier results", now.err)

    assert (full.code, now.code) == (0, 0)
    assert (tmp_path / "now.jsonl").read_bytes() == (tmp_path / "full.jsonl").read_bytes()
    assert taken is not None
    assert 200 < int(taken[1]) < 245


def test_what_did_not_change_is_not_told(call: Call, tmp_path: Path) -> None:
    """
    A second night like the first tells nothing, takes every result over, and can be stood on itself.
    """
    then = screened(call, FIRST, tmp_path / "then", "--for-delta")
    ended = call(
        "screen", *FIRST.write(tmp_path / "now"), "-o", tmp_path / "now.jsonl", "--delta", then, "--changes",
        tmp_path / "changes.jsonl",
    )  # fmt: skip
    third = screened(call, FIRST, tmp_path / "third", "--delta", tmp_path / "now.jsonl")

    assert (tmp_path / "changes.jsonl").read_bytes() == b""
    assert "5 of 5 earlier results were taken over" in ended.err
    assert third.read_bytes() == then.read_bytes()


def test_a_record_that_stands_twice_is_met_twice(call: Call, tmp_path: Path) -> None:
    """
    Of two like records one goes: one result is gone, and the other stands as it did.
    """
    then = screened(call, replace(FIRST, records=(*RECORDS, RECORDS[0])), tmp_path / "then", "--for-delta")
    now = screened(call, FIRST, tmp_path / "now", "--delta", then)

    assert [(one.record_id, one.change) for one in changes_between(then, now)] == [("A", "gone")]


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda then: then.write_bytes(then.read_bytes()[:-40]), "cut off"),
        (
            lambda then: then.write_bytes(
                then.read_bytes().replace(b"refer", b"defer").replace(b"routine", b"raufine")
            ),
            "sha256",
        ),
        (lambda then: then.write_bytes(b"{}\n" + then.read_bytes()), "a line is no result"),
        (lambda then: basis_path(then).unlink(), "--for-delta"),
        (lambda then: basis_path(then).write_bytes(b"[]"), "or it was changed"),
        (
            lambda then: basis_path(then).write_bytes(
                basis_path(then).read_bytes().replace(b"T-HRS-001", b"T-HRS-002", 1)
            ),
            "or it was changed",
        ),
        (lambda then: then.unlink(), "there is no such file"),
    ],
    ids=["cut", "edited", "other lines", "no basis", "no object", "edited basis", "missing"],
)
def test_a_result_that_is_not_what_the_run_wrote_is_refused(
    call: Call, tmp_path: Path, harm: object, words: str
) -> None:
    """
    Nothing is taken from a result that was cut, edited or put in another's place, and nothing is written.
    """
    then = screened(call, FIRST, tmp_path / "then", "--for-delta")
    assert callable(harm)
    harm(then)
    now = tmp_path / "now.jsonl"
    ended = call("screen", *FIRST.write(tmp_path / "now"), "-o", now, "--delta", then)

    assert ended.code == 2
    assert words in " ".join(ended.err.split())
    assert not now.exists()


def test_another_version_choice_or_profile_is_refused(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    What cannot be told apart from a change of judgement is refused, with both sides named.
    """
    then = screened(call, FIRST, tmp_path / "then", "--for-delta")
    arguments = [*FIRST.write(tmp_path / "now"), "-o", tmp_path / "now.jsonl", "--delta", then]
    choice = call("screen", *arguments, "--include", "stable", "--include", "test")
    profile = call("screen", *arguments, "--map", "generic")
    monkeypatch.setattr("laborscreen.__version__", "99.0")
    version = call("screen", *arguments)

    assert [one.code for one in (choice, profile, version)] == [2, 2, 2]
    assert "another choice of rules: stable; any purpose then" in " ".join(choice.err.split())
    assert "another mapping profile: none then" in " ".join(profile.err.split())
    assert "laborscreen 99.0 now" in " ".join(version.err.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--changes", "c.jsonl", "-o", "n.jsonl"], "name it with --delta"),
        (["--delta", "then.jsonl"], "needs a result file"),
        (["--for-delta", "-o", "n.csv"], "knows JSON lines only"),
        (["--for-delta", "-o", "n.jsonl.gz"], "knows JSON lines only"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    call: Call, tmp_path: Path, arguments: list[str], words: str
) -> None:
    """
    A delta run needs JSON lines on both sides, and says so before anything is read.
    """
    ended = call("screen", *FIRST.write(tmp_path), *arguments)

    assert ended.code == 2
    assert words in " ".join(ended.err.split())


def test_an_interrupted_delta_run_is_gone_on_with(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    With --resume bytes and changes are those of a run in one go; another earlier result is refused.
    """
    night = replace(FIRST, nested=True)
    second = replace(night, records=(*RECORDS[:2], {**RECORDS[2], "founded": "1990"}, *RECORDS[3:]))
    then = screened(call, night, tmp_path / "then", "--for-delta")
    other = screened(call, replace(night, records=RECORDS[1:]), tmp_path / "other", "--for-delta")
    whole = screened(
        call, second, tmp_path / "whole", "--delta", then, "--changes", tmp_path / "whole.changes.jsonl"
    )
    monkeypatch.setattr(work, "RECORDS_AT_ONCE", 1)
    monkeypatch.setattr(screening_run, "_SAVED_EVERY", 0.0)
    arguments = [*second.write(tmp_path / "parts"), "-o", tmp_path / "parts.jsonl", "--resume"]
    changes = ["--changes", tmp_path / "parts.changes.jsonl"]
    stop_after(monkeypatch, 2, KeyboardInterrupt())
    stopped = call("screen", *arguments, "--delta", then, *changes)
    refused = call("screen", *arguments, "--delta", other, *changes)
    ended = call("screen", *arguments, "--delta", then, *changes)

    assert (stopped.code, refused.code, ended.code) == (130, 2, 0)
    assert "the earlier result differs" in " ".join(refused.err.split())
    assert "4 of 5 earlier results were taken over" in " ".join(ended.err.split())
    assert (tmp_path / "parts.jsonl").read_bytes() == whole.read_bytes()
    assert (tmp_path / "parts.changes.jsonl").read_bytes() == (tmp_path / "whole.changes.jsonl").read_bytes()
    assert basis_path(tmp_path / "parts.jsonl").exists()


def test_an_unreadable_value_among_several_is_a_change(call: Call, tmp_path: Path) -> None:
    """
    Where one country that nobody can read takes the place of another, the record says something else, and is screened again.
    """
    results = []
    for name, written in (("then", "Narnia"), ("now", "Gondor")):
        (tmp_path / name).mkdir()
        file = tmp_path / name / "suppliers.csv"
        file.write_text(f"id,name,remote_work.login_countries\nA,Duval,{written}\n", encoding="utf-8")
        results.append(tmp_path / name / "out.jsonl")
        more = ["--delta", results[0]] if name == "now" else ["--for-delta"]
        call("screen", file, "-o", results[-1], "--as-of", "2026-06-30", "--watchlist", "none", *more)
    full = tmp_path / "full.jsonl"
    call(
        "screen",
        tmp_path / "now" / "suppliers.csv",
        "-o",
        full,
        "--as-of",
        "2026-06-30",
        "--watchlist",
        "none",
    )

    assert results[1].read_bytes() == full.read_bytes()
    assert b"Gondor" in full.read_bytes()


def test_the_earlier_result_is_never_written_over(call: Call, tmp_path: Path) -> None:
    """
    A run that would write over the result it stands on is refused, and that result stays.
    """
    then = screened(call, FIRST, tmp_path / "then", "--for-delta")
    kept = then.read_bytes()
    ended = call("screen", *FIRST.write(tmp_path / "then"), "-o", then, "--delta", then)

    assert ended.code == 2
    assert then.read_bytes() == kept


def test_results_may_be_moved_with_their_basis(call: Call, tmp_path: Path) -> None:
    """
    A result and its basis can be kept elsewhere; a change of wording alone is no change of standing.
    """
    then = screened(call, FIRST, tmp_path / "then", "--for-delta")
    for one in (then, basis_path(then)):
        shutil.copy(one, tmp_path / one.name.replace("results", "kept"))
    now = screened(call, FIRST, tmp_path / "now", "--delta", tmp_path / "kept.jsonl")

    assert list(changes_between(tmp_path / "kept.jsonl", now)) == []
    assert orjson.loads(basis_path(now).read_bytes())["basis"]["size"] == now.stat().st_size
