"""
How fast a ledger takes decisions, and how long it takes to check them.

    python benchmarks/ledger_bench.py                    # 1,000,000 decisions into a SQLite file
    python benchmarks/ledger_bench.py --decisions 50000 --place postgresql://user@host/name

Decisions are appended a thousand to a transaction, as a case tool hands over a day's work; each transaction is on the disk
before the next begins. Besides, decisions are appended one to a transaction, as a person clicks.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from laborscreen import Screener
from laborscreen.ledger import Decision, DecisionWord, Ledger, Run

AIM = 2_000  # decisions a second
CASES = 1_000
AT_ONCE = 1_000
ONE_BY_ONE = 500


def main() -> None:
    """Append, check, tell."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--decisions", type=int, default=1_000_000)
    given.add_argument(
        "--place", default="", help="a PostgreSQL URL of an empty database; without it a SQLite file"
    )
    told = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = told.place or f"{folder}/cases.db"
        with Ledger(place, create=True) as ledger:
            cases = _cases(ledger)
            worked = time.process_time()
            rate = _appended(ledger, cases, told.decisions)
            worked = time.process_time() - worked
            single = _one_by_one(ledger, cases)
            begun = time.perf_counter()
            found = ledger.verify()
            checked = time.perf_counter() - begun
        size = sum(one.stat().st_size for one in Path(folder).iterdir())
    assert not found.broken, found.first
    print(
        f"{told.decisions:,} decisions appended, {AT_ONCE:,} a transaction: {rate:,.0f} a second (aim {AIM:,})"
    )
    print(f"  {told.decisions / worked:,.0f} a second of this program's own processor time")
    print(f"{ONE_BY_ONE:,} more, one a transaction: {single:,.0f} a second")
    print(f"verify: {found.rows:,} rows and {found.texts:,} texts in {checked:,.1f} s, nothing broken")
    if size:
        print(f"file: {size / 1e6:,.0f} MB, {size / found.rows:,.0f} bytes a row")


def _cases(ledger: Ledger) -> tuple[int, ...]:
    screener = Screener()
    run = ledger.begin_run(Run.on(screener.on(), "procurement"))
    records = [{"id": f"V-{number}", "name": f"Atelier {number}", "country": "FR"} for number in range(CASES)]
    return ledger.record(run, [(one, screener.screen(one)) for one in records])


def _decisions(cases: tuple[int, ...], many: int) -> Iterator[Decision]:
    for number in range(many):
        yield Decision(
            cases[number % len(cases)],
            DecisionWord.INFORMATION_REQUESTED,
            f"Reviewer {number % 40}",
            "compliance officer",
            f"Roster and pay slips of the last quarter asked for, matter {number}",
        )


def _appended(ledger: Ledger, cases: tuple[int, ...], many: int) -> float:
    todo = _decisions(cases, many)
    begun = told = time.perf_counter()
    done = 0
    while some := list(islice(todo, AT_ONCE)):
        done += len(ledger.decide(*some))
        if time.perf_counter() - told > 10:
            told = time.perf_counter()
            print(f"  {done:,} after {told - begun:,.0f} s", flush=True)
    return many / (time.perf_counter() - begun)


def _one_by_one(ledger: Ledger, cases: tuple[int, ...]) -> float:
    begun = time.perf_counter()
    for one in _decisions(cases, ONE_BY_ONE):
        ledger.decide(one)
    return ONE_BY_ONE / (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
