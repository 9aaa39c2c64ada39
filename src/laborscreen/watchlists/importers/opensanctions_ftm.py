"""
OpenSanctions as FollowTheMoney entities, one JSON object a line (``entities.ftm.json``, ``targets.nested.json``).

Targets become entries; sanctions that stand beside them give the programmes. Layout: FollowTheMoney schema and the
OpenSanctions documentation of bulk data. The data is under CC BY-NC: commercial use needs their licence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from laborscreen.watchlists.draft import EntryDraft
from laborscreen.watchlists.entry import Entry, NameKind, Strength
from laborscreen.watchlists.importers.importer import Importer, ListReading, one_file_each
from laborscreen.watchlists.importers.opensanctions import LIST, is_party, kind_of_schema
from laborscreen.watchlists.listfile import ListFile

MAX_LINE = 1 << 24  # 16 MiB; the longest entity known is a fraction of that

_NAMES: tuple[tuple[str, Strength, NameKind], ...] = (
    ("name", "strong", "aka"),
    ("alias", "strong", "aka"),
    ("previousName", "strong", "fka"),
    ("weakAlias", "weak", "aka"),
)
_NUMBERS = {
    "passportNumber": "Passport", "idNumber": "ID number", "registrationNumber": "Registration number",
    "taxNumber": "Tax number", "innCode": "RU-INN", "ogrnCode": "RU-OGRN", "leiCode": "LEI", "imoNumber": "IMO",
    "swiftBic": "SWIFT/BIC", "vatCode": "VAT", "mmsi": "MMSI", "callSign": "Call Sign", "uscCode": "CN-USCC",
}  # fmt: skip


def _recognises(file: ListFile) -> bool:
    line = file.head.split(b"\n", 1)[0]
    return line.startswith(b"{") and b'"schema"' in line and b'"properties"' in line


def _read(file: ListFile) -> ListReading:
    newest = ""
    drafts: dict[str, EntryDraft] = {}
    programmes: dict[str, list[str]] = {}
    for line, entity in _objects(file):
        properties = _properties(file, line, entity)
        schema = str(entity["schema"])
        newest = max(newest, str(entity.get("last_seen") or "")[:10])
        if schema == "Sanction":
            for party in _texts(properties, "entity"):
                programmes.setdefault(party, []).extend(_programmes(properties))
        elif is_party(schema) and _is_target(entity, properties):
            drafts[str(entity["id"])] = _draft(file, line, entity, properties)
    for number, names in programmes.items():
        for name in names if number in drafts else ():
            drafts[number].add_programme(name)
    return ListReading.of([file], _finished(drafts), list_name=LIST, file_date=newest, tells_its_end=False)


def _finished(drafts: dict[str, EntryDraft]) -> Iterator[Entry]:
    for draft in drafts.values():
        yield draft.finish()


def _objects(file: ListFile) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each line's object; a line that is no whole object refuses the file."""
    with file.open() as source:
        number = 0
        while text := source.readline(MAX_LINE + 1):
            number += 1
            if len(text) > MAX_LINE:
                raise file.refuse(f"this line is longer than the limit of {MAX_LINE:,} bytes", line=number)
            if not text.strip():
                continue
            try:
                entity = orjson.loads(text)
            except orjson.JSONDecodeError as fault:
                raise file.refuse(f"the JSON is broken or cut short: {fault.msg}", line=number) from fault
            if not (isinstance(entity, dict) and entity.get("id") and isinstance(entity.get("schema"), str)):
                raise file.refuse(
                    "this line is no FollowTheMoney entity: it has no id or no schema", line=number
                )
            yield number, entity


def _properties(file: ListFile, line: int, entity: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the properties: lists of values under their names."""
    found = entity.get("properties")
    if not isinstance(found, dict) or not all(isinstance(values, list) for values in found.values()):
        raise file.refuse("the properties of this entity are not lists of values", line=line)
    return found


def _texts(properties: dict[str, list[Any]], name: str) -> list[str]:
    """Return the values of a property as texts; a nested entity is told by its id."""
    return [
        str(value.get("id", "")) if isinstance(value, dict) else str(value)
        for value in properties.get(name, ())
    ]


def _captions(properties: dict[str, list[Any]], name: str) -> list[str]:
    """Return the values of a property as texts; a nested entity is told by its caption."""
    return [
        str(value.get("caption", "")) if isinstance(value, dict) else str(value)
        for value in properties.get(name, ())
    ]


def _programmes(properties: dict[str, list[Any]]) -> list[str]:
    return [*_texts(properties, "program"), *_texts(properties, "programId")]


def _is_target(entity: dict[str, Any], properties: dict[str, list[Any]]) -> bool:
    """Tell whether an entity is listed itself, and does not merely stand near one that is."""
    if isinstance(entity.get("target"), bool):
        return bool(entity["target"])
    return any(
        topic.startswith(("sanction", "export.control", "debarment"))
        for topic in _texts(properties, "topics")
    )


def _draft(file: ListFile, line: int, entity: dict[str, Any], properties: dict[str, list[Any]]) -> EntryDraft:
    """Read one target."""
    draft = EntryDraft(str(entity["id"]), LIST, kind_of_schema(str(entity["schema"])))
    draft.add_name(str(entity.get("caption") or ""), kind="primary")
    for name, strength, kind in _NAMES:
        for text in _texts(properties, name):
            draft.add_name(text, strength=strength, kind=kind)
    if not draft.is_named:
        raise file.refuse(f"entity {draft.id} has no name", line=line)
    for name, scheme in _NUMBERS.items():
        for number in _texts(properties, name):
            draft.add_identifier(scheme, number)
    for add, names in (
        (draft.add_nationality, ("nationality", "citizenship")),
        (draft.add_country, ("country", "jurisdiction", "mainCountry", "flag")),
        (draft.add_birth_date, ("birthDate",)),
        (draft.add_position, ("position",)),
        (draft.add_address, ("address", "addressEntity")),
        (draft.add_remark, ("notes",)),
    ):
        for text in (text for name in names for text in _captions(properties, name)):
            add(text.upper() if add in (draft.add_nationality, draft.add_country) else text)
    for programme in (*_programmes(properties), *_nested_programmes(properties)):
        draft.add_programme(programme)
    return draft


def _nested_programmes(properties: dict[str, list[Any]]) -> Iterator[str]:
    """Yield the programmes of sanctions nested within a target."""
    for sanction in properties.get("sanctions", ()):
        if isinstance(sanction, dict) and isinstance(sanction.get("properties"), dict):
            yield from _programmes(sanction["properties"])


IMPORTER = Importer("OpenSanctions FollowTheMoney", _recognises, one_file_each(_read))
