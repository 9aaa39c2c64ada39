"""
What a record was made of, kept so that the very same record can be made again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from laborscreen.errors import UsageError
from laborscreen.record import ReadModel, Record, text_of
from laborscreen.screening.result import Assessment
from laborscreen.values import ReadingSettings

_STEP = re.compile(r"([a-z_0-9]+)(?:\[(\d+)\])?")
_WHOLE_NUMBERS = 2**63  # what JSON writers agree on; larger ones are kept as text


def to_bytes(told: Mapping[str, Any] | Record) -> bytes:
    """
    Return the stored form of what a record was made of: JSON, values as written.

    Args:
        told: the mapping, or a record, whose texts as written are taken.

    Raises:
        UsageError: the text holds halves of characters, which no file can keep.

    >>> to_bytes({"id": "V-7", "name": "Atelier Duval", "aliases": ("Duval",)})
    b'{"id":"V-7","name":"Atelier Duval","aliases":["Duval"]}'
    """
    try:
        return orjson.dumps(_plain(told))
    except orjson.JSONEncodeError as error:
        raise UsageError(f"this record cannot be stored: {error}") from error


def to_record(stored: bytes, settings: ReadingSettings) -> Record:
    """
    Make the record again.

    >>> to_record(b'{"id":"V-7","name":"Atelier Duval","country":"Frankreich"}', ReadingSettings()).country
    'FR'
    """
    return Record.model_validate(orjson.loads(stored), context=settings)


def require_same(stored: bytes, settings: ReadingSettings, assessment: Assessment) -> None:
    """
    Make sure that an assessment is of what is stored with it.

    Raises:
        UsageError: the stored form makes another record.
    """
    from laborscreen.screening.digests import input_digest

    record = to_record(stored, settings)
    notes = tuple((one.field, one.written, one.note) for one in record.notes())
    noted = tuple((one.field, one.written, one.note) for one in assessment.notes)
    if input_digest(record) != assessment.provenance.input or notes != noted:
        raise UsageError(
            f"the assessment of {assessment.record_id} is not of the record given with it",
            hint="give what the record was made of, and the run's date order and decimal mark",
        )


def _plain(value: object) -> object:
    match value:
        case ReadModel():
            return _nested(value.written_items())
        case Mapping():
            return {str(name): _plain(part) for name, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case set() | frozenset():
            return sorted((_plain(part) for part in value), key=str)
        case None | str() | bool() | float():
            return value
        case int() if abs(value) < _WHOLE_NUMBERS:
            return value
        case _:
            return text_of(value)


def _nested(items: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """
    Return paths with indexes as nested data; an entry of which nothing is told stays, empty.

    >>> _nested([("id", "V-1"), ("workforce[1].visa", "student"), ("aliases[0]", "X")])
    {'id': 'V-1', 'workforce': [{}, {'visa': 'student'}], 'aliases': ['X']}
    """
    made: dict[str, Any] = {}
    for path, written in items:
        place = made
        *groups, last = _STEP.findall(path)
        for name, index in groups:
            place = _entry(place, name, int(index)) if index else place.setdefault(name, {})
        name, index = last
        if index:
            place.setdefault(name, []).append(written)
        else:
            place[name] = written
    return made


def _entry(place: dict[str, Any], name: str, index: int) -> dict[str, Any]:
    entries: list[dict[str, Any]] = place.setdefault(name, [])
    while len(entries) <= index:
        entries.append({})
    return entries[index]
