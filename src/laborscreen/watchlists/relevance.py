"""
Which listed parties have to do with the Democratic People's Republic of Korea, and why.

A filter on programme tags alone misses dozens: parties tagged only as non-proliferation cases whose nationality,
address, passport or remarks say the rest. So programme, nationality, country, documents and text are all asked, and
every reason found is kept. A place of birth is not asked: it says nothing of nationality.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from laborscreen.watchlists.entry import DprkReason, Identifier

KP = "KP"
_LAST_SPACED_LETTER = 0x2E7F  # from here on scripts write words without spaces between
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


class _Signs(NamedTuple):
    prefixes: tuple[str, ...]
    exact: frozenset[str]
    programme_words: re.Pattern[str]
    text_words: re.Pattern[str]


def _any_of(terms: list[str]) -> re.Pattern[str]:
    """Return a pattern for any of *terms* as whole words; Chinese, Japanese and Korean text has no word borders."""
    ways = []
    for term in sorted(terms, key=lambda term: (-len(term), term)):
        plain = r"\s+".join(map(re.escape, term.split()))
        ways.append(plain if ord(term[0]) > _LAST_SPACED_LETTER else rf"(?<!\w){plain}(?!\w)")
    return re.compile("|".join(ways), re.IGNORECASE)


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    """Read the table of signs, once."""
    text = resources.files("laborscreen.watchlists").joinpath("dprk_signs.csv").read_text("utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))

    def terms(by: str, how: str) -> list[str]:
        return [row["term"] for row in rows if row["by"] == by and row["how"] == how]

    return _Signs(
        prefixes=tuple(terms("programme", "prefix")),
        exact=frozenset(terms("programme", "exact")),
        programme_words=_any_of(terms("programme", "word")),
        text_words=_any_of(terms("text", "word")),
    )


def dprk_reasons(
    *,
    programmes: Iterable[str] = (),
    nationalities: Iterable[str] = (),
    countries: Iterable[str] = (),
    identifiers: Iterable[Identifier] = (),
    texts: Iterable[str] = (),
) -> tuple[DprkReason, ...]:
    """
    Return every reason to call a party DPRK-related, without repeats.

    Args:
        programmes: programmes or regimes as the publisher writes them.
        nationalities: two-letter codes.
        countries: two-letter codes of addresses, registration and flags.
        identifiers: documents, with the country that issued them.
        texts: remarks, positions and addresses.

    Example:
        >>> [str(reason) for reason in dprk_reasons(programmes=["NPWMD"], nationalities=["KP"])]
        ['nationality KP']
        >>> dprk_reasons(programmes=["NPWMD"], texts=["Seoul, Korea, South"])
        ()
    """
    signs = _signs()
    found: dict[DprkReason, None] = {}
    for programme in programmes:
        plain = programme.translate(_APOSTROPHES)
        if plain.startswith(signs.prefixes) or plain in signs.exact or signs.programme_words.search(plain):
            found[DprkReason("programme", programme)] = None
    if KP in nationalities:
        found[DprkReason("nationality", KP)] = None
    if KP in countries:
        found[DprkReason("country", KP)] = None
    for identifier in identifiers:
        if identifier.country == KP:
            found[DprkReason("document", identifier.scheme)] = None
    for text in texts:
        for hit in signs.text_words.finditer(text.translate(_APOSTROPHES)):
            found[DprkReason("text", " ".join(hit.group().split()))] = None
    return tuple(found)
