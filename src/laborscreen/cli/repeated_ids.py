"""
Ids that stand on more than one record, told without keeping the ids.
"""

from __future__ import annotations

from hashlib import blake2b

_NAMED = 3


class RepeatedIds:
    """
    Watches ids go by; keeps eight bytes of each, so that a million of them stay under 100 MB.

    Attributes:
        records: how many records had an id met before.
        examples: the first few such ids.
    """

    def __init__(self) -> None:
        self._met: set[bytes] = set()
        self.records = 0
        self.examples: list[str] = []

    def add(self, record_id: str) -> None:
        """Watch one id."""
        mark = blake2b(record_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        if mark not in self._met:
            self._met.add(mark)
            return
        self.records += 1
        if len(self.examples) < _NAMED and record_id not in self.examples:
            self.examples.append(record_id)

    @property
    def note(self) -> str:
        """What a person should know, or an empty string."""
        if not self.records:
            return ""
        named = ", ".join(repr(one) for one in self.examples)
        more = " ..." if self.records > len(self.examples) else ""
        plural = "record has" if self.records == 1 else "records have"
        return (
            f"{self.records:,} {plural} an id that stood on an earlier one ({named}{more}); each was screened on its own "
            "(`group_rows: true` in a mapping profile makes one record of neighbouring rows)"
        )
