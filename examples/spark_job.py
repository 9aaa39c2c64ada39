"""
Screen a supplier table with Spark and write who needs looking at.

    spark-submit --master 'local[2]' examples/spark_job.py INPUT.parquet OUTPUT [--as-of 2026-06-30] [--watchlist LIST.lsw]

INPUT is Parquet, JSON lines or CSV with a header; its columns are record paths (`country`, `workforce.nationality`) or whole
groups as arrays of structures. OUTPUT becomes a folder of Parquet. On a cluster every node needs the same Python with
`laborscreen[spark]`: set PYSPARK_PYTHON to it. Rules and lists are read on the driver alone.
"""

from __future__ import annotations

import argparse
from datetime import date

from pyspark.sql import DataFrame, SparkSession

from laborscreen.spark import screen


def read(spark: SparkSession, path: str) -> DataFrame:
    """Read a table; from CSV every column is text, so that nothing is guessed."""
    if path.endswith((".jsonl", ".json")):
        return spark.read.option("primitivesAsString", "true").json(path)
    return spark.read.csv(path, header=True) if path.endswith(".csv") else spark.read.parquet(path)


def main() -> None:
    """Run the job."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--as-of", type=date.fromisoformat)
    parser.add_argument(
        "--watchlist", action="append", help="a list; may be repeated (default: the embedded snapshot)"
    )
    options = parser.parse_args()

    spark = SparkSession.builder.appName("laborscreen").getOrCreate()
    results = screen(
        read(spark, options.input), watchlists=options.watchlist or "embedded", as_of=options.as_of
    )
    results.write.mode("overwrite").parquet(options.output)
    written = spark.read.parquet(options.output)
    for row in written.groupBy("outcome").count().orderBy("outcome").collect():
        print(f"{row['outcome'] or 'rejected'}: {row['count']:,}")
    spark.stop()


if __name__ == "__main__":
    main()
