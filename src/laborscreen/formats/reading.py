"""
The door for files that come in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from laborscreen.errors import UsageError
from laborscreen.formats.batch import Source
from laborscreen.formats.profile import Profile, load_profile
from laborscreen.formats.recognition import Format, recognised
from laborscreen.source import Location

if TYPE_CHECKING:
    from laborscreen.owners import OwnersIndex


class Wanted(NamedTuple):
    """
    What a reader is asked for.

    Args:
        path: the file.
        name: the file as the user named it.
        profile: which column means what, where one was given.
        sheet: the sheet of a workbook, where one was given.
        lines: whether a JSON file holds one object a line.
    """

    path: Path
    name: str
    profile: Profile | None
    sheet: str | None
    lines: bool

    @property
    def mapping(self) -> Profile:
        """The profile to read columns by."""
        return self.profile or load_profile()


def open_source(
    path: Path | str,
    *,
    profile: Profile | None = None,
    sheet: str | None = None,
    format_name: str | None = None,
    owners: OwnersIndex | None = None,
) -> Source:
    """
    Open a file of records.

    Its suffix says what family it is of, packed (``.gz``, ``.bz2``, ``.xz``, ``.zip``) or not; its first bytes tell the
    standards that share a suffix (`laborscreen.formats.recognition`).

    Args:
        path: the file.
        profile: which column means what; the generic profile unless told.
        sheet: the sheet of a workbook; the first visible one unless told.
        format_name: what the file is, where its name does not say: `Format`.
        owners: owners told elsewhere (`laborscreen.formats.owners.load_owners`), to be put into the records they belong to.

    Raises:
        InputError: the file is not what its suffix says, damaged, or cannot be read with confidence.
        UsageError: nobody reads such files.
        MissingExtraError: workbooks need the extra ``xlsx``, Parquet and Arrow files ``columnar``.
    """
    name = str(path)
    path = Path(path)
    found = recognised(path, name, format_name)
    if sheet is not None and found.format is not Format.XLSX:
        raise UsageError("only workbooks have sheets", location=Location(name), hint="leave out the sheet")
    source = _READERS[found.format](Wanted(path, name, profile, sheet, found.lines))
    if owners is None:
        return source
    from laborscreen.formats.owned_source import OwnedSource

    return OwnedSource(source, owners)


def _csv(wanted: Wanted) -> Source:
    from laborscreen.formats.csv_source import CsvSource

    return CsvSource(wanted.path, wanted.mapping, wanted.name)


def _xlsx(wanted: Wanted) -> Source:
    from laborscreen.formats.xlsx_source import XlsxSource

    return XlsxSource(wanted.path, wanted.mapping, wanted.name, wanted.sheet)


def _parquet(wanted: Wanted) -> Source:
    from laborscreen.formats.columnar_source import ColumnarSource

    return ColumnarSource(wanted.path, wanted.mapping, wanted.name, parquet=True)


def _arrow(wanted: Wanted) -> Source:
    from laborscreen.formats.columnar_source import ColumnarSource

    return ColumnarSource(wanted.path, wanted.mapping, wanted.name, parquet=False)


def _jsonl(wanted: Wanted) -> Source:
    from laborscreen.formats.jsonl_source import JsonlSource

    return JsonlSource(wanted.path, wanted.profile, wanted.name)


def _json(wanted: Wanted) -> Source:
    from laborscreen.formats.json_source import JsonSource

    return JsonSource(wanted.path, wanted.profile, wanted.name)


def _ocds(wanted: Wanted) -> Source:
    from laborscreen.formats.standards.ocds_source import OcdsSource

    return OcdsSource(wanted.path, wanted.name, lines=wanted.lines)


def _ftm(wanted: Wanted) -> Source:
    from laborscreen.formats.standards.ftm_reader import FtmReader
    from laborscreen.formats.standards.linked_source import LinkedSource

    return LinkedSource(wanted.path, wanted.name, Format.FTM, FtmReader, lines=wanted.lines)


def _bods(wanted: Wanted) -> Source:
    from laborscreen.formats.standards.bods_reader import BodsReader
    from laborscreen.formats.standards.linked_source import LinkedSource

    return LinkedSource(wanted.path, wanted.name, Format.BODS, BodsReader, lines=wanted.lines)


def _gleif(wanted: Wanted) -> Source:
    from laborscreen.formats.standards.gleif_source import GleifSource

    return GleifSource(wanted.path, wanted.name, lines=wanted.lines)


_READERS: Final[Mapping[Format, Callable[[Wanted], Source]]] = MappingProxyType(
    {
        Format.CSV: _csv,
        Format.XLSX: _xlsx,
        Format.PARQUET: _parquet,
        Format.ARROW: _arrow,
        Format.JSONL: _jsonl,
        Format.JSON: _json,
        Format.OCDS: _ocds,
        Format.FTM: _ftm,
        Format.BODS: _bods,
        Format.GLEIF: _gleif,
    }
)
