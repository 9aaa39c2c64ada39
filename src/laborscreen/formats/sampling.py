"""
The first rows of a file as they stand there, before anything is made of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from laborscreen.errors import InputError, UsageError
from laborscreen.formats.columnar_source import ColumnarSource
from laborscreen.formats.csv_source import CsvSource
from laborscreen.formats.json_file import JsonFile
from laborscreen.formats.profile import Profile, load_profile
from laborscreen.formats.reading import open_source
from laborscreen.formats.recognition import Format, recognised
from laborscreen.formats.xlsx_source import XlsxSource
from laborscreen.source import Location

SAMPLE_ROWS = 2_000
_HEADERS_ALONE = Profile(
    "sample", constants={"name": "-"}
)  # a header may be read though no column is the name yet


@dataclass(frozen=True, slots=True)
class Sample:
    """
    The header of a file and its first rows.

    Args:
        header: the headers as written.
        rows: their cells.
    """

    header: tuple[str, ...]
    rows: tuple[Sequence[object], ...]

    def column(self, place: int) -> list[object]:
        """Return the cells of one column that hold something."""
        return [row[place] for row in self.rows if row[place] not in {"", None}]


def sample(path: Path | str, *, sheet: str | None = None, format_name: str | None = None) -> Sample:
    """
    Read the first rows of a file.

    Raises:
        InputError: the file cannot be read.
        UsageError: it is of a standard that needs no mapping, or nobody reads it.
    """
    found = recognised(Path(path), str(path), format_name)
    if found.format in {Format.JSON, Format.JSONL}:
        return _objects(Path(path), str(path), lines=found.lines)
    try:
        source = open_source(path, profile=load_profile(), sheet=sheet, format_name=format_name)
    except InputError:
        source = open_source(path, profile=_HEADERS_ALONE, sheet=sheet, format_name=format_name)
    if not isinstance(source, CsvSource | XlsxSource | ColumnarSource) or source.plan is None:
        raise UsageError(
            f"a file of {source.format} tells itself what each value is; no profile is needed",
            location=Location(str(path)),
            hint="`laborscreen map check` shows what becomes of it",
        )
    stretches = source.stretches(source.plan) if isinstance(source, ColumnarSource) else source.stretches()
    rows = (row for stretch in stretches for row in stretch.rows)
    return Sample(source.plan.header, tuple(islice(rows, SAMPLE_ROWS)))


def _objects(path: Path, name: str, *, lines: bool) -> Sample:
    """Return the single values of JSON objects; the header is every key that holds some."""
    items = JsonFile(path, name, "JSON", lines=lines).items(
        ("records", "suppliers", "vendors", "data", "items")
    )
    told = [item.value for item in islice(items, SAMPLE_ROWS) if isinstance(item.value, Mapping)]
    if len(told) == 1:
        wrapped = [entry for entry in told[0].values() if isinstance(entry, list)]
        if len(wrapped) == 1 and "id" not in told[0]:
            told = [entry for entry in wrapped[0][:SAMPLE_ROWS] if isinstance(entry, Mapping)]
    header = tuple(
        dict.fromkeys(key for one in told for key, value in one.items() if not isinstance(value, dict | list))
    )
    if not header:
        raise InputError("the file holds no objects with single values", location=Location(name))
    rows = (
        tuple(None if isinstance(one.get(key), dict | list) else one.get(key) for key in header)
        for one in told
    )
    return Sample(header, tuple(rows))
