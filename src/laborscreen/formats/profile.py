"""
Mapping profiles: which column means what, written by staff in YAML.

.. code-block:: yaml

    profile: our-vendor-master
    title: Export of the vendor master, purchasing, Lyon
    inherits: generic                # the shipped profile that this one adds to; `none` for none
    columns:
      id: [Supplier no]              # headers that may stand for the field; the first one present is taken
      name: {join: [NAME1, NAME2], with: " ", wrapped_at: 35}
      workforce.nationality: [Crew from]
    constants: {source_type: supplier_statement}
    words:
      workforce.visa: {стажировка: trainee}
    lists: {workforce.nationality: ";"}      # several values in one cell
    ignore: [lat, lng]               # columns nobody needs to be told about
    date_order: dmy                  # dmy, mdy or ymd
    decimal_mark: ","
    delimiter: ";"
    own_parties: [payments.payee]    # who stands there is screened as a party of its own, too
    group_rows: false                # true: rows with one id are one record
    as_of: 2024-01-31
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from laborscreen.errors import UsageError
from laborscreen.formats.bytes_in import unreadable
from laborscreen.formats.delimiter import is_delimiter
from laborscreen.formats.limits import MAX_PROFILE, MAX_WRAP
from laborscreen.formats.nesting import read_path
from laborscreen.formats.party_fields import COUNTRY_BESIDE
from laborscreen.formats.plain_yaml import Faults, Plain, read_plain
from laborscreen.formats.prepared_profiles import prepared_profile
from laborscreen.source import Location
from laborscreen.values import ReadingSettings


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """
    Which columns a field is read from.

    Args:
        path: the field, as a flat path.
        headers: headers that may stand for it, best first.
        join: headers whose cells are joined instead.
        joint: what stands between joined cells.
        wrapped_at: the length at which the system cuts a text that goes on in the next cell, maybe within a word; 0 where
            it does not.
    """

    path: str
    headers: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    joint: str = " "
    wrapped_at: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """
    A mapping profile.

    Args:
        name: its id.
        title: what it is for.
        columns: column rules, most telling first; those of the inherited profile come last.
        constants: fields that every record has, by flat path.
        words: for a flat path, what words written in the file mean.
        lists: for a flat path, the sign between several values in one cell.
        ignore: headers that are not reported as unmapped.
        date_order: order of day, month and year in all-figure dates, or None.
        decimal_mark: the mark before the fraction of numbers, or None.
        delimiter: the sign between cells, or empty to detect it.
        own_parties: flat paths of names that are parties of their own (`laborscreen.formats.own_parties`).
        group_rows: whether neighbouring rows with one id are one record.
        own: how many of the column rules are the profile's own; the others are inherited.
    """

    name: str
    title: str = ""
    columns: tuple[ColumnRule, ...] = ()
    constants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    lists: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ignore: tuple[str, ...] = ()
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    decimal_mark: Literal[".", ","] | None = None
    delimiter: str = ""
    own_parties: tuple[str, ...] = ()
    group_rows: bool = False
    own: int = 0

    @property
    def settings(self) -> ReadingSettings:
        """How dates and numbers of the file are read."""
        return ReadingSettings(self.date_order, self.decimal_mark)


_KEYS = (
    "profile", "title", "inherits", "columns", "constants", "words", "lists", "ignore", "date_order",
    "decimal_mark", "delimiter", "own_parties", "group_rows", "as_of",
)  # fmt: skip


def shipped_profiles() -> tuple[str, ...]:
    """Return the names of the profiles that come with the package."""
    folder = files(__package__) / "profiles"
    return tuple(
        sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    )


def load_profile(which: str | Path = "generic") -> Profile:
    """
    Read a mapping profile: one shipped with the package by name, or a file by path.

    Raises:
        UsageError: there is none of this name, or it has faults; all of them are listed.
        InputError: the file cannot be read.

    >>> load_profile("generic").lists["workforce.nationality"]
    ';'
    """
    if str(which) in shipped_profiles():
        return _shipped(str(which))
    path = Path(which)
    if not path.suffix and not path.exists():
        raise UsageError(
            f"there is no mapping profile called {str(which)!r}",
            hint=f"shipped are {', '.join(shipped_profiles())}; or name a .yaml file",
        )
    try:
        if path.stat().st_size > MAX_PROFILE:
            raise UsageError(
                f"a mapping profile has at most {MAX_PROFILE:,} bytes (MAX_PROFILE)",
                location=Location(str(path)),
            )
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("a mapping profile is written in UTF-8", location=Location(str(path))) from error
    except OSError as error:
        raise unreadable(str(path), error) from error
    return parse_profile(text, str(path))


@lru_cache(maxsize=16)
def _shipped(name: str) -> Profile:
    text = (files(__package__) / "profiles" / f"{name}.yaml").read_text(encoding="utf-8")
    faults = Faults(f"{name}.yaml")
    return _without_faults(prepared_profile(name, text) or read_plain(text, faults), faults)


def parse_profile(text: str, name: str) -> Profile:
    """
    Read a mapping profile from YAML *text*; *name* stands in messages.

    Raises:
        UsageError: listing every fault with its line and column.
    """
    faults = Faults(name)
    return _without_faults(read_plain(text, faults), faults)


def _without_faults(top: Plain | None, faults: Faults) -> Profile:
    made = _profile(top, faults) if top is not None else None
    faults.raise_any()
    assert made is not None
    return made


def _profile(top: Plain, faults: Faults) -> Profile:
    entries = top.mapping(faults, _KEYS)
    parent = _inherited(entries, faults)
    rules = [_column_rule(path, node, faults) for path, node in _of(entries, "columns", faults).items()]
    constants = {path: node.text(faults) for path, node in _of(entries, "constants", faults).items()}
    if "as_of" in entries:
        constants["as_of"] = entries["as_of"].text(faults)
    words = {
        path: MappingProxyType({word: said.text(faults) for word, said in node.mapping(faults).items()})
        for path, node in _of(entries, "words", faults).items()
    }
    lists = {path: node.text(faults) for path, node in _of(entries, "lists", faults).items()}
    for section in ("columns", "constants", "words", "lists"):
        _check_paths(entries, section, faults)
    order = entries["date_order"].one_of(faults, ("dmy", "mdy", "ymd")) if "date_order" in entries else ""
    mark = entries["decimal_mark"].one_of(faults, (".", ",")) if "decimal_mark" in entries else ""
    delimiter = _delimiter(entries["delimiter"], faults) if "delimiter" in entries else ""
    before = parent or Profile("none")
    grouped = before.group_rows
    if "group_rows" in entries:
        grouped = entries["group_rows"].one_of(faults, ("true", "false")) == "true"
    return Profile(
        name=entries["profile"].text(faults) if "profile" in entries else faults.file,
        title=entries["title"].text(faults) if "title" in entries else "",
        columns=(*rules, *before.columns),
        constants=MappingProxyType({**before.constants, **constants}),
        words=MappingProxyType({**before.words, **words}),
        lists=MappingProxyType({**before.lists, **lists}),
        ignore=(*(entries["ignore"].texts(faults) if "ignore" in entries else ()), *before.ignore),
        date_order=cast("Literal['dmy', 'mdy', 'ymd'] | None", order or before.date_order),
        decimal_mark=cast("Literal['.', ','] | None", mark or before.decimal_mark),
        delimiter=delimiter or before.delimiter,
        own_parties=_own_parties(entries, before, faults, grouped=grouped),
        group_rows=grouped,
        own=len(rules),
    )


def _delimiter(node: Plain, faults: Faults) -> str:
    told = node.text(faults)
    if told and not is_delimiter(told):
        faults.add(
            node, f"{told!r} cannot stand between cells; one sign such as ; or | or ^ or \\t is needed"
        )
    return told


def _inherited(entries: Mapping[str, Plain], faults: Faults) -> Profile | None:
    """Return the profile this one builds on: the generic one unless told otherwise."""
    told = (
        entries["inherits"].one_of(faults, (*shipped_profiles(), "none"))
        if "inherits" in entries
        else "generic"
    )
    own = entries["profile"].text(faults) if "profile" in entries else ""
    if told in {"none", "", own}:
        return None
    return load_profile(told)


def _of(entries: Mapping[str, Plain], section: str, faults: Faults) -> Mapping[str, Plain]:
    return entries[section].mapping(faults) if section in entries else {}


def _column_rule(path: str, node: Plain, faults: Faults) -> ColumnRule:
    if not node.is_mapping:
        return ColumnRule(path, headers=tuple(node.texts(faults)))
    parts = node.mapping(faults, ("join", "with", "wrapped_at"))
    join = tuple(parts["join"].texts(faults)) if "join" in parts else ()
    if not join:
        faults.add(node, "a joined field needs `join: [first header, second header]`")
    joint = parts["with"].text(faults) if "with" in parts else " "
    return ColumnRule(path, join=join, joint=joint, wrapped_at=_wrapped_at(path, parts, faults))


def _wrapped_at(path: str, parts: Mapping[str, Plain], faults: Faults) -> int:
    node = parts.get("wrapped_at")
    if node is None:
        return 0
    told = node.text(faults)
    if path != "name":
        faults.add(node, "only the parts of the `name` are wrapped")
    if not told.isascii() or not told.isdecimal() or not 0 < int(told) <= MAX_WRAP:
        faults.add(node, f"{told!r} is no number of letters from 1 to {MAX_WRAP} (MAX_WRAP)")
        return 0
    return int(told)


def _own_parties(
    entries: Mapping[str, Plain], before: Profile, faults: Faults, *, grouped: bool
) -> tuple[str, ...]:
    node = entries.get("own_parties")
    if node is None:
        return () if grouped else before.own_parties
    found = tuple(node.texts(faults))
    for path in found:
        if path not in COUNTRY_BESIDE:
            faults.add(node, f"{path!r} names no party; known are {', '.join(COUNTRY_BESIDE)}")
    if grouped:
        faults.add(node, "rows that are grouped into records cannot give parties of their own")
    return found


def _check_paths(entries: Mapping[str, Plain], section: str, faults: Faults) -> None:
    for path, node in _of(entries, section, faults).items():
        try:
            read_path(path)
        except UsageError as error:
            faults.add(node, f"{section}: {error}")
