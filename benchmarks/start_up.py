"""
What a start costs: importing the library, making a screener, and whole runs of the command line on little work.

    python benchmarks/start_up.py [--runs 7]

Every figure is of fresh processes: the median of the wall clock is what a person waits, and the least CPU time is what is
left of it on a busy machine. The kinds of runs take turns, so that a busy minute falls on all of them. Modules are compiled
before, as they are where a package was installed.
"""

from __future__ import annotations

import argparse
import compileall
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

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

VENDORS = "examples/vendor_master.csv"
COMMANDS = {
    "screen, ten rows": (("screen", "{vendors}"), 1_000),
    "screen, ten rows, no list": (("screen", "{vendors}", "--watchlist", "none"), None),
    "screen, ten plain rows": (("screen", "{plain}"), 1_000),
    "screen, ten records": (("screen", "{records}"), 1_000),
    "explain": (("explain", VENDORS, "--id", "V-1003"), None),
    "--help": (("--help",), None),
    "screen --help": (("screen", "--help"), None),
    "fields": (("fields",), None),
    "rules list": (("rules", "list"), None),
    "rules show": (("rules", "show", "LS-HRS-003"), None),
    "rules check": (("rules", "check"), None),
}
"""What a newcomer calls, how, and the most milliseconds by the wall clock."""

PLAIN = (
    "Duval Textiles SA", "Baker & Sons Ltd", "Hansen Shipping AS", "Rossi Macchine Srl", "Muller Bau GmbH",
    "Nowak Transport", "Lindqvist Timber AB", "Costa Seafood Lda", "Smith Office Supplies", "Novak Foods sro",
)  # fmt: skip


def write_files(folder):
    """Write ten rows of every kind, and return where they are."""
    files = {"vendors": folder / "ten.csv", "plain": folder / "plain.csv", "records": folder / "ten.jsonl"}
    for source, lines, target in (
        (VENDORS, 11, files["vendors"]),
        ("examples/due_diligence.jsonl", 10, files["records"]),
    ):
        text = (ROOT / source).read_text(encoding="utf-8").splitlines(keepends=True)
        target.write_text("".join(text[:lines]), encoding="utf-8")
    with files["plain"].open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "name", "country", "city", "activities"))
        rows.writerows(
            (f"V-{number}", name, "France", "Lyon", "stationery") for number, name in enumerate(PLAIN)
        )
    return files


def started(code):
    """Return wall and CPU milliseconds of some code in a fresh process, from `begin` or the first line on."""
    script = (
        "import time\n"
        "def begin():\n"
        "    global wall, cpu\n"
        "    wall, cpu = time.perf_counter(), time.process_time()\n"
        f"begin()\n{code}\n"
        "print(time.perf_counter() - wall, time.process_time() - cpu)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [float(part) * 1_000 for part in told.stdout.split()]


def called(arguments):
    """Return wall and CPU milliseconds of a whole run of the command line."""
    before, wall = os.times(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "laborscreen", *arguments],
        env=ENVIRONMENT,
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    took, after = time.perf_counter() - wall, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return [took * 1_000, cpu * 1_000]


def main():
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--runs", type=int, default=7, help="fresh processes of each kind")
    runs = parser.parse_args().runs
    compileall.compile_dir(ROOT / "src", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        files = write_files(Path(folder))
        kinds = {name: (started, code, bound) for name, (code, bound) in STARTS.items()}
        for name, (arguments, bound) in COMMANDS.items():
            asked = [argument.format(**files) for argument in arguments]
            kinds[f"laborscreen {name}"] = (called, asked, bound)
        took = {name: [] for name in kinds}
        for _ in range(runs):
            for name, (measure, what, _) in kinds.items():
                took[name].append(measure(what))
    print(f"fresh processes, {runs} of each: median of the wall clock, least CPU time")
    for name, (_, _, bound) in kinds.items():
        wall, cpu = zip(*took[name], strict=True)
        most = f"   (at most {bound:,} ms)" if bound else ""
        print(f"  {name:38s}{statistics.median(wall):8.0f} ms {min(cpu):8.0f} ms CPU{most}")


if __name__ == "__main__":
    main()
