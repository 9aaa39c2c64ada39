"""
What changed between two snapshots of a list: added, removed and changed entries, field by field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from laborscreen.watchlists.entry import Entry

_FIELDS = (
    "kind", "names", "programmes", "countries", "nationalities", "identifiers", "birth_dates", "positions", "addresses",
    "remarks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldChange:
    """
    What one field of an entry gained and lost.

    Args:
        field: name of the field.
        added: values that are new, as text.
        removed: values that are gone, as text.
    """

    field: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """
    An entry that stands in both snapshots and says something else in the newer one.

    Args:
        old: the entry as it was.
        new: the entry as it is.
        fields: what changed, in the order of the entry's fields.
    """

    old: Entry
    new: Entry
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ListDiff:
    """
    The difference between two snapshots.

    Args:
        added: entries only in the newer one.
        removed: entries only in the older one.
        changed: entries in both whose facts differ.
        unchanged: how many are the same.
    """

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[EntryChange, ...]
    unchanged: int

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def summary(self) -> str:
        """Say in one sentence what changed."""
        if not self:
            return (
                f"nothing changed in {self.unchanged:,} entries" if self.unchanged else "both lists are empty"
            )
        return (
            f"{len(self.added):,} added, {len(self.removed):,} removed, {len(self.changed):,} changed, "
            f"{self.unchanged:,} unchanged"
        )


def diff_entries(old: Iterable[Entry], new: Iterable[Entry]) -> ListDiff:
    """
    Compare two snapshots entry by entry, by list and id; the order of values within a field does not matter.

    Example:
        >>> from laborscreen.watchlists.entry import Entry, ListedName
        >>> before = [Entry("1", "demo", "person", (ListedName("A"),)), Entry("2", "demo", "person", (ListedName("B"),))]
        >>> after = [Entry("1", "demo", "person", (ListedName("A"),), programmes=("X",))]
        >>> diff_entries(before, after).summary()
        '0 added, 1 removed, 1 changed, 0 unchanged'
    """
    before = {entry.key: entry for entry in old}
    added: list[Entry] = []
    changed: list[EntryChange] = []
    unchanged = 0
    for entry in new:
        earlier = before.pop(entry.key, None)
        if earlier is None:
            added.append(entry)
        elif fields := _changes(earlier, entry):
            changed.append(EntryChange(earlier, entry, fields))
        else:
            unchanged += 1
    return ListDiff(tuple(added), tuple(before.values()), tuple(changed), unchanged)


def _changes(old: Entry, new: Entry) -> tuple[FieldChange, ...]:
    """Return the fields in which two forms of one entry differ."""
    found = []
    for field in _FIELDS:
        before, after = _values(old, field), _values(new, field)
        if before != after:
            added = tuple(value for value in after if value not in before)
            removed = tuple(value for value in before if value not in after)
            if added or removed:
                found.append(FieldChange(field, added, removed))
    return tuple(found)


def _values(entry: Entry, field: str) -> dict[str, None]:
    """Return the values of a field as texts."""
    if field == "names":
        return dict.fromkeys(f"{name.text} ({name.kind}, {name.strength})" for name in entry.names)
    if field == "identifiers":
        return dict.fromkeys(
            f"{item.scheme} {item.value} {item.country}".strip() for item in entry.identifiers
        )
    value = getattr(entry, field)
    return dict.fromkeys([value] if isinstance(value, str) else value)
