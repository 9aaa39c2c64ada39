"""
The tables names are compared with: small CSV files, each headed by a line that tells its source.

They are read when first asked for and kept for the life of the process.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

__all__ = ["digest", "read_table"]

TABLE_NAMES = (
    "common_names",
    "cyrillic_letters",
    "given_borne",
    "given_syllables",
    "han_readings",
    "han_surnames",
    "hangul_letters",
    "katakana",
    "kontsevich",
    "kontsevich_junctions",
    "korean_neighbours",
    "korean_pieces",
    "legal_forms",
    "mandarin_phrases",
    "mandarin_readings",
    "name_families",
    "organisation_terms",
    "person_titles",
    "surnames",
    "word_counts",
)


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """
    Return the rows of the table *name* in file order.

    >>> read_table("surnames")[0]["hangul"]
    '김'
    """
    text = resources.files(__package__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    columns, *rows = csv.reader(line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(dict(zip(columns, row, strict=True)) for row in rows)


@cache
def digest() -> str:
    """
    Return the SHA-256 of all tables, as hexadecimal text.

    An index is only as good as the tables it was built with, so a stored one names them.
    """
    import hashlib

    total = hashlib.sha256()
    for name in TABLE_NAMES:
        total.update(resources.files(__package__).joinpath(f"{name}.csv").read_bytes())
    return total.hexdigest()
