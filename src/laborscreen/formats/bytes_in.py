"""
Opening a file whose content is not trusted: compressed or not, hashed, and bounded in what it may unpack to.
"""

from __future__ import annotations

import gzip
import hashlib
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from laborscreen.archives import DAMAGED
from laborscreen.errors import InputError
from laborscreen.formats.limits import CHUNK, MAX_UNPACKED_RATIO, MIN_UNPACKED_JUDGED
from laborscreen.formats.packing import packing_of, unpacked
from laborscreen.source import Location

_KNOWN_BINARY = (
    (b"PK\x03\x04", "a zip archive or an office workbook", "give it the suffix .xlsx if it is a workbook"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel file or a password-protected workbook",
        "save it as .xlsx without password",
    ),
    (b"%PDF", "a PDF document", "export the table as .xlsx or .csv"),
    (b"PAR1", "a Parquet file", "give it the suffix .parquet"),
    (b"ARROW1", "an Arrow file", "give it the suffix .arrow"),
    (b"\x89PNG", "an image", "export the table as .xlsx or .csv"),
    (b"\xff\xd8\xff", "an image", "export the table as .xlsx or .csv"),
    (b"SQLite format 3", "a SQLite database", "export the table as .csv"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
)


class FileBytes(NamedTuple):
    """
    The bytes of a file, unpacked where it is packed.

    Args:
        path: the file.
        name: the file as the user named it.
        packing: how it is packed (`laborscreen.formats.packing`), or an empty string.
        size: its size on disk, bytes.
        modified: its time of modification, nanoseconds; with the size, it tells whether the file changed meanwhile.
    """

    path: Path
    name: str
    packing: str
    size: int
    modified: int

    def chunks(self, offset: int = 0) -> Iterator[bytes]:
        """
        Yield the unpacked bytes, from an *offset* on.

        Raises:
            InputError: the file cannot be read, is damaged, or unpacks to more than is reasonable.
        """
        try:
            with self.path.open("rb") as raw:
                if not self.packing:
                    raw.seek(offset)
                    while piece := raw.read(CHUNK):
                        yield piece
                else:
                    yield from self._unpacked(raw, offset)
            now = self.path.stat()
        except (OSError, *DAMAGED) as error:
            raise unreadable(self.name, error) from error
        if (now.st_size, now.st_mtime_ns) != (self.size, self.modified):
            raise InputError(
                "the file changed while it was being read",
                location=Location(self.name),
                hint="screen a copy that nobody writes to",
            )

    def _unpacked(self, raw: IO[bytes], offset: int) -> Iterator[bytes]:
        done = 0
        for piece in unpacked(raw, self.packing):
            done += len(piece)
            if done > MIN_UNPACKED_JUDGED and done > MAX_UNPACKED_RATIO * min(max(raw.tell(), 1), self.size):
                raise InputError(
                    f"unpacks to more than {MAX_UNPACKED_RATIO} times its size (MAX_UNPACKED_RATIO)",
                    location=Location(self.name),
                    hint="if it is genuine, unpack it yourself first",
                )
            if done > offset:
                yield piece[-(done - offset) :] if done - offset < len(piece) else piece

    def head(self, length: int) -> bytes:
        """Return the first *length* unpacked bytes."""
        found = bytearray()
        for piece in self.chunks():
            found += piece
            if len(found) >= length:
                break
        return bytes(found[:length])


def open_bytes(path: Path, name: str = "") -> FileBytes:
    """
    Look at a file before it is read.

    Raises:
        InputError: it is not there, not a regular file, empty, or may not be read.
    """
    name = name or str(path)
    try:
        found = path.stat()
        if not path.is_file():
            kind = "a folder" if path.is_dir() else "not a regular file"
            raise InputError(f"this is {kind}", location=Location(name), hint="name a file")
        with path.open("rb") as raw:
            packing = packing_of(raw.read(8), path.suffix)
    except OSError as error:
        raise unreadable(name, error) from error
    if not found.st_size:
        raise InputError("the file is empty", location=Location(name), hint="check the export that made it")
    return FileBytes(path, name, packing, found.st_size, found.st_mtime_ns)


def digest_of(path: Path, name: str = "") -> str:
    """Return the SHA-256 of the bytes of a file as they lie on disk, in hexadecimal."""
    try:
        with path.open("rb") as raw:
            return hashlib.file_digest(raw, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(name or str(path), error) from error


def unreadable(name: str, error: BaseException) -> InputError:
    """Say in plain words why a file cannot be read."""
    match error:
        case FileNotFoundError():
            message, hint = "there is no such file", "check the path"
        case PermissionError():
            message, hint = (
                "the file may not be read, or another program has locked it",
                "close it, or copy it",
            )
        case EOFError():
            message, hint = "the packed file is cut off", "fetch or pack it again"
        case zipfile.BadZipFile() | NotImplementedError():
            message, hint = f"the archive cannot be read: {error}", "unpack it yourself first"
        case gzip.BadGzipFile() | zlib.error() | lzma.LZMAError():
            message, hint = f"the packed file is damaged: {error}", "fetch or pack it again"
        case OSError(strerror=str(reason)):
            message, hint = f"the file cannot be read: {reason}", ""
        case _:
            message, hint = f"the file cannot be read: {error}", ""
    return InputError(message, location=Location(name), hint=hint)


def refuse_binary(head: bytes, name: str, wanted: str) -> None:
    """
    Refuse a file whose first bytes belong to something that is no text.

    Raises:
        InputError: naming what it really is.
    """
    for magic, what, hint in _KNOWN_BINARY:
        if head.startswith(magic):
            raise InputError(f"this is {what}, not {wanted}", location=Location(name), hint=hint)
