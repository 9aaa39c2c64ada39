"""
What working on rules costs: testing a pack of 1,000 rules and 3,000 cases, and mutating the shipped rulebook.

    python benchmarks/rules_bench.py

Figures are CPU seconds, the least of three runs; what has to hold stands beside them. The pack is `make_rule_pack.py`'s.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from make_rule_pack import main as make_pack

RUNS = 3


def least(call):
    """CPU seconds of a call, the least of some runs, and what it gave."""
    took = []
    for _ in range(RUNS):
        started = time.process_time()
        given = call()
        took.append(time.process_time() - started)
    return min(took), given


def tell(what, seconds, limit=""):
    print(f"{what:62s}{seconds:8.2f} s   {limit}")


def main():
    from laborscreen.rulebook import load_rulebook
    from laborscreen.trials import cover, mutate, run_tests

    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder, "pack")
        make_pack(pack, 1_000)
        seconds, report = least(lambda: run_tests(load_rulebook(pack)))
        assert report.passed
        assert len(report.results) == 3_000
        tell("1,000 rules read and their 3,000 cases tested", seconds, "must be under 5 s")
        seconds, _ = least(lambda: cover(load_rulebook(pack)))
        tell("the same with coverage", seconds)
    shipped = load_rulebook()
    seconds, report = least(lambda: run_tests(shipped))
    tell(f"{len(report.results):,} tests of {len(shipped.rules)} shipped rules", seconds)
    seconds, found = least(lambda: mutate(shipped))
    tell(f"{len(found.mutants):,} changes to them tried", seconds, f"mutation score {found.score:.0f}%")


if __name__ == "__main__":
    main()
