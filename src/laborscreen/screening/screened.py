"""
Results of the rows of a table: what rows share is kept once, in memory and in the published form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, repeat
from typing import TYPE_CHECKING

from laborscreen.record import Record
from laborscreen.screening.digests import ALGORITHM
from laborscreen.screening.result import Assessment, Rejected

if TYPE_CHECKING:
    from laborscreen.screening.day import Day

_HEAD = b'{"record_id":'
_LINES_AT_ONCE = 512
"""Lines put together at once: about a megabyte, which takes memory that is at hand and not new memory each time."""


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
            figures = self.assessment.provenance.input.removeprefix(ALGORITHM)
            middle, _, tail = whole[len(head) :].rpartition(figures.encode())
            self._json = middle, tail + b"\n"
        return self._json

    def json(self, record_id: str, digest: str) -> bytes:
        """Return the published JSON form for a row with this id and digest, as one line."""
        import orjson

        middle, tail = self.json_around
        return b"".join(
            (_HEAD, orjson.dumps(record_id), middle, digest.removeprefix(ALGORITHM).encode(), tail)
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

    def json_lines(self) -> Iterator[bytes]:
        """Yield the published JSON form of every row that was screened, one a line, some lines at a time."""
        around = [model.json_around for model in self.models]
        middles = [middle.removesuffix(ALGORITHM.encode()) for middle, _ in around]
        tails = [tail for _, tail in around]
        digests, screened = self.digests, self.screened()
        for first in range(0, len(screened), _LINES_AT_ONCE):
            rows = screened[first : first + _LINES_AT_ONCE]
            which = [self.which[row] for row in rows]
            yield b"".join(
                chain.from_iterable(
                    zip(
                        repeat(_HEAD),
                        _quoted([self.ids[row] for row in rows]),
                        map(middles.__getitem__, which),
                        [digests[row].encode() for row in rows],
                        map(tails.__getitem__, which),
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
