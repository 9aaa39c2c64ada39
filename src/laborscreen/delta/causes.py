"""
Why a flag is new, gone or other: the parts that differ between two runs and that bear on it.

Where several parts changed at once, each that may have done it is named. None is left out; which of them would have sufficed
alone cannot be told from results.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from laborscreen.delta.basis import Basis
from laborscreen.delta.parts import (
    DAY,
    ENTRIES,
    EXCEPTION,
    NAMES,
    NEEDS,
    POLICY,
    RULE,
    exception_name,
)
from laborscreen.delta.standing import FlagStanding, Standing

How = Literal["added", "changed", "removed"]

RECORD, OWNERS, ENTRY = "record", "owners", "list entry"


@dataclass(frozen=True, slots=True)
class Cause:
    """
    Something that is not as it was.

    Args:
        kind: ``record``, ``owners`` (the files that tell them), ``rule``, ``word list``, ``guard``, ``exception``,
            ``policy``, ``policy on names``, ``needs``,
            ``rates``, ``list entry``, ``day``.
        name: which: the rule's id, the entry's key (``us-ofac-sdn:9345``), the days; empty where there is but one.
        how: added, changed or removed.
    """

    kind: str
    name: str
    how: How


class Causes:
    """
    What differs between two runs.

    Args:
        then: what the earlier one was made from.
        now: what the later one was made from.
    """

    def __init__(self, then: Basis, now: Basis) -> None:
        self._then, self._now = then, now
        before, after = then.parts.digests, now.parts.digests
        self._parts = {
            name: _how(name in before, name in after)
            for name in {*before, *after}
            if before.get(name) != after.get(name)
        }
        days = (then.provenance.screened_on, now.provenance.screened_on)
        self._day = None if days[0] == days[1] else Cause("day", " to ".join(days), "changed")
        self._owners = None if then.owners == now.owners else _how(bool(then.owners), bool(now.owners))
        self._same_records = then.records == now.records
        self._in_force = set(then.parts.in_force) ^ set(now.parts.in_force)
        self._entries = _entries_moved(then, now)
        self._bearing = lru_cache(maxsize=None)(self._bearing_on)

    def of_flag(
        self,
        rule: str,
        record: str,
        was: FlagStanding | None,
        now: FlagStanding | None,
        input_moved: How | None,
    ) -> tuple[Cause, ...]:
        """
        Return what may have made a flag new, gone or other.

        Args:
            rule: the rule's id.
            record: the record's id.
            was: how it stood then; None where it was not flagged.
            now: how it stands now; None where it is not flagged.
            input_moved: what became of the record; None where it says the same.
        """
        found = [*self._input(input_moved)]
        parts, on_lists, on_day = self._bearing(rule)
        found += parts
        found += self._exceptions(rule, record)
        if was is not None and now is not None:
            found += self._part(POLICY)
        if on_lists:
            found += self._list_entries(was, now)
        if self._day and (on_day or rule in self._in_force):
            found.append(self._day)
        return tuple(found) or self.all()

    def of_outcome(self, standing: Iterable[Cause], input_moved: How | None) -> tuple[Cause, ...]:
        """
        Return what may have moved an outcome or a band.

        Args:
            standing: the causes of the record's flags that moved.
            input_moved: what became of the record; None where it says the same.
        """
        found = [*self._input(input_moved)]
        found += standing
        found += [*self._part(POLICY), *self._part(NEEDS)]
        found += [one for other in self._leaning(NEEDS) for one in self._part(other)]
        return tuple(dict.fromkeys(found)) or self.all()

    def all(self) -> tuple[Cause, ...]:
        """Return everything that differs but records, for what no single part explains."""
        found = [_cause(name, how) for name, how in sorted(self._parts.items())]
        found += [Cause(ENTRY, name, how) for name, how in sorted(self._entries.items())]
        return tuple([*found, self._day] if self._day else found)

    def _input(self, moved: How | None) -> Iterator[Cause]:
        """
        Yield why a record says something else: it does itself, or its owners are told otherwise.

        From the same files of records it is the owners. Where both files changed, either may have done it.
        """
        by_owners = self._owners if moved == "changed" else None
        if moved and not (by_owners and self._same_records):
            yield Cause(RECORD, "", moved)
        if by_owners:
            yield Cause(OWNERS, "", by_owners)

    def _bearing_on(self, rule: str) -> tuple[tuple[Cause, ...], bool, bool]:
        """Return the changed parts that bear on a rule, and whether entries of lists and the day do."""
        name = f"{RULE} {rule}"
        met = {name, *self._leaning(name)}
        parts = tuple(one for other in sorted(met) for one in self._part(other))
        return parts, ENTRIES in met, DAY in met

    def _leaning(self, name: str) -> set[str]:
        """Return all that a part leans on, then or now, straight or through others."""
        met: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            for basis in (self._then, self._now):
                for other in basis.parts.leans_on.get(one, ()):
                    if other not in met:
                        met.add(other)
                        waiting.append(other)
        return met

    def _part(self, name: str) -> Iterator[Cause]:
        if name in self._parts:
            yield _cause(name, self._parts[name])

    def _exceptions(self, rule: str, record: str) -> Iterator[Cause]:
        prefix = exception_name(rule, record, "").removesuffix('""]')
        for name, how in self._parts.items():
            if name.startswith(prefix):
                yield Cause(EXCEPTION, f"{record} from {rule}", how)

    def _list_entries(self, was: FlagStanding | None, now: FlagStanding | None) -> Iterator[Cause]:
        keys = {key for one in (was, now) if one is not None for key in one.entries}
        for key in sorted(keys):
            if key in self._entries:
                yield Cause(ENTRY, key, self._entries[key])


def input_moved(then: Standing | None, now: Standing | None) -> How | None:
    """Return what became of a record's input; None where it is the same."""
    if then is None or now is None:
        return _how(then is not None, now is not None)
    return None if then.digest == now.digest else "changed"


def _cause(name: str, how: How) -> Cause:
    for kind in (POLICY, NAMES, NEEDS, "rates"):
        if name == kind:
            return Cause(kind, "", how)
    for kind in (RULE, "guard", "word list", EXCEPTION):
        if name.startswith(f"{kind} "):
            return Cause(kind, name.removeprefix(f"{kind} "), how)
    raise ValueError(name)


def _how(before: bool, after: bool) -> How:
    return "changed" if before and after else "removed" if before else "added"


def _entries_moved(then: Basis, now: Basis) -> dict[str, How]:
    """Return the entries of lists that differ, by key."""
    found: dict[str, How] = {}
    for name in {*then.entries, *now.entries}:
        before, after = then.entries.get(name, {}), now.entries.get(name, {})
        for entry in {*before, *after}:
            if before.get(entry) != after.get(entry):
                found[f"{name}:{entry}"] = _how(entry in before, entry in after)
    return found
