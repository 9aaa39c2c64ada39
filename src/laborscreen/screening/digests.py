"""
The digest of what a record was made of: of one record, or of every row of a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import repeat
from typing import TYPE_CHECKING

from laborscreen import values
from laborscreen.errors import RecordError
from laborscreen.record import Record, catalogue, nested, text_of
from laborscreen.screening.rosters import divided_columns

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from laborscreen.conditions.columns import Nothing

ALGORITHM = "sha256:"
"""What a digest begins with."""

_BETWEEN, _AFTER = "\x1f", "\x1e"


def input_digest(record: Record) -> str:
    """Return the digest of what a record was made of: every value as written, by path."""
    return digest_of(sorted(record.written_items()))


def digest_of(items: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> str:
    """Return the SHA-256 of paths and texts, in the order given."""
    text = _AFTER.join([f"{path}{_BETWEEN}{written}" for path, written in items])
    return ALGORITHM + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


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

    columns = divided_columns(columns)
    known = {path: Nothing(column, silenced=path in silenced) for path, column in columns.items()}
    return digests_of(count, columns, known.__getitem__)


def digests_of(
    count: int, columns: Mapping[str, Sequence[object]], nothing: Callable[[str], Nothing]
) -> list[str]:
    """Return the digest of each row's input, as `input_digest` gives it for a record."""
    import numpy as np

    if any("[" in path for path in columns):
        return [_of_row(columns, row) for row in range(count)]
    paths = sorted((_numbered(column), column) for column in columns)
    texts = [_told_texts(columns[column], nothing(column)) for _, column in paths]
    told = np.array([_is_told(column) for column in texts], np.bool_).reshape(len(texts), count)
    found = [""] * count
    kinds, kind_of = np.unique(np.packbits(told, axis=0), axis=1, return_inverse=True)
    for kind in range(kinds.shape[1]):  # rows that tell the same columns are written alike
        alike = np.flatnonzero(kind_of.ravel() == kind)
        there = told[:, alike[0]].tolist()
        rows = alike.tolist()
        chosen = [
            (path, list(map(column.__getitem__, rows)) if len(rows) < count else column)
            for (path, _), column, is_there in zip(paths, texts, there, strict=True)
            if is_there
        ]
        for row, digest in zip(rows, _of_columns(chosen, len(rows)), strict=True):
            found[row] = digest
    lists = [at for at, (_, column) in enumerate(paths) if column in _lists()]
    for row in np.flatnonzero(told[lists].any(axis=0)).tolist() if lists else ():
        found[row] = _of_row(
            columns, row
        )  # of a cell with several values, only a record tells which they are
    return found


def _of_columns(columns: Sequence[tuple[str, Sequence[str | None]]], count: int) -> list[str]:
    """Return the digests of rows that tell something in every column; a column comes with its path."""
    pieces: list[Iterable[str]] = []
    for path, column in columns:
        pieces.append(repeat(f"{_AFTER if pieces else ''}{path}{_BETWEEN}"))
        pieces.append(column)  # type: ignore[arg-type] # all are told
    texts = list(map("".join, zip(*pieces, strict=False))) if pieces else [""] * count
    try:
        written = list(map(str.encode, texts))
    except UnicodeEncodeError:  # halves of characters
        written = [text.encode("utf-8", "surrogatepass") for text in texts]
    return [ALGORITHM + sha256(one).hexdigest() for one in written]


def _of_row(columns: Mapping[str, Sequence[object]], row: int) -> str:
    told = nested({path: column[row] for path, column in columns.items()})
    if any(path in _lists() and column[row] is not None for path, column in columns.items()):
        try:
            return input_digest(Record.model_validate(told))
        except RecordError:  # the row is rejected, and its digest stands nowhere
            pass
    return digest_of(sorted(_items(told)))


@lru_cache(maxsize=1)
def _lists() -> frozenset[str]:
    """Return the fields that hold a list of plain values, by path."""
    return frozenset(path for path, field in catalogue().fields.items() if field.reads.many)


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
