"""
What may follow a Korean noun inside the same written word.

A term may carry an ending (북한 + 은) and is then still the term; it may not be the front of another word (조선 in 조선소,
a shipyard). Endings are a closed list in ``tables/korean_endings.csv``; what is not in it is another word.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files

LONGEST_TAIL = 8
"""More syllables than this after a noun are not an ending."""


@lru_cache(maxsize=1)
def _endings() -> dict[str, frozenset[str]]:
    source = files("laborscreen.text") / "tables" / "korean_endings.csv"
    rows = list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))
    kinds = {row["kind"] for row in rows}
    return {kind: frozenset(row["ending"] for row in rows if row["kind"] == kind) for kind in kinds}


@lru_cache(maxsize=4096)
def is_ending(tail: str) -> bool:
    """
    Tell whether the syllables after a noun are nothing but its endings.

    A plural mark may come first; then one particle, one form of a verb, or one form of "to be".

    >>> is_ending("은"), is_ending("들에게서"), is_ending("했다"), is_ending("소"), is_ending("족")
    (True, True, True, False, False)
    """
    if len(tail) > LONGEST_TAIL:
        return False
    endings = _endings()
    if any(tail in endings[kind] for kind in ("particle", "verb", "copula", "plural")):
        return True
    return any(tail.startswith(mark) and is_ending(tail.removeprefix(mark)) for mark in endings["plural"])
