"""
Spark on one core and on two: rows a second, over the synthetic vendor master.

    python benchmarks/spark_bench.py [ROWS]

Each case is a session of its own. The first job warms the workers up; the same job over all rows, in eight partitions, is
then timed by the clock twice, without writing its results, and the better run counts; with the column `assessment`, which
is most of the bytes, and without it. The figure to look at is the ratio, on a machine that does nothing else.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from make_vendor_master import main as write_vendor_master

ROWS = 100_000
PARTITIONS = 8


def child(cores, path):
    from pyspark.sql import SparkSession
    from pyspark.sql.functions import lit

    from laborscreen.spark import screen

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master(f"local[{cores}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    names = (
        "id",
        "name",
        "country",
        "addresses.city",
        "addresses.street",
        "industries.code",
        "observations.text",
    )
    frame = session.read.csv(path, header=True).toDF(*names).repartition(PARTITIONS)
    frame = frame.withColumn("industries.scheme", lit("ISIC4")).cache()  # a code is read with its scheme
    count = frame.count()
    day = date(2026, 6, 30)
    screen(frame.limit(2_000).repartition(2 * int(cores)), watchlists=(), as_of=day).count()
    for whole in (True, False):
        best = float("inf")
        for _ in range(2):
            started = time.perf_counter()
            found = screen(frame, watchlists=(), as_of=day, with_assessment=whole)
            found.write.format("noop").mode("overwrite").save()
            best = min(best, time.perf_counter() - started)
        print(count / best)
    session.stop()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    pace = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vendors.csv"
        write_vendor_master(path, count)
        for cores in ("1", "2"):
            command = [sys.executable, __file__, "--child", cores, str(path)]
            told = subprocess.run(
                command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
            pace[cores] = [float(one) for one in told.stdout.split()[-2:]]
            whole, short = pace[cores]
            print(
                f"local[{cores}]: {whole:10,.0f} rows/s of {count:,}, {short:10,.0f} without `assessment`",
                flush=True,
            )
    whole, short = (two / one for one, two in zip(pace["1"], pace["2"], strict=True))
    print(f"two cores are {whole:.2f} times as fast as one, {short:.2f} times without `assessment`")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3])
    else:
        main()
