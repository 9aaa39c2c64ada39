"""
Evidence for names that met a list, and what good-guy entries clear of it.

A good-guy entry says that one record's party is not one listed party. It rests on what both sides said that day: each has a
fingerprint, and when either changes the entry is void and the hit counts again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any as Anything
from typing import NamedTuple

from laborscreen.conditions import (
    CONFIRMED,
    ON_LISTS,
    POSSIBLE,
    Condition,
    Holding,
    Operator,
    Party,
    Program,
    Test,
    key_of,
    walk,
)
from laborscreen.conditions.parties import holdings_of, party_maker
from laborscreen.conditions.subjects import Subject, Way
from laborscreen.record import Owner, Record
from laborscreen.rulebook import ExceptionEntry
from laborscreen.screening.parties import ListedParties, ListedParty
from laborscreen.screening.result import Evidence, ListedName

_SHOWN = 10  # listed parties shown for one name
_STANDINGS = {POSSIBLE: "possible match", CONFIRMED: "confirmed by a second identifier"}
_NOTES = {
    POSSIBLE: "possible match: same or similar name; a name alone is never more",
    CONFIRMED: "same or similar name, and a second identifier agrees",
}


class Cleared(NamedTuple):
    """
    What a good-guy entry does to one hit.

    Args:
        words: who cleared it, until when and why; empty where it is not cleared.
        void: why an entry that was written for it does not count any more.
    """

    words: str = ""
    void: str = ""


@dataclass(frozen=True)
class ListWitness:
    """
    Tells which listed parties a record's names met.

    Args:
        parties: the lists.
        program: the compiled conditions.
        good_guys: good-guy entries by record id.
        day: the day screened.
    """

    parties: ListedParties
    program: Program
    good_guys: Mapping[str, Sequence[ExceptionEntry]]
    day: date

    def evidence(
        self, test: Test, rule: str, path: str, holder: Anything, record: Record, source: str
    ) -> Iterator[Evidence]:
        """
        Yield a piece of evidence for each listed party that made a test match.

        Args:
            test: the test.
            rule: id of the rule it stands in.
            path: the full path of the name, with indexes.
            holder: the record or the entry of its list that the name stands in.
            record: the record.
            source: who says so.
        """
        for place, asked, one in self._met(test, path, holder, record):
            cleared = self._cleared(rule, record.id, asked, one)
            note = cleared.words or cleared.void or _NOTES[one.standing]
            if isinstance(holder, Owner) and holder.holds:
                note += f"; it holds {holder.holds}, which is told as an owner"
            yield Evidence(
                place,
                one.asked,
                one.asked,
                f"same or similar name: {one.hit.name}",
                None,
                source,
                one.hit.score,
                one.hit.entry.key,
                note,
                _shown(one, asked, cleared.words),
            )
        if test.operator is Operator.OWNED_BY_LISTED:
            holdings = self._holdings(test, holder, record)
            found = self.parties.ownership(holdings, _wanted(test), least=POSSIBLE)
            share = f"{found.low:g}" if found.low == found.high else f"{found.low:g} to {found.high:g}"
            yield Evidence(
                "owners",
                f"{share} percent",
                f"{share} percent",
                "share of listed holders, together",
                None,
                source,
                note="; ".join(found.reasons),
            )

    def clears(self, rule: str, when: Condition, record: Record) -> ExceptionEntry | None:
        """Return the last of the good-guy entries that together clear every hit of a rule; None where one stands."""
        entries = [one for one in self.good_guys.get(record.id, ()) if one.rule == rule]
        used: dict[str, ExceptionEntry] = {}
        for test, path, holder in self._tests(when, record) if entries else ():
            for _, asked, one in self._met(test, path, holder, record):
                entry = self._entry(entries, asked, one)
                if entry is None:
                    return None
                used[entry.entry] = entry
        return used[max(used)] if used else None

    def _tests(self, when: Condition, record: Record) -> Iterator[tuple[Test, str, Anything]]:
        """Yield each test on lists, with the path of the name and what holds it, for every entry."""
        for node, group in walk(when):
            if isinstance(node, Test) and node.operator in ON_LISTS:
                field = self.program.catalogue.find(node.field, group)
                assert field is not None, node.field
                for number, holder in enumerate(getattr(record, field.group) if field.group else (record,)):
                    path = f"{field.group}[{number}].{field.name}" if field.group else field.path
                    yield node, path, holder

    def _met(
        self, test: Test, path: str, holder: Anything, record: Record
    ) -> Iterator[tuple[str, Party, ListedParty]]:
        """Yield each listed party met with the place of the name and the record's side."""
        wanted = _wanted(test)
        if test.operator is Operator.OWNED_BY_LISTED:
            for one in self._holdings(test, holder, record):
                for met in self.parties.listed(one.party, wanted)[:_SHOWN]:
                    yield f"{one.group}[{one.entry}].name", one.party, met
            return
        subject = self._subject(test, path)
        party = party_maker(subject.parts)(key_of(subject.parts)(holder, record))
        if party is None:
            return
        many = subject.parts[0].reads.many
        for met in self.parties.listed(party, wanted)[:_SHOWN]:
            yield f"{path}[{party.names.index(met.asked)}]" if many else path, party, met

    def _holdings(self, test: Test, holder: Anything, record: Record) -> tuple[Holding, ...]:
        subject = self._subject(test, test.field)
        return holdings_of(key_of(subject.parts)(holder, record)) or ()

    def _subject(self, test: Test, path: str) -> Subject:
        """Return the fields a test looks at, from the program that judged them."""
        way = Way.OWNED if test.operator is Operator.OWNED_BY_LISTED else Way.PARTY
        plain = re.sub(r"\[\d+\]", "", path)
        return next(
            seat.subject
            for table in (self.program.root, *self.program.tables)
            for seat in table.seats
            if seat.subject.way is way and (way is Way.OWNED or seat.subject.parts[0].path == plain)
        )

    def _cleared(self, rule: str, record_id: str, asked: Party, one: ListedParty) -> Cleared:
        entries = [entry for entry in self.good_guys.get(record_id, ()) if entry.rule == rule]
        entry = self._entry(entries, asked, one)
        if entry is not None:
            return Cleared(f"cleared by {entry.approver} until {entry.expires.isoformat()}: {entry.reason}")
        written = next((entry for entry in entries if entry.entry == one.hit.entry.key), None)
        return Cleared() if written is None else Cleared(void=self._why_void(written, asked, one))

    def _entry(
        self, entries: Iterable[ExceptionEntry], asked: Party, one: ListedParty
    ) -> ExceptionEntry | None:
        """Return the good-guy entry that is in force for a hit."""
        return next(
            (
                entry
                for entry in entries
                if entry.entry == one.hit.entry.key and not self._why_void(entry, asked, one)
            ),
            None,
        )

    def _why_void(self, entry: ExceptionEntry, asked: Party, one: ListedParty) -> str:
        from laborscreen.watchlists import fingerprint

        if entry.expired(self.day):
            return f"a good-guy entry expired on {entry.expires.isoformat()}"
        if entry.fingerprint_entry != fingerprint(one.hit.entry):
            return "a good-guy entry is void: the list says something else of the party now"
        if entry.fingerprint_record != fingerprint_of(asked):
            return "a good-guy entry is void: the record says something else of its party now"
        if entry.fingerprint_thresholds not in {"", self.parties.thresholds_fingerprint}:
            return "a good-guy entry is void: names are compared by other thresholds now"
        return ""


def fingerprint_of(party: Party) -> str:
    """
    Return ``sha256:`` and a digest of what a record says of a party.

    >>> fingerprint_of(Party(("A", "B"))) == fingerprint_of(Party(("B", "A")))
    True
    """
    facts = [
        sorted(party.names),
        party.kind or "",
        sorted(party.countries),
        sorted(map(str, party.birth_dates)),
        sorted(party.identifiers),
    ]
    canonical = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _wanted(test: Test) -> tuple[str, ...]:
    wanted = test.wanted if isinstance(test.wanted, tuple) else (test.wanted,)
    return tuple(str(word) for word in wanted)


def _shown(one: ListedParty, asked: Party, cleared: str) -> ListedName:
    from laborscreen.watchlists import fingerprint

    hit = one.hit
    return ListedName(
        _STANDINGS[one.standing],
        hit.entry.list,
        one.list_date,
        hit.name,
        hit.strength,
        hit.entry.kind,
        hit.entry.programmes,
        tuple(map(str, hit.entry.dprk_reasons)),
        hit.reasons,
        one.agree,
        one.disagree,
        fingerprint(hit.entry),
        fingerprint_of(asked),
        cleared,
    )
