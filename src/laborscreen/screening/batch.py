"""
Screen a flat table: what rows have in common is worked out once.

Each distinct value is judged once, each distinct pattern of answers is weighed once, and each distinct set of values
that an explanation shows is explained once. A row then costs little more than its id and the digest of its input. The
answers are those of `Day.screen`, row by row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from itertools import chain, repeat
from typing import TYPE_CHECKING

from laborscreen import values
from laborscreen.conditions import ON_LISTS, Figure, Operator, Over, Test, walk
from laborscreen.conditions.parties import FACTS, HOLDINGS
from laborscreen.errors import RecordError
from laborscreen.record import Kind, Record, catalogue, nested, text_of
from laborscreen.screening.result import Assessment, Rejected

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from laborscreen.conditions.columns import JudgedRows, Meaning, Nothing
    from laborscreen.screening.screener import Day

_EXPLAINED = 4_096  # explanations remembered; beyond that the memory starts anew
_PATTERNS = 50_000  # patterns remembered, the same way
_HEAD = b'{"record_id":'
_INDEX = re.compile(r"\[\d+\]")
_UNREAD = (Kind.NAME, Kind.TEXT, Kind.PROSE)
"""Kinds that can always be read, so that no note can come of them."""


class Model:
    """
    An assessment that other rows share but for id and digest.

    Args:
        assessment: the assessment of the first such row.
        around: its JSON form around id and digest, where that is known already.
    """

    __slots__ = ("_json", "assessment", "made")

    def __init__(self, assessment: Assessment, around: tuple[bytes, bytes] | None = None) -> None:
        self.assessment = assessment
        self.made: dict[str, bytes] = {}
        """What else was made of the assessment once and is the same for all its rows, by what it is."""
        self._json = around

    @property
    def json_around(self) -> tuple[bytes, bytes]:
        """The published JSON form between the id and the digest's figures, and after them, with the line's end."""
        import orjson

        if self._json is None:
            whole = orjson.dumps(self.assessment)
            head = _HEAD + orjson.dumps(self.assessment.record_id)
            figures = self.assessment.provenance.input.removeprefix(_ALGORITHM)
            middle, _, tail = whole[len(head) :].rpartition(figures.encode())
            self._json = middle, tail + b"\n"
        return self._json

    def json(self, record_id: str, digest: str) -> bytes:
        """Return the published JSON form for a row with this id and digest, as one line."""
        import orjson

        middle, tail = self.json_around
        return b"".join(
            (_HEAD, orjson.dumps(record_id), middle, digest.removeprefix(_ALGORITHM).encode(), tail)
        )


@dataclass(frozen=True, slots=True)
class Screened:
    """
    One row's result.

    Args:
        record_id: the record's id.
        name: the record's name, for a summary.
        digest: the digest of its input.
        model: the assessment, which other rows may share.
    """

    record_id: str
    name: str
    digest: str
    model: Model

    @property
    def assessment(self) -> Assessment:
        """The row's own assessment."""
        shared = self.model.assessment
        return replace(
            shared, record_id=self.record_id, provenance=replace(shared.provenance, input=self.digest)
        )

    def json(self) -> bytes:
        """Return the published JSON form as one line."""
        return self.model.json(self.record_id, self.digest)


@dataclass(slots=True)
class ScreenedTable:
    """
    The results of a table's rows, in columns.

    Args:
        ids: the id of each row.
        names: the name of each row.
        models: the assessments that rows share.
        which: for each row, the place of its model; -1 where the row was rejected.
        rejected: rows that could not be screened.
        digest_rows: gives the digest of each row's input; asked once, and only if somebody wants to know.
    """

    ids: list[str]
    names: list[str]
    models: list[Model]
    which: list[int]
    rejected: dict[int, Rejected]
    digest_rows: Callable[[], list[str]]
    _digests: list[str] | None = None
    _put: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, results: Sequence[Screened | Rejected]) -> ScreenedTable:
        """Return results that were made one by one as a table."""
        count = len(results)
        table = cls([""] * count, [""] * count, [], [-1] * count, {}, lambda: [""] * count)
        places: dict[int, int] = {}
        for row, result in enumerate(results):
            if isinstance(result, Rejected):
                table.ids[row], table.rejected[row] = result.record_id, result
                continue
            table.put(row, result)
            place = places.setdefault(id(result.model), table.which[row])
            if place != table.which[row]:  # rows that share an assessment share it here, too
                table.which[row] = place
                table.models.pop()
        return table

    @property
    def digests(self) -> list[str]:
        """The digest of each row's input."""
        if self._digests is None:
            self._digests = self.digest_rows()
        for row, digest in self._put.items():
            self._digests[row] = digest
        return self._digests

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, row: int) -> Screened | Rejected:
        """Return one row's result."""
        if self.which[row] < 0:
            return self.rejected[row]
        return Screened(self.ids[row], self.names[row], self.digests[row], self.models[self.which[row]])

    @classmethod
    def merged(cls, taken: Sequence[Screened | None], rest: ScreenedTable) -> ScreenedTable:
        """Return the results of a table: those *taken* from elsewhere, and in the gaps between them the *rest*, in order."""
        others = iter(range(len(rest)))
        return cls.of([rest[next(others)] if one is None else one for one in taken])

    @staticmethod
    def head_of(record_id: str) -> bytes:
        """Return the beginning of the published JSON form of a result."""
        import orjson

        return _HEAD + orjson.dumps(record_id)

    def put(self, row: int, result: Screened) -> None:
        """Set another result in the place of a row's."""
        self.ids[row], self.names[row], self._put[row] = result.record_id, result.name, result.digest
        self.which[row] = len(self.models)
        self.models.append(result.model)
        self.rejected.pop(row, None)

    def screened(self) -> list[int]:
        """Return the rows that were screened."""
        if not self.rejected:
            return list(range(len(self.ids)))
        return [row for row, number in enumerate(self.which) if number >= 0]

    def json_lines(self) -> bytes:
        """Return the published JSON form of every row that was screened, one a line."""
        rows = self.screened()
        if not rows:
            return b""
        around = [model.json_around for model in self.models]
        which = [self.which[row] for row in rows]
        digests = self.digests
        figures = "".join([digests[row][len(_ALGORITHM) :] for row in rows]).encode()
        width = len(figures) // len(rows)
        return b"".join(
            chain.from_iterable(
                zip(
                    repeat(_HEAD),
                    _quoted([self.ids[row] for row in rows]),
                    map([middle for middle, _ in around].__getitem__, which),
                    [figures[start : start + width] for start in range(0, len(figures), width)],
                    map([tail for _, tail in around].__getitem__, which),
                    strict=False,
                )
            )
        )


def _quoted(texts: Sequence[str]) -> list[bytes]:
    """Return texts as JSON."""
    import orjson

    together = orjson.dumps(texts)
    if b"\\" in together:  # an escaped quotation mark may stand beside a comma
        return [orjson.dumps(text) for text in texts]
    return [b'"%b"' % text for text in together[2:-2].split(b'","')]


def screened_alone(day: Day, record: Record) -> Screened:
    """Screen one record by itself, in the form that rows of a table have."""
    model = Model(day.screen(record))
    return Screened(record.id, record.name, model.assessment.provenance.input, model)


@dataclass(frozen=True, slots=True)
class _Shown:
    """
    What the explanations of one pattern show.

    Args:
        number: the pattern's number.
        paths: the fields, without the entry's number.
        lasting: whether they are worth remembering; free text hardly ever comes back.
    """

    number: int
    paths: frozenset[str]
    lasting: bool


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
        self._read_by = {rule.id: _paths_read(day, rule.id) for rule in day.compiled.rules}

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

        told = {path: column for path, column in columns.items() if path not in self._unjudged}
        judged = self._runner.judge(count, told, self._settings, silenced)
        ids, names = (columns.get(path) or [None] * count for path in ("id", "name"))
        known = {
            path: Nothing(column, silenced=path in silenced)
            for path, column in (("id", ids), ("name", names))
        }

        def nothing(path: str) -> Nothing:
            return known[path] if path in known else judged.rows.nothing(path)

        apart = self._rows_apart(judged, told, ids)
        rejected = _nameless(ids, names, nothing("id").told & nothing("name").told)
        table = ScreenedTable(
            _texts(ids, nothing("id")),
            _texts(names, nothing("name")),
            [],
            [-1] * count,
            rejected,
            lambda: _digests(count, columns, nothing),
        )
        shared = ~apart
        shared[list(rejected)] = False
        rows = np.flatnonzero(shared)
        patterns = judged.patterns[1][rows]
        order = np.argsort(patterns, kind="stable")
        alike = np.split(rows[order], np.flatnonzero(np.diff(patterns[order])) + 1) if len(rows) else []
        firsts = np.array([several[0] for several in alike], np.int64)
        for pattern, several in zip(judged.meanings(firsts), alike, strict=True):
            self._explain(pattern, columns, several.tolist(), table)
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
        table: ScreenedTable,
    ) -> None:
        """
        Give rows of one pattern their assessments: one for each set of values that the explanation shows.

        Args:
            pattern: all that their answers depend on.
            columns: the table.
            rows: the rows, in order.
            table: where their assessments go.
        """
        shown = self._patterns.get(pattern)
        if shown is None:
            shown = self._shown(pattern, self._day.screen(self._record(columns, rows[0])))
        seen = [column for path, column in columns.items() if _bare(path) in shown.paths]
        if not seen:  # the explanation shows nothing of the row
            place = self._model(columns, rows[0], (shown.number,), table, lasting=shown.lasting)
            for row in rows:
                table.which[row] = place
            return
        keys: list[tuple[object, ...]] = list(
            zip(repeat(shown.number), *[_told_apart(column, rows) for column in seen], strict=False)
        )
        first = dict(zip(reversed(keys), reversed(rows), strict=True))
        places = {
            key: self._model(columns, row, key, table, lasting=shown.lasting) for key, row in first.items()
        }
        for row, key in zip(rows, keys, strict=True):
            table.which[row] = places[key]

    def _model(
        self,
        columns: Mapping[str, Sequence[object]],
        row: int,
        key: tuple[object, ...],
        table: ScreenedTable,
        *,
        lasting: bool,
    ) -> int:
        """Give a table the assessment that goes with a key, made from a row unless it is remembered; return its place."""
        model = self._explained.get(key)
        if model is None:
            model = Model(self._day.screen(self._record(columns, row)))
            if lasting:
                if len(self._explained) >= _EXPLAINED:
                    self._explained.clear()
                self._explained[key] = model
        table.models.append(model)
        return len(table.models) - 1

    def _shown(self, pattern: Meaning, assessment: Assessment) -> _Shown:
        """Return which fields the explanations of a pattern show; its rules match for the same reasons in every row."""
        paths: set[str] = set()
        for flag in assessment.flags:
            always, if_evident = self._read_by[flag.rule]
            evident = {_bare(evidence.field) for evidence in flag.evidence}
            paths |= always | (if_evident & evident)
        known = catalogue().fields
        lasting = not any(known[path].kind is Kind.PROSE for path in paths)
        if len(self._patterns) >= _PATTERNS:
            self._patterns.clear()
            self._explained.clear()
        found = self._patterns[pattern] = _Shown(len(self._patterns), frozenset(paths), lasting)
        return found

    def _record(self, columns: Mapping[str, Sequence[object]], row: int) -> Record:
        told = nested({path: column[row] for path, column in columns.items()})
        return Record.model_validate(told, context=self._settings)

    def _rows_apart(
        self, judged: JudgedRows, columns: Mapping[str, Sequence[object]], ids: Sequence[object]
    ) -> npt.NDArray[np.bool_]:
        """
        Return the rows that share nothing: something in them could not be read, or the record has an exception.
        """
        import numpy as np

        apart = np.zeros(len(ids), np.bool_)
        if self._day.excepted:
            concerns = self._day.excepted.concerns
            apart |= np.fromiter((concerns(text_of(one)) for one in ids), np.bool_, len(ids))
        known = catalogue().fields
        for path in columns:
            field = known.get(_bare(path))
            if field is None:
                apart[:] = True  # a column nobody knows: each row says so when it is read
                continue
            if field.kind in _UNREAD and not field.reads.many:
                continue
            encoded = judged.rows.encoded(path, field.reads)
            noted = np.array([bool(note) for note in encoded.notes], np.bool_)
            if noted.any():
                apart |= noted[encoded.codes]
            if field.reads.many:
                apart |= np.array([bool(value) for value in encoded.values], np.bool_)[encoded.codes]
        return apart


@lru_cache(maxsize=4_096)
def _bare(path: str) -> str:
    """Return a path without the numbers of entries."""
    return _INDEX.sub("", path)


def digest_table(
    count: int, columns: Mapping[str, Sequence[object]], silenced: frozenset[str] = frozenset()
) -> list[str]:
    """
    Return the digest of each row's input without screening it, as `input_digest` gives it for a record.

    Args:
        count: number of rows.
        columns: column (`laborscreen.record.entry_path`) to one written value a row.
        silenced: columns in which every cell that says nothing is None already.
    """
    from laborscreen.conditions.columns import Nothing

    known = {path: Nothing(column, silenced=path in silenced) for path, column in columns.items()}
    return _digests(count, columns, known.__getitem__)


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
    found = [column[row] for row in rows]
    if set(map(type, found)) <= {str, type(None)}:
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


_Paths = frozenset[str]


def _paths_read(day: Day, rule_id: str) -> tuple[_Paths, _Paths]:
    """Return the full paths of the fields that a rule's explanation always shows, and of those it shows as evidence."""
    rule = day.rulebook.by_id[rule_id]
    known = catalogue()
    always: set[str] = set()
    tested: set[str] = set()
    trees = [rule.when] if rule.applies_when is None else [rule.when, rule.applies_when]
    for tree in trees:
        for node, group in walk(tree):
            match node:
                case Test():
                    if node.operator in ON_LISTS:
                        always |= _facts(node, group)
                    field = known.find(node.field, group)
                    if field is not None:
                        (always if node.operator in ON_LISTS else tested).add(field.path)
                    other = known.find(str(node.wanted), group)
                    if other is not None:
                        always.add(other.path)
                case Figure():
                    always |= {f"{node.group}.{name}" for name in (node.field, node.by) if name}
                case Over() | _:
                    pass
            if group:
                always.add(f"{group}.source_type")
    always |= {path for path in known.fields if f"{{{path.rpartition('.')[2]}}}" in rule.because}
    always |= {path for path in known.fields if f"{{{path}}}" in rule.because}
    always |= {"source_type", "nationality_source", "people.nationality_source", "as_of"}
    return frozenset(always & known.fields.keys()), frozenset(tested)


def _facts(test: Test, group: str) -> set[str]:
    """Return the full paths of the fields that tell more of the party whose name a test compares with lists."""
    field = catalogue().find(test.field, group)
    if field is None:
        return set()
    return set(HOLDINGS if test.operator is Operator.OWNED_BY_LISTED else FACTS.get(field.path, ()))


_ALGORITHM = "sha256:"
_BETWEEN, _AFTER = "\x1f", "\x1e"


def _digests(
    count: int, columns: Mapping[str, Sequence[object]], nothing: Callable[[str], Nothing]
) -> list[str]:
    """Return the digest of each row's input, as `input_digest` gives it for a record."""
    import numpy as np

    if any("[" in path for path in columns):
        rows = (nested({path: column[row] for path, column in columns.items()}) for row in range(count))
        return [digest_of(sorted(_items(told))) for told in rows]
    paths = sorted((_numbered(column), column) for column in columns)
    texts = [_told_texts(columns[column], nothing(column)) for _, column in paths]
    told = np.array([_is_told(column) for column in texts], np.bool_).reshape(len(texts), count)
    found = [""] * count
    kinds, kind_of = np.unique(np.packbits(told, axis=0), axis=1, return_inverse=True)
    for kind in range(kinds.shape[1]):  # rows that tell the same columns are written by one template
        alike = np.flatnonzero(kind_of.ravel() == kind)
        there = told[:, alike[0]].tolist()
        template = _AFTER.join(
            f"{path}{_BETWEEN}%s" for (path, _), is_there in zip(paths, there, strict=True) if is_there
        )
        chosen = [column for column, is_there in zip(texts, there, strict=True) if is_there]
        if len(alike) < count:
            chosen = [list(map(column.__getitem__, alike.tolist())) for column in chosen]
        written = map(template.__mod__, zip(*chosen, strict=True) if chosen else repeat((), len(alike)))
        for row, text in zip(alike.tolist(), written, strict=True):
            found[row] = _ALGORITHM + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return found


def _told_texts(column: Sequence[object], nothing: Nothing) -> Sequence[str | None]:
    """Return the text of each row's value, None where it says nothing."""
    if not nothing.readable:
        return [None if values.is_missing(one) else text_of(one) for one in column]
    if not nothing.words:
        return column  # type: ignore[return-value] # texts and None
    silent = nothing.words
    return [None if one in silent else one for one in column]  # type: ignore[misc]


def _is_told(texts: Sequence[str | None]) -> npt.NDArray[np.bool_]:
    import numpy as np

    if None not in texts:
        return np.ones(len(texts), np.bool_)
    return np.fromiter((one is not None for one in texts), np.bool_, len(texts))


def _numbered(column: str) -> str:
    """Return a column's path as a record's paths are written, with the entry's number."""
    group, dot, name = column.partition(".")
    if not dot or "[" in group or group not in catalogue().groups:
        return column
    return f"{group}[0].{name}"


def _items(told: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        if isinstance(value, Mapping):
            yield from _items(value, f"{prefix}{name}.")
        elif isinstance(value, list | tuple):
            for number, entry in enumerate(value):
                place = f"{prefix}{name}[{number}]"
                if isinstance(entry, Mapping):
                    yield from _items(entry, f"{place}.")
                elif not values.is_missing(entry):
                    yield place, text_of(entry)
        elif not values.is_missing(value):
            yield prefix + name, text_of(value)


def input_digest(record: Record) -> str:
    """Return the digest of what a record was made of: every value as written, by path."""
    return digest_of(sorted(record.written_items()))


def digest_of(items: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> str:
    """Return the SHA-256 of paths and texts, in the order given."""
    text = _AFTER.join([f"{path}{_BETWEEN}{written}" for path, written in items])
    return _ALGORITHM + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
