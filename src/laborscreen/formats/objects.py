"""
From JSON objects to batches of nested records: what JSON lines and JSON files have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from laborscreen.errors import InputError, UsageError
from laborscreen.formats.batch import Batch, Position, Reject
from laborscreen.formats.headers import listed
from laborscreen.formats.nesting import nest, read_path
from laborscreen.formats.plan import Plan, plan_columns
from laborscreen.formats.profile import Profile, load_profile
from laborscreen.formats.tabular import Tally, lay_columns
from laborscreen.formats.typed_cells import as_written
from laborscreen.values.silence import says_nothing

_PLANS = 1_000  # sets of keys remembered; objects of one export have few
_REQUIRED = ("id", "name")


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

    Keys are fields of a record, nested or as flat paths. With a *profile*, the keys of single values are read as the
    headers of a table are, by the same plan; what nobody mapped is left out and noted. Without one they stay, and the
    record tells what is wrong with them.
    """

    def __init__(self, profile: Profile | None) -> None:
        self._profile = profile
        self._plans: dict[tuple[str, ...], Plan] = {}
        self._tally = Tally()
        self._unmapped: dict[str, None] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out, and what was met."""
        found = (f"keys nobody mapped: {listed(list(self._unmapped))}",) if self._unmapped else ()
        return (*found, *self._tally.notes)

    def record(self, told: Mapping[str, object], number: int) -> dict[str, object]:
        """
        Turn one object into a nested record.

        Args:
            told: the object.
            number: the number of its row.

        Raises:
            UsageError: a flat path that is no field.
            InputError: none of the keys is the name, or two are the same header.
        """
        if self._profile is not None:
            return self._mapped(told, self._profile, number)
        flat = {key: value for key, value in told.items() if _is_flat(key, value)}
        if not flat:
            return dict(told)
        for key in flat:
            read_path(key)
        nested = {key: value for key, value in told.items() if key not in flat}
        laid = self._mapped(flat, _paths_alone(), number)
        return _together(nested, {key: value for key, value in laid.items() if key not in _REQUIRED})

    def _mapped(self, told: Mapping[str, object], profile: Profile, number: int) -> dict[str, object]:
        nested: dict[str, object] = {}
        flat: dict[str, object] = {}
        for key, value in told.items():
            if _is_deep(value):
                if key in _own_keys():
                    nested[key] = value
                else:
                    self._unmapped[key] = None
            elif value is not None or key in _REQUIRED:
                flat[key] = value
        header = tuple(flat)
        plan = self._plans.get(header)
        if plan is None:
            plan = plan_columns(header, profile, "")
            if len(self._plans) < _PLANS:
                self._plans[header] = plan
        self._unmapped.update(dict.fromkeys(plan.unmapped))
        columns = lay_columns([tuple(map(as_written, flat.values()))], plan, [number], self._tally)
        return _together(nested, nest({path: column[0] for path, column in columns.items()}))


def _is_flat(key: str, value: object) -> bool:
    """Return whether a key is written as a table's header is: a path with a dot, or one text where a list belongs."""
    if "." in key or "[" in key:
        return not _is_deep(value)
    return isinstance(value, str) and key in _paths_alone().lists


@lru_cache(maxsize=1)
def _paths_alone() -> Profile:
    """Return a profile that maps nothing but paths, with the usual signs between several values in one cell."""
    return Profile("paths", constants={"name": "-"}, lists=load_profile().lists)


def _is_deep(value: object) -> bool:
    """Return whether a value is more than one value or a list of such."""
    if isinstance(value, list):
        return any(isinstance(entry, dict | list) for entry in value)
    return isinstance(value, dict)


def _together(nested: dict[str, object], more: Mapping[str, object]) -> dict[str, object]:
    """Add to a nested record what flat paths tell of it."""
    for path, value in more.items():
        known = nested.get(path)
        if known is None:
            nested[path] = value
        elif isinstance(known, dict) and isinstance(value, dict):
            nested[path] = {**value, **known}
        elif isinstance(known, list) and isinstance(value, list):
            nested[path] = known + value
    return nested


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
        record, fault = _record(item, mapper, row)
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


def _record(item: Item, mapper: ObjectMapper, number: int) -> tuple[dict[str, object], str]:
    """Return the record of an item and what is wrong with it."""
    if not isinstance(item.value, dict):
        kind = {list: "a list", str: "a text", type(None): "nothing"}.get(type(item.value), "a single value")
        return {}, item.fault or f"{kind} where an object ({{...}}) is needed"
    if item.fault:
        return item.value, item.fault
    try:
        record = mapper.record(item.value, number)
    except UsageError as error:
        return item.value, str(error)
    except InputError as error:
        return item.value, f"{error.message} ({error.hint})"
    for field in ("id", "name"):
        told = record.get(field)
        if isinstance(told, dict | list | bool) or says_nothing(told):
            return record, f"no {field}: a record needs one"
    if type(record["id"]) is not str:
        record["id"] = str(record["id"])
    if type(record["name"]) is not str:
        record["name"] = str(record["name"])
    return record, ""
