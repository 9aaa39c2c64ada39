"""
Parquet and Arrow files as Arrow record batches, checked before anything of them is believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from laborscreen.errors import InputError, MissingExtraError
from laborscreen.formats.bytes_in import open_bytes, refuse_binary, unreadable
from laborscreen.formats.limits import MAX_COLUMN_CHUNK
from laborscreen.source import Location

PARQUET_SUFFIXES = (".parquet", ".pq")
ARROW_SUFFIXES = (".arrow", ".feather", ".ipc", ".arrows")

_PARQUET = b"PAR1"
_ARROW = b"ARROW1"
_OLD_FEATHER = b"FEA1"


@dataclass(frozen=True, slots=True)
class ArrowFile:
    """
    A file of columns.

    Args:
        schema: its Arrow schema.
        batches: given a number of rows to pass over and the rows of a batch, yields the row number before each record
            batch, and the batch.
    """

    schema: Any
    batches: Callable[[int, int], Iterator[tuple[int, Any]]]


def open_parquet(path: Path, name: str) -> ArrowFile:
    """
    Open a Parquet file.

    Raises:
        InputError: it is none, cut off, damaged or encrypted, or a column of it unpacks to more than is reasonable.
        MissingExtraError: the extra ``columnar`` is not installed.
    """
    _import_pyarrow()
    import pyarrow.parquet as pq

    head, tail = _ends(path, name)
    if not head.startswith(_PARQUET):
        refuse_binary(head, name, "a Parquet file")
        raise InputError("this is no Parquet file", location=Location(name), hint="check its suffix")
    if tail != _PARQUET:
        raise _cut_off(name, "Parquet", "its end is missing")
    with refusing(name, "Parquet"):
        metadata = pq.read_metadata(path)
        schema = metadata.schema.to_arrow_schema()
    heights = []
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        heights.append(group.num_rows)
        for at in range(group.num_columns):
            size = group.column(at).total_uncompressed_size
            if not 0 <= size <= MAX_COLUMN_CHUNK:
                raise InputError(
                    f"a column unpacks to {size:,} bytes in one row group; at most {MAX_COLUMN_CHUNK:,} are read "
                    "(MAX_COLUMN_CHUNK)",
                    location=Location(name),
                    hint="write the file again with smaller row groups",
                )

    def batches(skip: int, size: int) -> Iterator[tuple[int, Any]]:
        first, before = 0, 0
        while first < len(heights) and before + heights[first] <= skip:
            before += heights[first]
            first += 1
        with refusing(name, "Parquet"), pq.ParquetFile(path, pre_buffer=False) as file:
            for batch in file.iter_batches(size, row_groups=range(first, len(heights)), use_threads=False):
                batch.validate(full=True)
                yield before, batch
                before += batch.num_rows

    return ArrowFile(schema, batches)


def open_arrow(path: Path, name: str) -> ArrowFile:
    """
    Open an Arrow file, of either kind: the file (also called Feather) or the stream.

    Raises:
        InputError: it is none, cut off or damaged.
        MissingExtraError: the extra ``columnar`` is not installed.
    """
    pa = _import_pyarrow()
    head, _ = _ends(path, name)
    if head.startswith(_OLD_FEATHER):
        raise InputError(
            "this is a Feather file of version 1", location=Location(name), hint="write it as version 2"
        )
    is_file = head.startswith(_ARROW)
    if not is_file:
        refuse_binary(head, name, "an Arrow file")

    def batches(skip: int, size: int) -> Iterator[tuple[int, Any]]:
        before = 0
        with refusing(name, "Arrow"), pa.OSFile(str(path)) as raw:
            for whole in _recorded(pa, raw, is_file=is_file):
                if before + whole.num_rows > skip:
                    whole.validate(full=True)
                    for start in range(0, whole.num_rows, size):
                        yield before + start, whole.slice(start, size)
                before += whole.num_rows

    with refusing(name, "Arrow"), pa.OSFile(str(path)) as raw:
        reader = pa.ipc.open_file(raw) if is_file else pa.ipc.open_stream(raw)
        return ArrowFile(reader.schema, batches)


def _recorded(pa: Any, raw: Any, *, is_file: bool) -> Iterator[Any]:
    if not is_file:
        yield from pa.ipc.open_stream(raw)
        return
    reader = pa.ipc.open_file(raw)
    for number in range(reader.num_record_batches):
        yield reader.get_batch(number)


def _import_pyarrow() -> Any:
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError("columnar", "read Parquet and Arrow files") from error
    return pa


def _ends(path: Path, name: str) -> tuple[bytes, bytes]:
    """Return the first eight and the last four bytes of a file."""
    size = open_bytes(path, name).size
    try:
        with path.open("rb") as raw:
            head = raw.read(8)
            raw.seek(max(0, size - 4))
            return head, raw.read(4)
    except OSError as error:
        raise unreadable(name, error) from error


@contextmanager
def refusing(name: str, kind: str) -> Iterator[None]:
    """Turn what pyarrow says of a bad file into an error with a place and a cure."""
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, MemoryError, OverflowError, ValueError) as error:
        told = str(error).partition("\n")[0][:200]
        raise _cut_off(name, kind, told) from error
    except OSError as error:
        if error.errno:
            raise unreadable(name, error) from error
        raise _cut_off(name, kind, str(error).partition("\n")[0][:200]) from error


def _cut_off(name: str, kind: str, told: str) -> InputError:
    return InputError(
        f"the {kind} file is cut off or damaged: {told}",
        location=Location(name),
        hint="fetch or write it again",
    )
