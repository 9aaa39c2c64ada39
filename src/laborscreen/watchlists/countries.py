"""
Two-letter codes for the countries that publishers of lists write.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """Read the publishers' own spellings, once."""
    text = resources.files("laborscreen.watchlists").joinpath("country_spellings.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {_plain(row["spelling"]): row["code"] for row in rows}


@lru_cache(maxsize=4096)
def country_code(text: str) -> str:
    """
    Return the two-letter code of a country, or an empty string where the text names none for certain.

    Example:
        >>> country_code("Korea, North"), country_code("Korea")
        ('KP', '')
    """
    from laborscreen.values import AMBIGUOUS, read_country

    known = _spellings().get(_plain(text))
    if known is not None:
        return known
    code = read_country(text).value
    return "" if code is None or code == AMBIGUOUS else code
