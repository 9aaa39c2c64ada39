"""
Files that go out: results, and the rows that were rejected.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from laborscreen.errors import UsageError
from laborscreen.formats.writers.cells import defused, shown
from laborscreen.formats.writers.flat import FLAG_COLUMNS, GAP_COLUMNS, RECORD_COLUMNS
from laborscreen.formats.writers.ftm_writer import SUFFIX as FTM_SUFFIX
from laborscreen.formats.writers.ftm_writer import FtmWriter
from laborscreen.formats.writers.json_writers import JsonlWriter, JsonWriter
from laborscreen.formats.writers.parquet_writer import ParquetWriter
from laborscreen.formats.writers.rejects import RejectsWriter, rejects_path
from laborscreen.formats.writers.result_lines import lines_for
from laborscreen.formats.writers.table_writers import CsvWriter, XlsxWriter, csv_line
from laborscreen.formats.writers.target import Target, refuse_same_files
from laborscreen.source import Location

__all__ = [
    "FLAG_COLUMNS",
    "GAP_COLUMNS",
    "RECORD_COLUMNS",
    "CsvWriter",
    "FtmWriter",
    "JsonWriter",
    "JsonlWriter",
    "ParquetWriter",
    "RejectsWriter",
    "Target",
    "Writer",
    "XlsxWriter",
    "can_go_on",
    "csv_line",
    "defused",
    "lines_for",
    "open_writer",
    "refuse_same_files",
    "rejects_path",
    "shown",
]


class Writer(Protocol):
    """Takes assessments one after another; nothing stands under the final name until `finish`."""

    @property
    def resumable(self) -> bool:
        """Whether a later run may go on from `position`."""
        ...

    @property
    def target(self) -> Target:
        """The file being written; ``target.suspend()`` keeps the part, ``target.discard()`` throws it away."""
        ...

    def write(self, assessment: Mapping[str, Any]) -> None:
        """Write one assessment in the shape of ``Assessment.to_dict()``."""
        ...

    def write_json(self, data: bytes) -> None:
        """Write assessments given as lines of JSON, each with its line end."""
        ...

    def write_lines(self, data: bytes | memoryview) -> None:
        """Write assessments given as lines that `lines_for` made for this file."""
        ...

    def position(self) -> int:
        """Return how many bytes are written."""
        ...

    def finish(self) -> None:
        """Make the file whole under its own name."""
        ...


def can_go_on(path: Path) -> bool:
    """Return whether a result file can be gone on with after an interruption."""
    return path.suffix.lower() in {".jsonl", ".ndjson", ".json", ".csv"}


def open_writer(path: Path | str, keep: int | None = None) -> Writer:
    """
    Open a result file; its suffix says what it will be.

    Args:
        path: the result file.
        keep: bytes of an earlier part to go on after; None begins anew.

    Raises:
        UsageError: nobody writes such files, or such a file cannot be gone on with.
        OutputError: the file cannot be written, or another run writes it.
    """
    path = Path(path)
    if path.name.lower().endswith(FTM_SUFFIX):
        return FtmWriter(path, keep)
    match path.suffix.lower():
        case ".jsonl" | ".ndjson":
            return JsonlWriter(path, keep)
        case ".json":
            return JsonWriter(path, keep)
        case ".csv":
            return CsvWriter(path, keep)
        case ".xlsx" | ".parquet" if keep is not None:
            raise UsageError(
                "a workbook or Parquet file cannot be gone on with",
                location=Location(str(path)),
                hint="run it anew",
            )
        case ".xlsx":
            return XlsxWriter(path)
        case ".parquet":
            return ParquetWriter(path)
        case suffix:
            raise UsageError(
                f"files ending in {suffix or 'nothing'!r} are not written",
                location=Location(str(path)),
                hint="known are .jsonl, .json, .csv, .xlsx, .parquet, .ftm.json; "
                "a page for people is written beside them by `screen --report PAGE.html`",
            )
