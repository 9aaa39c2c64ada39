"""
What the forms of OpenSanctions have in common.
"""

from __future__ import annotations

from laborscreen.watchlists.entry import EntryKind

LIST = "opensanctions"
_KINDS: dict[str, EntryKind] = {
    "Person": "person",
    "Organization": "organization",
    "Company": "organization",
    "LegalEntity": "organization",
    "PublicBody": "organization",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "CryptoWallet": "other",
    "Security": "other",
}


def kind_of_schema(schema: str) -> EntryKind:
    """
    Return the kind of entry for a FollowTheMoney schema.

    Example:
        >>> kind_of_schema("Company"), kind_of_schema("Security")
        ('organization', 'other')
    """
    return _KINDS.get(schema.strip(), "other")


def is_party(schema: str) -> bool:
    """Tell whether a FollowTheMoney schema is a party that can be listed, and not a link, an address or a note."""
    return schema in _KINDS
