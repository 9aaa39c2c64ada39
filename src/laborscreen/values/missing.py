"""What people write where they have nothing to tell."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from laborscreen.text import fold
from laborscreen.values import tables
from laborscreen.values.reading import is_nothing

LONGEST_SILENCE = 40
"""Characters; nothing longer says nothing, unless it is blank."""


def is_missing(written: object) -> bool:
    """
    Return whether *written* says nothing: None, NaN, blanks, dashes, "n/a", «не указано», 미상, 不详.

    "none", "no" and «нет» are answers, not silence.

    >>> is_missing("  N/A "), is_missing("—"), is_missing("none"), is_missing(0)
    (True, True, False, False)
    """
    if isinstance(written, str):
        return _says_nothing(written) if len(written) <= LONGEST_SILENCE else not written.strip()
    return is_nothing(written)


@lru_cache(maxsize=65_536)
def _says_nothing(written: str) -> bool:
    if not written[:1].isalnum() and all(unicodedata.category(letter)[0] in "PZC" for letter in written):
        return True
    return _plain(written) in _words()


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(_plain(row["written"]) for row in tables.rows("missing"))


def _plain(written: str) -> str:
    """Fold case, width and spaces only: the slash of "n/a" matters."""
    return fold(written).rstrip(".")
