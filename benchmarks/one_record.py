"""
What one record costs: verdict, full assessment, start-up.

    python benchmarks/one_record.py

Figures are medians of CPU time on a warm screener, over the records of ``examples/due_diligence.jsonl`` and a sparse one.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 400


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


def start_up():
    """Seconds that `import laborscreen` and the first Screener add to a bare interpreter."""
    script = (
        "import time; a=time.perf_counter(); import laborscreen; b=time.perf_counter();"
        "from laborscreen import Screener; c=time.perf_counter(); Screener(); d=time.perf_counter();"
        "print(b-a, c-b, d-c)"
    )
    command = [sys.executable, "-c", script]
    runs = []
    for _ in range(7):
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        runs.append([float(part) for part in printed.split()])
    return [statistics.median(column) * 1_000 for column in zip(*runs, strict=True)]


def main():
    from laborscreen import Record, Screener

    screener = Screener(as_of=date(2026, 1, 1))
    lines = (ROOT / "examples" / "due_diligence.jsonl").read_text(encoding="utf-8").splitlines()
    records = [Record.model_validate(json.loads(line)) for line in lines if line.strip()]
    sparse = Record(id="V-7", name="Papeterie Duval", country="France")
    print(f"{len(screener.rulebook.active)} rules, {len(records)} example records, medians of CPU time")
    verdicts = [median_us(lambda record=record: screener.verdict(record), 100) for record in records]
    whole = [median_us(lambda record=record: screener.screen(record), 60) for record in records]
    for name, call, took in (
        ("verdict", screener.verdict, verdicts),
        ("full assessment", screener.screen, whole),
    ):
        plain = median_us(lambda call=call: call(sparse))
        print(
            f"{name:16s}{statistics.median(took):8.1f} us   (sparse record {plain:.1f}, dearest {max(took):.1f})"
        )
    door, names, first = start_up()
    print(f"import laborscreen {door:.1f} ms, its Screener class {names:.1f} ms, Screener() {first:.1f} ms")


if __name__ == "__main__":
    main()
