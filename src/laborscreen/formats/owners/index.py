"""
An index of companies and those who hold them.

Each company lies as one line of JSON among the others, found by its keys; a line is parsed only where a record meets it.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from laborscreen import values
from laborscreen.formats.owners.gathering import Gathering, Held, OwnersRead
from laborscreen.formats.owners.keys import NUMBER, Key


@dataclass(frozen=True, slots=True)
class Found:
    """
    What is known of the owners of one record.

    Args:
        groups: entries to add to its lists.
        companies: the numbers of the companies in the index that it is.
        ambiguous: whether a number is that of several companies, so that none of them was taken.
    """

    groups: Mapping[str, list[dict[str, object]]]
    companies: tuple[int, ...] = ()
    ambiguous: bool = False


NOBODY = Found({})


class Owners:
    """
    Companies by key, each with its owners and people; made by `load_owners`.

    It is not changed once it is made, so that processes may share it.
    """

    def __init__(
        self,
        companies: Iterable[Held],
        read: Sequence[OwnersRead],
        notes: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        lines, starts = bytearray(), array("q", [0])
        numbers: dict[str, tuple[int, ...]] = {}
        for number, held in enumerate(companies):
            told = {
                "keys": [(key.mark, key.scheme) for key in held.keys],
                "country": values.read_country(held.country).value or "",
                "groups": held.groups,
            }
            lines += orjson.dumps(told)
            starts.append(len(lines))
            for mark in dict.fromkeys(key.mark for key in held.keys):
                numbers[mark] = (*numbers.get(mark, ()), number)
        self.read = tuple(read)
        self.notes = tuple(notes())  # complete only now
        """What became of the links of GLEIF."""
        self._lines = bytes(lines)
        self._starts = starts
        self._numbers = numbers

    @property
    def marks(self) -> Container[str]:
        """The marks of all keys."""
        return self._numbers

    def __len__(self) -> int:
        """Return the number of companies."""
        return len(self._starts) - 1

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the digests of all files, in hexadecimal."""
        return hashlib.sha256("".join(one.digest for one in self.read).encode()).hexdigest()

    @property
    def rejected(self) -> int:
        """Rows of the files that could not be read."""
        return sum(one.rejected for one in self.read)

    def of(self, keys: Sequence[Key], country: object = None) -> Found:
        """
        Return what is known of the owners of a record; a mere number is believed where it leads to one company only.

        Args:
            keys: what it is known by.
            country: where it is registered, as written.
        """
        sure: dict[int, dict[str, Any]] = {}
        maybe: dict[int, dict[str, Any]] = {}
        for key in keys:
            for number in self._numbers.get(key.mark, ()):
                told = self._told(number)
                if key.mark[0] != NUMBER:
                    sure[number] = told
                    continue
                schemes = [scheme for mark, scheme in told["keys"] if mark == key.mark]
                if any(map(key.fits, schemes)) and _one_country(told["country"], country):
                    maybe[number] = told
        if not sure and not maybe:
            return NOBODY
        ambiguous = not sure and len(maybe) > 1
        taken = sure or ({} if ambiguous else maybe)
        groups: dict[str, list[dict[str, object]]] = {}
        for told in taken.values():
            for group, entries in told["groups"].items():
                known = groups.setdefault(group, [])
                known += [one for one in entries if one not in known]
        return Found(groups, tuple(taken), ambiguous)

    def _told(self, number: int) -> dict[str, Any]:
        told: dict[str, Any] = orjson.loads(self._lines[self._starts[number] : self._starts[number + 1]])
        return told

    def names(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """Return how some companies are known, for a person to find them: the first key of each."""
        return tuple(self._told(number)["keys"][0][0][1:] for number in numbers)


def load_owners(files: Sequence[Path | str]) -> Owners:
    r"""
    Read files of owners: BODS, FollowTheMoney, GLEIF level 2 with level 1, or tables.

    Args:
        files: the files, read together.

    Raises:
        InputError: a file cannot be read as what it is.
        UsageError: GLEIF level 1 stands alone.
        MissingExtraError: workbooks need the extra ``xlsx``, Parquet and Arrow files ``columnar``.

    >>> import pathlib, tempfile
    >>> from laborscreen.formats import open_source
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> table, suppliers = folder / "owners.csv", folder / "suppliers.jsonl"
    >>> _ = table.write_text("supplier id,owner,share\nV-1,Amur Holding,60\n", encoding="utf-8")
    >>> _ = suppliers.write_text('{"id": "V-1", "name": "Duval"}\n', encoding="utf-8")
    >>> next(open_source(suppliers, owners=load_owners([table])).batches()).nested[0]["owners"]
    [{'name': 'Amur Holding', 'share_percent': '60'}]
    """
    gathering = Gathering()
    gathering.gather([Path(one) for one in files])
    return Owners(gathering.companies(), gathering.read, lambda: gathering.notes)


def _one_country(one: str, other: object) -> bool:
    """Return whether two countries may be the same: one is not told, or they are."""
    told = values.read_country(other).value if other else None
    return not one or not told or one == told
