"""
Parties that are told in one place of a file and named in another.

A file of statements may name an owner before or after it tells of it, and may be larger than memory. So links and
parties go into a database of SQLite's own temporary kind: it lives on disk where it must and is gone afterwards.
"""

from __future__ import annotations

import json
import re
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from laborscreen.owners import FOLLOWED, TOO_MANY

PERSON: Final = "person"

_SCHEMA = """
CREATE TABLE party (id TEXT PRIMARY KEY, told TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE link (id TEXT PRIMARY KEY, subject TEXT NOT NULL, party TEXT NOT NULL, told TEXT NOT NULL, place INTEGER);
CREATE INDEX link_of ON link (subject, place);
"""
_RANGE = re.compile(r"\s*(\d{1,3}(?:\.\d+)?)\s*%?\s*[-–—]\s*(\d{1,3}(?:\.\d+)?)\s*%?\s*")


@dataclass(frozen=True, slots=True)
class _Told:
    """A link of a subject: the party's id, and what is told of both."""

    party: str
    facts: dict[str, object]


class Links:
    """
    Parties by id, and who is linked with whom.

    What is told of a party, and of a link, are fields of an owner or a person of a record; ``owns`` tells that the link
    is one of ownership, so that the party stands among the owners.
    """

    def __init__(self) -> None:
        self._store = sqlite3.connect("", check_same_thread=False)
        weakref.finalize(
            self, self._store.close
        )  # readers come and go with their batches, and nobody ends them
        self._store.executescript(_SCHEMA)
        self._place = 0
        self.joined = 0
        self.missing = 0
        self.not_named = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What became of the links."""
        found = [f"{self.joined:,} links were joined to the parties they belong to"] if self.joined else []
        if self.missing:
            found.append(
                f"{self.missing:,} links name a party that the file does not tell of; nobody is known of them"
            )
        if self.not_named:
            found.append(f"{self.not_named:,} owners are not named; why stands in `owners.not_named`")
        return tuple(found)

    def add_party(self, party: str, told: Mapping[str, object]) -> None:
        """Keep what is told of a party; later words replace earlier ones."""
        self._store.execute("INSERT OR REPLACE INTO party VALUES (?, ?)", (party, json.dumps(told)))

    def add_link(self, link: str, subject: str, party: str, told: Mapping[str, object]) -> None:
        """Keep a link of a *subject* with a *party*; a link told again replaces what was told before."""
        self._place += 1
        row = (link, subject, party, json.dumps(told), self._place)
        self._store.execute("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?)", row)

    def drop_link(self, link: str) -> None:
        """Forget a link that has ended."""
        self._store.execute("DELETE FROM link WHERE id = ?", (link,))

    def subjects(self) -> Iterator[str]:
        """Yield those who are linked with somebody, in the order of their first link."""
        for (subject,) in self._store.execute(
            "SELECT subject FROM link GROUP BY subject ORDER BY min(place)"
        ):
            yield subject

    def party(self, party: str) -> dict[str, object] | None:
        """Return what is told of a party."""
        found = self._store.execute("SELECT told FROM party WHERE id = ?", (party,)).fetchone()
        return json.loads(found[0]) if found else None

    def of(self, subject: str, *, through: bool = True) -> dict[str, list[dict[str, object]]]:
        """
        Return the owners and the people of a *subject*, in the order they were told.

        Args:
            subject: whose they are.
            through: whether those who own its owners follow, step by step, each telling whom it holds. An owner whose share
                is called indirect is left out where the steps show it.
        """
        owners: list[tuple[_Told, list[dict[str, object]]]] = []
        people: list[dict[str, object]] = []
        for told in self._linked(subject):
            if told.facts.get("name"):
                self.joined += 1
            elif told.facts.get("not_named"):
                self.not_named += 1
            else:
                self.missing += 1
                continue
            owners.append((told, list(_owner(told.facts))))
            people += _person(told.facts)
        further: list[dict[str, object]] = []
        reached: set[str] = set()
        if through:
            direct = [told for told, entries in owners if entries and not told.facts.get("indirect")]
            further, reached = self._further(direct, FOLLOWED - len(owners))
        found = [
            entry
            for told, entries in owners
            if not (told.facts.get("indirect") and told.party in reached)
            for entry in entries
        ]
        groups = (("owners", [*found, *further]), ("people", people))
        return {group: entries for group, entries in groups if entries}

    def _linked(self, subject: str) -> Iterator[_Told]:
        rows = self._store.execute(
            "SELECT link.party, link.told, party.told FROM link LEFT JOIN party ON party.id = link.party "
            "WHERE subject = ? ORDER BY place",
            (subject,),
        )
        for party, link, named in rows:
            facts = {**(json.loads(named) if named else {}), **json.loads(link)}
            if facts.get("name"):
                facts.pop("not_named", None)
            yield _Told(party, facts)

    def _further(self, owners: Iterable[_Told], most: int) -> tuple[list[dict[str, object]], set[str]]:
        """
        Return those who own *owners*, and so on, level by level, and who they are.

        Where there would be more than *most*, it is told of the companies left that their holders are not named here.
        """
        found: list[dict[str, object]] = []
        reached: set[str] = set()
        followed: set[str] = set()
        waiting = list(owners)
        while waiting:
            held = waiting.pop(0)
            name = held.facts.get("name")
            if not name or held.party in followed:
                continue
            followed.add(held.party)
            above = [told for told in self._linked(held.party) if told.facts.get("owns")]
            above = [told for told in above if told.facts.get("name") or told.facts.get("not_named")]
            straight = [told for told in above if not told.facts.get("indirect")] or above
            if len(found) + len(straight) > most:
                if straight:
                    found.append({"not_named": TOO_MANY, "holds": name})
                continue
            found += [{**entry, "holds": name} for told in straight for entry in _owner(told.facts)]
            reached.update(told.party for told in straight)
            waiting += straight
        return found, reached


def _owner(told: Mapping[str, object]) -> Iterator[dict[str, object]]:
    if told.get("owns"):
        keys = (
            "name", "kind", "country", "share_percent", "share_at_least", "share_at_most", "not_named", "number",
        )  # fmt: skip
        yield {key: told[key] for key in keys if told.get(key) is not None}


def _person(told: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """A person stands among the people, too, where the citizenship has a place; so does a company that directs."""
    if told.get("name") and (told.get("kind") == PERSON or not told.get("owns")):
        keys = ("name", "position", "nationality", "share_percent", "birth_date", "nominee")
        yield {key: told[key] for key in keys if told.get(key) is not None}


def share_of(written: str | None) -> dict[str, object]:
    """
    Return a share as fields of an owner: one figure, or the least and the most of a range.

    >>> share_of("25.5"), share_of("25-50 %"), share_of(None)
    ({'share_percent': '25.5'}, {'share_at_least': '25', 'share_at_most': '50'}, {})
    """
    if not written:
        return {}
    span = _RANGE.fullmatch(written)
    if span is None:
        return {"share_percent": written}
    return {"share_at_least": span[1], "share_at_most": span[2]}
