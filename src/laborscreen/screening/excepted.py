"""
Which rules a person has excepted a record from, on a day: whole rules, and single list entries cleared as good guys.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from laborscreen.record import Record
from laborscreen.rulebook import ExceptionEntry

if TYPE_CHECKING:
    from laborscreen.screening.compiled import Compiled
    from laborscreen.screening.list_evidence import ListWitness
    from laborscreen.screening.parties import ListedParties


class Excepted:
    """
    The exceptions of a rulebook on one day.

    Args:
        entries: all exceptions, expired ones too.
        compiled: the rules in force.
        parties: the lists, if any is loaded.
        day: the day screened.
    """

    def __init__(
        self,
        entries: Iterable[ExceptionEntry],
        compiled: Compiled,
        parties: ListedParties | None,
        day: date,
    ) -> None:
        self._plain: dict[str, dict[str, ExceptionEntry]] = {}
        good_guys: dict[str, list[ExceptionEntry]] = {}
        for entry in entries:
            if entry.entry:
                good_guys.setdefault(entry.record, []).append(entry)
            elif not entry.expired(day):
                self._plain.setdefault(entry.record, {})[entry.rule] = entry
        self._good_guys = good_guys
        self._compiled = compiled
        self.witness = _witness(parties, compiled, good_guys, day)

    def __bool__(self) -> bool:
        """Whether any exception is written."""
        return bool(self._plain or self._good_guys)

    def concerns(self, record_id: str) -> bool:
        """Return whether any exception is written for a record."""
        return record_id in self._plain or record_id in self._good_guys

    def slots(self, record: Record) -> tuple[int, ...]:
        """Return the root slots of the rules that a record is excepted from."""
        if not self.concerns(record.id):
            return ()
        slots = self._compiled.program.exempt
        return tuple(slots[rule] for rule in sorted(self.rules(record)) if rule in slots)

    def rules(self, record: Record) -> dict[str, tuple[str, str]]:
        """Return the rules that a record is excepted from, each with who approved it and why."""
        found = {
            rule: (entry.approver, entry.reason) for rule, entry in self._plain.get(record.id, {}).items()
        }
        if self.witness is not None and record.id in self._good_guys:
            cleared = {entry.rule for entry in self._good_guys[record.id]} - set(found)
            for rule in self._compiled.rules:
                entry = self.witness.clears(rule.id, rule.when, record) if rule.id in cleared else None
                if entry is not None:
                    found[rule.id] = (entry.approver, f"not {entry.entry}: {entry.reason}")
        return found


def _witness(
    parties: ListedParties | None,
    compiled: Compiled,
    good_guys: dict[str, list[ExceptionEntry]],
    day: date,
) -> ListWitness | None:
    if parties is None:
        return None
    from laborscreen.screening.list_evidence import ListWitness

    return ListWitness(parties, compiled.program, good_guys, day)
