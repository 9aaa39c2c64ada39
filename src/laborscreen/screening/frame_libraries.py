"""
What differs between polars, pandas and pyarrow: how a frame is cut into slices of values, and made of columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Protocol

from laborscreen.errors import UsageError
from laborscreen.text.text_column import TextColumn

Columns = dict[str, Sequence[object]]


class Library(Protocol):
    """One library of data frames."""

    def is_frame(self, frame: Any) -> bool:
        """Return whether something of the library is a whole frame."""

    def kinds(self, frame: Any) -> dict[str, list[str]]:
        """
        Return each column's name with the fields of the structures in it, as far as its type tells them.

        Raises:
            UsageError: a column holds what is no value of a record.
        """

    def slices(self, frame: Any, size: int) -> Iterator[tuple[int, Columns]]:
        """Yield number of rows and values, *size* rows at a time."""

    def made(self, columns: Mapping[str, list[Any]], numbers: frozenset[str]) -> Any:
        """Return a frame of some columns; *numbers* are those of numbers, all others hold text."""

    def joined(self, pieces: Sequence[Any], frame: Any) -> Any:
        """Return *pieces* as one frame that stands beside *frame* row by row."""


class _Polars:
    def is_frame(self, frame: Any) -> bool:
        return hasattr(frame, "iter_slices")  # a LazyFrame is no frame yet

    def kinds(self, frame: Any) -> dict[str, list[str]]:
        return {name: self._inner(kind, name) for name, kind in frame.schema.items()}

    def _inner(self, kind: Any, name: str) -> list[str]:
        import polars as pl

        if isinstance(kind, pl.List | pl.Array):
            return self._inner(kind.inner, name)
        if isinstance(kind, pl.Struct):
            return [field.name for field in kind.fields]
        if isinstance(kind, pl.Binary):
            raise _no_value(name, "bytes")
        return []

    def slices(self, frame: Any, size: int) -> Iterator[tuple[int, Columns]]:
        for piece in frame.iter_slices(size):
            yield piece.height, {one.name: self._values(one) for one in piece.iter_columns()}

    def _values(self, column: Any) -> Sequence[object]:
        import polars as pl

        if column.dtype != pl.String or find_spec("pyarrow") is None:
            values: list[object] = column.to_list()
            return values
        return TextColumn(column.to_arrow(compat_level=pl.CompatLevel.oldest()))

    def made(self, columns: Mapping[str, list[Any]], numbers: frozenset[str]) -> Any:
        import polars as pl

        schema = {name: pl.Float64 if name in numbers else pl.String for name in columns}
        return pl.DataFrame(columns, schema=schema)

    def joined(self, pieces: Sequence[Any], frame: Any) -> Any:  # noqa: ARG002 -- polars has no index
        import polars as pl

        return pl.concat(pieces, rechunk=False)


class _Pandas:
    def is_frame(self, frame: Any) -> bool:
        return hasattr(frame, "columns") and hasattr(frame, "iloc")

    def kinds(self, frame: Any) -> dict[str, list[str]]:
        return {str(name): [] for name in frame.columns}

    def slices(self, frame: Any, size: int) -> Iterator[tuple[int, Columns]]:
        for start in range(0, len(frame), size):
            piece = frame.iloc[start : start + size]
            yield (
                len(piece),
                {str(name): _without_arrays(column.tolist()) for name, column in piece.items()},
            )

    def made(self, columns: Mapping[str, list[Any]], numbers: frozenset[str]) -> Any:
        import pandas as pd

        return pd.DataFrame(
            {
                name: pd.Series(column, dtype=float if name in numbers else object)
                for name, column in columns.items()
            }
        )

    def joined(self, pieces: Sequence[Any], frame: Any) -> Any:
        import pandas as pd

        return pd.concat(pieces, ignore_index=True).set_axis(frame.index)


class _PyArrow:
    def is_frame(self, frame: Any) -> bool:
        return hasattr(frame, "to_batches") or hasattr(frame, "to_struct_array")

    def kinds(self, frame: Any) -> dict[str, list[str]]:
        return {field.name: arrow_inner(field.type, field.name) for field in frame.schema}

    def slices(self, frame: Any, size: int) -> Iterator[tuple[int, Columns]]:
        import pyarrow as pa

        table = pa.Table.from_batches([frame]) if isinstance(frame, pa.RecordBatch) else frame
        for batch in table.to_batches(max_chunksize=size):
            yield batch.num_rows, arrow_columns(batch)

    def made(self, columns: Mapping[str, list[Any]], numbers: frozenset[str]) -> Any:
        import pyarrow as pa

        return pa.table(
            {
                name: pa.array(column, pa.float64() if name in numbers else pa.string())
                for name, column in columns.items()
            }
        )

    def joined(self, pieces: Sequence[Any], frame: Any) -> Any:  # noqa: ARG002 -- Arrow has no index
        import pyarrow as pa

        return pa.concat_tables(pieces)


def arrow_inner(kind: Any, name: str) -> list[str]:
    """
    Return the fields of the structures in an Arrow type.

    Raises:
        UsageError: the type is none a record's value can have.
    """
    from pyarrow import types

    if types.is_dictionary(kind):
        return arrow_inner(kind.value_type, name)
    if types.is_struct(kind):
        return [field.name for field in kind]
    if types.is_map(kind) or types.is_binary(kind) or types.is_large_binary(kind) or types.is_union(kind):
        raise _no_value(name, str(kind))
    return arrow_inner(kind.value_type, name) if hasattr(kind, "value_type") else []


def arrow_columns(batch: Any) -> Columns:
    """Return the values of an Arrow record batch."""
    return {
        name: _arrow_values(column) for name, column in zip(batch.schema.names, batch.columns, strict=True)
    }


def _arrow_values(array: Any) -> Sequence[object]:
    import pyarrow as pa
    from pyarrow import types

    kind = array.type
    if types.is_string(kind) or types.is_large_string(kind):
        return TextColumn(array)
    if types.is_timestamp(kind) and kind.unit == "ns":  # Python's moments are no finer
        array = array.cast(pa.timestamp("us", kind.tz), safe=False)
    elif types.is_time64(kind) and kind.unit == "ns":
        array = array.cast(pa.time64("us"), safe=False)
    found: list[object] = array.to_pylist()
    return found


def _without_arrays(cells: list[object]) -> list[object]:
    """Return cells with lists where pandas keeps NumPy arrays, as it does for lists read from Parquet."""
    if all(type(cell).__module__ != "numpy" and type(cell) not in (list, dict) for cell in cells):
        return cells
    return [_plain(cell) for cell in cells]


def _plain(cell: object) -> object:
    if type(cell).__module__ == "numpy":
        cell = cell.tolist()  # type: ignore[attr-defined] # arrays and scalars of NumPy have it
    if isinstance(cell, list):
        return [_plain(one) for one in cell]
    if isinstance(cell, dict):
        return {key: _plain(one) for key, one in cell.items()}
    return cell


def _no_value(name: str, kind: str) -> UsageError:
    return UsageError(
        f"the column {name!r} holds {kind}, which is no text, number, day or list of them",
        hint="leave the column out, or write it as text",
    )


LIBRARIES: Mapping[str, Library] = {"polars": _Polars(), "pandas": _Pandas(), "pyarrow": _PyArrow()}
"""The libraries by the name of their package."""
