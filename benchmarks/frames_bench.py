"""
What frames cost: rows a second and memory, flat and nested, in each library.

    python benchmarks/frames_bench.py [ROWS]

Every case runs in a process of its own. Seconds are CPU time of `screen_frame`; memory is what the process needed beyond
the frame it was given. ``alone`` screens the same nested records one by one, for comparison.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from make_vendor_master import main as write_vendor_master

ROWS = 100_000
VISAS = ("work", "student", "учебная", "tourist", None)
NATIONS = ("Uzbekistan", "Россия", "Vietnam", "Türkiye", "India", None, "КНДР")


def flat_columns(count):
    """The synthetic vendor master, as record paths."""
    from laborscreen.formats import open_source

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vendors.csv"
        write_vendor_master(path, count)
        batches = [batch.columns for batch in open_source(path).batches()]
    return {name: [cell for batch in batches for cell in batch[name]] for name in batches[0]}


def nested_columns(count):
    """Suppliers with up to three groups of workers, as a register of posted workers has them."""
    dice = random.Random(7)
    crews = [
        [
            {
                "nationality": dice.choices(NATIONS, (30, 30, 20, 10, 10, 10, 1))[0],
                "headcount": str(dice.randrange(1, 60)),
                "visa": dice.choice(VISAS),
                "hours_per_day": dice.choice(("8", "9", "12", None)),
            }
            for _ in range(dice.randrange(4))
        ]
        for _ in range(count)
    ]
    flat = flat_columns(count)
    return {"id": flat["id"], "name": flat["name"], "country": flat["country"], "workforce": crews}


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def child(library, shape, count):
    import polars as pl
    import pyarrow as pa

    from laborscreen import Record, Screener

    screener = Screener(as_of=date(2026, 6, 30))
    columns = (flat_columns if shape == "flat" else nested_columns)(count)
    table = pa.table(columns)
    frame = {"polars": pl.from_arrow, "pandas": lambda one: one.to_pandas(), "pyarrow": lambda one: one}.get(
        library, lambda one: one.to_pylist()
    )(table)
    del columns, table
    before = peak_mb()
    started = time.process_time()
    if library == "alone":
        for row in frame:
            screener.screen(Record.model_validate(row)).to_json()
    else:
        screener.screen_frame(frame, with_assessment=shape == "nested")
    took = time.process_time() - started
    print(
        f"{library:8s} {shape:7s}{count / took:12,.0f} rows/s{took:9.2f} s CPU{peak_mb() - before:8.0f} MB more"
    )


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    print(f"{count:,} rows; flat without the JSON of results, nested with it")
    for library, shape, share in (
        *((library, "flat", 1) for library in ("polars", "pandas", "pyarrow")),
        *((library, "nested", 5) for library in ("polars", "pandas", "pyarrow")),
        ("alone", "nested", 20),
    ):
        command = [sys.executable, __file__, "--child", library, shape, str(count // share)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main()
