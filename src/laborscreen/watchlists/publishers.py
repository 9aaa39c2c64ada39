"""
The lists known by name: who publishes them, on what terms.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def known_lists() -> dict[str, dict[str, str]]:
    """
    Return title, publisher, licence and source of every list known by name.

    Example:
        >>> known_lists()["un-sc"]["publisher"]
        'United Nations Security Council'
    """
    text = resources.files("laborscreen.watchlists").joinpath("lists.csv").read_text("utf-8")
    return {row.pop("list"): row for row in csv.DictReader(text.splitlines())}
