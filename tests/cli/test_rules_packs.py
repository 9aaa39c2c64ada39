"""
``laborscreen rules pack`` and ``rules diff``, as a person meets them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.rulebook.packs import pack, rule

KP = "{field: country, is: KP}"
SIGNED = (
    "--author",
    "Anna Weiss",
    "--approver",
    "Ben Braun",
    "--reason",
    "First release.",
    "--date",
    "2026-06-30",
)


def test_a_pack_is_made_checked_and_used(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    The manifest is told with its digest; the digest noted elsewhere is compared; every verb on rules reads the pack.
    """
    folder, made = pack(tmp_path / "own", rule(KP)), tmp_path / "approved.lsr"

    ended = call("rules", "pack", folder, "-o", made, *SIGNED)

    assert ended.code == 0
    assert "approver  Ben Braun" in ended.out
    digest = ended.out.split("sha256    ")[1].split()[0]
    assert call("rules", "pack", "--verify", made, "--digest", digest).code == 0
    assert call("rules", "pack", "--verify", made, "--digest", "0" * 64).code == 2
    for verb in (["check", made], ["test", made], ["list", made], ["show", "ACME-1", "--rules", made]):
        assert call("rules", *verb).code == 0
    assert call("screen", vendors, "--rules", made).code == 0


def test_a_changed_pack_screens_nothing(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    A byte changed after approval ends screening and checking with 2, and says that the approval is void.
    """
    made = tmp_path / "approved.lsr"
    call("rules", "pack", pack(tmp_path / "own", rule(KP)), "-o", made, *SIGNED)
    made.write_bytes(made.read_bytes().replace(b"Ben Braun", b"Ben Brown"))

    for ended in (call("screen", vendors, "--rules", made), call("rules", "pack", "--verify", made)):
        assert ended.code == 2
        assert "the approval is void" in ended.err


@pytest.mark.parametrize(
    ("signed", "told"),
    [
        ((*SIGNED[:2], "--approver", "WEISS, Anna", *SIGNED[4:]), "same person"),
        ((*SIGNED[:4], "--date", "2026-06-30"), "no reason"),
        (SIGNED[2:], "author has no name"),
        ((*SIGNED[:7], "30.06.2026"), "is no date"),
    ],
)
def test_an_approval_that_is_none_makes_no_pack(
    call: Call, tmp_path: Path, signed: tuple[str, ...], told: str
) -> None:
    """
    One person alone, no reason and no date are refused, and nothing is written.
    """
    made = tmp_path / "approved.lsr"

    ended = call("rules", "pack", pack(tmp_path / "own", rule(KP)), "-o", made, *signed)

    assert ended.code == 2
    assert told in ended.err
    assert not made.exists()


def test_a_rulebook_whose_tests_fail_is_not_packed(call: Call, tmp_path: Path) -> None:
    """
    A failing test is shown, the exit code is that of `rules test`, and nothing is written.
    """
    made = tmp_path / "approved.lsr"

    ended = call(
        "rules", "pack", pack(tmp_path / "own", rule("{field: country, is: FR}")), "-o", made, *SIGNED
    )

    assert ended.code == 1
    assert "expected match, got no match" in ended.out
    assert not made.exists()


def test_two_rulebooks_are_told_apart(call: Call, tmp_path: Path) -> None:
    """
    Changes stand under their kind; --strict ends with 1 when a version was not raised; JSON says the same.
    """
    hours = "{field: workforce.hours_per_day, at_least: 16}"
    more = "lists: [{id: spare, title: Spare, match: exact, terms: [one]}]\n"
    old = pack(tmp_path / "old", rule(KP), rule(hours, id="ACME-2", status="draft"))
    new = pack(
        tmp_path / "new", rule(KP), rule(hours.replace("16", "14"), id="ACME-2", status="draft"), more=more
    )

    ended = call("rules", "diff", old, new)
    told = json.loads(call("rules", "diff", old, new, "--json").out)

    assert ended.code == 0
    assert "May change how records are judged: 2 changes" in ended.out
    assert "at least 16 hours -> at least 14 hours  [matches more]" in ended.out
    assert "the version was not raised" in ended.out
    assert call("rules", "diff", old, new, "--strict").code == 1
    assert call("rules", "diff", old, old, "--strict").out.endswith("the two say the same\n")
    assert told["not_raised"] == ["ACME-2"]
    assert {one["about"] for one in told["differences"]} == {"ACME-2", "spare"}


def test_a_test_rule_is_named_where_people_read(call: Call, vendors: Path, tmp_path: Path) -> None:
    """
    Asked for with --include, a test rule is marked in the summary, the explanation and the report; otherwise it is silent.
    """
    folder = pack(tmp_path / "own", rule("{field: workforce.hours_per_day, at_least: 12}", status="test"))
    page = tmp_path / "report.html"
    asked = ("--rules", folder, "--include", "test")

    summary = call("screen", vendors, *asked, "--report", page).err
    explained = call("explain", vendors, "--id", "V-1", *asked).out

    for told in (summary, explained, page.read_text(encoding="utf-8")):
        assert "A rule [test rule]" in told
        assert "nobody has approved them" in told
    assert "A rule" not in call("explain", vendors, "--id", "V-1", "--rules", folder).out
