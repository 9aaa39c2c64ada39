"""
Spark data frames in, Spark data frames out: the column engine runs on one Arrow batch at a time, in the Python workers.

The driver reads rulebook and lists once, fixes the day, and broadcasts one pickled screener. Each Python worker unpacks it
at its first batch and keeps it for every later task and job with the same rulebook, lists and day.

::

    from laborscreen.spark import screen

    results = screen(spark.read.parquet("suppliers.parquet"), watchlists="lists.lsw")
    results.where("outcome = 'refer'").show()
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from laborscreen import values
from laborscreen.errors import MissingExtraError, UsageError
from laborscreen.log import log
from laborscreen.screening.day import Day
from laborscreen.screening.frame_libraries import arrow_columns, arrow_inner
from laborscreen.screening.frames import NUMBER_COLUMNS, RESULT_COLUMNS, SLICE, ResultRows
from laborscreen.screening.nested_rows import refuse_unknown
from laborscreen.screening.open_lists import EMBEDDED
from laborscreen.screening.screener import Purpose, Screener

if TYPE_CHECKING:
    from laborscreen.owners import OwnersIndex
    from laborscreen.rulebook import Rulebook
    from laborscreen.watchlists import Watchlist

__all__ = ["screen"]

_DAYS_KEPT = 4
_days: dict[str, tuple[Day, OwnersIndex | None]] = {}
"""The screeners and owners of this Python worker, by the digest of what was broadcast."""


def screen(  # noqa: PLR0913 -- those of `Screener`, and the frame's
    df: Any,
    rulebook: Rulebook | str | Path | None = None,
    *,
    watchlists: Watchlist | str | Path | Sequence[Watchlist | str | Path] = EMBEDDED,
    as_of: date | None = None,
    settings: values.ReadingSettings = values.DEFAULT,
    include: Iterable[str] = ("stable",),
    purpose: Purpose | None = None,
    when_stale: Literal["warn", "fail"] | None = None,
    owners: OwnersIndex | Path | str | Sequence[Path | str] = (),
    with_assessment: bool = True,
) -> Any:
    """
    Screen a Spark data frame.

    Its columns are those of `Screener.screen_frame`: record paths, or whole groups as arrays of structures. Rulebook and
    lists are read on the driver; no worker needs their files.

    Args:
        df: a Spark data frame.
        rulebook: as `Screener` takes it; the shipped one if left out.
        watchlists: as `Screener` takes them; the embedded snapshot if left out, ``()`` for none.
        as_of: the day screened; today, as the driver has it, if left out, and the same for every row.
        settings: date order and decimal mark of the values.
        include: which rules count, by status.
        purpose: why the records are screened.
        when_stale: whether a list that is too old refuses the job or is warned of; as the rulebook says if left out.
        owners: owners told elsewhere, or the files that tell them (`laborscreen.formats.owners.load_owners`); they are
            broadcast with the rulebook and come into every record they belong to.
        with_assessment: whether the column ``assessment`` is made, which holds the whole result as JSON.

    Returns:
        A Spark data frame with `laborscreen.screening.frames.RESULT_COLUMNS`, one row for each row of *df*, partition by
        partition in its order. Nothing is screened before Spark is asked for the rows.

    Raises:
        UsageError: not a Spark data frame, or a column that is no record path.
        RulebookError: the rulebook has faults.
        WatchlistError: a list cannot be read, or is older than the rulebook allows.
        MissingExtraError: the extra ``spark`` is not installed.
    """
    context = _context_of(df)
    refuse_unknown(_fields_in(df.schema))
    screener = Screener(
        rulebook,
        watchlists=watchlists,
        include=include,
        purpose=purpose,
        when_stale=when_stale,
        owners=_owners(owners),
    )
    day = screener.on(as_of)
    day.refuse_stale_lists()
    packed = pickle.dumps((screener, day.day), protocol=pickle.HIGHEST_PROTOCOL)
    digest = hashlib.sha256(packed).hexdigest()
    log.info("broadcasting a screener of %d bytes", len(packed))
    work = partial(
        _screen_batches, context.broadcast(packed), digest, tuple(df.columns), settings, with_assessment
    )
    # Spark would take the dot in `workforce.visa` for a structure's, so columns travel under numbers.
    numbered = df.toDF(*(f"c{number}" for number in range(len(df.columns))))
    return numbered.mapInArrow(work, _schema(with_assessment=with_assessment))


def _context_of(df: Any) -> Any:
    """Return the Spark context of a data frame."""
    try:
        from pyspark.sql.classic.dataframe import DataFrame
    except ImportError as error:
        raise MissingExtraError("spark", "screen Spark data frames") from error
    if not isinstance(df, DataFrame):
        raise UsageError(
            f"a {type(df).__module__}.{type(df).__name__} is not a data frame of a Spark session",
            hint="give a DataFrame of a classic session; Spark Connect has no broadcast variables",
        )
    return df.sparkSession.sparkContext


def _fields_in(schema: Any) -> dict[str, list[str]]:
    """Return each column with the fields of the structures in it."""
    from pyspark.sql.pandas.types import to_arrow_type

    names = schema.fieldNames()
    twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if twice is not None:
        raise UsageError(f"the column {twice!r} is there twice", hint="rename or drop one of them")
    return {field.name: arrow_inner(to_arrow_type(field.dataType), field.name) for field in schema}


def _schema(*, with_assessment: bool) -> str:
    names = RESULT_COLUMNS if with_assessment else RESULT_COLUMNS[:-1]
    return ", ".join(f"{name} {'double' if name in NUMBER_COLUMNS else 'string'}" for name in names)


def _screen_batches(
    broadcast: Any,
    digest: str,
    names: Sequence[str],
    settings: values.ReadingSettings,
    with_assessment: bool,
    batches: Iterator[Any],
) -> Iterator[Any]:
    """Screen the Arrow batches of one partition; this is what runs in a Python worker."""
    import pyarrow as pa

    day, owners = _day(broadcast, digest)
    rows = ResultRows(day, settings, owners, with_assessment=with_assessment)
    kinds = [pa.float64() if name in NUMBER_COLUMNS else pa.string() for name in rows.names]
    for batch in batches:
        for start in range(0, batch.num_rows, SLICE):
            piece = batch.slice(start, SLICE).rename_columns(names)
            found = rows.of(piece.num_rows, arrow_columns(piece))
            arrays = [pa.array(found[name], kind) for name, kind in zip(rows.names, kinds, strict=True)]
            yield pa.RecordBatch.from_arrays(arrays, names=list(rows.names))


def _owners(told: OwnersIndex | Path | str | Sequence[Path | str]) -> OwnersIndex | None:
    """Return owners, read where only their files are named."""
    from laborscreen.owners import OwnersIndex

    if isinstance(told, OwnersIndex):
        return told
    if not told:
        return None
    from laborscreen.formats.owners import load_owners

    return load_owners(told)


def _day(broadcast: Any, digest: str) -> tuple[Day, OwnersIndex | None]:
    """Return this worker's screener and owners, unpacked at their first use."""
    found = _days.get(digest)
    if found is None:
        screener, day = pickle.loads(broadcast.value)  # noqa: S301 -- our own driver packed it
        if len(_days) >= _DAYS_KEPT:
            _days.clear()
        found = _days[digest] = screener.on(day), screener.owners
    return found
