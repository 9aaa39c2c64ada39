"""
Results as Parquet: the columns of a CSV result, and each whole assessment as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from laborscreen.errors import MissingExtraError
from laborscreen.formats.writers.flat import RECORD_COLUMNS, record_row
from laborscreen.formats.writers.json_writers import json_bytes
from laborscreen.formats.writers.target import Target, unwritable

_GROUP_BYTES = 32 * 1024 * 1024  # JSON held before a row group is written
_NUMBERS = ("_score", "coverage")


class ParquetWriter:
    """
    Writes one row a record, in constant memory. It cannot be gone on with later.

    Args:
        path: the result file.

    Raises:
        MissingExtraError: the extra ``columnar`` is not installed.
    """

    resumable = False

    def __init__(self, path: Path) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            raise MissingExtraError("columnar", "write Parquet files") from error
        names = (*RECORD_COLUMNS, "assessment")
        self._arrow = pa
        self._schema = pa.schema(
            [(name, pa.float64() if name.endswith(_NUMBERS) else pa.string()) for name in names]
        )
        self.target = Target(path)
        self._parquet = pq.ParquetWriter(self.target.file, self._schema, compression="zstd")
        self._rows: list[list[object]] = []
        self._held = 0

    def write(self, assessment: Mapping[str, Any]) -> None:
        """Write one assessment in the shape of ``Assessment.to_dict()``."""
        self._add(assessment, json_bytes(assessment, self.target.path))

    def write_json(self, data: bytes) -> None:
        """Write assessments given as lines of JSON."""
        for line in data.splitlines():
            self._add(orjson.loads(line), line)

    def write_lines(self, data: bytes | memoryview) -> None:
        """Write lines made by `laborscreen.formats.writers.lines_for`."""
        self.write_json(bytes(data))

    def position(self) -> int:
        """A Parquet file has no position to go on from."""
        return 0

    def finish(self) -> None:
        """
        Make the file whole under its own name.

        Raises:
            OutputError: the disk is full.
        """
        self._flush()
        try:
            self._parquet.close()
        except OSError as error:
            raise unwritable(self.target.path, error) from error
        self.target.commit()

    def _add(self, assessment: Mapping[str, Any], line: bytes) -> None:
        self._rows.append([*record_row(assessment), line.decode()])
        self._held += len(line)
        if self._held >= _GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        if not self._rows:
            return
        arrays = [
            self._arrow.array(column, field.type)
            for column, field in zip(zip(*self._rows, strict=True), self._schema, strict=True)
        ]
        self._rows.clear()
        self._held = 0
        try:
            self._parquet.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        except OSError as error:
            raise unwritable(self.target.path, error) from error
