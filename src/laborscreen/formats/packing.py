"""
Packed files: gzip, bzip2, xz, and a zip archive of one file, unpacked piece by piece.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from collections.abc import Iterator
from typing import IO, Final, Protocol

from laborscreen.formats.limits import CHUNK, MAX_UNPACKER_MEMORY

PACKED_SUFFIXES: Final = (".gz", ".bz2", ".xz", ".zip")
GZIP, BZIP2, XZ, ZIP = "gzip", "bzip2", "xz", "zip"

_MAGIC: Final = ((b"\x1f\x8b", GZIP), (b"BZh", BZIP2), (b"\xfd7zXZ\x00", XZ))


def packing_of(head: bytes, suffix: str) -> str:
    """
    Return how a file is packed, by its first bytes; an empty string where it is not.

    A workbook is a zip archive too, so only the suffix tells an archive that is to be unpacked.

    >>> packing_of(b"BZh91AY", ".bz2"), packing_of(b"PK", ".xlsx"), packing_of(b"id,name", ".csv")
    ('bzip2', '', '')
    """
    if suffix.lower() == ".zip":
        return ZIP
    return next((packing for magic, packing in _MAGIC if head.startswith(magic)), "")


def unpacked(raw: IO[bytes], packing: str) -> Iterator[bytes]:
    """
    Yield the unpacked bytes of a file.

    Raises:
        OSError: it cannot be read, or is damaged.
        Exception: one of `laborscreen.archives.DAMAGED`; it is cut off or damaged.
    """
    match packing:
        case "gzip":
            with gzip.GzipFile(fileobj=raw) as stream:
                yield from _pieces(stream)
        case "bzip2":
            with bz2.BZ2File(raw) as stream:
                yield from _pieces(stream)
        case "zip":
            with zipfile.ZipFile(raw) as archive, archive.open(only_member(archive)) as member:
                yield from _pieces(member)
        case _:
            yield from _unpacked_xz(raw)


def only_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """
    Return the one file in an archive.

    Raises:
        zipfile.BadZipFile: it holds none, several, or a file that is locked by a password.
    """
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) != 1:
        raise zipfile.BadZipFile(f"the archive holds {len(members):,} files; one is needed")
    if members[0].flag_bits & 1:
        raise zipfile.BadZipFile("the archive is protected by a password")
    return members[0]


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _pieces(stream: _Stream) -> Iterator[bytes]:
    while piece := stream.read(CHUNK):
        yield piece


def _unpacked_xz(raw: IO[bytes]) -> Iterator[bytes]:
    """Unpack streams one after another, in memory that the file's own header cannot set."""
    unpacker = lzma.LZMADecompressor(memlimit=MAX_UNPACKER_MEMORY)
    data = raw.read(CHUNK)
    while data or not unpacker.needs_input:
        yield unpacker.decompress(data, max_length=CHUNK)
        if unpacker.eof:
            data = unpacker.unused_data.lstrip(b"\0") or raw.read(CHUNK)
            if not data:
                return
            unpacker = lzma.LZMADecompressor(memlimit=MAX_UNPACKER_MEMORY)
        else:
            data = raw.read(CHUNK) if unpacker.needs_input else b""
    raise EOFError
