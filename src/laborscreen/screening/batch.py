"""
Screen a flat table: what rows have in common is worked out once.

Each distinct value is judged once, each distinct pattern of answers is weighed once, and each distinct set of values
that an explanation shows is explained once. A row then costs little more than its id. The answers are those of
`Day.screen`, row by row.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from laborscreen import values
from laborscreen.conditions import ON_LISTS, Figure, Operator, Over, Test, walk
from laborscreen.conditions.parties import FACTS, HOLDINGS
from laborscreen.errors import RecordError
from laborscreen.record import Kind, Record, catalogue, nested, text_of
from laborscreen.screening.result import Assessment, Rejected

if TYPE_CHECKING:
    from laborscreen.conditions import Pattern
    from laborscreen.conditions.columns import JudgedRows
    from laborscreen.screening.screener import Day

_EXPLAINED = 100_000  # explanations remembered; beyond that the memory starts anew
_HEAD = b'{"record_id":'
_INDEX = re.compile(r"\[\d+\]")
_UNREAD = (Kind.NAME, Kind.TEXT, Kind.PROSE)
"""Kinds that can always be read, so that no note can come of them."""


class Model:
    """
    An assessment that other rows share but for id and digest.

    Args:
        assessment: the assessment of the first such row.
    """

    __slots__ = ("_json", "assessment")

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._json: tuple[bytes, bytes] | None = None

    def json(self, record_id: str, digest: str) -> bytes:
        """Return the published JSON form for a row with this id and digest, as one line."""
        import orjson

        if self._json is None:
            whole = orjson.dumps(self.assessment.to_dict())
            head = _HEAD + orjson.dumps(self.assessment.record_id)
            middle, _, tail = whole[len(head) :].rpartition(self.assessment.provenance.input.encode())
            self._json = middle, tail
        middle, tail = self._json
        return b"".join((_HEAD, orjson.dumps(record_id), middle, digest.encode(), tail, b"\n"))


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


def screened_alone(day: Day, record: Record) -> Screened:
    """Screen one record by itself, in the form that rows of a table have."""
    model = Model(day.screen(record))
    return Screened(record.id, record.name, model.assessment.provenance.input, model)


class TableScreener:
    """
    Screens flat tables on one day.

    Args:
        day: the screener on a day.
        settings: date order and decimal mark of the file.
    """

    def __init__(self, day: Day, settings: values.ReadingSettings = values.DEFAULT) -> None:
        from laborscreen.conditions.columns import ColumnRunner

        self._day = day
        self._settings = settings
        self._runner = ColumnRunner(day.bound, day.grades)
        self._explained: dict[tuple[object, ...], Model] = {}
        self._patterns: dict[Pattern, int] = {}
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
        told = {path: column for path, column in columns.items() if path not in self._unjudged}
        judged = self._runner.judge(count, told, self._settings)
        patterns = judged.patterns[1].tolist()
        digests = _Digests(columns)
        ids, names = (columns.get(path) or [None] * count for path in ("id", "name"))
        apart = self._rows_apart(judged, told, ids)
        met: dict[int, tuple[int, tuple[Sequence[object], ...]]] = {}
        for row in range(count):
            try:
                record_id, name = _identity(ids[row], names[row])
                model = (
                    Model(self._day.screen(self._record(columns, row)))
                    if apart[row]
                    else self._model(columns, row, patterns[row], met)
                )
            except RecordError as error:
                yield Rejected(error.record_id, error.field, error.message, error.hint)
                continue
            digest = model.assessment.provenance.input if apart[row] else digests.of(row)
            yield Screened(record_id, name, digest, model)

    def _model(
        self,
        columns: Mapping[str, Sequence[object]],
        row: int,
        pattern: int,
        met: dict[int, tuple[int, tuple[Sequence[object], ...]]],
    ) -> Model:
        """
        Return an assessment that differs from the row's in id and digest alone.

        Args:
            columns: the table.
            row: the row.
            pattern: the row's pattern in this table.
            met: for patterns of this table met before, their number over all tables and the columns their explanation shows.
        """
        known = met.get(pattern)
        if known is not None:
            number, shown = known
            key = (number, *[column[row] for column in shown])
            found = self._explained.get(key)
            if found is not None:
                return found
        record = self._record(columns, row)
        model = Model(self._day.screen(record))
        if known is None:
            number = self._patterns.setdefault(self._day.pattern(record), len(self._patterns))
            read = {path for flag in model.assessment.flags for path in self._read_by[flag.rule]}
            shown = tuple(column for path, column in columns.items() if _INDEX.sub("", path) in read)
            met[pattern] = number, shown
            key = (number, *[column[row] for column in shown])
        if len(self._explained) >= _EXPLAINED:
            self._explained.clear()
        self._explained[key] = model
        return model

    def _record(self, columns: Mapping[str, Sequence[object]], row: int) -> Record:
        told = nested({path: column[row] for path, column in columns.items()})
        return Record.model_validate(told, context=self._settings)

    def _rows_apart(
        self, judged: JudgedRows, columns: Mapping[str, Sequence[object]], ids: Sequence[object]
    ) -> list[bool]:
        """
        Return the rows that share nothing: something in them could not be read, or the record has an exception.
        """
        import numpy as np

        concerns = self._day.excepted.concerns
        apart = np.fromiter((concerns(text_of(one)) for one in ids), np.bool_, len(ids))
        known = catalogue().fields
        for path in columns:
            field = known.get(_INDEX.sub("", path))
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
        found: list[bool] = apart.tolist()
        return found


def _identity(record_id: object, name: object) -> tuple[str, str]:
    """Return id and name as a record has them, or say what is missing as it would."""
    if values.is_missing(record_id) or values.is_missing(name):
        Record.model_validate({"id": record_id, "name": name})
    return text_of(record_id), text_of(name)


def _paths_read(day: Day, rule_id: str) -> frozenset[str]:
    """Return the full paths of the fields that a rule's explanation may show."""
    rule = day.rulebook.by_id[rule_id]
    known = catalogue()
    found: set[str] = set()
    trees = [rule.when] if rule.applies_when is None else [rule.when, rule.applies_when]
    for tree in trees:
        for node, group in walk(tree):
            match node:
                case Test():
                    if node.operator in ON_LISTS:
                        found |= _facts(node, group)
                    for name in (node.field, str(node.wanted)):
                        field = known.find(name, group)
                        if field is not None:
                            found.add(field.path)
                case Figure():
                    found |= {f"{node.group}.{name}" for name in (node.field, node.by) if name}
                case Over() | _:
                    pass
            if group:
                found.add(f"{group}.source_type")
    found |= {path for path in known.fields if f"{{{path.rpartition('.')[2]}}}" in rule.because}
    found |= {path for path in known.fields if f"{{{path}}}" in rule.because}
    return frozenset(found | {"source_type", "nationality_source", "people.nationality_source", "as_of"})


def _facts(test: Test, group: str) -> set[str]:
    """Return the full paths of the fields that tell more of the party whose name a test compares with lists."""
    field = catalogue().find(test.field, group)
    if field is None:
        return set()
    return set(HOLDINGS if test.operator is Operator.OWNED_BY_LISTED else FACTS.get(field.path, ()))


class _Digests:
    """The digest of each row's input, as `input_digest` gives it for a record."""

    def __init__(self, columns: Mapping[str, Sequence[object]]) -> None:
        self._columns = columns
        self._several = any("[" in path for path in columns)
        self._ordered = [(_numbered(path), columns[path]) for path in sorted(columns, key=_numbered)]

    def of(self, row: int) -> str:
        if self._several:
            told = nested({path: column[row] for path, column in self._columns.items()})
            return digest_of(sorted(_items(told)))
        return digest_of(
            (path, text_of(column[row]))
            for path, column in self._ordered
            if not values.is_missing(column[row])
        )


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
    text = "\x1e".join([f"{path}\x1f{written}" for path, written in items])
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
