"""
Digests: how each row of the ledger is tied to the one before it, and how personal text is sealed outside the chain.

A row's digest covers the digest of the row before it and every column of the row, so that no row can be changed, moved,
added or taken away without breaking the chain from there on. Personal text stands outside the chain; the chain carries its
digest, salted so that nobody can find out erased text by guessing at it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import orjson

START = "0" * 64
"""What the first row follows."""

SALT_BYTES = 16


def link(table: str, values: Sequence[int | str], previous: str) -> str:
    """
    Return the digest of a row.

    Args:
        table: the table it stands in.
        values: its columns in the table's order, the digest left out.
        previous: the digest of the row before it.

    >>> link("runs", [1, "a"], START) == link("runs", [1, "b"], START)
    False
    """
    return hashlib.sha256(orjson.dumps([table, previous, *values])).hexdigest()


def seal(salt: bytes, body: bytes) -> str:
    """
    Return the salted digest by which the chain knows a text outside it.

    >>> seal(b"1" * 16, b"text") == seal(b"2" * 16, b"text")
    False
    """
    return hashlib.sha256(salt + body).hexdigest()


def identity_key(salt: bytes, kind: str, name: str) -> str:
    """Return the salted digest by which the chain knows a party or a person."""
    return seal(salt, f"{kind}\x1f{name}".encode())
