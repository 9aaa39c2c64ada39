"""
What the forms of the OFAC lists have in common.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from laborscreen.watchlists.entry import Entry

_OFF_SDN = frozenset(
    {"NS-PLC", "CMIC-EO13959", "561-Related", "561List", "FSE-IR", "FSE-SY", "NS-ISA", "NS-MBS"}
)
_ON_SDN = frozenset(
    {"SDNTK", "SDNT", "CUBA", "DPRK", "DPRK2", "DPRK3", "DPRK4", "GLOMAG", "FTO", "IRAQ2", "NPWMD"}
)


def in_sdn_or_cons(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """
    Return *entries* under the name of the list they make up.

    Both lists come in the same layout and neither says which it is. A few programmes stand on the consolidated list of
    non-blocked parties alone, others on the SDN list alone; the more frequent sort decides.
    """
    kept = tuple(entries)
    off = sum(not _OFF_SDN.isdisjoint(entry.programmes) for entry in kept)
    on = sum(not _ON_SDN.isdisjoint(entry.programmes) for entry in kept)
    if off > on:
        return tuple(replace(entry, list="us-ofac-cons") for entry in kept)
    return kept


def american_date(text: str) -> str:
    """
    Return ``05/07/2024`` as ``2024-05-07``, or an empty string.

    Example:
        >>> american_date("05/07/2024"), american_date("")
        ('2024-05-07', '')
    """
    try:
        return datetime.strptime(text, "%m/%d/%Y").date().isoformat()  # noqa: DTZ007  # a day, not a moment
    except ValueError:
        return ""
