"""
Columns of Arrow data as the values a person would have written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from laborscreen.errors import InputError
from laborscreen.formats.limits import MAX_DEPTH
from laborscreen.formats.typed_cells import as_written
from laborscreen.source import Location

CellReader = Callable[[Any], list[object]]


def cell_reader(kind: Any, column: str, name: str, depth: int = 0, *, strict: bool = True) -> CellReader:
    """
    Return what turns an Arrow array of a type into cells.

    Args:
        kind: the Arrow type.
        column: the column's name, for messages.
        name: the file as the user named it.
        depth: levels of nesting around it.
        strict: whether bytes that are no text are refused.

    Raises:
        InputError: the column holds what is no value of a record.
    """
    import pyarrow as pa
    from pyarrow import types

    if depth > MAX_DEPTH:
        raise InputError(
            f"the column {column[:80]!r} is nested more than {MAX_DEPTH} levels deep (MAX_DEPTH)",
            location=Location(name),
        )
    if isinstance(kind, pa.BaseExtensionType):
        inner = cell_reader(kind.storage_type, column, name, depth + 1, strict=strict)
        return lambda array: inner(array.storage)
    if types.is_dictionary(kind):
        inner = cell_reader(kind.value_type, column, name, depth + 1, strict=strict)
        return lambda array: inner(array.dictionary_decode())
    if _is_text(kind) or types.is_integer(kind) or types.is_boolean(kind) or types.is_null(kind):
        return _plain
    if types.is_binary(kind) or types.is_large_binary(kind):  # how old writers of Parquet keep text
        return lambda array: _texts(array, strict=strict)
    if types.is_timestamp(kind):
        fine = pa.timestamp("us", kind.tz)
        return lambda array: _written(array.cast(fine, safe=False))
    if types.is_time64(kind):
        return lambda array: _written(array.cast(pa.time64("us"), safe=False))
    if types.is_floating(kind) or types.is_decimal(kind) or types.is_date(kind) or types.is_time32(kind):
        return _written
    if is_list(kind):
        cell_reader(kind.value_type, column, name, depth + 1)
        return _deeply_written
    if types.is_struct(kind):
        for field in kind:
            cell_reader(field.type, f"{column}.{field.name}", name, depth + 1)
        return _deeply_written
    raise InputError(
        f"the column {column[:80]!r} holds {kind}, which is no text, number, day or list of them",
        location=Location(name),
        hint="leave the column out, or write it as text",
    )


def holds_entries(kind: Any) -> bool:
    """Return whether a column's cells are more than values and lists of values."""
    from pyarrow import types

    if is_list(kind):
        kind = kind.value_type
    return bool(types.is_struct(kind) or is_list(kind))


def _plain(array: Any) -> list[object]:
    found: list[object] = array.to_pylist()
    return found


def _texts(array: Any, *, strict: bool) -> list[object]:
    """Return bytes as texts; where they need not be, those that are none are only said to be there."""
    import pyarrow as pa

    try:
        return _plain(array.cast(pa.large_string()))
    except pa.ArrowInvalid:
        if strict:
            raise
        return [None if cell is None else "bytes" for cell in array.to_pylist()]


def _written(array: Any) -> list[object]:
    return [as_written(cell) for cell in array.to_pylist()]


def _deeply_written(array: Any) -> list[object]:
    return [_deep(cell) for cell in array.to_pylist()]


def _deep(cell: object) -> object:
    """Return a list or structure with its values as written; what a structure does not tell is left out."""
    if isinstance(cell, list):
        return [_deep(one) for one in cell]
    if isinstance(cell, dict):
        return {key: _deep(one) for key, one in cell.items() if one is not None}
    if isinstance(cell, bytes):
        return cell.decode("utf-8")
    return as_written(cell)


def _is_text(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def is_list(kind: Any) -> bool:
    """Return whether a type is one of Arrow's kinds of list."""
    from pyarrow import types

    return bool(
        types.is_list(kind)
        or types.is_large_list(kind)
        or types.is_fixed_size_list(kind)
        or types.is_list_view(kind)
        or types.is_large_list_view(kind)
    )
