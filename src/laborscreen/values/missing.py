"""What people write where they have nothing to tell."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from laborscreen.values import tables

_LONGEST = 40  # characters; no way of saying "unknown" is longer


def is_missing(written: object) -> bool:
    """
    Return whether *written* says nothing: None, NaN, blanks, dashes, "n/a", «не указано», 미상, 不详.

    "none", "no" and «нет» are answers, not silence.

    >>> is_missing("  N/A "), is_missing("—"), is_missing("none"), is_missing(0)
    (True, True, False, False)
    """
    if isinstance(written, str):
        return (len(written) <= _LONGEST and _says_nothing(written)) or not written.strip()
    if written is None:
        return True
    if isinstance(written, float):
        return written != written
    return type(written).__name__ in {
        "NAType",
        "NaTType",
    }  # what pandas writes for nothing; it need not be installed


@lru_cache(maxsize=65_536)
def _says_nothing(written: str) -> bool:
    if all(unicodedata.category(letter)[0] in "PZC" for letter in written):
        return True
    return _plain(written) in _words()


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(_plain(row["written"]) for row in tables.rows("missing"))


def _plain(written: str) -> str:
    text = unicodedata.normalize("NFKC", written).casefold()
    return " ".join(
        "".join(letter for letter in text if unicodedata.category(letter) != "Cf").split()
    ).rstrip(".")
