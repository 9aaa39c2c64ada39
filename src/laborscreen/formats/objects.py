"""
From JSON objects to batches of nested records: what JSON lines and JSON files have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from laborscreen.errors import UsageError
from laborscreen.formats.batch import Batch, Position, Reject
from laborscreen.formats.headers import header_key, listed
from laborscreen.formats.nesting import nest
from laborscreen.formats.profile import Profile
from laborscreen.values.silence import says_nothing


@dataclass(frozen=True, slots=True)
class Item:
    """
    One JSON value of a file.

    Args:
        value: the value, if it could be read.
        line: the physical line it begins on.
        fault: what is wrong with it, or an empty string.
        offset: the byte it ends at, 0 where that is not known.
    """

    value: object
    line: int
    fault: str = ""
    offset: int = 0


class ObjectMapper:
    """
    Turns JSON objects into records.

    Keys are fields of a record, nested or as flat paths. With a *profile*, other keys are read as column headers
    are; what nobody mapped is left out and noted. Without one they stay, and the record tells what is wrong with them.
    """

    def __init__(self, profile: Profile | None) -> None:
        self._profile = profile
        self._rules = {
            header_key(header): rule.path
            for rule in reversed(profile.columns if profile else ())
            for header in reversed(rule.headers)
        }
        self._unmapped: dict[str, None] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out."""
        return (f"keys nobody mapped: {listed(list(self._unmapped))}",) if self._unmapped else ()

    def record(self, told: Mapping[str, object]) -> dict[str, object]:
        """
        Turn one object into a nested record.

        Raises:
            UsageError: a flat path that is no field.
        """
        if self._profile is None and not any("." in key or "[" in key for key in told):
            return dict(told)
        flat: dict[str, object] = {}
        nested: dict[str, object] = {}
        for key, value in told.items():
            path = self._path(key)
            if path is None:
                self._unmapped[key] = None
            elif "." in path or "[" in path:
                flat[path] = value
            else:
                nested[path] = value
        for path, value in (self._profile.constants if self._profile else {}).items():
            flat.setdefault(path, value)
        for path, value in nest(flat).items() if flat else ():
            known = nested.get(path)
            if known is None:
                nested[path] = value
            elif isinstance(known, dict) and isinstance(value, dict):
                nested[path] = {**value, **known}
            elif isinstance(known, list) and isinstance(value, list):
                nested[path] = known + value
        return nested

    def _path(self, key: str) -> str | None:
        if self._profile is None or key in _own_keys():
            return key
        mapped = self._rules.get(header_key(key))
        if mapped is None and "." in key:
            return key
        return mapped


def _own_keys() -> frozenset[str]:
    from laborscreen.record import Record

    return frozenset(Record.model_fields)


def object_batches(
    items: Iterable[Item], mapper: ObjectMapper, name: str, size: int, row: int, after: Position | None
) -> Iterator[Batch]:
    """
    Cut *items* into batches of at most *size* rows; the first is number ``row + 1``.

    Rows up to *after* are left out.
    """
    rows: list[int] = []
    lines: list[int] = []
    nested: list[Mapping[str, object]] = []
    rejects: list[Reject] = []
    last = Item(None, 0)

    def batch() -> Batch:
        made = Batch(
            {}, tuple(rows), tuple(lines), tuple(nested), tuple(rejects),
            position=Position(row, last.offset, last.line if last.offset else 0),
        )  # fmt: skip
        for gathered in (rows, lines, nested, rejects):
            gathered.clear()
        return made

    for item in items:
        row += 1
        if after is not None and row <= after.row:
            continue
        last = item
        record, fault = _record(item, mapper)
        if fault:
            told = record.get("id")
            rejects.append(Reject(name, row, item.line, "" if told is None else str(told)[:200], fault))
        else:
            rows.append(row)
            lines.append(item.line)
            nested.append(record)
        if len(rows) + len(rejects) >= size:
            yield batch()
    if rows or rejects:
        yield batch()


def _record(item: Item, mapper: ObjectMapper) -> tuple[dict[str, object], str]:
    """Return the record of an item and what is wrong with it."""
    if not isinstance(item.value, dict):
        kind = {list: "a list", str: "a text", type(None): "nothing"}.get(type(item.value), "a single value")
        return {}, item.fault or f"{kind} where an object ({{...}}) is needed"
    if item.fault:
        return item.value, item.fault
    try:
        record = mapper.record(item.value)
    except UsageError as error:
        return item.value, str(error)
    for field in ("id", "name"):
        told = record.get(field)
        if isinstance(told, dict | list | bool) or says_nothing(told):
            return record, f"no {field}: a record needs one"
    if type(record["id"]) is not str:
        record["id"] = str(record["id"])
    if type(record["name"]) is not str:
        record["name"] = str(record["name"])
    return record, ""
