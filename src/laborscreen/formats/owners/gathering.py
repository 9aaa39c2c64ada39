"""
From files of owners to companies, each with those who hold it.

A file may be one of GLEIF's (level 2, reporting exceptions, and level 1 for the names), or any file of records that tells
owners: BODS, FollowTheMoney, a table with a column for the company and one for the owner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import orjson

from laborscreen.errors import UsageError
from laborscreen.formats.batch import Reject
from laborscreen.formats.csv_source import CsvSource
from laborscreen.formats.nesting import nest
from laborscreen.formats.profile import ColumnRule, Profile, load_profile
from laborscreen.formats.reading import open_source
from laborscreen.formats.recognition import Format
from laborscreen.formats.standards.gleif_file import Content, GleifFile, content_of
from laborscreen.formats.standards.gleif_records import (
    PARENTS,
    Relationship,
    ReportingException,
    entity,
    exception_of_row,
    relationship,
    relationship_of_row,
    reporting_exception,
)
from laborscreen.formats.standards.links import PERSON, Links
from laborscreen.owners import Held, Key, identifiers_of, keys_of
from laborscreen.owners.keys import LEI
from laborscreen.record import catalogue, read_value
from laborscreen.source import Location
from laborscreen.values import DEFAULT

_REJECTS_KEPT: Final = 3
_NAMES = Profile(
    "gleif names",
    columns=(
        ColumnRule("id", ("LEI",)),
        ColumnRule("name", ("Entity.LegalName",)),
        ColumnRule("country", ("Entity.LegalAddress.Country",)),
    ),
)
"""What level 1 is asked for: who a parent is."""


@dataclass(slots=True)
class OwnersRead:
    """
    What became of the rows of one file of owners.

    Args:
        file: the file as the user named it.
        format: what it is.
        digest: SHA-256 of its bytes.
        used: rows that tell of an owner, or of the name of one.
        left_out: why rows were left out, with their number.
        rejected: rows that could not be read.
        first_rejects: the first of them.
        notes: what else a person should know of how it was read.
    """

    file: str
    format: str
    digest: str = ""
    used: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    rejected: int = 0
    first_rejects: list[Reject] = field(default_factory=list)
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of the file: used, left out and rejected."""
        return self.used + self.left_out.total() + self.rejected

    def reject(self, row: int, line: int, record_id: str, reason: str) -> None:
        """Count a row that could not be read."""
        self.rejected += 1
        if len(self.first_rejects) < _REJECTS_KEPT:
            self.first_rejects.append(Reject(self.file, row, line, record_id[:200], reason))


class Gathering:
    """Reads files of owners; `companies` then gives what they tell together."""

    def __init__(self) -> None:
        self._links = Links()
        self._wanted: set[str] = set()
        self._companies: dict[tuple[Key, ...], tuple[str, list[bytes]]] = {}
        self.read: list[OwnersRead] = []

    def gather(self, files: Sequence[Path]) -> None:
        """
        Read *files*; those that name parents come last, so that only names that are asked for are kept.

        Raises:
            InputError: a file cannot be read as what it is.
            UsageError: GLEIF level 1 stands alone.
        """
        known = [(path, content_of(path, str(path))) for path in files]
        names = [one for one in known if one[1] and one[1][0] is Content.ENTITIES]
        others = [one for one in known if one not in names]
        if names and not any(content for _, content in others):
            raise UsageError(
                "GLEIF level 1 tells who a company is, not who owns it",
                location=Location(str(names[0][0])),
                hint="give level 2 (relationship records) beside it",
            )
        for path, content in (*others, *names):
            if content is None:
                self._records(path)
            else:
                self._gleif(path, *content)

    def companies(self) -> Iterator[Held]:
        """Yield the companies, each with its owners and people."""
        for keys, (country, told) in self._companies.items():
            held: dict[str, list[dict[str, object]]] = {}
            for group, entry in map(orjson.loads, told):
                held.setdefault(group, []).append(entry)
            yield Held(keys, country, held)
        for lei in self._links.subjects():
            groups = self._links.of(lei, through=False)  # the index follows their LEI
            if groups:
                owners = _each_once(groups.get("owners", []))
                yield Held((Key(LEI + lei),), "", {"owners": owners})

    @property
    def notes(self) -> tuple[str, ...]:
        """What became of the links of GLEIF."""
        return self._links.notes

    def _gleif(self, path: Path, content: Content, written: str) -> None:
        name = str(path)
        if content is Content.ENTITIES and written == "csv":
            self._names(path)
            return
        file = GleifFile(path, name, content, written, lines=written == "json" and _is_lines(path))
        read = OwnersRead(name, f"{content} ({written})")
        for told, row, line, fault in _told(file, content):
            if fault or told is None:
                read.reject(row, line, "", fault or f"this is no record of {content}")
            else:
                self._take(told, read)
        read.digest, read.notes = file.digest, file.notes
        self.read.append(read)

    def _take(self, told: Relationship | ReportingException | Mapping[str, object], read: OwnersRead) -> None:
        """Keep what a record of GLEIF tells."""
        if isinstance(told, ReportingException):
            facts: dict[str, object] = {"owns": True, "not_named": f"{told.which}: {told.reason}"}
            if told.person:
                facts["kind"] = PERSON
            self._links.add_link(f"{told.child}/{told.which}/not named", told.child, "", facts)
            read.used += 1
        elif isinstance(told, Relationship):
            if told.standing:
                read.left_out[told.standing] += 1
                return
            why = f"{PARENTS[told.kind]} {told.parent}: no level 1 record of it is among the files"
            facts = {"owns": True, "kind": "organization", "number": told.parent, "not_named": why}
            if told.share is not None:
                facts["share_percent"] = told.share
            self._links.add_link(f"{told.child}/{told.kind}/{told.parent}", told.child, told.parent, facts)
            self._wanted.add(told.parent)
            read.used += 1
        else:
            self._name(str(told.get("id") or ""), told, read)

    def _name(self, lei: str, told: Mapping[str, object], read: OwnersRead) -> None:
        if lei not in self._wanted:
            read.left_out["are no parents of anybody"] += 1
            return
        kept = {key: told[key] for key in ("name", "country") if told.get(key)}
        self._links.add_party(lei, kept)
        read.used += 1

    def _names(self, path: Path) -> None:
        """Take the names of parents from the CSV form of level 1."""
        source = CsvSource(path, _NAMES, str(path))
        read = OwnersRead(str(path), f"{Content.ENTITIES} (csv)")
        for batch in source.batches():
            for one in batch.rejects:
                read.reject(one.row, one.line, one.id, one.reason)
            columns = batch.columns
            countries = columns.get("country") or [None] * len(batch)
            for lei, name, country in zip(columns["id"], columns["name"], countries, strict=True):
                self._name(str(lei), {"name": name, "country": country}, read)
        read.digest = source.digest
        self.read.append(read)

    def _records(self, path: Path) -> None:
        """Take the owners and people told in a file of records."""
        source = open_source(path, profile=_profile(path))
        read = OwnersRead(str(path), source.format)
        plan = getattr(source, "plan", None)
        own_id = source.format not in {Format.BODS, Format.FTM} and (plan is None or plan.has_id)
        for batch in source.batches():
            for one in batch.rejects:
                read.reject(one.row, one.line, one.id, one.reason)
            rows: Iterator[Mapping[str, Any]] = (
                iter(batch.nested)
                if batch.nested is not None
                else (
                    nest(dict(zip(batch.columns, cells, strict=True)))
                    for cells in zip(*batch.columns.values(), strict=True)
                )
            )
            for number, line, record in zip(batch.rows, batch.lines, rows, strict=True):
                self._hold(record, number, line, read, own_id=own_id)
        read.digest = source.digest
        # what a supplier's row is called without an id is of no matter here
        read.notes = tuple(note for note in source.notes if own_id or not note.startswith("no column was"))
        self.read.append(read)

    def _hold(
        self, record: Mapping[str, object], row: int, line: int, read: OwnersRead, *, own_id: bool
    ) -> None:
        told = [
            orjson.dumps((group, _settled(group, one)))  # plain bytes wait in a sixth of the memory
            for group in ("owners", "people")
            for one in _entries(record.get(group))
        ]
        if not told:
            read.left_out["tell of no owner"] += 1
            return
        keys = tuple(keys_of(record.get("id"), identifiers_of(record), own_id=own_id))
        if not keys:
            cure = "give its LEI, its id in the supplier file, or its number in a register"
            read.reject(
                row, line, str(record.get("id") or ""), f"nothing says which company is meant; {cure}"
            )
            return
        read.used += 1
        country = record.get("country")
        known = self._companies.setdefault(keys, (country if isinstance(country, str) else "", []))
        known[1].extend(told)


def _told(
    file: GleifFile, content: Content
) -> Iterator[tuple[Relationship | ReportingException | Mapping[str, object] | None, int, int, str]]:
    """Yield the records of a file of GLEIF: what each tells, its number and line, and what is wrong with it."""
    if file.is_table:
        for row, number, line, fault in file.rows():
            if fault:
                yield None, number, line, fault
            elif content is Content.RELATIONSHIPS:
                yield relationship_of_row(row), number, line, ""
            else:
                yield exception_of_row(row), number, line, ""
        return
    for number, item in enumerate(file.items(), 1):
        if item.fault or not isinstance(item.value, Mapping):
            yield None, number, item.line, item.fault
        elif content is Content.RELATIONSHIPS:
            yield relationship(item.value), number, item.line, ""
        elif content is Content.EXCEPTIONS:
            yield reporting_exception(item.value), number, item.line, ""
        else:
            found = entity(item.value)
            yield (found if "id" in found and "name" in found else None), number, item.line, ""


def _entries(told: object) -> Iterator[Mapping[str, object]]:
    for one in told if isinstance(told, list) else ():
        if isinstance(one, Mapping):
            yield one


def _settled(group: str, entry: Mapping[str, object]) -> Mapping[str, object]:
    """Return an entry whose shares read the same by the habits of any supplier file: as numbers, where a mark is in doubt."""
    found = dict(entry)
    for name, value in entry.items():
        if name.startswith("share_") and isinstance(value, str) and ("." in value or "," in value):
            field = catalogue().fields.get(f"{group}.{name}")
            read = read_value(field.reads, value, {}, DEFAULT).value if field else None
            if read is not None:
                found[name] = read
    return found


def _each_once(owners: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return owners without those told twice: who is the direct parent is often the ultimate one, too."""
    found: dict[tuple[object, ...], dict[str, object]] = {}
    for one in owners:
        key = (one.get("name"), one.get("country"), one.get("not_named") if "name" not in one else None)
        known = found.get(key)
        if known is None or ("share_percent" in one and "share_percent" not in known):
            found[key] = one
    return list(found.values())


def _is_lines(path: Path) -> bool:
    from laborscreen.formats.recognition import recognised

    return recognised(path, str(path), Format.GLEIF).lines


def _profile(path: Path) -> Profile | None:
    """Return the profile for a table of owners; objects tell by themselves what they are."""
    from laborscreen.formats.recognition import recognised

    tables = {Format.CSV, Format.XLSX, Format.PARQUET, Format.ARROW}
    return load_profile("owners") if recognised(path, str(path)).format in tables else None
