"""
Spark gives the answers of every other door, byte for byte.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from laborscreen import Screener
from laborscreen.errors import LaborscreenError, MissingExtraError, RulebookError, UsageError
from laborscreen.formats import open_source
from laborscreen.formats.owners import load_owners
from laborscreen.record import text_of
from laborscreen.screening.frames import RESULT_COLUMNS
from laborscreen.spark import screen

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = date(2026, 6, 30)

pytestmark = pytest.mark.filterwarnings("default::Warning:pyspark.*", "default::ResourceWarning")


def in_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: in_text(one) for name, one in value.items()}
    if isinstance(value, list):
        return [in_text(one) for one in value]
    return None if value is None else text_of(value)


def vendor_master() -> Any:
    """
    The flat example file as the CSV reader lays it out, as an Arrow table of texts.
    """
    pa = pytest.importorskip("pyarrow")
    batches = [batch.columns for batch in open_source(EXAMPLES / "vendor_master.csv").batches()]
    columns = {name: [cell for batch in batches for cell in batch[name]] for name in batches[0]}
    for name, cells in columns.items():
        if any(isinstance(cell, list) for cell in cells):
            columns[name] = [cell if isinstance(cell, list) or cell is None else [cell] for cell in cells]
    return pa.table({name: pa.array(cells) for name, cells in columns.items()})


def due_diligence() -> Any:
    """
    The nested example file as an Arrow table with lists of structures.
    """
    pa = pytest.importorskip("pyarrow")
    lines = (EXAMPLES / "due_diligence.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [in_text(json.loads(line)) for line in lines if line.strip()]
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: pa.array([row.get(name) for row in rows]) for name in names})


def rows_of(frame: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in frame.collect()]


def expected(table: Any, watchlists: Any = ()) -> list[tuple[Any, ...]]:
    found = Screener(as_of=DAY, watchlists=watchlists).screen_frame(table)
    return list(zip(*found.to_pydict().values(), strict=True))


@pytest.mark.parametrize("read", [vendor_master, due_diligence])
def test_a_spark_frame_gives_the_bytes_of_an_arrow_table(spark: Any, read: Any) -> None:
    """
    Flat and nested examples over three partitions and batches of sixty rows: every column of every row, in order.
    """
    table = read()
    frame = spark.createDataFrame(table).repartition(1).coalesce(1)
    found = screen(frame, watchlists=(), as_of=DAY)

    assert found.columns == list(RESULT_COLUMNS)
    assert table.num_rows > 30
    assert rows_of(found) == expected(table)
    assert sorted(rows_of(screen(frame.repartition(3), watchlists=(), as_of=DAY)), key=str) == sorted(
        expected(table), key=str
    )


def test_names_are_compared_with_the_same_lists(spark: Any) -> None:
    """
    A list opened on the driver is the list of every worker: same hits, same digests.
    """
    rows = [("1", "Korea Mining Development Trading Corporation"), ("2", "Papeterie Duval")]
    table = pytest.importorskip("pyarrow").table({"id": ["1", "2"], "name": [name for _, name in rows]})
    found = screen(spark.createDataFrame(rows, "id string, name string"), watchlists="embedded", as_of=DAY)

    assert rows_of(found.coalesce(1)) == expected(table, watchlists="embedded")
    assert "us-ofac-sdn" in rows_of(found)[0][-1]


def test_owners_told_elsewhere_come_into_the_same_records(spark: Any, tmp_path: Path) -> None:
    """
    Owners named by their file on the driver are those of an Arrow table screened with them, on every worker.
    """
    file = tmp_path / "owners.csv"
    file.write_text(
        "supplier id,owner,owner country,share\n2,Ryonhap,DPRK,60\n9,Nobody,FR,5\n", encoding="utf-8"
    )
    rows = [(str(number), "Papeterie Duval") for number in range(6)]
    table = pytest.importorskip("pyarrow").table(
        {"id": [one for one, _ in rows], "name": ["Papeterie Duval"] * 6}
    )
    frame = spark.createDataFrame(rows, "id string, name string")
    found = screen(frame.repartition(2), watchlists=(), as_of=DAY, owners=file)
    owned = Screener(as_of=DAY, watchlists=(), owners=load_owners(file)).screen_frame(table)

    assert sorted(rows_of(found)) == sorted(zip(*owned.to_pydict().values(), strict=True))
    assert "LS-COR-005" in next(row.flags for row in found.collect() if row.record_id == "2")
    assert sorted(rows_of(found)) != sorted(expected(table))


def test_the_driver_fixes_the_day(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without ``as_of`` every row is screened on the driver's day, whatever clock a worker has.
    """

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime(2031, 2, 3, tzinfo=UTC)

    monkeypatch.setattr("laborscreen.screening.screener.datetime", Later)
    found = screen(spark.range(4).selectExpr("string(id) as id", "'A' as name").repartition(2))

    days = {json.loads(row.assessment)["provenance"]["screened_on"] for row in found.collect()}
    assert days == {"2031-02-03"}


def test_a_worker_makes_one_screener_and_keeps_it(spark: Any) -> None:
    """
    Over two jobs of four tasks each, a Python worker makes one screener for one rulebook and day.
    """
    frame = spark.range(40).selectExpr("string(id) as id", "'A' as name").repartition(4)
    as_of = date(2026, 6, 29)

    def look(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        from laborscreen import spark as worker

        for _ in batches:
            held = [(digest, id(day)) for digest, (day, _) in worker._days.items() if day.day == as_of]
            yield pa.RecordBatch.from_pylist(
                [{"worker": os.getpid(), "digest": digest, "made": made} for digest, made in held],
                schema=pa.schema({"worker": pa.int64(), "digest": pa.string(), "made": pa.int64()}),
            )

    def screened_then_held() -> set[tuple[int, str, int]]:
        screen(frame, as_of=as_of).collect()
        looked = frame.mapInArrow(look, "worker long, digest string, made long")
        return {tuple(row) for row in looked.collect()}

    first, second = screened_then_held(), screened_then_held()

    assert first
    assert len({worker for worker, _, _ in first | second}) == len(first | second)
    assert len({digest for _, digest, _ in first | second}) == 1


def test_a_row_that_cannot_be_screened_says_why(spark: Any) -> None:
    """
    Rows in are rows out; the JSON of results may be left out.
    """
    rows = [("1", "A"), ("2", None)]
    found = screen(
        spark.createDataFrame(rows, "id string, name string").coalesce(1), as_of=DAY, with_assessment=False
    )

    assert found.columns == list(RESULT_COLUMNS[:-1])
    assert [row.rejected for row in found.collect()] == [None, "a record needs a name"]


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ("id string, name string, contry string", "did you mean `country`"),
        ("id string, name string, workforce array<struct<nationalty: string>>", "did you mean `workforce.nationality`"),
        ("id string, name string, country map<string, string>", "map"),
        ("id string, name string, activities binary", "binary"),
        ("id string, name string, country string, country string", "there twice"),
    ],
)  # fmt: skip
def test_a_wrong_column_is_refused_before_a_job_starts(spark: Any, schema: str, told: str) -> None:
    """
    The call itself raises, on the driver, with a cure.
    """
    with pytest.raises(UsageError, match=told):
        screen(spark.createDataFrame([], schema))


def test_a_rulebook_with_faults_is_refused_on_the_driver(spark: Any) -> None:
    """
    All faults at once, as everywhere.
    """
    broken = Path(__file__).parents[1] / "cli" / "broken_rules"

    with pytest.raises(RulebookError, match="forced_labor"):
        screen(spark.range(1).selectExpr("string(id) as id", "'A' as name"), broken)


def test_another_frame_is_no_spark_frame(spark: Any) -> None:
    """
    A frame of another library is for `Screener.screen_frame`.
    """
    assert spark
    with pytest.raises(UsageError, match="is not a data frame of a Spark session"):
        screen(vendor_master())


def test_without_spark_the_message_tells_what_installs_it() -> None:
    """
    The module can be imported anywhere; calling it without pyspark names the extra.
    """
    try:
        import pyspark  # noqa: F401 -- whether it is there
    except ImportError:
        with pytest.raises(MissingExtraError, match=r"laborscreen\[spark\]"):
            screen(object())
    else:
        with pytest.raises(LaborscreenError, match="not a data frame"):
            screen(object())
