"""
What a file is: told by its suffix, and where several standards share one, by its first bytes.
"""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from laborscreen.errors import UsageError
from laborscreen.formats.bytes_in import open_bytes, unreadable
from laborscreen.formats.packing import PACKED_SUFFIXES, only_member
from laborscreen.record import did_you_mean
from laborscreen.source import Location


class Format(StrEnum):
    """What can be read, by the names that ``--format`` takes."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    JSON = "json"
    PARQUET = "parquet"
    ARROW = "arrow"
    OCDS = "ocds"
    FTM = "ftm"
    BODS = "bods"
    GLEIF = "gleif"


_SUFFIXES: Final[dict[str, Format]] = {
    ".csv": Format.CSV, ".tsv": Format.CSV, ".tab": Format.CSV, ".txt": Format.CSV,
    ".xlsx": Format.XLSX, ".xlsm": Format.XLSX,
    ".jsonl": Format.JSONL, ".ndjson": Format.JSONL,
    ".json": Format.JSON,
    ".xml": Format.GLEIF,
    ".parquet": Format.PARQUET, ".pq": Format.PARQUET,
    ".arrow": Format.ARROW, ".feather": Format.ARROW, ".ipc": Format.ARROW, ".arrows": Format.ARROW,
}  # fmt: skip
_OLD_WORKBOOKS = frozenset({".xls", ".xlsb", ".xlt", ".ods", ".numbers"})
_UNPACKED_ONLY = frozenset({Format.XLSX, Format.PARQUET, Format.ARROW})
_HEAD: Final = 262_144  # bytes looked at; a package tells its publisher and licence before its first release

_STANDARDS: Final = (
    (Format.OCDS, (r'"ocid"\s*:',)),
    (Format.FTM, (r'"schema"\s*:\s*"[A-Z]', r'"properties"\s*:\s*\{')),
    (Format.BODS, (r'"(?:statementId|statementID)"\s*:', r'"(?:recordType|statementType)"\s*:')),
    (Format.GLEIF, (r'"LEI"\s*:', r'"Entity"\s*:\s*\{', r'"RegistrationStatus"\s*:')),
    (Format.GLEIF, (r'"RelationshipType"\s*:', r'"StartNode"\s*:')),
    (Format.GLEIF, (r'"ExceptionCategory"\s*:', r'"ExceptionReason"\s*:')),
    (Format.OCDS, (r'"(?:releases|records)"\s*:\s*\[\s*(?:\]|\{\s*"url")',)),
)
"""Standards written in JSON, each with the keys that only it has. A text of a record can never look like a key."""


class Recognised(NamedTuple):
    """
    What a file is.

    Args:
        format: its format.
        lines: whether a JSON file holds one object a line.
    """

    format: Format
    lines: bool = False


def recognised(path: Path, name: str, told: str | None = None) -> Recognised:
    """
    Tell what a file is.

    Args:
        path: the file.
        name: the file as the user named it.
        told: the format, where the user says it.

    Raises:
        UsageError: no such format, or a suffix that says nothing.
        InputError: the file cannot be read.
    """
    family = _told(told) if told is not None else _by_suffix(path, name)
    packed = path.suffix.lower() in PACKED_SUFFIXES
    if family in _UNPACKED_ONLY:
        if packed:
            raise UsageError(
                f"a packed {family} file is not read", location=Location(name), hint="unpack it first"
            )
        return Recognised(family)
    if family is Format.CSV:
        return Recognised(family)
    head = _head(path, name)
    lines = family is Format.JSONL or ((family is not Format.JSON or told is None) and _is_lines(head))
    if family not in {Format.JSON, Format.JSONL}:
        return Recognised(family, lines)
    if told is None:
        for standard, signs in _STANDARDS:
            if all(re.search(sign, head) for sign in signs):
                return Recognised(standard, lines)
    return Recognised(Format.JSONL if lines else Format.JSON, lines)


def _told(written: str) -> Format:
    try:
        return Format(written.strip().lower())
    except ValueError:
        known = [str(one) for one in Format]
        hint = did_you_mean(written, known) or f"known are {', '.join(known)}"
        raise UsageError(f"{written!r} is not a format", hint=hint) from None


def _by_suffix(path: Path, name: str) -> Format:
    """Return the family a suffix stands for; that of a packed file stands before, or within the archive."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes[-1:] if suffixes and suffixes[-1] in PACKED_SUFFIXES else []
    inner = suffixes[: len(suffixes) - len(packed)][-1:]
    if packed == [".zip"] and (not inner or inner[0] not in _SUFFIXES):
        inner = [Path(_member(path, name)).suffix.lower()]
    suffix = inner[0] if inner else ""
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    open_bytes(path, name)  # a file that is not there is told first
    if suffix in _OLD_WORKBOOKS:
        raise UsageError(
            f"workbooks ending in {suffix!r} are not read",
            location=Location(name),
            hint="save it as .xlsx, or the sheet as .csv",
        )
    raise UsageError(
        f"files ending in {suffix!r} are not read" if suffix else "the name does not say what the file is",
        location=Location(name),
        hint=f"say what it is with --format ({', '.join(Format)}), or give it one of the suffixes "
        f"{', '.join(_SUFFIXES)}; text files may be packed ({', '.join(PACKED_SUFFIXES)})",
    )


def _member(path: Path, name: str) -> str:
    open_bytes(path, name)
    try:
        with zipfile.ZipFile(path) as archive:
            return only_member(archive).filename
    except zipfile.BadZipFile as error:
        raise unreadable(name, error) from error


def _head(path: Path, name: str) -> str:
    """Return the beginning of a JSON file as text; signs of other encodings do not matter here."""
    head = open_bytes(path, name).head(_HEAD)
    wide = "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    return head.decode(wide, errors="replace")


def _is_lines(head: str) -> bool:
    """Return whether the first line holds a whole object and another one begins on the next."""
    first, _, rest = head.lstrip("\ufeff \t\r\n").partition("\n")
    return (
        first.startswith("{")
        and first.rstrip().endswith("}")
        and rest.lstrip()[:1] in {"{", ""}
        and bool(rest)
    )
