"""
A list file on disk: opened, unpacked if need be, bounded, and looked at before anybody reads it.

Everything that can go wrong with bytes becomes a `WatchlistError` here: a missing file, a broken or endless archive,
an XML file that brings a document type of its own.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from laborscreen.errors import WatchlistError
from laborscreen.source import Location

MAX_BYTES = 1 << 30  # 1 GiB once unpacked; the largest public list in native form is about a quarter of that
HEAD_BYTES = 1 << 16  # what is looked at to tell what a file is
XML_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"})
_CHUNK = 1 << 20
_READ_AHEAD = 1 << 15  # what lxml asks for at a time; a parser that stops early has little read in vain
_LINE_ENDS = (b"\n", b"\r", b"\x1a")  # the last is Ctrl-Z, with which OFAC ends its CSV files
_GZIP = b"\x1f\x8b"
_PROLOG = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ENCODING = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']""")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")


@dataclass(frozen=True)
class ListFile:
    """
    One file that may be a list.

    Args:
        path: the file as the user named it.
    """

    path: Path

    @property
    def name(self) -> str:
        """The file's name without folders."""
        return self.path.name

    def location(self, line: int = 0, column: int = 0) -> Location:
        """Return a place in this file."""
        return Location(str(self.path), line, column)

    def refuse(self, message: str, *, line: int = 0, column: int = 0, hint: str = "") -> WatchlistError:
        """Return the error that refuses this file, for the caller to raise."""
        return WatchlistError(message, location=self.location(line, column), hint=hint)

    @cached_property
    def digest(self) -> str:
        """``sha256:`` and the digest of the file as it lies on disk."""
        state = hashlib.sha256()
        with self._on_disk() as raw:
            while chunk := raw.read(_CHUNK):
                state.update(chunk)
        return "sha256:" + state.hexdigest()

    @cached_property
    def head(self) -> bytes:
        """The first bytes, unpacked, without a byte-order mark of UTF-8."""
        with self.open() as source:
            return source.read(HEAD_BYTES).removeprefix(b"\xef\xbb\xbf")

    @cached_property
    def text_head(self) -> str:
        """The first characters, as far as they are UTF-8."""
        return self.head.decode("utf-8", "ignore")

    @cached_property
    def xml_root(self) -> str:
        """
        The local name of the root element, or an empty string where this is no XML.

        Raises:
            WatchlistError: the file declares a document type (no list does, and entity bombs need one), is written in
                an encoding in which one could hide, or has a prolog longer than what is looked at.
        """
        rest = self.head
        if not rest.lstrip().startswith(b"<"):
            return ""
        declared = _ENCODING.match(rest)
        if declared and declared[1].decode("ascii", "replace").casefold() not in XML_ENCODINGS:
            shown = declared[1].decode("ascii", "replace")
            raise self.refuse(f"XML in the encoding {shown!r} is not read", line=1, hint="save it as UTF-8")
        while prolog := _PROLOG.match(rest):
            rest = rest[prolog.end() :]
        if rest.startswith(b"<!DOCTYPE"):
            raise self.refuse(
                "the file declares a document type (DOCTYPE), which no sanctions list does",
                line=self.head[: len(self.head) - len(rest)].count(b"\n") + 1,
                hint="fetch the list again from its publisher",
            )
        root = _ROOT.match(rest)
        return root[1].decode("utf-8", "replace") if root else ""

    @cached_property
    def torn_line(self) -> int:
        """The number of the last line where it has no line end, so that it may have been cut; 0 where it has one."""
        line_ends = 0
        last = b""
        with self.open() as source:
            while chunk := source.read(_CHUNK):
                line_ends += chunk.count(b"\n")
                last = chunk[-1:]
        return line_ends + 1 if last and last not in _LINE_ENDS else 0

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open the file for reading, unpacked and bounded; anything wrong with its bytes raises `WatchlistError`."""
        with self._on_disk() as raw:
            packed = raw.read(2) == _GZIP
            raw.seek(0)
            unpacked = gzip.GzipFile(fileobj=raw) if packed else raw
            yield io.BufferedReader(_Bounded(self, unpacked), buffer_size=_READ_AHEAD)

    def read_bytes(self, limit: int) -> bytes:
        """Return the whole file, unpacked, if it is no longer than *limit* bytes."""
        with self.open() as source:
            data = source.read(limit + 1)
        if len(data) > limit:
            raise self.refuse(f"the file is longer than the limit of {limit:,} bytes for its kind")
        return data

    @contextmanager
    def _on_disk(self) -> Iterator[BinaryIO]:
        try:
            raw = self.path.open("rb")
        except IsADirectoryError as fault:
            raise self.refuse("this is a folder, not a list file", hint="name the files in it") from fault
        except OSError as fault:
            raise self.refuse(f"cannot be opened: {fault.strerror or fault}") from fault
        with raw:
            yield raw


class _Bounded(io.RawIOBase):
    """Bytes of a list file, counted, with faults of the archive told in words."""

    def __init__(self, file: ListFile, source: BinaryIO | gzip.GzipFile) -> None:
        self._file = file
        self._source = source
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # the protocol's buffer type is private to typeshed
        try:
            chunk = self._source.read(len(view))
        except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
            raise self._file.refuse(
                f"the gzip archive is broken or cut short ({fault})", hint="fetch the file again"
            ) from fault
        except OSError as fault:
            raise self._file.refuse(f"cannot be read: {fault.strerror or fault}") from fault
        self._given += len(chunk)
        if self._given > MAX_BYTES:
            raise self._file.refuse(f"the file unpacks to more than the limit of {MAX_BYTES:,} bytes")
        view[: len(chunk)] = chunk
        return len(chunk)
