"""
One local Spark session with two workers for all tests of this room.
"""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """
    A session on this machine; it needs pyspark and Java, and says so where one of them is missing.
    """
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed here: `make spark` runs these")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java 17, and there is none here")
    os.environ["PYSPARK_PYTHON"] = sys.executable  # or the workers take another Python
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Spark's own start-up, which is not ours to mend
        session = (
            sql.SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "60")
            .getOrCreate()
        )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
