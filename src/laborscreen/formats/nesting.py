"""
Flat paths and nested records: two ways of writing the same thing.

A flat path names a field with dots. Lists of entries take an index or a label:

======================================  =========================================================================
``country``                             a field of the record
``workforce.nationality``               the first entry of a list
``workforce[1].nationality``            the second entry; ``workforce.1.nationality`` means the same
``identifiers.RU-INN``                  an entry known by a label: the label is the ``scheme``, the cell the ``value``
``addresses[site].street``              an entry known by a label: here the label is the ``use``
======================================  =========================================================================

Indexes only keep entries apart and in order, so a file may count from 0 or from 1. A path without index is that of
index 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from laborscreen import values
from laborscreen.errors import UsageError
from laborscreen.formats.limits import MAX_LIST
from laborscreen.record import CatalogueField, catalogue

_LABELS: Mapping[str, tuple[str, str]] = {
    "identifiers": ("scheme", "value"),
    "industries": ("scheme", "code"),
    "addresses": ("use", "street"),
    "links": ("kind", "with_id"),
}
"""Lists whose entries are known by a label: the field the label fills, and the field a bare label stands for."""

_LABELLED_BY_DOT = ("identifiers", "industries")

_PATH = re.compile(
    r"(?P<head>[^.\[\]]+)(?:\[(?P<key>[^\[\]]+)\]|\.(?P<number>[0-9]{1,9})(?=\.))?(?:\.(?P<tail>[^\[\]]+))?"
)
_INDEX = re.compile(r"\d{1,9}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class FieldPath:
    """
    A flat path, taken apart.

    Args:
        field: the catalogue's field.
        index: which entry of its list, as written; None where none was written.
        label: the label of its entry, or an empty string.
    """

    field: CatalogueField
    index: int | None = None
    label: str = ""

    @property
    def label_field(self) -> str:
        """The path of the field that the label fills, or an empty string."""
        return f"{self.field.group}.{_LABELS[self.field.group][0]}" if self.label else ""


@lru_cache(maxsize=8_192)
def read_path(written: str) -> FieldPath:
    """
    Take a flat path apart.

    Raises:
        UsageError: no such field; the message suggests the nearest one.

    >>> path = read_path("workforce[1].hours_per_day")
    >>> path.field.name, path.index
    ('hours_per_day', 1)
    >>> read_path("identifiers.RU-INN").label
    'RU-INN'
    """
    found = find_path(written)
    if found is None:
        raise _no_such(written)
    return found


def find_path(written: str) -> FieldPath | None:
    """
    Return the path that *written* is, or None where it names no field.

    Raises:
        UsageError: it names a field, but not an entry of it that there can be.
    """
    parts = _PATH.fullmatch(written)
    if parts is None:
        return None
    known = catalogue().fields
    head, tail = parts["head"], parts["tail"] or ""
    key = parts["key"] or parts["number"] or ""
    if not key and head in _LABELLED_BY_DOT and f"{head}.{tail}" not in known:
        key, tail = tail, ""
    if key and not tail and head in _LABELS:
        tail = _LABELS[head][1]
    field = known.get(f"{head}.{tail}" if tail else head)
    if field is None or (key and not field.group):
        return None
    if not key:
        return FieldPath(field)
    if not _INDEX.match(key):
        if head not in _LABELS:
            raise UsageError(f"{written!r}: entries of {head} are told apart by number, as in {head}[1]")
        return FieldPath(field, label=key)
    if int(key) > MAX_LIST:
        raise UsageError(f"{written!r}: a list has at most {MAX_LIST} entries in a flat file")
    return FieldPath(field, index=int(key))


def _no_such(written: str) -> UsageError:
    bare = re.sub(r"\[[^\]]*\]|\.\d+(?=\.)", "", written)
    hint = catalogue().hint(bare) or "`laborscreen fields` lists them"
    return UsageError(f"{written!r} is not the path of a record field", hint=hint)


def lay_out(paths: Iterable[FieldPath]) -> dict[FieldPath, str]:
    """
    Give each path its column name: entries of a list are numbered from 0 in the order of their indexes.

    Labelled entries follow the numbered ones in order of appearance.

    >>> a, b = read_path("workforce.1.nationality"), read_path("workforce.2.nationality")
    >>> list(lay_out([a, b]).values())
    ['workforce.nationality', 'workforce[1].nationality']
    """
    given = list(dict.fromkeys(paths))
    entries: dict[str, dict[tuple[int, str], None]] = {}
    for path in given:
        if path.field.group:
            entries.setdefault(path.field.group, {})[_place(path)] = None
    number: dict[tuple[str, tuple[int, str]], int] = {}
    for group, places in entries.items():
        numbered = sorted(place for place in places if not place[1])
        labelled = [place for place in places if place[1]]
        for position, place in enumerate([*numbered, *labelled]):
            number[group, place] = position
    return {
        path: column_name(path.field, number[path.field.group, _place(path)])
        if path.field.group
        else path.field.path
        for path in given
    }


def _place(path: FieldPath) -> tuple[int, str]:
    """Return what tells the entry of a path from others of its list; one without index is entry 0."""
    return (0, path.label) if path.label else (path.index or 0, "")


def column_name(field: CatalogueField, entry: int) -> str:
    """Return the column name of a *field* in the numbered *entry* of its list."""
    if not field.group or entry == 0:
        return field.path
    return f"{field.group}[{entry}].{field.name}"


@lru_cache(maxsize=8_192)
def _column(name: str) -> tuple[str, int, str]:
    """Return the group, the entry and the field name of a column name; no group for the record's own fields."""
    path = read_path(name)
    return path.field.group, path.index or 0, path.field.name


def tables(columns: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """
    Return for each list of entries its entries, each telling which column holds which field.

    >>> tables(["id", "workforce.nationality", "workforce[1].nationality"])
    {'workforce': [{'nationality': 'workforce.nationality'}, {'nationality': 'workforce[1].nationality'}]}
    """
    found: dict[str, dict[int, dict[str, str]]] = {}
    for name in columns:
        group, entry, field = _column(name)
        if group:
            found.setdefault(group, {}).setdefault(entry, {})[field] = name
    return {group: [entries[number] for number in sorted(entries)] for group, entries in found.items()}


def nest(row: Mapping[str, object]) -> dict[str, object]:
    """
    Turn one flat row into a nested record.

    Values that say nothing are left out, and so is an entry of which nothing is known.

    Raises:
        UsageError: a path that is no field of a record.

    >>> nest({"id": "V-1", "name": "X", "workforce.nationality": "KP", "workforce[1].nationality": "n/a"})
    {'id': 'V-1', 'name': 'X', 'workforce': [{'nationality': 'KP'}]}
    >>> nest({"id": "V-1", "name": "X", "identifiers.RU-INN": "2540000000", "remote_work.vpn": "none"})["identifiers"]
    [{'scheme': 'RU-INN', 'value': '2540000000'}]
    """
    told = {read_path(name): value for name, value in row.items()}
    layout = lay_out(told)
    record: dict[str, object] = {}
    entries: dict[str, dict[int, dict[str, object]]] = {}
    for path, name in layout.items():
        value = told[path]
        if values.is_missing(value):
            continue
        group, number, field = _column(name)
        if group:
            entry = entries.setdefault(group, {}).setdefault(number, {})
            if path.label:
                entry.setdefault(_LABELS[group][0], path.label)
            entry[field] = value
            record.setdefault(group, [])
        elif "." in field:
            part, _, inner = field.partition(".")
            whole = record.setdefault(part, {})
            assert isinstance(whole, dict)
            whole[inner] = value
        else:
            record[field] = value
    for group, numbered in entries.items():
        record[group] = [numbered[number] for number in sorted(numbered)]
    return record
