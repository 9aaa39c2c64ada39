"""
Ids that stand on more than one record, told without keeping the ids: eight bytes of each wait on disk until the end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import IO, NamedTuple

import numpy as np
import numpy.typing as npt

Marks = npt.NDArray[np.uint64]

_NAMED = 3
_LONGEST = 64  # characters of an id that are marked many at a time
_AT_ONCE = 1 << 20  # marks held in memory
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


class Repeated(NamedTuple):
    """
    Ids met before.

    Args:
        records: how many records had an id that stood on an earlier one.
        examples: the first few such ids.
    """

    records: int = 0
    examples: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """What a person should know, or an empty string."""
        if not self.records:
            return ""
        named = ", ".join(repr(one) for one in self.examples)
        more = " ..." if self.records > len(self.examples) else ""
        plural = "record has" if self.records == 1 else "records have"
        return (
            f"{self.records:,} {plural} an id that stood on an earlier one ({named}{more}); each was screened on its own "
            "(`group_rows: true` in a mapping profile makes one record of neighbouring rows)"
        )


def marks_of(ids: Sequence[str]) -> bytes:
    """Return eight bytes for each id: the same for the same id, and hardly ever for another."""
    if not ids:
        return b""
    if max(map(len, ids)) > _LONGEST:
        return b"".join(
            blake2b(one.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            if len(one) > _LONGEST
            else marks_of([one])
            for one in ids
        )
    letters = np.array(ids, np.str_)
    codes = letters.view(np.uint32).reshape(len(ids), -1)
    marks = np.zeros(len(ids), np.uint64)
    for column in codes.T:
        mixed = (marks ^ column) * _FACTOR
        marks = np.where(column > 0, mixed ^ (mixed >> _SHIFT), marks)  # shorter ids end in zeros
    return marks.tobytes()


def count_repeated(marks: IO[bytes], number: int, id_at: Callable[[int], str]) -> Repeated:
    """
    Count the marks that were met before.

    They are gone through once for every million of them, each time for those of one range of values, so that memory does not
    grow with their number.

    Args:
        marks: the file of marks, in the order of the records.
        number: how many there are.
        id_at: gives the id of a record by its place.
    """
    rounds = -(-number // _AT_ONCE) or 1
    met = 0
    firsts: list[int] = []
    for turn in range(rounds):
        chosen, places = _in_range(marks, number, turn, rounds)
        order = np.argsort(chosen, kind="stable")
        again = np.flatnonzero(chosen[order][1:] == chosen[order][:-1]) + 1
        met += len(again)
        opens = again[np.diff(again, prepend=-1) > 1] if len(again) else again  # the second of its like
        firsts = sorted((*firsts, *np.sort(places[order[opens]])[:_NAMED].tolist()))[:_NAMED]
    return Repeated(met, tuple(id_at(place) for place in firsts))


def _in_range(marks: IO[bytes], number: int, turn: int, rounds: int) -> tuple[Marks, npt.NDArray[np.int64]]:
    """Return the marks whose remainder belongs to this turn, and their places."""
    chosen, places = [], []
    marks.seek(0)
    for first in range(0, number, _AT_ONCE):
        part = np.frombuffer(marks.read(8 * min(_AT_ONCE, number - first)), np.uint64)
        mine = np.flatnonzero(part % np.uint64(rounds) == turn)
        chosen.append(part[mine])
        places.append(mine + first)
    empty = np.zeros(0, np.uint64)
    return np.concatenate((empty, *chosen)), np.concatenate((empty.astype(np.int64), *places))
