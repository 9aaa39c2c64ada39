"""
A stable digest of what a list says of a party.

A decision that a supplier is not the listed namesake rests on what the list said that day. When the list says
something else, the decision is void: its fingerprint no longer fits.
"""

from __future__ import annotations

import hashlib
import json

from laborscreen.watchlists.entry import Entry


def fingerprint(entry: Entry) -> str:
    """
    Return ``sha256:`` and a digest of the facts of *entry*.

    The order in which a publisher writes aliases, addresses and numbers does not matter, and neither does the file
    they came in; any fact added, taken away or changed does.

    Example:
        >>> from laborscreen.watchlists.entry import Entry, ListedName
        >>> a = Entry("1", "demo", "person", (ListedName("Kim Chol"),), programmes=("X", "Y"))
        >>> b = Entry("1", "demo", "person", (ListedName("Kim Chol"),), programmes=("Y", "X"))
        >>> fingerprint(a) == fingerprint(b)
        True
    """
    facts = {
        "key": entry.key,
        "kind": entry.kind,
        "names": sorted([name.text, name.strength, name.kind] for name in entry.names),
        "programmes": sorted(entry.programmes),
        "countries": sorted(entry.countries),
        "nationalities": sorted(entry.nationalities),
        "identifiers": sorted([item.scheme, item.value, item.country] for item in entry.identifiers),
        "birth_dates": sorted(entry.birth_dates),
        "positions": sorted(entry.positions),
        "addresses": sorted(entry.addresses),
        "remarks": entry.remarks,
    }
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
