"""
Screen a flat table: what rows have in common is worked out once.

Each distinct value is judged once, each distinct pattern of answers is weighed once, and each distinct set of values
that an explanation shows is explained once. A row then costs little more than its id and the digest of its input. The
answers are those of `Day.screen`, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from laborscreen import values
from laborscreen.errors import RecordError
from laborscreen.record import Kind, Record, catalogue, nested, text_of
from laborscreen.screening.digests import digests_of
from laborscreen.screening.result import Rejected
from laborscreen.screening.rosters import divided_columns
from laborscreen.screening.screened import Model, Screened, ScreenedTable, screened_alone
from laborscreen.screening.shown_fields import ShownFields, bare
from laborscreen.text.text_column import Texts, strings_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from laborscreen.conditions.columns import JudgedRows, Meaning, Nothing
    from laborscreen.screening.day import Alike, Day

_EXPLAINED = 4_096  # explanations remembered; beyond that the memory starts anew
_PATTERNS = 50_000  # patterns remembered, the same way
_ALWAYS_READ = (Kind.NAME, Kind.TEXT, Kind.PROSE)
"""Kinds of which no note can come."""
_Unread = tuple[str, str, type, object]
"""A cell that comes with a note: column, note, type and value as written."""


class _Shown(NamedTuple):
    """
    What the explanations of one pattern show.

    Args:
        number: the pattern's number.
        paths: the fields, without the entry's number.
        lasting: whether they are worth remembering; free text hardly ever comes back.
        alike: what the records of the pattern have in common.
    """

    number: int
    paths: frozenset[str]
    lasting: bool
    alike: Alike


class TableScreener:
    """
    Screens flat tables on one day.

    Args:
        day: the screener on a day.
        settings: date order and decimal mark of the file.

    Raises:
        WatchlistError: a list is older than the rulebook allows.
    """

    def __init__(self, day: Day, settings: values.ReadingSettings = values.DEFAULT) -> None:
        from laborscreen.conditions.columns import ColumnRunner

        day.refuse_stale_lists()
        self._day = day
        self._settings = settings
        self._runner = ColumnRunner(day.bound, day.grades)
        self._explained: dict[tuple[object, ...], Model] = {}
        self._patterns: dict[Meaning, _Shown] = {}
        named = self._day.excepted.witness is not None  # without a list no answer depends on the name
        self._unjudged = {"id"} if named else {"id", "name"}
        self._fields = ShownFields(day)

    def screen(self, count: int, columns: Mapping[str, Sequence[object]]) -> Iterator[Screened | Rejected]:
        """
        Screen a table and yield one result a row, in order.

        Args:
            count: number of rows.
            columns: column (`laborscreen.record.entry_path`) to one written value a row.
        """
        table = self.screen_table(count, columns)
        for row in range(count):
            yield table[row]

    def screen_table(
        self, count: int, columns: Mapping[str, Sequence[object]], silenced: frozenset[str] = frozenset()
    ) -> ScreenedTable:
        """
        Screen a table and return the results of all rows together.

        Args:
            count: number of rows.
            columns: column (`laborscreen.record.entry_path`) to one written value a row.
            silenced: columns in which every cell that says nothing is None already.
        """
        import numpy as np

        from laborscreen.conditions.columns import Nothing

        columns = divided_columns(columns)
        told = {path: column for path, column in columns.items() if path not in self._unjudged}
        judged = self._runner.judge(count, told, self._settings, silenced)
        columns = {path: strings_of(column) for path, column in columns.items()}
        ids, names = (columns.get(path) or [None] * count for path in ("id", "name"))
        known = {
            path: Nothing(column, silenced=path in silenced)
            for path, column in (("id", ids), ("name", names))
        }

        def nothing(path: str) -> Nothing:
            return known[path] if path in known else judged.rows.nothing(path)

        apart = self._rows_apart(judged, told, ids)
        unread = _unread(judged, told)
        rejected = _nameless(ids, names, nothing("id").told & nothing("name").told)
        table = ScreenedTable(
            _texts(ids, nothing("id")),
            _texts(names, nothing("name")),
            [],
            [-1] * count,
            rejected,
            lambda: digests_of(count, columns, nothing),
        )
        shared = ~apart
        shared[list(rejected)] = False
        rows = np.flatnonzero(shared)
        patterns = judged.patterns[1][rows]
        order = np.argsort(patterns, kind="stable")
        alike = np.split(rows[order], np.flatnonzero(np.diff(patterns[order])) + 1) if len(rows) else []
        firsts = np.array([several[0] for several in alike], np.int64)
        for pattern, several in zip(judged.meanings(firsts), alike, strict=True):
            self._explain(pattern, columns, several.tolist(), unread, table)
        for row in np.flatnonzero(apart).tolist():
            if row in rejected:
                continue
            try:
                table.put(row, screened_alone(self._day, self._record(columns, row)))
            except RecordError as error:
                rejected[row] = Rejected(error.record_id, error.field, error.message, error.hint)
        return table

    def _explain(
        self,
        pattern: Meaning,
        columns: Mapping[str, Sequence[object]],
        rows: Sequence[int],
        unread: Mapping[int, tuple[_Unread, ...]],
        table: ScreenedTable,
    ) -> None:
        """
        Give rows of one pattern their assessments: one for each set of values that the explanation shows.

        Args:
            pattern: all that their answers depend on.
            columns: the table.
            rows: the rows, in order.
            unread: by row, what could not be read in it; an assessment tells it, whatever the pattern.
            table: where their assessments go.
        """
        shown = self._patterns.get(pattern)
        if shown is None:
            shown = self._shown(pattern, self._record(columns, rows[0]))
        seen = [column for path, column in columns.items() if bare(path) in shown.paths]
        notes = [unread.get(row, ()) for row in rows] if unread else []
        besides = [notes] if any(notes) else []
        if not seen and not besides:  # the explanation shows nothing of the row
            place = self._model(columns, rows[0], (shown.number,), table, shown)
            for row in rows:
                table.which[row] = place
            return
        keys: list[tuple[object, ...]] = list(
            zip(repeat(shown.number), *[_told_apart(column, rows) for column in seen], *besides, strict=False)
        )
        first = dict(zip(reversed(keys), reversed(rows), strict=True))
        places = {key: self._model(columns, row, key, table, shown) for key, row in first.items()}
        for row, key in zip(rows, keys, strict=True):
            table.which[row] = places[key]

    def _model(
        self,
        columns: Mapping[str, Sequence[object]],
        row: int,
        key: tuple[object, ...],
        table: ScreenedTable,
        shown: _Shown,
    ) -> int:
        """Give a table the assessment that goes with a key, made from a row unless it is remembered; return its place."""
        model = self._explained.get(key)
        if model is None:
            model = Model(self._day.screen(self._record(columns, row), shown.alike))
            if shown.lasting:
                if len(self._explained) >= _EXPLAINED:
                    self._explained.clear()
                self._explained[key] = model
        table.models.append(model)
        return len(table.models) - 1

    def _shown(self, pattern: Meaning, record: Record) -> _Shown:
        """Return which fields the explanations of a pattern show; its rules match for the same reasons in every row."""
        alike = self._day.alike(record)
        paths = self._fields.of(self._day.screen(record, alike))
        known = catalogue().fields
        lasting = not any(known[path].kind is Kind.PROSE for path in paths)
        if len(self._patterns) >= _PATTERNS:
            self._patterns.clear()
            self._explained.clear()
        found = self._patterns[pattern] = _Shown(len(self._patterns), paths, lasting, alike)
        return found

    def _record(self, columns: Mapping[str, Sequence[object]], row: int) -> Record:
        told = nested({path: column[row] for path, column in columns.items()})
        return Record.model_validate(told, context=self._settings)

    def _rows_apart(
        self, judged: JudgedRows, columns: Mapping[str, Sequence[object]], ids: Sequence[object]
    ) -> npt.NDArray[np.bool_]:
        """
        Return the rows that share nothing: the record has an exception, or fields that hold several values.
        """
        import numpy as np

        apart = np.zeros(len(ids), np.bool_)
        if self._day.excepted:
            concerns = self._day.excepted.concerns
            apart |= np.fromiter((concerns(text_of(one)) for one in ids), np.bool_, len(ids))
        known = catalogue().fields
        for path in columns:
            field = known.get(bare(path))
            if field is None:
                apart[:] = True  # a column nobody knows: each row says so when it is read
                continue
            if field.reads.many:
                encoded = judged.rows.encoded(path, field.reads)
                told = np.array(
                    [
                        bool(value) or bool(note)
                        for value, note in zip(encoded.values, encoded.notes, strict=True)
                    ],
                    np.bool_,
                )
                apart |= told[encoded.codes]
        return apart


def _unread(judged: JudgedRows, columns: Mapping[str, Sequence[object]]) -> dict[int, tuple[_Unread, ...]]:
    """Return by row what could not be read in it, or not without a remark: column, note, and the value with its type."""
    import numpy as np

    found: dict[int, tuple[_Unread, ...]] = {}
    known = catalogue().fields
    for path, column in columns.items():
        field = known.get(bare(path))
        if field is None or field.kind in _ALWAYS_READ or field.reads.many:
            continue
        encoded = judged.rows.encoded(path, field.reads)
        noted = np.array([bool(note) for note in encoded.notes], np.bool_)
        if not noted.any():
            continue
        for row in np.flatnonzero(noted[encoded.codes]).tolist():
            written = column[row]
            one = (path, encoded.notes[encoded.codes[row]], type(written), written)
            found[row] = (*found.get(row, ()), one)
    return found


def texts_of(column: Sequence[object] | None, count: int, *, silenced: bool) -> list[str]:
    """Return a column of ids or names as text, empty where nothing is told."""
    from laborscreen.conditions.columns import Nothing

    told = column if column is not None else [None] * count
    return [one or "" for one in _texts(told, Nothing(told, silenced=silenced))]


def _texts(column: Sequence[object], nothing: Nothing) -> list[str]:
    """Return a column's values as text."""
    if nothing.readable:
        return list(column)  # type: ignore[arg-type] # texts, and None in rows that are rejected
    return ["" if values.is_missing(one) else text_of(one) for one in column]


def _told_apart(column: Sequence[object], rows: Sequence[int]) -> list[object]:
    """Return the values of some rows so that those written differently are different (1, 1.0 and yes are equal to Python)."""
    found = list(map(column.__getitem__, rows))
    if isinstance(column, Texts) or set(map(type, found)) <= {str, type(None)}:
        return found
    return [(type(one), one) for one in found]


def _nameless(
    ids: Sequence[object], names: Sequence[object], named: npt.NDArray[np.bool_]
) -> dict[int, Rejected]:
    """Return the rows without id or name, with what a record would say of them."""
    found: dict[int, Rejected] = {}
    bare = ~named
    for row, missing in enumerate(bare.tolist()) if bare.any() else ():
        if missing:
            try:
                Record.model_validate({"id": ids[row], "name": names[row]})
            except RecordError as error:
                found[row] = Rejected(error.record_id, error.field, error.message, error.hint)
    return found
