"""
What working on rules costs: tests of a large pack, mutation of the shipped rules, impact of a change on 100,000 records.

    python benchmarks/rules_bench.py

Figures are CPU seconds, the least of three runs; what has to hold stands beside them. The pack is `make_rule_pack.py`'s, the
vendor master `make_vendor_master.py`'s.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

from make_rule_pack import main as make_pack
from make_vendor_master import main as make_vendors

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
    with tempfile.TemporaryDirectory() as folder:
        impact(Path(folder))


def impact(folder):
    """Time the whole of a comparison: both rulebooks read and compiled, the file read, every row judged twice."""
    from laborscreen.formats import open_source
    from laborscreen.rulebook import load_rulebook, shipped_folder
    from laborscreen.screening import Screener
    from laborscreen.trials import impact_of

    vendors, changed = folder / "vendors.csv", folder / "rules"
    make_vendors(vendors, 100_000)
    shutil.copytree(shipped_folder(), changed)
    scoring = changed / "scoring.yaml"
    scoring.write_text(scoring.read_text("utf-8").replace("medium: 35", "medium: 28"), "utf-8")

    def compare():
        old, new = (Screener(load_rulebook(one), as_of=date(2026, 6, 30)) for one in (None, changed))
        return impact_of(old, new, [open_source(vendors)])

    seconds, found = least(compare)
    assert found.records == 100_000
    tell(
        "impact of a changed rulebook on 100,000 records",
        seconds,
        f"must be under 10 s; {found.changed:,} changed",
    )


if __name__ == "__main__":
    main()
