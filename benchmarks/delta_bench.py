"""
A delta run with one row in a hundred changed, beside a full run of the same file: processor seconds, and the same bytes.

    python benchmarks/delta_bench.py [--rows 100000]
"""

from __future__ import annotations

import argparse
import filecmp
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

_SCREEN = [sys.executable, "-m", "laborscreen", "screen"]
_DONE = (0, 3)  # some rows of the synthetic vendor master are ragged, and changed ones may be, too


def seconds(*arguments: object) -> float:
    """Return the processor seconds that a run takes, with those of its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run([*_SCREEN, *map(str, arguments)], check=False, capture_output=True, text=True)
    if ended.returncode not in _DONE:
        sys.exit(f"ended with {ended.returncode}: {ended.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def main() -> int:
    """Print the figures; return 1 when the bytes differ."""
    arguments = argparse.ArgumentParser(description="Measure a delta run.")
    arguments.add_argument("--rows", type=int, default=100_000)
    rows = arguments.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = folder / "first.csv", folder / "second.csv"
        maker = Path(__file__).with_name("make_vendor_master.py")
        subprocess.run([sys.executable, str(maker), str(first), str(rows)], check=True)
        draw = random.Random(7)
        with first.open(encoding="utf-8") as lines, second.open("w", encoding="utf-8") as changed:
            changed.write(next(lines))
            for line in lines:
                changed.write(line.replace(",", ",New ", 1) if draw.random() < 0.01 else line)
        day = ["--as-of", "2026-06-30"]
        then, full, now = (folder / f"{word}.jsonl" for word in ("then", "full", "now"))
        kept = seconds(first, *day, "-o", then, "--for-delta")
        whole = seconds(second, *day, "-o", full)
        delta = seconds(second, *day, "-o", now, "--delta", then)
        same = filecmp.cmp(full, now, shallow=False)
        told = seconds(
            second, *day, "-o", folder / "t.jsonl", "--delta", then, "--changes", folder / "c.jsonl"
        )
    print(f"{rows:,} rows, one in a hundred changed")
    print(f"full run                  {whole:7.1f} s of processor")
    print(f"full run with --for-delta {kept:7.1f} s")
    print(f"delta run                 {delta:7.1f} s   {whole / delta:.1f} times less")
    print(f"delta run with --changes  {told:7.1f} s   {whole / told:.1f} times less")
    print("same bytes" if same else "OTHER BYTES")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
