"""
What the forms of the UK Sanctions List have in common.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.entry import EntryKind

LIST = "uk-sanctions"
_KINDS: dict[str, EntryKind] = {"individual": "person", "entity": "organization", "ship": "vessel"}
_DATE = re.compile(r"\d{1,2}[/ -](?:\d{1,2}|[A-Za-z]{3,9})[/ -]\d{4}|\d{4}-\d{2}-\d{2}")


def uk_kind(text: str) -> EntryKind:
    """
    Return the kind of entry for the list's own word.

    Example:
        >>> uk_kind("Ship"), uk_kind("")
        ('vessel', 'other')
    """
    return _KINDS.get(text.strip().casefold(), "other")


def add_uk_name(draft: EntryDraft, parts: Sequence[str], name_type: str, strength: str) -> None:
    """Add a name from its parts; the list spells its own name types in several ways."""
    weak = strength.strip().casefold().startswith(("low", "weak"))
    is_primary = name_type.strip().casefold() == "primary name"
    draft.add_name(
        " ".join(parts), strength="weak" if weak else "strong", kind="primary" if is_primary else "aka"
    )


def british_date(text: str) -> str:
    """
    Return the first date in *text*, day before month, as ``2026-01-28``; empty where there is none.

    Example:
        >>> british_date("Report Date: 28-Jan-2026"), british_date("04/11/2025"), british_date("soon")
        ('2026-01-28', '2025-11-04', '')
    """
    found = _DATE.search(text)
    if not found:
        return ""
    plain = re.sub(r"[/ ]", "-", found[0])
    for form in ("%d-%m-%Y", "%d-%b-%Y", "%d-%B-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(plain, form).date().isoformat()  # noqa: DTZ007  # a day, not a moment
        except ValueError:
            continue
    return ""
