"""
What one record costs: verdict, full assessment, start-up.

    python benchmarks/one_record.py

Figures for one record are medians of CPU time on a warm screener, over the records of ``examples/due_diligence.jsonl`` and a
sparse one: with all rules of the shipped rulebook, and with 60 of them, for which the bounds are stated. Those of the start
are medians over fresh processes; the wall clock is what a person waits, and CPU time what is left of it on a busy machine.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 400
FEW = 60
"""Rules of the smaller rulebook."""

BOUNDS = {"verdict": 50, "full assessment": 500}
"""Microseconds, with about 60 rules."""

STARTS = {
    "import laborscreen": ("import laborscreen", 80),
    "from laborscreen import Screener": ("from laborscreen import Screener", None),
    "Screener()": ("from laborscreen import Screener; begin(); Screener()", 200),
    "Screener().screen(record)": (
        "from laborscreen import Screener; begin(); Screener().screen({'id': '1', 'name': 'A', 'country': 'FR'})",
        None,
    ),
}
"""What is begun, the code, and the most milliseconds it may take by the wall clock."""

COMMANDS = {"ten rows": ((), 1_000), "ten rows, no list": (("--watchlist", "none"), None)}


def median_us(call, runs=RUNS):
    """Median CPU time of a call in microseconds."""
    for _ in range(20):
        call()
    took = []
    for _ in range(runs):
        started = time.process_time_ns()
        call()
        took.append(time.process_time_ns() - started)
    return statistics.median(took) / 1_000


def start(code):
    """Return wall and CPU milliseconds of some code in fresh processes, from `begin` or the first line on."""
    script = (
        "import time\n"
        "def begin():\n"
        "    global wall, cpu\n"
        "    wall, cpu = time.perf_counter(), time.process_time()\n"
        f"begin()\n{code}\n"
        "print(time.perf_counter() - wall, time.process_time() - cpu)"
    )
    runs = []
    for _ in range(7):
        told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        runs.append([float(part) * 1_000 for part in told.stdout.split()])
    return [statistics.median(column) for column in zip(*runs, strict=True)]


def command(options):
    """Return wall and CPU milliseconds of a whole run of `laborscreen screen` on ten rows."""
    lines = (ROOT / "examples" / "vendor_master.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "ten.csv")
        table.write_text("".join(lines[:11]), encoding="utf-8")
        asked = [sys.executable, "-m", "laborscreen", "screen", str(table), *options]
        for _ in range(7):
            before, wall = os.times(), time.perf_counter()
            subprocess.run(asked, capture_output=True, check=True)
            took, after = time.perf_counter() - wall, os.times()
            cpu = after.children_user + after.children_system - before.children_user - before.children_system
            runs.append((took * 1_000, cpu * 1_000))
    return [statistics.median(column) for column in zip(*runs, strict=True)]


def fewer(rulebook):
    """Return the rulebook with about 60 of its rules, taken from all over it, and those that they refer to."""
    from laborscreen.rulebook import flagged_in

    active = rulebook.active
    kept = {}

    def keep(rule):
        if rule.id not in kept:
            kept[rule.id] = rule
            for flag in flagged_in(rule.when):
                if flag.rule in rulebook.by_id:
                    keep(rulebook.by_id[flag.rule])

    for rule in active[:: max(1, len(active) // FEW)]:
        if len(kept) < FEW:
            keep(rule)
    return replace(rulebook, rules=tuple(rule for rule in active if rule.id in kept))


def judge(screener, records, sparse):
    """Print what one record costs with one rulebook."""
    few = len(screener.rulebook.active) <= FEW
    print(f"{len(screener.rulebook.active)} rules, {len(records)} example records, medians of CPU time")
    verdicts = [median_us(lambda record=record: screener.verdict(record), 100) for record in records]
    whole = [median_us(lambda record=record: screener.screen(record), 60) for record in records]
    for name, call, took in (
        ("verdict", screener.verdict, verdicts),
        ("full assessment", screener.screen, whole),
    ):
        plain = median_us(lambda call=call: call(sparse))
        bound = f"; at most {BOUNDS[name]}" if few else ""
        print(
            f"  {name:16s}{statistics.median(took):8.1f} us   "
            f"(sparse record {plain:.1f}, dearest {max(took):.1f}{bound})"
        )


def show(name, took, bound):
    """Print one figure of a start."""
    wall, cpu = took
    most = f"   (at most {bound:,} ms)" if bound else ""
    print(f"  {name:34s}{wall:8.1f} ms wall {cpu:8.1f} ms CPU{most}")


def main():
    from laborscreen import Record, Screener

    screener = Screener(as_of=date(2026, 1, 1))
    lines = (ROOT / "examples" / "due_diligence.jsonl").read_text(encoding="utf-8").splitlines()
    records = [Record.model_validate(json.loads(line)) for line in lines if line.strip()]
    sparse = Record(id="V-7", name="Papeterie Duval", country="France")
    judge(screener, records, sparse)
    judge(Screener(fewer(screener.rulebook), as_of=date(2026, 1, 1)), records, sparse)
    if sys.dont_write_bytecode:
        print("PYTHONDONTWRITEBYTECODE is set: every start below compiles a checkout's modules anew")
    print("fresh processes, medians")
    for name, (code, bound) in STARTS.items():
        show(name, start(code), bound)
    for name, (options, bound) in COMMANDS.items():
        show(f"laborscreen screen, {name}", command(options), bound)


if __name__ == "__main__":
    main()
