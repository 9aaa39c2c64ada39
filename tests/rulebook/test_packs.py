"""
A pack is the rulebook it was made from, stands alone, and is refused when a byte of it is another one.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laborscreen import Screener
from laborscreen.errors import RulebookError, UsageError
from laborscreen.ledger import replaying
from laborscreen.ledger.run import Run
from laborscreen.ledger.stored import CaseLine, StoredCase
from laborscreen.ledger.stored_input import to_bytes
from laborscreen.rulebook import check_rulebook, freeze_rulebook, load_rulebook, open_pack, written_at
from laborscreen.rulebook.pack_file import require_two_people
from tests.rulebook.packs import pack, rule

DAY = date(2026, 6, 30)
KP = "{field: country, is: KP}"
WORDS = {"author": "Anna Weiss", "approver": "Ben Braun", "reason": "First release.", "made": DAY}
RECORD = {
    "id": "V-1",
    "name": "ООО Востокстрой",
    "country": "KP",
    "workforce": [{"nationality": "КНДР", "headcount": 40, "hours_per_day": "18 часов"}],
}


def own(folder: Path) -> Path:
    """Write a rulebook of one rule, with a list of its own in a file below it."""
    more = "lists:\n  - {id: own_words, title: Own words, match: whole_word, file: words/own.csv}\n"
    (folder / "words").mkdir(parents=True)
    (folder / "words" / "own.csv").write_text(
        "term,language,source,note\nnight shift,en,usage,\n", encoding="utf-8-sig"
    )
    when = "{any: [{field: country, is: KP}, {field: activities, mentions: own_words, if_missing: no_match}]}"
    return pack(folder, rule(when), more=more)


def frozen(folder: Path, tmp_path: Path) -> Path:
    """Freeze a folder and return the pack."""
    made = tmp_path / "approved.lsr"
    made.write_bytes(freeze_rulebook(folder, **WORDS))  # type: ignore[arg-type]
    return made


def resealed(lines: list[bytes]) -> bytes:
    """Return a pack of these lines below the seal, with a seal that holds: what somebody with ill intent would write."""
    content = b"".join(line + b"\n" for line in lines)
    seal = {"format": "laborscreen-rulebook 1", "sha256": hashlib.sha256(content).hexdigest()}
    return orjson.dumps(seal) + b"\n" + content


@pytest.mark.parametrize("shipped", [True, False], ids=["the shipped rulebook", "one that stands on it"])
def test_a_pack_gives_the_very_results_of_its_folder(tmp_path: Path, shipped: bool) -> None:
    """
    Digest, rules, guards and results are the same, byte for byte, from the folder and from the pack.
    """
    folder = None if shipped else own(tmp_path / "own")
    made = tmp_path / "approved.lsr"
    made.write_bytes(freeze_rulebook(folder, **WORDS))  # type: ignore[arg-type]

    of_folder, of_pack = load_rulebook(folder), load_rulebook(made)

    assert of_pack.digest == of_folder.digest
    assert [one.id for one in of_pack.guards] == [one.id for one in of_folder.guards]
    assert of_pack.pack is not None
    assert of_folder.pack is None
    assert (of_pack.pack.author, of_pack.pack.approver, of_pack.pack.made) == ("Anna Weiss", "Ben Braun", DAY)
    told = [Screener(which, as_of=DAY).screen(RECORD).to_json() for which in (folder, made, str(made))]
    assert told[0] == told[1] == told[2]


def test_a_pack_stands_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What it inherits is in it: with another shipped rulebook installed it still reads as it was approved.
    """
    made = frozen(own(tmp_path / "own"), tmp_path)
    before = load_rulebook(made)
    other = pack(tmp_path / "other", rule(KP, id="LS-XXX-001"))
    monkeypatch.setattr("laborscreen.rulebook.loading.shipped_folder", lambda: other)

    after = load_rulebook(made)

    assert after.digest == before.digest
    assert after.lists.keys() == before.lists.keys()
    assert "ilo-indicators" in after.sources


def test_the_same_rulebook_gives_the_same_bytes(tmp_path: Path) -> None:
    """
    Freezing twice, and from a copy elsewhere, gives one and the same file.
    """
    first, second = own(tmp_path / "a"), own(tmp_path / "b")

    made = freeze_rulebook(first, **WORDS)  # type: ignore[arg-type]

    assert made == freeze_rulebook(first, **WORDS)  # type: ignore[arg-type]
    assert made == freeze_rulebook(second, **WORDS)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A pack, made once: freezing reads every list."""
    return freeze_rulebook(own(tmp_path_factory.mktemp("approved") / "own"), **WORDS)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_changed_byte_voids_the_approval(
    approved: bytes, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """
    Whatever byte is changed, added or taken away, the pack is refused with its name and a cure.
    """
    folder = tmp_path_factory.mktemp("packs")
    made = bytearray(approved)
    at = data.draw(st.one_of(st.integers(0, 700), st.integers(0, len(made) - 1)))
    match data.draw(st.sampled_from(["change", "add", "cut"])):
        case "change":
            made[at] ^= data.draw(st.integers(1, 255))
        case "add":
            made.insert(at, data.draw(st.integers(0, 255)))
        case _:
            del made[at]
    broken = folder / "broken.lsr"
    broken.write_bytes(made)

    with pytest.raises(RulebookError) as refused:
        load_rulebook(broken)

    assert str(broken) in str(refused.value)


def _path(name: str) -> Callable[[list[Any]], None]:
    def change(documents: list[Any]) -> None:
        documents[1]["path"] = name
        documents[0]["files"][0]["path"] = name

    return change


def _set(key: str, value: object) -> Callable[[list[Any]], None]:
    def change(documents: list[Any]) -> None:
        documents[0][key] = value

    return change


def _extra(documents: list[Any]) -> None:
    text = "echo hello\n"
    documents.append({"path": "rules/zzz.sh", "text": text})
    documents[0]["files"].append(
        {"path": "rules/zzz.sh", "bytes": len(text), "sha256": hashlib.sha256(text.encode()).hexdigest()}
    )


def _twice(documents: list[Any]) -> None:
    documents.append(documents[-1])
    documents[0]["files"].append(documents[0]["files"][-1])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_path("rules/../../../etc/passwd"), "outside-folder"),
        (_path("/etc/passwd"), "outside-folder"),
        (_path("base/./combinations.yaml"), "outside-folder"),
        (_path("base\\combinations.yaml"), "outside-folder"),
        (_path("C:/base.yaml"), "outside-folder"),
        (_path("elsewhere/combinations.yaml"), "outside-folder"),
        (_extra, "pack-extra-file"),
        (_twice, "pack-damaged"),
        (_set("approver", " ANNA  weiss"), "pack-approval"),
        (_set("approver", ""), "pack-damaged"),
        (_set("made", "yesterday"), "pack-damaged"),
        (_set("rulebook", "0" * 64), "pack-reads-otherwise"),
        (_set("files", {}), "pack-damaged"),
    ],
)
def test_a_hostile_pack_with_a_whole_seal_is_refused(
    change: Callable[[list[Any]], None], fault: str, tmp_path: Path
) -> None:
    """
    Names that lead elsewhere, files nobody asked for, and approvals that are none are refused even under a good seal.
    """
    lines = frozen(own(tmp_path / "own"), tmp_path).read_bytes().splitlines()
    documents = [json.loads(line) for line in lines[1:]]
    change(documents)
    made = tmp_path / "hostile.lsr"
    made.write_bytes(resealed([orjson.dumps(document) for document in documents]))

    began = time.process_time()
    told = {problem.id for problem in _problems(made)}

    assert fault in told
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"PK\x03\x04",
        b"{}\n",
        b"[" * 100_000,
        b"\xff\xfe\n",
        b'{"format":"laborscreen-rulebook 9","sha256":""}\n',
    ],
)
def test_what_is_no_pack_is_refused(content: bytes, tmp_path: Path) -> None:
    """
    Archives, rubbish and packs of another format are refused with a message.
    """
    made = tmp_path / "odd.lsr"
    made.write_bytes(content)

    assert {problem.id for problem in _problems(made)} & {"not-a-pack", "pack-format"}


def test_a_pack_that_is_not_there_is_named(tmp_path: Path) -> None:
    """
    A misspelt name gives a message and not a traceback.
    """
    assert [problem.id for problem in _problems(tmp_path / "nowhere.lsr")] == ["unreadable-file"]


def _problems(path: Path) -> tuple[Any, ...]:
    with pytest.raises(RulebookError) as refused:
        load_rulebook(path)
    return refused.value.problems


@pytest.mark.parametrize(
    ("author", "approver"),
    [
        ("A. Weiss", "a  weiss"),
        ("Weiss, Anna", "ANNA WEISS"),
        ("Ａnna", "anna"),
        ("Анна", " анна\u200b"),
        ("x", ""),
        ("-", "y"),
    ],
)
def test_nobody_approves_his_own_rulebook(author: str, approver: str) -> None:
    """
    Case, blanks, marks, width and the order of names do not make two people of one.
    """
    with pytest.raises(UsageError):
        require_two_people(author, approver)


def test_two_people_are_two(tmp_path: Path) -> None:
    """
    Different names pass; a pack without a reason, of a faulty rulebook or of a pack is not made.
    """
    require_two_people("Anna Weiss", "Anna Weisz")
    with pytest.raises(UsageError, match="reason"):
        freeze_rulebook(None, **{**WORDS, "reason": " "})  # type: ignore[arg-type]
    with pytest.raises(RulebookError, match="unknown-field"):
        freeze_rulebook(pack(tmp_path / "bad", rule("{field: cuntry, is: KP}")), **WORDS)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="already"):
        freeze_rulebook(frozen(own(tmp_path / "own"), tmp_path), **WORDS)  # type: ignore[arg-type]


def test_places_in_a_pack_lead_to_their_text(tmp_path: Path) -> None:
    """
    A rule's place names the pack and the file in it, and the text there is the text packed; checking a pack works, too.
    """
    made = frozen(own(tmp_path / "own"), tmp_path)
    (found,) = load_rulebook(made).rules

    assert found.location.path == f"{made}!rules/rules.yaml"
    assert written_at(found.location.path).splitlines()[found.location.line - 1].strip() == "- id: ACME-1"
    assert check_rulebook(made, today=date(2026, 12, 1)) == ()
    assert open_pack(made).part("rules").keys() == {"rules.yaml", "words/own.csv"}


def test_an_old_result_is_made_again_from_stored_input_and_pack(tmp_path: Path) -> None:
    """
    With the input as stored and the pack of that day a result comes out again byte for byte, whatever became of the folder.
    """
    folder = own(tmp_path / "own")
    made = frozen(folder, tmp_path)
    day = Screener(folder).on(DAY)
    result = Screener(folder, as_of=DAY).screen(RECORD)
    line = CaseLine(1, "", "V-1", result.outcome, DAY.isoformat(), "", "", erased=False)
    case = StoredCase(1, 1, Run.on(day, "tests"), line, to_bytes(RECORD), result.to_json().encode(), ())
    (folder / "words" / "own.csv").write_text("term\nday shift\n", encoding="utf-8")

    assert replaying.replay(case, Screener(made)).same
    assert not replaying.replay(case, Screener(folder)).same


@pytest.mark.parametrize("status", ["test", "draft"])
def test_a_rule_that_is_not_approved_scores_only_when_asked_for_and_says_so(
    tmp_path: Path, status: str
) -> None:
    """
    Without being asked for it raises nothing; asked for, flag, heading, provenance and plain text tell its status.
    """
    folder = pack(tmp_path, rule(KP, status=status), rule(KP, id="ACME-2"))

    plain = Screener(folder, as_of=DAY).screen(RECORD)
    asked = Screener(folder, as_of=DAY, include=("stable", status)).screen(RECORD)

    assert [flag.rule for flag in plain.flags] == ["ACME-2"]
    assert plain.provenance.rules_note == ""
    assert {flag.rule: flag.rule_status for flag in asked.flags} == {"ACME-1": status, "ACME-2": "stable"}
    assert asked.flags[0].heading == f"A rule [{status} rule]"
    assert asked.axes["concealment"].score > plain.axes["concealment"].score
    note = f"1 rule with the status {status} scored too, as was asked; nobody has approved them"
    assert asked.provenance.rules_note == note
    assert note in asked.explain()
