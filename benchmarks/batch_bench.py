"""
A whole vendor master through ``laborscreen screen``: seconds, memory, and how many times polars needs to read the file.

Everything is measured in one run, each program in a process of its own. Memory is the proportional set size summed over
all processes of a run, looked at ten times a second.

    python benchmarks/batch_bench.py                     1,000,000 rows
    python benchmarks/batch_bench.py --rows 10000000     ten times as many, in the same memory
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from make_vendor_master import main as make_vendor_master

GROWTH = (10_000, 100_000)  # rows run before all of them: CPU a row must not grow, memory must stay bounded
DAY = ("--as-of", "2026-06-30")
POLARS = """
import sys, time
import polars as pl
begun = time.perf_counter()
frame = pl.read_csv(sys.argv[1], infer_schema=False)
print(time.perf_counter() - begun, frame.height)
"""


@dataclass(frozen=True)
class Measured:
    wall: float
    cpu: float
    memory: float  # MB


def children(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [other for child in task.read_text().split() for other in children(int(child))]
        except OSError:  # it has just ended
            continue
    return found


def memory_of(pid: int) -> float:
    total = 0
    for one in children(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def run(*arguments: object) -> Measured:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "laborscreen", "screen", *map(str, arguments), *DAY],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    most = 0.0
    while process.poll() is None:
        most = max(most, memory_of(process.pid))
        time.sleep(0.1)
    wall = time.perf_counter() - begun
    assert process.stderr is not None
    told = process.stderr.read().decode()
    if process.returncode:
        raise SystemExit(told)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(wall, cpu, most)


def polars_seconds(file: Path) -> float:
    told = [
        subprocess.run([sys.executable, "-c", POLARS, str(file)], capture_output=True, check=True)
        for _ in range(3)
    ]
    return min(float(one.stdout.split()[0]) for one in told)


def plain_write_seconds(path: Path, size: int) -> float:
    block = os.urandom(1 << 20)
    begun = time.perf_counter()
    with path.open("wb") as file:
        for _ in range(-(-size // len(block))):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    return time.perf_counter() - begun


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument(
        "--folder", type=Path, default=None, help="where the files go; a temporary folder unless told"
    )
    options.add_argument(
        "--without-names", action="store_true", help="leave out the run against the embedded list"
    )
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        measure(Path(folder), given.rows, names=not given.without_names)


def measure(folder: Path, rows: int, *, names: bool) -> None:
    load = os.getloadavg()[0]
    print(f"{len(os.sched_getaffinity(0))} cores; load before: {load:.1f}")
    if load > 0.5:
        print(
            "others are at work on this machine: seconds are longer than they would be, CPU seconds less so"
        )
    file = folder / "vendors.csv"
    make_vendor_master(file, rows)
    reading = polars_seconds(file)
    print(f"{rows:,} rows, {file.stat().st_size / 1e6:,.0f} MB; polars reads the file in {reading:.2f} s\n")
    print(f"{'':34}{'seconds':>9}{'x polars':>10}{'CPU s':>8}{'MB':>7}{'us a row':>10}")
    none = ("--watchlist", "none")
    for few in (few for few in GROWTH if few < rows):
        show(
            f"{few:,} rows, results as CSV",
            run(cut(file, folder, few), "-o", folder / "few.csv", *none),
            few,
            None,
        )
    for title, suffix, more in [
        ("rules, results as CSV", "csv", none),
        ("rules, results as JSON lines", "jsonl", none),
        ("the same, one process", "jsonl", (*none, "--jobs", "1")),
        *([("names too (embedded list), CSV", "csv", ("--watchlist", "embedded"))] if names else []),
    ]:
        out = folder / f"out.{suffix}"
        show(title, run(file, "-o", out, *more), rows, reading)
        if suffix == "jsonl" and "--jobs" not in more:
            size = out.stat().st_size
            seconds = plain_write_seconds(folder / "plain", size)
            print(f"    ({size / 1e6:,.0f} MB of results; the disk takes so many bytes in {seconds:.1f} s)")
        out.unlink()


def cut(file: Path, folder: Path, rows: int) -> Path:
    """The first *rows* of a file, so that only their number differs."""
    part = folder / f"first_{rows}.csv"
    with file.open("rb") as whole, part.open("wb") as out:
        out.writelines(islice(whole, rows + 1))
    return part


def show(title: str, found: Measured, rows: int, reading: float | None) -> None:
    ratio = f"{found.wall / reading:.1f}" if reading else ""
    print(
        f"{title:34}{found.wall:9.1f}{ratio:>10}{found.cpu:8.1f}{found.memory:7.0f}{1e6 * found.cpu / rows:10.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
