"""
Tables with nested columns: entries are laid side by side for the column engine, odd rows are screened as records.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from laborscreen.errors import RecordError, UsageError
from laborscreen.record import Record, catalogue, laid_flat, nested
from laborscreen.screening.batch import TableScreener
from laborscreen.screening.result import Rejected
from laborscreen.screening.screened import Screened, ScreenedTable, screened_alone

if TYPE_CHECKING:
    from laborscreen import values
    from laborscreen.owners import OwnersIndex
    from laborscreen.screening.day import Day

_INDEX = re.compile(r"\[\d+\]")
_CONTAINERS = frozenset({list, tuple, dict, set})


class NestedScreener:
    """
    Screens tables whose columns are flat paths or whole groups, on one day.

    Args:
        day: the screener on a day.
        settings: date order and decimal mark.
        owners: owners told elsewhere.
    """

    def __init__(self, day: Day, settings: values.ReadingSettings, owners: OwnersIndex | None = None) -> None:
        self._day = day
        self._settings = settings
        self._owners = owners
        self._table = TableScreener(day, settings)

    def screen(self, count: int, columns: Mapping[str, Sequence[object]]) -> ScreenedTable:
        """Screen so many rows and return the results of all of them."""
        groups = {name: cells for name, cells in columns.items() if name in groups_known()}
        plain = {name: cells for name, cells in columns.items() if name not in groups}
        flat, odd = laid_flat(groups, count)
        apart = odd | _with_containers(plain)
        table: Mapping[str, Sequence[object]] = {**plain, **flat}
        if self._owners is not None:
            from laborscreen.owners import into_columns

            joined = into_columns(self._owners, count, table)
            table = joined.columns
            apart |= joined.refused.keys()  # each says why when it is read
        if not apart:
            return self._table.screen_table(count, table)
        kept = [row for row in range(count) if row not in apart]
        together = self._table.screen_table(
            len(kept), {name: [cells[row] for row in kept] for name, cells in table.items()}
        )
        return _with_odd_rows(
            together, count, {row: self._alone(plain, groups, row) for row in sorted(apart)}
        )

    def _alone(
        self, plain: Mapping[str, Sequence[object]], groups: Mapping[str, Sequence[object]], row: int
    ) -> Screened | Rejected:
        told = nested({name: cells[row] for name, cells in plain.items()})
        told |= {name: cells[row] for name, cells in groups.items() if cells[row] is not None}
        try:
            record = Record.model_validate(told, context=self._settings)
            if self._owners is not None:
                from laborscreen.owners import into_record

                record = into_record(self._owners, record, self._settings)
            return screened_alone(self._day, record)
        except RecordError as error:
            return Rejected(
                error.record_id or str(told.get("id") or ""), error.field, error.message, error.hint
            )


def _with_odd_rows(
    together: ScreenedTable, count: int, alone: Mapping[int, Screened | Rejected]
) -> ScreenedTable:
    """Return a table's results with those of rows screened alone between them, each at its place."""
    digests = [""] * count
    whole = ScreenedTable([""] * count, [""] * count, together.models, [-1] * count, {}, lambda: digests)
    at = 0
    for row in range(count):
        result = alone.get(row)
        if result is None:
            whole.ids[row], whole.names[row] = together.ids[at], together.names[at]
            digests[row], whole.which[row] = together.digests[at], together.which[at]
            if at in together.rejected:
                whole.rejected[row] = together.rejected[at]
            at += 1
        elif isinstance(result, Rejected):
            whole.ids[row], whole.rejected[row] = result.record_id, result
        else:
            whole.put(row, result)
    return whole


def _with_containers(plain: Mapping[str, Sequence[object]]) -> frozenset[int]:
    """Return the rows with several values, or a structure, in a cell that holds one value."""
    known = catalogue().fields
    found: set[int] = set()
    for name, cells in plain.items():
        if known[_INDEX.sub("", name)].reads.many or _CONTAINERS.isdisjoint(map(type, cells)):
            continue
        found.update(row for row, cell in enumerate(cells) if type(cell) in _CONTAINERS)
    return frozenset(found)


def groups_known() -> frozenset[str]:
    """Return the names of the groups that a column may hold whole: lists of entries, and ``remote_work``."""
    known = catalogue()
    return frozenset(known.groups) | {
        path.partition(".")[0] for path, field in known.fields.items() if "." in path and not field.group
    }


def refuse_unknown(columns: Mapping[str, Sequence[str]]) -> None:
    """
    Refuse columns that are no part of a record, and groups told twice.

    Args:
        columns: column to the fields of its structures, as far as its type tells them.

    Raises:
        UsageError: naming the column.
    """
    known = catalogue()
    groups = groups_known()
    for name, inner in columns.items():
        path = _INDEX.sub("", name)
        if path not in known.fields and name not in groups:
            hint = known.hint(path) or "`laborscreen fields` lists them; rename the column or drop it"
            raise UsageError(f"the column {name!r} is not the path of a record field", hint=hint)
        for field in inner:
            if name not in groups:
                raise UsageError(
                    f"the column {name!r} holds structures, but `{path}` is one value",
                    hint="write one value a row",
                )
            if f"{name}.{field}" not in known.fields:
                hint = known.hint(f"{name}.{field}") or "`laborscreen fields` lists them"
                raise UsageError(f"the column {name!r} holds {field!r}, which is no field of it", hint=hint)
        twice = next(
            (one for one in columns if name in groups and one.startswith((f"{name}.", f"{name}["))), ""
        )
        if twice:
            raise UsageError(
                f"the columns {name!r} and {twice!r} both tell of {name}", hint="leave one of them out"
            )
