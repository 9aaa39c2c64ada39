"""
A result file by place: which line holds the result of an input, and which those of an id.

Some fifty bytes of each line stay in memory; the lines themselves are read from the file when they are asked for.
"""

from __future__ import annotations

import hashlib
import mmap
import re
from array import array
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from laborscreen.delta.basis import Basis
from laborscreen.delta.standing import Standing, standing_of
from laborscreen.errors import InputError
from laborscreen.report.results_in import MAX_RESULT_LINE, read_result
from laborscreen.source import Location

Lines = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]

FIGURES: Final = 64
_HEAD, _OUTCOME = b'{"record_id":', b',"outcome":'
_INPUT = b'"input":"sha256:'
_RESULT = re.compile(rb"[0-9a-f]{64}\"")
_KEPT = 16  # figures of a digest that make the key


class ResultIndex:
    """
    The lines of a result file.

    Args:
        path: the file.
        basis: what it was made from; the file must be the one it is bound to.

    Raises:
        InputError: the file is not what the run wrote: cut off, changed, or another one.
    """

    def __init__(self, path: Path, basis: Basis) -> None:
        self.path = path
        starts, digests, ids = array("q", [0]), array("Q"), array("Q")
        whole = hashlib.sha256()
        with path.open("rb") as file:
            while line := file.readline(MAX_RESULT_LINE + 1):
                whole.update(line)
                at = line.rfind(_INPUT) + len(_INPUT)
                end = line.find(_OUTCOME)
                if not _RESULT.match(line, at) or not line.startswith(_HEAD) or end < 0:
                    raise self._not_it("a line is no result", len(digests) + 1)
                digests.append(int(line[at : at + _KEPT], 16))
                ids.append(_mark(line[len(_HEAD) : end]))
                starts.append(starts[-1] + len(line))
        if starts[-1] != basis.size:
            words = "cut off" if starts[-1] < basis.size else "grown"
            raise self._not_it(f"{words}: {basis.size:,} bytes then, {starts[-1]:,} now")
        if whole.hexdigest() != basis.result:
            raise self._not_it(f"sha256 {basis.result[:12]}... then, {whole.hexdigest()[:12]}... now")
        self._starts: Lines = np.array(starts, np.int64)
        self.keys = np.array(digests, np.uint64)
        """The keys of the inputs, line by line."""
        self._by_digest, self._sorted_digests = _in_order(digests)
        self._by_id, self._sorted_ids = _in_order(ids)
        self._open()

    def _open(self) -> None:
        self._map: mmap.mmap | bytes = b""
        if len(self):
            with self.path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __getstate__(self) -> dict[str, Any]:
        """Leave the open file behind."""
        return {name: value for name, value in vars(self).items() if name != "_map"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._open()

    def __len__(self) -> int:
        return len(self._by_digest)

    def line(self, number: int) -> bytes:
        """Return a line, with its end."""
        return bytes(self._map[self._starts[number] : self._starts[number + 1]])

    def id_of(self, line: bytes) -> bytes:
        """Return the id in a line, as JSON."""
        return line[len(_HEAD) : line.find(_OUTCOME)]

    def input_of(self, line: bytes) -> bytes:
        """Return the figures of the digest of the input in a line."""
        at = line.rfind(_INPUT) + len(_INPUT)
        return line[at : at + FIGURES]

    def assessed(self, line: bytes) -> tuple[str, Standing]:
        """Return the id in a line, and how the record stood."""
        assessment = read_result(line, str(self.path))
        return assessment.record_id, standing_of(assessment)

    def of_input(self, figures: bytes) -> list[int]:
        """Return the lines that may be results of an input, in order."""
        return _equal(self._by_digest, self._sorted_digests, int(figures[:_KEPT], 16))

    def of_inputs(self, figures: Sequence[str]) -> list[int]:
        """Return for each input, by the figures of its digest, the first line that may be its result; -1 where none is."""
        found: list[int] = self.first_of(
            np.array([int(one[:_KEPT], 16) for one in figures], np.uint64)
        ).tolist()
        return found

    def first_of(self, keys: Keys) -> Lines:
        """Return for each key of an input the first line that may be its result; -1 where none is."""
        if not len(self):
            return np.full(len(keys), -1, np.int64)
        places = np.minimum(np.searchsorted(self._sorted_digests, keys), len(self) - 1)
        return np.where(self._sorted_digests[places] == keys, self._by_digest[places], -1)

    def of_id(self, id_json: bytes) -> list[int]:
        """Return the lines that may bear an id, given as JSON, in order."""
        return _equal(self._by_id, self._sorted_ids, _mark(id_json))

    def _not_it(self, what: str, line: int | None = None) -> InputError:
        return InputError(
            f"this is not the result that the run wrote: {what}",
            location=Location(str(self.path), line) if line else Location(str(self.path)),
            hint="give the file as it was written, or screen once in full with --for-delta",
        )


def _in_order(keys: array[int]) -> tuple[Lines, Keys]:
    """Return the lines in the order of their keys, and the keys in that order."""
    found = np.array(keys, np.uint64)
    order: Lines = np.argsort(found, kind="stable")
    return order, found[order]


def _equal(order: Lines, keys: Keys, key: int) -> list[int]:
    wanted = np.uint64(key)
    first, last = int(np.searchsorted(keys, wanted, "left")), int(np.searchsorted(keys, wanted, "right"))
    return list(map(int, order[first:last]))  # the order is stable, so lines come in theirs


def _mark(id_json: bytes) -> int:
    return int.from_bytes(blake2b(id_json, digest_size=8).digest(), "little")
