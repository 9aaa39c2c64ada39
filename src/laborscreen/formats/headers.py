"""
What a column header means.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches


def header_key(written: str) -> str:
    """
    Return a header as it is compared: letters and figures only, without case, width and accents of typing.

    >>> header_key("Vendor_Name *") == header_key("vendor name") == header_key("VendorName")
    True
    """
    text = unicodedata.normalize("NFKC", written).casefold().replace("ё", "е")
    return "".join(letter for letter in text if letter.isalnum())


def nearest(header: str, known: Mapping[str, str]) -> str:
    """
    Return which of the *known* headers (by key, with what they stand for) a *header* is closest to, or an empty string.

    >>> nearest("Suplier nmae", {"suppliername": "name"})
    'suppliername'
    """
    close = get_close_matches(header_key(header), list(known), n=1, cutoff=0.7)
    return close[0] if close else ""


def listed(names: Sequence[str], most: int = 12) -> str:
    """
    Return names for a message, shortened where there are many.

    >>> listed(["a", "b"])
    '"a", "b"'
    """
    shown = ", ".join(f'"{_short(name)}"' for name in names[:most])
    return shown + (f" and {len(names) - most} more" if len(names) > most else "")


def _short(name: str) -> str:
    line = "".join(letter if letter.isprintable() else " " for letter in name)
    return line if len(line) <= 60 else line[:59] + "…"
