"""
Which column of one file becomes which field: a profile applied to a header.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from laborscreen.errors import InputError, UsageError
from laborscreen.formats.delimiter import other_delimiter
from laborscreen.formats.headers import header_key, listed, nearest
from laborscreen.formats.limits import MAX_COLUMNS
from laborscreen.formats.nesting import FieldPath, find_path, lay_out, read_path
from laborscreen.formats.profile import ColumnRule, Profile
from laborscreen.record import catalogue
from laborscreen.source import Location


class ColumnUse(NamedTuple):
    """
    What becomes of one or several columns.

    Args:
        path: the field they fill.
        name: the column name in a batch.
        sources: their positions in the file, from 0.
        joint: what stands between the cells of several, where the field holds one value.
        wrapped_at: the length at which the cells may be cut within a word; 0 where they are not.
    """

    path: FieldPath
    name: str
    sources: tuple[int, ...]
    joint: str = " "
    wrapped_at: int = 0


class Fill(NamedTuple):
    """
    A value the file does not tell: a constant of the profile, or the label of an entry.

    Args:
        name: the column name in a batch.
        value: the value.
        beside: the columns of the same entry; it stands only where one of them tells something. Empty: everywhere.
    """

    name: str
    value: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """
    A profile applied to the header of one file.

    Args:
        header: the header as written.
        uses: what becomes of the columns.
        fills: constants and labels.
        words: for a column name, what words written in the file mean.
        lists: for a column name, the sign between several values in a cell.
        unmapped: headers that nothing is read from.
        notes: what people should know of the mapping.
    """

    header: tuple[str, ...]
    uses: tuple[ColumnUse, ...]
    fills: tuple[Fill, ...]
    words: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, str]
    unmapped: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def has_id(self) -> bool:
        """Whether ids are told; if not, rows are called row-1, row-2 ..."""
        return any(use.name == "id" for use in self.uses)

    @property
    def id_at(self) -> int | None:
        """The position of the id column, for messages."""
        return next((use.sources[0] for use in self.uses if use.name == "id"), None)


def plan_columns(header: Sequence[str], profile: Profile, name: str, line: int = 1) -> Plan:
    """
    Apply a *profile* to a *header*.

    Raises:
        InputError: a header stands twice, there are too many, or none of them is the name.
    """
    _refuse_repeated(header, name, line)
    constants = {read_path(path): value for path, value in profile.constants.items()}
    found, unmapped = _assign(header, profile, constants)
    told = {path.field.path for path in (*found, *constants)}
    if "name" not in told:
        raise _no_name(header, profile, name, line)
    layout = lay_out([*found, *constants])
    uses = tuple(ColumnUse(path, layout[path], *taken) for path, taken in found.items())
    notes = []
    if "id" not in told:
        notes.append("no column was recognised as the id; rows are called row-1, row-2 ...")
    if unmapped:
        notes.append(f"columns nobody mapped: {listed(unmapped)}")
    return Plan(
        header=tuple(header),
        uses=uses,
        fills=_fills(uses, {layout[path]: value for path, value in constants.items()}),
        words={
            use.name: {word_key(word): said for word, said in words.items()}
            for use in uses
            if (words := profile.words.get(use.path.field.path))
        },
        lists={use.name: sign for use in uses if (sign := profile.lists.get(use.path.field.path))},
        unmapped=tuple(unmapped),
        notes=tuple(notes),
    )


def word_key(written: str) -> str:
    """Return a word of a cell as it is compared with the words of a profile."""
    return " ".join(written.split()).casefold()


def _refuse_repeated(header: Sequence[str], name: str, line: int) -> None:
    if len(header) > MAX_COLUMNS:
        raise InputError(
            f"the file has {len(header):,} columns; at most {MAX_COLUMNS:,} are read (MAX_COLUMNS)",
            location=Location(name, line),
            hint="check the delimiter, or leave out columns",
        )
    first: dict[str, int] = {}
    for position, written in enumerate(header, start=1):
        key = " ".join(written.split()).casefold()
        if key and key in first:
            raise InputError(
                f"the header {listed([written])} stands twice, in columns {first[key]} and {position}",
                location=Location(name, line),
                hint="rename or remove one of them, so that it is clear which is meant",
            )
        first[key] = position


_Taken = tuple[tuple[int, ...], str, int]


def _assign(
    header: Sequence[str], profile: Profile, constants: Mapping[FieldPath, str]
) -> tuple[dict[FieldPath, _Taken], list[str]]:
    """
    Return which columns fill which fields, and the headers left over.

    What staff wrote in their profile comes first, then headers that are paths themselves, then shipped synonyms.
    """
    at = {
        header_key(written): place for place, written in reversed(list(enumerate(header))) if written.strip()
    }
    taken: dict[str, _Taken] = dict.fromkeys((_written(path) for path in constants), ((), "", 0))
    used: set[int] = set()

    def apply(rule: ColumnRule, shared: bool) -> None:
        places = [at[key] for key in map(header_key, rule.join or rule.headers) if key in at]
        places = [place for place in dict.fromkeys(places) if shared or place not in used]
        if not places or rule.path in taken:
            return
        path = read_path(rule.path)
        if rule.join or (path.field.reads.many and not path.field.group):
            taken[rule.path] = (tuple(places), rule.joint, rule.wrapped_at)
        elif rule.path == "observations.text":
            for number, place in enumerate(places):
                taken[f"observations[{number}].text" if number else rule.path] = ((place,), " ", 0)
        else:
            places = places[:1]
            taken[rule.path] = ((places[0],), " ", 0)
        used.update(places)

    for rule in profile.columns[: profile.own]:
        apply(rule, shared=True)
    for place, written in enumerate(header):
        path = _as_path(written)
        if path and path not in taken and place not in used:
            taken[path] = ((place,), " ", 0)
            used.add(place)
    for rule in profile.columns[profile.own :]:
        apply(rule, shared=False)
    ignored = {header_key(written) for written in profile.ignore}
    unmapped = [
        written.strip() or f"column {place + 1} (no header)"
        for place, written in enumerate(header)
        if place not in used and header_key(written) not in ignored
    ]
    return {read_path(path): where for path, where in taken.items() if where[0]}, unmapped


def _written(path: FieldPath) -> str:
    """Return a path as it is compared with the paths of column rules."""
    key = path.label or ("" if path.index is None else str(path.index))
    return f"{path.field.group}[{key}].{path.field.name}" if key else path.field.path


def _as_path(written: str) -> str:
    """Return a header that is itself the path of a field, or an empty string."""
    text = written.strip()
    for candidate in (text, text.lower()):
        try:
            if find_path(candidate) is not None:
                return candidate
        except UsageError:
            continue
    return ""


def is_meant(header: str, profile: Profile) -> bool:
    """Return whether a profile, or the header itself, says that a column is a field, or a group, of a record."""
    known = {header_key(written) for rule in profile.columns for written in (*rule.headers, *rule.join)}
    return header in catalogue().groups or header_key(header) in known or find_path(header) is not None


def _fills(uses: Sequence[ColumnUse], constants: Mapping[str, str]) -> tuple[Fill, ...]:
    """Return the labels of labelled entries and the profile's constants, each with the columns it goes with."""
    entries: dict[str, list[str]] = {}
    values = dict(constants)
    for use in uses:
        if use.path.field.group:
            stem = use.name.rpartition(".")[0]
            entries.setdefault(stem, []).append(use.name)
            if use.path.label:
                values.setdefault(f"{stem}.{use.path.label_field.rpartition('.')[2]}", use.path.label)
    return tuple(
        Fill(name, value, tuple(entries.get(name.rpartition(".")[0], ()))) for name, value in values.items()
    )


def _no_name(header: Sequence[str], profile: Profile, name: str, line: int) -> InputError:
    known = {
        header_key(written): rule.path for rule in profile.columns for written in (*rule.headers, *rule.join)
    }
    names = {key: path for key, path in known.items() if path == "name"}
    close = [written for written in header if nearest(written, names)]
    if close:
        hint = f"did you mean {listed(close[:3])}? call it `name`, or say so in a mapping profile (--map)"
    elif len(header) == 1 and (sign := other_delimiter(header[0])):
        hint = f"if “{sign}” stands between the cells, say `delimiter: '{sign}'` in a mapping profile (--map)"
    else:
        hint = "call the column `name`, or name it in a mapping profile (--map)"
        if not all(header):
            hint += "; lines above the header have to go"
    return InputError(
        f"no column holds the name; the header has {listed(list(header))}",
        location=Location(name, line),
        hint=hint,
    )
