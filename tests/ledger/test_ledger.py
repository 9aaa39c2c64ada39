"""The ledger keeps what was found and what people decided, and notices when anybody changes it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from laborscreen import Screener
from laborscreen.errors import UsageError
from laborscreen.ledger import Decision, DecisionWord, ErasureGround, Ledger, Run

TOLD = {
    "id": "V-7",
    "name": "Амурстрой",
    "country": "RU",
    "workforce": [{"nationality": "КНДР", "headcount": 9}],
}


@pytest.fixture(scope="module")
def screener() -> Screener:
    """The shipped rulebook on a fixed day."""
    return Screener(as_of=date(2026, 1, 1))


def filled(place, screener, copies=1):
    """A ledger with one run and some assessments, and their numbers."""
    ledger = Ledger(place, create=True)
    run = ledger.begin_run(Run.on(screener.on(), "procurement"))
    records = [{**TOLD, "id": f"V-{number}"} for number in range(copies)]
    return ledger, ledger.record(run, [(one, screener.screen(one)) for one in records])


def escalated(number, by="M. Okafor"):
    return Decision(number, DecisionWord.ESCALATED, by, "compliance officer", "the roster names them")


def test_what_was_written_is_there_and_the_chain_holds(tmp_path, screener):
    """An assessment and a decision come back as they were, and nothing is broken."""
    ledger, (number,) = filled(tmp_path / "cases.db", screener)
    ledger.decide(escalated(number))
    case = ledger.case(number)

    assert json.loads(case.result) == json.loads(screener.screen({**TOLD, "id": "V-0"}).to_json())
    assert [one.word for one in case.decisions] == [DecisionWord.ESCALATED]
    assert ledger.verify().broken == ()


def test_an_old_result_is_made_again_byte_for_byte(tmp_path, screener):
    """The stored input, rulebook and day give the stored result; another rulebook's day does not pass for it."""
    ledger, (number,) = filled(tmp_path / "cases.db", screener)

    assert ledger.replay(number, screener).same


@pytest.mark.parametrize("table", ["runs", "assessments", "decisions", "payloads"])
def test_a_changed_row_is_found(tmp_path, screener, table):
    """Whoever edits the file behind the ledger's back is found out, whichever table it was."""
    place = tmp_path / "cases.db"
    ledger, (number,) = filled(place, screener)
    ledger.decide(escalated(number))
    ledger.close()
    with sqlite3.connect(place) as raw:
        triggers = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            raw.execute(f'DROP TRIGGER "{name}"')
        columns = [
            row[1] for row in raw.execute(f"PRAGMA table_info({table})") if row[2].upper() in ("TEXT", "BLOB")
        ]
        kept = [name for name in columns if name not in ("digest", "previous")]
        value = raw.execute(f'SELECT "{kept[-1]}" FROM {table}').fetchone()[0]
        changed = value + (b"x" if isinstance(value, bytes) else "x")
        raw.execute(f'UPDATE {table} SET "{kept[-1]}" = ?', (changed,))
    raw.close()

    assert Ledger(place).verify().broken != ()


def test_erasing_a_party_keeps_the_chain_verifiable(tmp_path, screener):
    """The texts about a party go, the chain stays whole, and another party's texts stay."""
    ledger, (first, second) = filled(tmp_path / "cases.db", screener, copies=2)
    gone = ledger.erase(
        "V-0", by="M. Okafor", ground=ErasureGround.REQUEST, reference="letter 12", early=True
    )

    assert gone > 0
    assert ledger.case(first).result is None
    assert ledger.case(second).result is not None
    assert ledger.verify().broken == ()


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_decision_needs_a_reason(reason):
    """Nobody decides without saying why."""
    with pytest.raises(UsageError, match="reason"):
        Decision(1, DecisionWord.ESCALATED, "M. Okafor", "compliance officer", reason)


def test_two_writers_at_once_make_one_chain(tmp_path, screener):
    """Rows written by several threads stand in one unbroken chain, and none is lost."""
    place = tmp_path / "cases.db"
    ledger, numbers = filled(place, screener, copies=4)
    ledger.close()

    def decide(number):
        with Ledger(place) as own:
            return [own.decide(escalated(number, f"person {turn}"))[0] for turn in range(5)]

    with ThreadPoolExecutor(4) as pool:
        written = [number for numbers in pool.map(decide, numbers) for number in numbers]
    with Ledger(place) as again:
        assert len(set(written)) == 20
        assert sum(len(again.case(number).decisions) for number in numbers) == 20
        assert again.verify().broken == ()


def test_what_was_acknowledged_survives_a_kill(tmp_path, screener):
    """A writer is killed in the middle: every number it had printed is in the ledger, and the chain holds."""
    place = tmp_path / "cases.db"
    ledger, (number,) = filled(place, screener)
    ledger.close()
    script = (
        "import sys\nfrom laborscreen.ledger import Decision, DecisionWord, Ledger\n"
        f"ledger = Ledger({str(place)!r})\n"
        "while True:\n"
        f"    one = Decision({number}, DecisionWord.ESCALATED, 'M. Okafor', 'compliance', 'again')\n"
        "    print(ledger.decide(one)[0], flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline()) for _ in range(10)]
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged += [int(line) for line in writer.stdout.read().split("\n")[:-1]]

    with Ledger(place) as again:
        kept = {one.number for one in again.case(number).decisions}
        assert set(acknowledged) <= kept
        assert again.verify().broken == ()
