"""
Data frames in, data frames out: polars, pandas and pyarrow through the same door as every table.

A frame is looked at in slices, which are views and no copies; only the values of the slice at hand become Python objects.
A column is a flat record path (``workforce.nationality``), or a whole group (``workforce``) as lists of structures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from laborscreen.errors import UsageError
from laborscreen.screening.frame_libraries import LIBRARIES
from laborscreen.screening.nested_rows import NestedScreener, refuse_unknown
from laborscreen.screening.result import AXIS_NAMES

if TYPE_CHECKING:
    from laborscreen import values
    from laborscreen.owners import OwnersIndex
    from laborscreen.screening.day import Day
    from laborscreen.screening.result import Assessment

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

NUMBER_COLUMNS = frozenset(name for name in RESULT_COLUMNS if name.endswith(("_score", "coverage")))
"""Those that hold numbers; all others hold text."""

SLICE = 8_192
"""Rows looked at together. Few enough that their assessments fit in memory, many enough that they have values in common."""


def screen_frame(
    day: Day,
    frame: Any,
    settings: values.ReadingSettings,
    owners: OwnersIndex | None = None,
    *,
    with_assessment: bool = True,
) -> Any:
    """
    Screen a frame whose columns are record paths or groups.

    Args:
        day: the screener on a day.
        frame: a polars or pandas data frame, or a pyarrow table.
        settings: date order and decimal mark.
        owners: owners told elsewhere.
        with_assessment: whether the last column, by far the largest, is made.

    Returns:
        A frame of the same kind with `RESULT_COLUMNS`, one row for each row of *frame*, in its order.

    Raises:
        UsageError: not a frame, or a column that is no record path.
    """
    library = LIBRARIES.get(type(frame).__module__.partition(".")[0])
    if library is None or not library.is_frame(frame):
        raise UsageError(
            f"a {type(frame).__name__} is not a data frame",
            hint="give a polars or pandas DataFrame, or a pyarrow Table",
        )
    rows = ResultRows(day, settings, owners, with_assessment=with_assessment)
    refuse_unknown(library.kinds(frame))
    pieces = [
        library.made(rows.of(count, columns), NUMBER_COLUMNS)
        for count, columns in library.slices(frame, SLICE)
    ]
    return library.joined(pieces or [library.made(rows.of(0, {}), NUMBER_COLUMNS)], frame)


class ResultRows:
    """
    Screens slices of a frame; what rows have in common is remembered from slice to slice.

    Args:
        day: the screener on a day.
        settings: date order and decimal mark.
        owners: owners told elsewhere.
        with_assessment: whether the column ``assessment`` is made.
    """

    def __init__(
        self,
        day: Day,
        settings: values.ReadingSettings,
        owners: OwnersIndex | None = None,
        *,
        with_assessment: bool = True,
    ) -> None:
        self._screener = NestedScreener(day, settings, owners)
        self._full = with_assessment
        self.names = RESULT_COLUMNS if with_assessment else RESULT_COLUMNS[:-1]

    def of(self, count: int, columns: Mapping[str, Sequence[object]]) -> dict[str, list[Any]]:
        """Return the columns of the result for so many rows."""
        table = self._screener.screen(count, columns)
        told = [_told(model.assessment) for model in table.models]
        told.append((None,) * (len(RESULT_COLUMNS) - 3))  # what -1 finds: a rejected row
        found: dict[str, list[Any]] = {"record_id": [*table.ids]}
        for name, of_models in zip(RESULT_COLUMNS[1:-2], zip(*told, strict=True), strict=True):
            found[name] = [of_models[place] for place in table.which]
        found["rejected"] = [
            table.rejected[row].reason if place < 0 else None for row, place in enumerate(table.which)
        ]
        for row, rejected in table.rejected.items():
            found["record_id"][row] = rejected.record_id
        if self._full:
            found["assessment"] = [
                None if place < 0 else table.models[place].json(record_id, digest)[:-1].decode()
                for record_id, digest, place in zip(table.ids, table.digests, table.which, strict=True)
            ]
        return found


def _told(assessment: Assessment) -> tuple[object, ...]:
    """Return what the columns between the id and the rejection hold."""
    return (
        assessment.outcome,
        *(part for axis in assessment.axes.values() for part in (float(axis.score), axis.band)),
        " ".join(flag.rule for flag in assessment.flags if flag.status == "raised"),
        " ".join(dict.fromkeys(gap.rule for gap in assessment.gaps)),
        assessment.coverage,
    )
