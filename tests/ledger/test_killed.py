"""
A writer is killed in the middle of its work: what it was told is kept is there, and the chain holds.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from laborscreen import Screener
from tests.ledger.conftest import ROOT, filled

WRITER = """
import sys
from laborscreen.ledger import Decision, DecisionWord, Ledger
place, number, at_once = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with Ledger(place) as ledger:
    print("ready", flush=True)
    while True:
        some = [Decision(number, DecisionWord.ESCALATED, "M. Okafor", "compliance", "again") for _ in range(at_once)]
        print(*ledger.decide(*some), flush=True)
"""


def killed(place: str, number: int, moment: float, at_once: int, told_first: bool) -> set[int]:
    """
    Let a program write until a moment after it began, or was first told, kill it, and return the numbers it was told.
    """
    command = [sys.executable, "-c", WRITER, place, str(number), str(at_once)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        first = writer.stdout.readline() if told_first else ""
        time.sleep(moment)
        os.kill(writer.pid, signal.SIGKILL)
        lines = (first + writer.stdout.read()).split("\n")
    return {int(one) for line in lines[:-1] for one in line.split()}  # the last line may be half told


def kill_often(place: str, screener: Screener, kills: int, seed: int) -> None:
    """
    Kill writers at random moments, and check after each of them.
    """
    told = random.Random(seed)
    ledger, (number,) = filled(place, screener)
    acknowledged: set[int] = set()
    with ledger:
        for turn in range(kills):
            moment, at_once = told.uniform(0, 0.25), told.choice((1, 7, 200))
            acknowledged |= killed(place, number, moment, at_once, told_first=turn % 2 == 0)
            assert ledger.verify().broken == ()
        kept = {one.number for one in ledger.case(number).decisions}

    assert acknowledged
    assert acknowledged <= kept


def test_what_was_acknowledged_survives_a_kill(place: str, screener: Screener) -> None:
    """
    Two kills at random moments: every number a writer was told is in the ledger, and nothing is broken.
    """
    kill_often(place, screener, kills=2, seed=1)


@pytest.mark.soak
def test_what_was_acknowledged_survives_50_kills(place: str, screener: Screener) -> None:
    """
    Fifty kills at random moments, with one, seven and two hundred decisions a transaction.
    """
    kill_often(place, screener, kills=50, seed=2)


def test_programs_that_write_at_once_lose_nothing(place: str, screener: Screener) -> None:
    """
    Two programs write into one ledger until they are killed: both kept on, and all they were told is there.
    """
    ledger, numbers = filled(place, screener, copies=2)
    with ledger:
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, place, str(number), "3"],
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
            )
            for number in numbers
        ]
        first = []
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            first.append(writer.stdout.readline())  # one of them may not come to its turn again
        time.sleep(0.5)
        told = []
        for writer, begun in zip(writers, first, strict=True):
            os.kill(writer.pid, signal.SIGKILL)
            with writer:
                assert writer.stdout is not None
                lines = (begun + writer.stdout.read()).split("\n")[:-1]
                told.append({int(one) for line in lines for one in line.split()})
        found = ledger.verify()
        kept = [{one.number for one in ledger.case(number).decisions} for number in numbers]

    assert found.broken == ()
    assert all(mine and mine <= there for mine, there in zip(told, kept, strict=True))
