"""
An index of companies and those who hold them.

Each company lies as one line of JSON among the others; eight bytes of each of its keys, and the number of its line, are
what a look-up goes through. The lines are parsed only where a record meets one.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
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


_NOBODY = Found({})


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
        self.read = tuple(read)
        lines, starts, keys, numbers = bytearray(), array("q", [0]), array("Q"), array("q")
        for number, held in enumerate(companies):
            told = {
                "keys": [(key.mark, key.scheme) for key in held.keys],
                "country": values.read_country(held.country).value or "",
                "groups": held.groups,
            }
            lines += orjson.dumps(told)
            starts.append(len(lines))
            for key in held.keys:
                keys.append(_mark(key.mark))
                numbers.append(number)
        self.notes = tuple(notes())  # complete only now
        """What became of the links of GLEIF."""
        self._lines = bytes(lines)
        self._starts = starts
        unsorted: npt.NDArray[np.uint64] = np.array(keys, np.uint64)
        order = np.argsort(unsorted, kind="stable")
        self._keys = unsorted[order]
        self._companies: npt.NDArray[np.int64] = np.array(numbers, np.int64)[order]

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
        Return what is known of the owners of a record.

        Args:
            keys: what it is known by.
            country: where it is registered, as written.
        """
        return self.of_many([keys], lambda _: country)[0]

    def of_many(self, keys: Sequence[Sequence[Key]], country_of: Callable[[int], object]) -> list[Found]:
        """
        Return what is known of the owners of each of many records.

        Args:
            keys: what each is known by.
            country_of: gives the country of one of them by its place, as written.
        """
        told = [(place, key) for place, some in enumerate(keys) for key in some]
        marks = np.array([_mark(key.mark) for _, key in told], np.uint64)
        if not len(self._keys) or not len(marks):
            return [_NOBODY] * len(keys)
        first, last = (np.searchsorted(self._keys, marks, side) for side in ("left", "right"))
        met: dict[int, list[tuple[Key, range]]] = {}
        for at in np.flatnonzero(last > first).tolist():
            place, key = told[at]
            met.setdefault(place, []).append((key, range(int(first[at]), int(last[at]))))
        found = [_NOBODY] * len(keys)
        for place, hits in met.items():
            found[place] = self._found(hits, country_of(place))
        return found

    def _found(self, hits: Sequence[tuple[Key, range]], country: object) -> Found:
        """Return the owners of the companies that were met; a mere number is believed where it leads to one only."""
        sure: dict[int, dict[str, Any]] = {}
        maybe: dict[int, dict[str, Any]] = {}
        for key, places in hits:
            for place in places:
                number = int(self._companies[place])
                told = self._told(number)
                schemes = [scheme for mark, scheme in told["keys"] if mark == key.mark]
                if not schemes:  # another key with the same eight bytes
                    continue
                if key.mark[0] != NUMBER:
                    sure[number] = told
                elif any(map(key.fits, schemes)) and _one_country(told["country"], country):
                    maybe[number] = told
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


def _mark(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
