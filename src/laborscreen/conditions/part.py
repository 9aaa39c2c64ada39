"""
One field of what a test looks at.
"""

from __future__ import annotations

from typing import NamedTuple

from laborscreen.record import Reads


class Part(NamedTuple):
    """
    One field of a subject.

    Args:
        path: its full path in the catalogue.
        name: its name on the row it is read from.
        holder: the single group it stands in (``remote_work``), or an empty string.
        of_record: in a list's table: whether it belongs to the record the entry is part of.
        reads: how it is read.
        gathered: the list of the record whose entries are all taken together (``identifiers``), or an empty string.
    """

    path: str
    name: str
    holder: str
    of_record: bool
    reads: Reads
    gathered: str = ""

    @property
    def stated_by(self) -> str:
        """The field that names the source of this one value, where it is not the table's own."""
        return self.reads.stated_by or (f"{self.holder}.source_type" if self.holder else "")
