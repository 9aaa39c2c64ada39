"""
The shipped rulebook as it was read, kept beside the code as data, so that nobody reads the same YAML at every start.

``tables/shipped.json`` tells the digest of the files it was read from. Where the files of the rulebook are others, or were
edited, it is left alone and they are read. It holds plain values: every object is a list that begins with the number of its
kind in `_KINDS`, and the terms of a list are a few long texts. ``scripts/write_docs.py`` writes it, and a test holds it to
what the files say.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from laborscreen.conditions import tree
from laborscreen.errors import Problem
from laborscreen.log import log
from laborscreen.prepared import open_prepared, text_of_table
from laborscreen.rulebook import model, policy
from laborscreen.rulebook.folder import YAML
from laborscreen.rulebook.parts import Parts
from laborscreen.rulebook.read_later import ReadLater
from laborscreen.rulebook.term import PackedTerms, PreparedTerms, pack_terms
from laborscreen.source import Location
from laborscreen.text import pattern_of

PREPARED = Path(__file__).parent / "tables" / "shipped.json"

_TUPLE, _LIST, _MAPPING, _SET, _DAY, _PLACE, _TERMS, _LATER = range(8)
_KINDS: tuple[type, ...] = (
    tree.Operator,
    tree.Quantifier,
    tree.Measure,
    tree.Test,
    tree.All,
    tree.Any,
    tree.AtLeast,
    tree.Not,
    tree.Over,
    tree.Figure,
    tree.Flagged,
    model.Reference,
    model.ListedExample,
    model.RuleTest,
    model.Rule,
    model.ValueList,
    model.Guard,
    model.ExceptionEntry,
    model.Source,
    model.Rates,
    policy.Need,
    policy.NameThreshold,
    policy.ListedShare,
    policy.ListAge,
    policy.Policy,
    Parts,
    Problem,
)
_FIRST_KIND = 10
"""The number of the first of `_KINDS`; the numbers below are for what Python brings along."""


def prepared_parts(folder: Path) -> tuple[Parts, tuple[Problem, ...]] | None:
    """
    Return what reading the shipped rulebook gives, or None where *folder* does not hold the files that were prepared.

    Args:
        folder: the folder of the shipped rulebook.
    """
    prepared = open_prepared(PREPARED)
    if prepared is None:
        return None
    told = prepared.head
    if told["kinds"] != _digest_of_kinds() or told["read_from"] != _digest_of_files(folder, told["files"]):
        log.info("the rules of %s are not those that were prepared, and are read", folder)
        return None
    parts, problems = _Reader([f"{folder}{os.sep}{Path(name)}" for name in told["files"]]).read(
        orjson.loads(prepared.body)
    )
    return parts, problems


def prepared_text(folder: Path, parts: Parts, problems: tuple[Problem, ...], files: list[str]) -> str:
    """
    Return the text of the prepared rulebook.

    Args:
        folder: the folder it was read from.
        parts: what was read.
        problems: what was warned of.
        files: every file that was read, by its path below *folder* with slashes.
    """
    writer = _Writer({f"{folder}{os.sep}{Path(name)}": number for number, name in enumerate(files)})
    body = _on_lines(writer.write((parts, problems)), 3)
    read_from = _digest_of_files(folder, files)
    return text_of_table(body, files=files, read_from=read_from, kinds=_digest_of_kinds())


def _on_lines(value: Any, depth: int) -> str:
    """Return JSON with the entries of its upper levels on lines of their own, so that a change shows as a few lines."""
    if depth and isinstance(value, list):
        return "[" + ",\n".join(_on_lines(one, depth - 1) for one in value) + "]"
    return orjson.dumps(value).decode()


def _digest_of_files(folder: Path, names: list[str]) -> str:
    """Return a digest of the named files and of the names of all rule files in the folder."""
    told = hashlib.sha256("\n".join(_rule_files(folder)).encode())
    for name in names:
        try:
            content = Path(folder, name).read_bytes()
        except OSError:
            return ""
        told.update(f"\0{name}\0{len(content)}\0".encode())
        told.update(content)
    return told.hexdigest()


def _rule_files(folder: Path) -> list[str]:
    found = []
    for here, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if not name.startswith(".")]
        below = Path(here).relative_to(folder)
        found += [(below / name).as_posix() for name in names if name.lower().endswith(YAML)]
    return sorted(found)


def _digest_of_kinds() -> str:
    """Return a digest of what the kinds hold, which must be what they held when the text was written."""
    told = [f"{kind.__qualname__} {' '.join(_names(kind))}" for kind in _KINDS]
    told.append(f"terms {' '.join(PackedTerms._fields)}")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _names(kind: type) -> list[str]:
    return [one.name for one in fields(kind)] if is_dataclass(kind) else []


class _Reader:
    """
    Turns plain values into objects.

    Args:
        paths: the files by their number.
    """

    def __init__(self, paths: list[str]) -> None:
        self._paths = paths
        self._makers: dict[int, Callable[[list[Any]], Any]] = {
            _TUPLE: lambda parts: tuple(self._each(parts[1:])),
            _LIST: lambda parts: self._each(parts[1:]),
            _SET: lambda parts: frozenset(self._each(parts[1:])),
            _MAPPING: lambda parts: dict(zip(parts[1::2], self._each(parts[2::2]), strict=True)),
            _DAY: lambda parts: date.fromordinal(parts[1]),
            _PLACE: lambda parts: Location(paths[parts[1]], parts[2], parts[3]),
            _TERMS: self._terms,
            _LATER: lambda parts: ReadLater(lambda: self.read(orjson.loads(parts[1]))),
        } | {number: partial(self._made, kind) for number, kind in enumerate(_KINDS, _FIRST_KIND)}

    def read(self, value: Any) -> Any:
        """Return what was written."""
        return self._makers[value[0]](value) if value.__class__ is list else value

    def _each(self, values: list[Any]) -> list[Any]:
        makers = self._makers
        return [makers[value[0]](value) if value.__class__ is list else value for value in values]

    def _made(self, kind: Callable[..., Any], parts: list[Any]) -> Any:
        made = kind(*self._each(parts[1:]))
        if kind is Parts:
            return replace(made, starts=tuple((place.path, place.line) for place in made.starts))
        return made

    def _terms(self, parts: list[Any]) -> PreparedTerms:
        return PreparedTerms(PackedTerms._make([*parts[1:], self._paths]))


def _number(value: Any) -> int:
    return _FIRST_KIND + _KINDS.index(type(value))


@dataclass(frozen=True)
class _Writer:
    """
    Turns objects into plain values.

    Args:
        places: the number of each file by its path.
    """

    places: Mapping[str, int]

    def write(self, value: Any) -> Any:
        """Return a value as JSON can hold it."""
        match value:
            case StrEnum():
                return [_number(value), value.value]
            case None | bool() | int() | float() | str():
                return value
            case date():
                return [_DAY, value.toordinal()]
            case Location():
                return [_PLACE, self.places[value.path], value.line, value.column]
            case tuple() | list() | frozenset() | Mapping():
                return self._several(value)
            case _:
                return [_number(value), *(self._field(value, name) for name in _names(type(value)))]

    def _several(self, value: Any) -> list[Any]:
        match value:
            case tuple():
                return [_TUPLE, *map(self.write, value)]
            case list():
                return [_LIST, *map(self.write, value)]
            case frozenset():
                return [_SET, *map(self.write, sorted(value))]
            case _:
                return [_MAPPING, *map(self.write, chain.from_iterable(value.items()))]

    def _field(self, owner: Any, name: str) -> Any:
        if isinstance(owner, model.ValueList) and name == "terms":
            return self._terms(owner)
        if isinstance(owner, model.Rule) and name == "tests":
            return [_LATER, orjson.dumps(self.write(owner.tests)).decode()]
        if isinstance(owner, Parts) and name == "starts":
            return self.write(tuple(Location(path, line) for path, line in owner.starts))
        return self.write(getattr(owner, name))

    def _terms(self, listed: model.ValueList) -> list[Any]:
        """Return the terms of a list; there are thousands."""
        patterns = (
            [pattern_of(term.spelled) for term in listed.terms] if listed.match == "whole_word" else None
        )
        *texts, _ = pack_terms(listed.terms, patterns, list(self.places))
        return [_TERMS, *texts]
