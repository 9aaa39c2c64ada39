"""
Owners told elsewhere, and the one step that puts them into records: into one record, or into the rows of a table.
"""

from laborscreen.owners.index import FOLLOWED, TOO_MANY, Found, Held, OwnersIndex
from laborscreen.owners.joining import MAX_OWNERS, WithOwners, into_columns, into_mapping, into_record
from laborscreen.owners.keys import Key, identifiers_of, keys_of

__all__ = [
    "FOLLOWED",
    "MAX_OWNERS",
    "TOO_MANY",
    "Found",
    "Held",
    "Key",
    "OwnersIndex",
    "WithOwners",
    "identifiers_of",
    "into_columns",
    "into_mapping",
    "into_record",
    "keys_of",
]
