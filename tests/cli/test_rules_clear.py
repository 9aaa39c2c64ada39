"""
``laborscreen rules clear``: good-guy entries out of a result, as governed as when they are written by hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from laborscreen.rulebook import load_rulebook
from tests.cli.conftest import Call, Ended
from tests.rulebook.packs import pack, rule

DAY = "2026-06-30"
ONE_OWNER = ("Korea Kwangson Banking Corp",)
TWO_OWNERS = ("Korea Kwangson Banking Corp", "Korea Kwangson Banking Corporation")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """
    A rulebook that compares owners with the lists, and has an exception of its own.
    """
    made = pack(
        tmp_path / "own",
        rule("{any: [{field: owners.name, on_watchlist: dprk_related}, {field: country, is: KP}]}"),
    )
    written = (
        "exceptions:\n  - {rule: ACME-1, record: V-9, reason: Lease, approver: Head, expires: 2027-01-01}\n"
    )
    (made / "exceptions.yaml").write_text(written, encoding="utf-8")
    return made


def screened(call: Call, folder: Path, owners: tuple[str, ...] = ONE_OWNER) -> tuple[Path, dict[str, Any]]:
    """Screen a record with the folder's rules; return the results and the one flag."""
    source, out = folder.parent / "vendors.jsonl", folder.parent / "out.jsonl"
    told = {
        "id": "V-1",
        "name": "Duval",
        "country": "France",
        "owners": [{"name": owner} for owner in owners],
    }
    source.write_text(json.dumps(told), encoding="utf-8")
    assert call("screen", source, "--rules", folder, "-o", out, "--as-of", DAY).code == 0
    (flag,) = json.loads(out.read_text(encoding="utf-8"))["flags"]
    return out, flag


def cleared(call: Call, folder: Path, out: Path, keys: set[str], **change: str) -> Ended:
    """Clear listed parties for the record, with some options written otherwise."""
    told = {
        "reason": "Another seat and register number",
        "evidence": "Register extract 4711",
        "author": "J. Park",
        "approver": "M. Ruiz",
        "expires": "2027-03-31",
        "record": "V-1",
    } | change
    options = [part for name, value in told.items() for part in (f"--{name}", value)]
    entries = [part for key in sorted(keys) for part in ("--entry", key)]
    return call("rules", "clear", out, "--rules", folder, *options, *entries)


def keys_of(flag: dict[str, Any]) -> set[str]:
    """Return the listed parties a flag met."""
    return {one["entry"] for one in flag["evidence"] if one.get("listed")}


@pytest.mark.parametrize("owners", [ONE_OWNER, TWO_OWNERS])
def test_cleared_hits_count_nothing_and_stay_visible(
    call: Call, folder: Path, owners: tuple[str, ...]
) -> None:
    """
    Once every listed party is cleared the flag is excepted with who and why; other exceptions are kept.
    """
    out, flag = screened(call, folder, owners)
    assert flag["status"] == "raised"
    assert len(keys_of(flag)) > 1

    ended = cleared(call, folder, out, keys_of(flag))
    _, after = screened(call, folder, owners)

    assert ended.code == 0, ended.err
    assert (after["status"], after["set_aside_by"]) == ("excepted", "M. Ruiz")
    assert all("Another seat" in one["note"] for one in after["evidence"] if one.get("listed"))
    book = load_rulebook(folder)
    assert {one.record for one in book.exceptions} == {"V-1", "V-9"}
    assert {(one.author, one.evidence) for one in book.exceptions if one.entry} == {
        ("J. Park", "Register extract 4711")
    }


def test_one_of_several_clears_nothing_and_a_second_run_replaces(call: Call, folder: Path) -> None:
    """
    A hit on another listed party keeps the flag raised; an entry written again takes the place of the first.
    """
    out, flag = screened(call, folder)
    some = {min(keys_of(flag))}
    assert cleared(call, folder, out, some).code == 0
    assert cleared(call, folder, out, some, reason="Another birth date").code == 0

    entries = [one for one in load_rulebook(folder).exceptions if one.entry]
    assert [one.reason for one in entries] == ["Another birth date"]
    assert screened(call, folder)[1]["status"] == "raised"


def test_other_thresholds_void_an_entry(call: Call, folder: Path) -> None:
    """
    When names are compared by other thresholds the hit counts again and says why.
    """
    out, flag = screened(call, folder)
    cleared(call, folder, out, keys_of(flag))
    path = folder / "exceptions.yaml"
    digest = next(one.fingerprint_thresholds for one in load_rulebook(folder).exceptions if one.entry)
    path.write_text(path.read_text(encoding="utf-8").replace(digest, "sha256:other"), encoding="utf-8")

    _, after = screened(call, folder)

    assert after["status"] == "raised"
    assert all("other thresholds" in one["note"] for one in after["evidence"] if one.get("listed"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"approver": "j. park"}, "own-approval"),
        ({"expires": "soon"}, "not-a-date"),
        ({"evidence": ""}, "missing-key"),
        ({"record": "V-2"}, "no results have the id"),
    ],
)
def test_what_no_one_may_approve_is_refused_and_nothing_written(
    call: Call, folder: Path, change: dict[str, str], says: str
) -> None:
    """
    Nobody approves his own entry, and an entry without proof, with a bad day or for no result is not written.
    """
    out, flag = screened(call, folder)
    before = (folder / "exceptions.yaml").read_bytes()

    ended = cleared(call, folder, out, keys_of(flag), **change)

    assert ended.code == 2
    assert says in ended.err
    assert (folder / "exceptions.yaml").read_bytes() == before


def test_a_party_that_was_not_met_is_refused_with_those_that_were(call: Call, folder: Path) -> None:
    """
    Only what the result says of the record can be cleared.
    """
    out, flag = screened(call, folder)

    ended = cleared(call, folder, out, {"us-ofac-sdn:1"})

    assert ended.code == 2
    assert min(keys_of(flag)) in ended.err
