"""
The ledger keeps what was found and what people decided, in a file and in PostgreSQL alike.
"""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from laborscreen import Screener
from laborscreen.errors import InputError, LaborscreenError, UsageError
from laborscreen.ledger import Decision, DecisionWord, ErasureGround, Ledger, ReviewPolicy, Run
from tests.ledger.conftest import ROOT, TOLD, escalated, filled


def test_what_was_written_is_there_and_the_chain_holds(place: str, screener: Screener) -> None:
    """
    An assessment and a decision come back as they were, and nothing is broken.
    """
    ledger, (number,) = filled(place, screener)
    ledger.decide(escalated(number))
    case = ledger.case(number)

    assert case.result == screener.screen({**TOLD, "id": "V-0"}).to_json().encode()
    assert [(one.word, one.by, one.reason) for one in case.decisions] == [
        (DecisionWord.ESCALATED, "M. Okafor", "the roster names them")
    ]
    assert ledger.verify().broken == ()
    ledger.close()


def test_an_old_result_is_made_again_byte_for_byte(place: str, screener: Screener) -> None:
    """
    The stored input, rulebook and day give the stored result.
    """
    with filled(place, screener)[0] as ledger:
        (line,) = ledger.cases()

        assert ledger.replay(line.assessment, screener).same


def test_what_a_replay_differs_in_is_named(place: str, screener: Screener, tmp_path: Path) -> None:
    """
    Another rulebook does not pass for the one of that time: it is named, and so are the places that came out otherwise.
    """
    rules = tmp_path / "other_rules"
    rules.mkdir()
    shutil.copy(ROOT / "rules" / "geography.yaml", rules)
    with filled(place, screener)[0] as ledger:
        (line,) = ledger.cases()
        found = ledger.replay(line.assessment, Screener(rules, as_of=screener.on().day))

    assert not found.same
    assert found.differences[0].startswith(f"rulebook: {screener.rulebook.digest} then, ")
    assert "outcome differs" in found.differences


@pytest.mark.parametrize("early", [True, False])
def test_erasing_a_party_keeps_the_chain_verifiable(place: str, screener: Screener, early: bool) -> None:
    """
    The texts and the id of a party go, early only if that is said; the chain stays whole, another party's texts stay.
    """
    ledger, (first, second) = filled(place, screener, copies=2)
    ledger.decide(escalated(first))
    told: dict[str, Any] = {"by": "M. Okafor", "ground": ErasureGround.REQUEST, "reference": "letter 12"}
    if not early:
        with pytest.raises(UsageError, match="has to be kept until 20"):
            ledger.erase("V-0", **told)
        assert ledger.case(first).result is not None
        ledger.close()
        return
    gone = ledger.erase("V-0", early=True, **told)

    assert gone == 3
    assert ledger.case(first).result is None
    assert ledger.case(first).decisions[0].reason == ""
    assert ledger.case(second).result is not None
    assert ledger.verify().broken == ()
    with pytest.raises(UsageError, match="nothing is kept about 'V-0'"):
        ledger.export_party("V-0")
    with pytest.raises(UsageError, match="was erased"):
        ledger.decide(escalated(first))
    ledger.close()


def test_erased_text_is_not_on_the_disk(tmp_path: Path, screener: Screener) -> None:
    """
    After an erasure no file of the ledger holds the party's name any more.
    """
    place = tmp_path / "cases.db"
    with filled(place, screener)[0] as ledger:
        before = b"".join(one.read_bytes() for one in tmp_path.iterdir())
        ledger.erase("V-0", by="M. Okafor", ground=ErasureGround.ORDER, reference="order 3", early=True)
        after = b"".join(one.read_bytes() for one in tmp_path.iterdir())

    name = TOLD["name"].encode()
    assert name in before
    assert name not in after


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_decision_needs_a_reason(reason: str) -> None:
    """
    Nobody decides without saying why.
    """
    with pytest.raises(UsageError, match="reason"):
        Decision(1, DecisionWord.ESCALATED, "M. Okafor", "compliance officer", reason)


def test_a_case_is_not_cleared_without_its_proof() -> None:
    """
    Who clears says where the proof is kept.
    """
    with pytest.raises(UsageError, match="needs evidence"):
        Decision(1, DecisionWord.CLEARED, "M. Okafor", "compliance officer", "another person of that name")


def test_whoever_asked_for_the_screening_does_not_clear_it(place: str, screener: Screener) -> None:
    """
    What settles a case needs somebody else, whatever the spelling of the name; the policy can say otherwise.
    """
    ledger, (number,) = filled(place, screener)

    def cleared(by: str) -> Decision:
        return Decision(number, DecisionWord.CLEARED, by, "buyer", "seen the roster", evidence="file 7")

    with pytest.raises(UsageError, match="needs a reviewer other than procurement"):
        ledger.decide(cleared(" Procurement "))
    assert ledger.case(number).decisions == ()
    assert ledger.decide(cleared("M. Okafor"))
    ledger.set_policy(ReviewPolicy(separate_reviewer=frozenset()), by="The board")
    assert ledger.decide(cleared("procurement"))
    assert ledger.verify().broken == ()
    ledger.close()


def test_rows_are_kept_for_ten_years(place: str, screener: Screener) -> None:
    """
    Ten years are the default, counted from the day a row is written; a policy changes later rows and no earlier one.
    """
    clock = lambda: datetime(2026, 3, 1, tzinfo=UTC)  # noqa: E731 -- a clock that stands still
    with Ledger(place, create=True, clock=clock) as ledger:
        run = ledger.begin_run(Run.on(screener.on(), "procurement"))
        ledger.record(run, [(TOLD, screener.screen(TOLD))])
        ledger.set_policy(ReviewPolicy(retain_years=15), by="The board")
        ledger.record(run, [(TOLD, screener.screen(TOLD))])

        assert [one.retain_until for one in ledger.cases()] == ["2036-03-01", "2041-03-01"]
        assert [one.retain_until for one in ledger.cases(kept_until_before="2040-01-01")] == ["2036-03-01"]


def test_an_assessment_of_another_record_is_refused(place: str, screener: Screener) -> None:
    """
    What is stored as the input must be what was screened; nothing of the batch is kept otherwise.
    """
    with Ledger(place, create=True) as ledger:
        run = ledger.begin_run(Run.on(screener.on(), "procurement"))
        with pytest.raises(UsageError, match="is not of the record given with it"):
            ledger.record(
                run, [(TOLD, screener.screen(TOLD)), ({**TOLD, "country": "FR"}, screener.screen(TOLD))]
            )

        assert list(ledger.cases()) == []


def test_the_redacted_log_names_nobody(place: str, screener: Screener) -> None:
    """
    The exported chain and redacted views hold keys in the place of ids, names and texts.
    """
    ledger, (number,) = filled(place, screener)
    ledger.decide(escalated(number))
    log = json.dumps([dict(one) for one in ledger.export_log()], ensure_ascii=False)
    party = json.dumps(ledger.export_party("V-0", redacted=True), ensure_ascii=False)
    shown = ledger.case(number, redacted=True)
    listed = next(iter(ledger.cases(redacted=True)))
    ledger.close()

    for personal in ("V-0", TOLD["name"], "Okafor", "the roster names them"):
        assert personal not in log
        assert personal not in party
        assert personal not in repr(shown)
        assert personal not in repr(listed)


def test_everything_about_one_party_can_be_exported(place: str, screener: Screener) -> None:
    """
    Input, result, decisions and chain rows of one party come out; of another party nothing does.
    """
    ledger, (first, second) = filled(place, screener, copies=2)
    ledger.decide(escalated(first), escalated(second))
    told = ledger.export_party("V-1")
    ledger.close()

    (case,) = told["cases"]
    assert case["input"] == {**TOLD, "id": "V-1"}
    assert case["result"]["record_id"] == "V-1"
    assert case["decisions"][0]["reason"] == "the roster names them"
    assert [row["table"] for row in told["rows"]] == ["runs", "assessments", "decisions"]
    assert "V-0" not in json.dumps(told)


def test_a_final_export_needs_reason_and_contest_note(place: str, screener: Screener) -> None:
    """
    Nothing is marked final before a person has decided and told how it can be contested.
    """
    ledger, (number,) = filled(place, screener)
    with pytest.raises(UsageError, match="lacks a decision with a reason and a contest note"):
        ledger.export_party("V-0", final=True)
    ledger.decide(escalated(number))
    with pytest.raises(UsageError, match="contest note"):
        ledger.export_party("V-0", final=True)
    ledger.decide(
        Decision(number, DecisionWord.ESCALATED, "M. Okafor", "compliance", "named", contest="by letter")
    )

    assert ledger.export_party("V-0", final=True)["final"]
    ledger.close()


def test_the_database_itself_refuses_changes(place: str, screener: Screener) -> None:
    """
    The tables of the chain take rows and nothing else, whoever asks; texts can be erased and not rewritten.
    """
    ledger, (number,) = filled(place, screener)
    ledger.decide(escalated(number))
    attempts = [
        f"{verb} {table} {rest}".strip()
        for table in ("runs", "assessments", "decisions")
        for verb, rest in (("UPDATE", "SET at = ''"), ("DELETE FROM", ""))
    ]
    for attempt in [*attempts, "UPDATE payloads SET salt = body"]:
        with pytest.raises(LaborscreenError, match="append-only"), ledger._database.writing() as connection:
            connection.execute(text(attempt))

    assert ledger.verify().broken == ()
    ledger.close()


def test_two_writers_at_once_make_one_chain(place: str, screener: Screener) -> None:
    """
    Rows written by several threads stand in one unbroken chain, and none is lost.
    """
    ledger, numbers = filled(place, screener, copies=4)
    ledger.close()

    def decide(number: int) -> list[int]:
        with Ledger(place) as own:
            return [own.decide(escalated(number, f"person {turn}"))[0] for turn in range(5)]

    with ThreadPoolExecutor(4) as pool:
        written = [number for numbers in pool.map(decide, numbers) for number in numbers]
    with Ledger(place) as again:
        assert len(set(written)) == 20
        assert sum(len(again.case(number).decisions) for number in numbers) == 20
        assert again.verify().broken == ()


def test_two_makers_at_once_make_one_ledger(place: str) -> None:
    """
    Programs that find no ledger and make one at the same moment share it.
    """
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda _: Ledger(place, create=True), range(2)))
    numbers = [one.set_policy(ReviewPolicy(), by="The board") for one in made]
    for one in made:
        one.close()

    assert sorted(numbers) == [1, 2]


def test_what_is_no_ledger_is_named(tmp_path: Path) -> None:
    """
    A missing file, a file of another kind and a database of another kind are told apart in words.
    """
    (tmp_path / "note.db").write_text("not a database, however long it may be" * 40, encoding="utf-8")

    with pytest.raises(InputError, match="there is no ledger"):
        Ledger(tmp_path / "missing.db")
    with pytest.raises(InputError, match="cannot be read"):
        Ledger(tmp_path / "note.db")
    with pytest.raises(UsageError, match="cannot be kept in mysql"):
        Ledger("mysql://user@host/name")


def test_a_password_is_never_shown(screener: Screener) -> None:
    """
    A server that cannot be reached is named without the password of its URL.
    """
    pytest.importorskip("psycopg", reason="psycopg is not installed")

    with pytest.raises(InputError) as caught:
        Ledger("postgresql://user:hush-hush@127.0.0.1:1/cases")

    assert "hush-hush" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)
