"""
The door for files that come in.
"""

from __future__ import annotations

from pathlib import Path

from laborscreen.errors import UsageError
from laborscreen.formats.arrow_batches import ARROW_SUFFIXES, PARQUET_SUFFIXES
from laborscreen.formats.batch import Source
from laborscreen.formats.csv_source import CsvSource
from laborscreen.formats.json_source import JsonSource
from laborscreen.formats.jsonl_source import JsonlSource
from laborscreen.formats.profile import Profile, load_profile
from laborscreen.source import Location

FLAT_SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
SHEET_SUFFIXES = (".xlsx", ".xlsm")
LINE_SUFFIXES = (".jsonl", ".ndjson")
TREE_SUFFIXES = (".json",)


def open_source(path: Path | str, *, profile: Profile | None = None, sheet: str | None = None) -> Source:
    """
    Open a file of records; its suffix says what it is, with or without ``.gz``.

    Args:
        path: the file.
        profile: which column means what; the generic profile unless told.
        sheet: the sheet of a workbook; the first visible one unless told.

    Raises:
        InputError: the file is not what its suffix says, damaged, or cannot be read with confidence.
        UsageError: nobody reads such files.
        MissingExtraError: workbooks need the extra ``xlsx``, Parquet and Arrow files ``columnar``.
    """
    name = str(path)
    path = Path(path)
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes[-1:] == [".gz"]
    suffix = (suffixes[:-1] if packed else suffixes)[-1:]
    kind = suffix[0] if suffix else ""
    if sheet is not None and kind not in SHEET_SUFFIXES:
        raise UsageError("only workbooks have sheets", location=Location(name), hint="leave out the sheet")
    if kind in FLAT_SUFFIXES:
        return CsvSource(path, profile or load_profile(), name)
    if kind in LINE_SUFFIXES:
        return JsonlSource(path, profile, name)
    if kind in TREE_SUFFIXES:
        return JsonSource(path, profile, name)
    if kind in SHEET_SUFFIXES and not packed:
        from laborscreen.formats.xlsx_source import XlsxSource

        return XlsxSource(path, profile or load_profile(), name, sheet)
    if kind in (*PARQUET_SUFFIXES, *ARROW_SUFFIXES) and not packed:
        from laborscreen.formats.columnar_source import ColumnarSource

        return ColumnarSource(path, profile or load_profile(), name, parquet=kind in PARQUET_SUFFIXES)
    known = (
        *FLAT_SUFFIXES,
        *SHEET_SUFFIXES,
        *LINE_SUFFIXES,
        *TREE_SUFFIXES,
        *PARQUET_SUFFIXES,
        *ARROW_SUFFIXES,
    )
    raise UsageError(
        f"files ending in {kind or 'nothing'!r} are not read",
        location=Location(name),
        hint=f"known are {', '.join(known)}, and text files also with .gz",
    )
