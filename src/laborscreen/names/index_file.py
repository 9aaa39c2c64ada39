"""
An index on disk: a line of JSON that says what is there, then plain arrays.

Nothing in the file is ever executed. The head names the format, the digest of the tables the names were made
ready with, and the SHA-256 of the arrays; a file that does not match in any of these is refused.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from laborscreen.errors import InputError
from laborscreen.names import tables
from laborscreen.source import Location

__all__ = ["FORMAT", "pack_arrays", "read_arrays", "unpack_arrays", "write_arrays"]

MAGIC = b"laborscreen-names\n"
FORMAT = 3
LONGEST_HEAD = 65_536
_KINDS = frozenset({"|u1", "<i4", "<i8", "<u8", "<f4"})


def write_arrays(path: Path, arrays: dict[str, NDArray[np.generic]]) -> None:
    """Write *arrays* to *path*; a half-written file never takes the name of a whole one."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(pack_arrays(arrays))
    part.replace(path)


def pack_arrays(arrays: dict[str, NDArray[np.generic]]) -> bytes:
    """Return *arrays* as the bytes of an index, to be kept within another file."""
    parts = []
    total = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        plain = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        parts.append((name, plain.dtype.str, plain))
        total.update(plain.data)
    head = {
        "format": FORMAT,
        "tables": tables.digest(),
        "arrays": [[name, kind, len(array)] for name, kind, array in parts],
        "sha256": total.hexdigest(),
    }
    opening = MAGIC + json.dumps(head, sort_keys=True).encode() + b"\n"
    return b"".join((opening, *(array.data for _, _, array in parts)))


def read_arrays(path: Path) -> dict[str, NDArray[np.generic]]:
    """
    Read what :func:`write_arrays` wrote.

    Raises:
        InputError: *path* is no index, is damaged, or was made by another version.
    """
    return unpack_arrays(path.read_bytes(), path)


def unpack_arrays(data: bytes, path: Path) -> dict[str, NDArray[np.generic]]:
    """
    Read what :func:`pack_arrays` packed; *path* is for messages.

    Raises:
        InputError: *data* is no index, is damaged, or was made by another version.
    """
    if not data.startswith(MAGIC):
        raise _refused(path, "this is not an index of names", "")
    end = data.find(b"\n", len(MAGIC), len(MAGIC) + LONGEST_HEAD) + 1
    line, body = data[len(MAGIC) : end], memoryview(data)[end:]
    try:
        head = json.loads(line)
        listed = [(str(name), str(kind), int(length)) for name, kind, length in head["arrays"]]
        version, made_with, digest = head["format"], head["tables"], head["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise _refused(path, "the head of this index of names is damaged", "build it again") from error
    if version != FORMAT or made_with != tables.digest():
        raise _refused(
            path, "this index of names was made by another version of laborscreen", "build it again"
        )
    if hashlib.sha256(body).hexdigest() != digest or not {kind for _, kind, _ in listed} <= _KINDS:
        raise _refused(path, "this index of names is damaged: its digest does not match", "build it again")
    arrays: dict[str, NDArray[np.generic]] = {}
    place = 0
    for name, kind, length in listed:
        size = np.dtype(kind).itemsize * length
        # Where the head's length leaves an array between two words of memory it is copied: every search would, otherwise.
        arrays[name] = np.require(np.frombuffer(body[place : place + size], dtype=kind), requirements="A")
        place += size
    return arrays


def _refused(path: Path, message: str, hint: str) -> InputError:
    return InputError(message, location=Location(str(path)), hint=hint)
