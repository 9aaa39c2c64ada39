"""
What one record costs: verdict and full assessment.

    python benchmarks/one_record.py

Figures are medians of CPU time on a warm screener, over the records of ``examples/due_diligence.jsonl`` and a sparse one:
with all rules of the shipped rulebook, and with 60 of them, for which the bounds are stated. ``start_up.py`` measures starts.
"""

from __future__ import annotations

import json
import statistics
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


def main():
    from laborscreen import Record, Screener

    screener = Screener(as_of=date(2026, 1, 1))
    lines = (ROOT / "examples" / "due_diligence.jsonl").read_text(encoding="utf-8").splitlines()
    records = [Record.model_validate(json.loads(line)) for line in lines if line.strip()]
    sparse = Record(id="V-7", name="Papeterie Duval", country="France")
    judge(screener, records, sparse)
    judge(Screener(fewer(screener.rulebook), as_of=date(2026, 1, 1)), records, sparse)


if __name__ == "__main__":
    main()
