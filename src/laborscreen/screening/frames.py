"""
Data frames in, data frames out: polars, pandas and pyarrow through the same door as every table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from laborscreen.errors import UsageError
from laborscreen.record import catalogue
from laborscreen.screening.batch import TableScreener
from laborscreen.screening.result import AXIS_NAMES, Rejected

if TYPE_CHECKING:
    from laborscreen import values
    from laborscreen.screening.screener import Day

_INDEX = re.compile(r"\[\d+\]")
RESULT_COLUMNS = (
    "record_id",
    "outcome",
    *(f"{axis}_{part}" for axis in AXIS_NAMES for part in ("score", "band")),
    "flags",
    "gaps",
    "coverage",
    "rejected",
    "assessment",
)
"""
The columns of a result: id, outcome, score and band of each axis, ids of the raised rules and of the gaps (separated by
blanks), coverage, the reason where a row was rejected, and the whole assessment as JSON.
"""


def screen_frame(day: Day, frame: Any, settings: values.ReadingSettings) -> Any:
    """
    Screen a frame whose columns are record paths (``country``, ``workforce.nationality``).

    Args:
        day: the screener on a day.
        frame: a polars or pandas data frame, or a pyarrow table.
        settings: date order and decimal mark.

    Returns:
        A frame of the same kind with `RESULT_COLUMNS`, one row for each row of *frame*, in its order.

    Raises:
        UsageError: not a frame, or a column that is no record path.
    """
    kind = type(frame).__module__.partition(".")[0]
    if kind not in _READERS:
        raise UsageError(
            f"a {type(frame).__name__} is not a data frame",
            hint="give a polars or pandas DataFrame, or a pyarrow Table",
        )
    count, columns = _READERS[kind](frame)
    _refuse_unknown(columns)
    return _WRITERS[kind](_results(day, count, columns, settings))


def _refuse_unknown(columns: Mapping[str, Sequence[object]]) -> None:
    known = catalogue()
    for name in columns:
        path = _INDEX.sub("", name)
        if path not in known.fields:
            hint = known.hint(path) or "`laborscreen fields` lists them; rename the column or drop it"
            raise UsageError(f"the column {name!r} is not the path of a record field", hint=hint)


def _results(
    day: Day, count: int, columns: Mapping[str, Sequence[object]], settings: values.ReadingSettings
) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {name: [] for name in RESULT_COLUMNS}
    for result in TableScreener(day, settings).screen(count, columns):
        if isinstance(result, Rejected):
            row: tuple[Any, ...] = (
                result.record_id,
                *[None] * (len(RESULT_COLUMNS) - 3),
                result.reason,
                None,
            )
        else:
            one = result.model.assessment
            row = (
                result.record_id,
                one.outcome,
                *(part for axis in one.axes.values() for part in (float(axis.score), axis.band)),
                " ".join(flag.rule for flag in one.flags if flag.status == "raised"),
                " ".join(dict.fromkeys(gap.rule for gap in one.gaps)),
                one.coverage,
                None,
                result.json().decode().rstrip("\n"),
            )
        for name, value in zip(RESULT_COLUMNS, row, strict=True):
            found[name].append(value)
    return found


def _from_polars(frame: Any) -> tuple[int, dict[str, list[object]]]:
    return frame.height, {name: frame.get_column(name).to_list() for name in frame.columns}


def _from_pandas(frame: Any) -> tuple[int, dict[str, list[object]]]:
    """Return the columns; what pandas writes for nothing (NaN, NaT, NA) is read as missing like everywhere."""
    return len(frame), {str(name): frame[name].tolist() for name in frame.columns}


def _from_arrow(table: Any) -> tuple[int, dict[str, list[object]]]:
    return table.num_rows, {name: table.column(name).to_pylist() for name in table.column_names}


def _to_polars(columns: Mapping[str, list[Any]]) -> Any:
    import polars as pl

    schema = {name: pl.Float64 if name.endswith(_NUMBERS) else pl.String for name in RESULT_COLUMNS}
    return pl.DataFrame(columns, schema=schema)


def _to_pandas(columns: Mapping[str, list[Any]]) -> Any:
    import pandas as pd

    return pd.DataFrame(columns, columns=list(RESULT_COLUMNS))


def _to_arrow(columns: Mapping[str, list[Any]]) -> Any:
    import pyarrow as pa

    kinds = {name: pa.float64() if name.endswith(_NUMBERS) else pa.string() for name in RESULT_COLUMNS}
    return pa.table({name: pa.array(columns[name], kind) for name, kind in kinds.items()})


_NUMBERS = ("_score", "coverage")
_READERS = {"polars": _from_polars, "pandas": _from_pandas, "pyarrow": _from_arrow}
_WRITERS = {"polars": _to_polars, "pandas": _to_pandas, "pyarrow": _to_arrow}
