"""
Where a value stands in a record: to be read, and to be written for a trial.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from laborscreen.record import CatalogueField, Record, catalogue


@dataclass(frozen=True, slots=True)
class Place:
    """
    A field of a record, or of one entry of a list.

    Args:
        field: the field.
        entry: the number of its entry; 0 for a field of the record itself.
    """

    field: CatalogueField
    entry: int

    @property
    def path(self) -> str:
        """Its full path, with the number of its entry."""
        if not self.field.group:
            return self.field.path
        return f"{self.field.group}[{self.entry}].{self.field.name}"

    def written_into(self, told: Mapping[str, Any], value: object) -> dict[str, Any]:
        """Return a record's fields with another value here."""
        written = [value] if self.field.reads.many else value
        changed = dict(told)
        if self.field.group:
            entries = [dict(one) for one in told.get(self.field.group, ())]
            entries += [{} for _ in range(self.entry + 1 - len(entries))]
            entries[self.entry][self.field.name] = written
            changed[self.field.group] = entries
            return changed
        holder, _, name = self.field.name.rpartition(".")
        if holder:
            changed[holder] = {**told.get(holder, {}), name: written}
        else:
            changed[name] = written
        return changed

    def sibling(self, name: str) -> Place:
        """Return the field beside this one that is needed to understand it."""
        before = self.field.path.rpartition(".")[0]
        return Place(catalogue().fields[f"{before}.{name}" if before else name], self.entry)

    def read(self, record: Record) -> object:
        """Return what was read here."""
        holder: Any = record
        if self.field.group:
            entries = getattr(record, self.field.group)
            holder = entries[self.entry] if self.entry < len(entries) else None
        for name in self.field.name.split("."):
            holder = None if holder is None else getattr(holder, name)
        return holder

    def known(self, told: Mapping[str, Any]) -> object:
        """Return what is told here."""
        if self.field.group:
            entries = told.get(self.field.group, ())
            return entries[self.entry].get(self.field.name) if self.entry < len(entries) else None
        found: Any = told
        for name in self.field.name.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        return found
