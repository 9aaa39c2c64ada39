"""
Tables that were worked out once and are kept beside the code as data, so that no start works them out again.

Such a file begins with a line of JSON that tells what it was made from and the digest of all that follows. It is written by
``make docs``, and a test holds it to its source. One that is damaged or gone is not used and not passed over in silence: a
warning names it, and what it was made from is read instead, which takes longer and gives the same.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from laborscreen.log import log


class DamagedTableWarning(UserWarning):
    """A prepared table is damaged or gone; everything still works, and the installation should be mended."""


class Prepared(NamedTuple):
    """
    A prepared table.

    Args:
        head: what it was made from.
        body: what was worked out, as JSON.
    """

    head: Mapping[str, Any]
    body: bytes


def open_prepared(path: Path) -> Prepared | None:
    """Return the table at *path*, or None, with a `DamagedTableWarning`, where it is damaged or gone."""
    try:
        first, _, body = path.read_bytes().partition(b"\n")
        head = orjson.loads(first)
        whole = head["body"] == digest_of(body)
    except OSError as error:
        _warn(path, f"cannot be read ({error.strerror})")
        return None
    except (orjson.JSONDecodeError, KeyError, TypeError):
        whole = False
    if not whole:
        _warn(path, "is damaged")
        return None
    return Prepared(head, body)


def text_of_table(body: str, **made_from: Any) -> str:
    """Return the text of a table with this *body*, which tells at its head what it was *made from*."""
    head = {**made_from, "body": digest_of(body.encode())}
    return f"{orjson.dumps(head).decode()}\n{body}"


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of some *content*."""
    return hashlib.sha256(content).hexdigest()


def _warn(path: Path, what: str) -> None:
    cure = "install laborscreen again, or run `make docs` in a checkout"
    told = f"{path} {what}; what it was made from is read instead, which takes longer: {cure}"
    log.warning("%s", told)
    warnings.warn(told, DamagedTableWarning, stacklevel=3)
