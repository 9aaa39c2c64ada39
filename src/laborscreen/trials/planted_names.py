"""
Names that people plant to see whether a screening finds them, and names that it must leave alone.

The file is a CSV with a header: ``name``, and ``entry``, the key of the listed party that should be shown
(``us-ofac-sdn:20157``), empty where none may be; ``kind`` tells a person from an organization.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from laborscreen.errors import InputError
from laborscreen.record import Record
from laborscreen.screening import Assessment, Screener
from laborscreen.source import Location
from laborscreen.trials.list_selftest import parties_shown

if TYPE_CHECKING:
    from laborscreen.rulebook import Rulebook
    from laborscreen.watchlists import Watchlist

_NEEDED = ("name", "entry")
_KNOWN = frozenset({"name", "entry", "kind", "note"})
_KINDS = ("organization", "person")
MOST_NAMES = 100_000


@dataclass(frozen=True, slots=True)
class PlantedName:
    """
    A name somebody planted.

    Args:
        name: the name.
        kind: ``person`` or ``organization``.
        entry: key of the listed party it should lead to; empty where it may lead to none.
    """

    name: str
    kind: str
    entry: str


@dataclass(frozen=True, slots=True)
class PlantedResult:
    """
    What became of a planted name.

    Args:
        planted: the name.
        shown: keys of the listed parties that the screening shows for it.
    """

    planted: PlantedName
    shown: tuple[str, ...]

    @property
    def as_expected(self) -> bool:
        """Whether the party was shown, or nobody was where nobody may be."""
        return self.planted.entry in self.shown if self.planted.entry else not self.shown


def read_planted(path: Path, lists: Sequence[Watchlist]) -> tuple[PlantedName, ...]:
    """
    Read a file of planted names.

    Args:
        path: the file.
        lists: the lists; an entry that stands on none of them is a fault of the file, not a miss.

    Raises:
        InputError: the file cannot be read, a column is missing or unknown, or a row is not what it should be; with line.
    """

    def fault(message: str, line: int, hint: str = "") -> InputError:
        return InputError(message, location=Location(str(path), line), hint=hint)

    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise fault(f"cannot be opened: {error.strerror or error}", 0) from error
    except UnicodeDecodeError as error:
        raise fault("the text is not UTF-8", 0, "save the file as UTF-8") from error
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    header = reader.fieldnames or ()
    for missing in (name for name in _NEEDED if name not in header):
        raise fault(f"the file has no column {missing}", 1, "its header is name,entry or name,entry,kind")
    for unknown in (name for name in header if name not in _KNOWN):
        raise fault(f"the column {unknown!r} says nothing here", 1, "columns are name, entry, kind, note")
    found: list[PlantedName] = []
    try:
        for row in reader:
            if len(found) == MOST_NAMES:
                raise fault(f"the file has more than {MOST_NAMES:,} names", reader.line_num)
            if None in row or None in row.values():
                raise fault(f"this row has not the {len(header)} cells of the header", reader.line_num)
            name, entry = row["name"].strip(), row["entry"].strip()
            kind = (row.get("kind") or "organization").strip()
            if not name:
                raise fault("this row has no name", reader.line_num)
            if kind not in _KINDS:
                raise fault(
                    f"{kind!r} is no kind of supplier", reader.line_num, "write person or organization"
                )
            if entry and not any(one.get(entry) for one in lists):
                raise fault(
                    f"no list that is loaded has an entry {entry!r}",
                    reader.line_num,
                    "`laborscreen lists search LIST NAME` shows the keys",
                )
            found.append(PlantedName(name, kind, entry))
    except csv.Error as error:
        raise fault(f"the table is broken: {error}", reader.reader.line_num) from error
    if not found:
        raise fault("the file holds no name", 1)
    return tuple(found)


def look_for(
    planted: Sequence[PlantedName],
    lists: Sequence[Watchlist],
    *,
    rules: Rulebook | None = None,
    as_of: date | None = None,
) -> Iterator[PlantedResult]:
    """
    Screen a record of each planted name.

    Args:
        planted: the names.
        lists: the lists.
        rules: the rulebook whose list rules and thresholds are tried; the shipped one if left out.
        as_of: the day screened.
    """
    screener = Screener(rules, watchlists=lists, as_of=as_of, when_stale="warn")
    records = (
        Record(id=str(number), name=one.name, kind="person" if one.kind == "person" else "organization")
        for number, one in enumerate(planted)
    )
    for one, assessment in zip(planted, screener.screen_many(records), strict=True):
        assert isinstance(assessment, Assessment)  # no record was rejected: each has an id and a name
        yield PlantedResult(one, tuple(sorted(parties_shown(assessment))))
