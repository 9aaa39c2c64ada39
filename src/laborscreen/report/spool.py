"""
Records wait here, on disk, until the run is over and the page can be written.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import IO, Any

import orjson

_IN_MEMORY = 1 << 20  # bytes of a spool kept in memory before it goes to disk
_REMEMBERED = 8_192  # assessments remembered as written; one met again after that is written again

MOST_RECORDS = 20_000
"""Records of one outcome that a report lists in full; the others are counted, and the page says so."""

MOST_BYTES = 48 << 20
"""Bytes that the records of one outcome may take."""

DETAILS_IN_A_BLOCK = 250
"""Details the page reads at a time: opening one record must not mean reading them all."""


class OutcomeSpool:
    """
    The records of one outcome, in the order of the run.

    Args:
        most: how many records are kept.
        most_bytes: how many bytes they may take.
    """

    def __init__(self, most: int = MOST_RECORDS, most_bytes: int = MOST_BYTES) -> None:
        self._stack = ExitStack()
        self._files = {
            part: self._stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 -- the stack closes it
            for part in ("records", "cards", "details")
        }
        self._written: dict[object, tuple[object, int]] = {}
        self._models = 0
        self._bytes = 0
        self._most = most
        self._most_bytes = most_bytes
        self.kept = 0
        self.left_out = 0

    def add(self, told: list[Any], shared: object, make: Callable[[], tuple[list[Any], list[Any]]]) -> None:
        """
        Keep one record.

        Args:
            told: what is the record's own.
            shared: what other records share; it is written once.
            make: gives the card and the detail of what is shared.
        """
        if self.kept >= self._most or self._bytes >= self._most_bytes:
            self.left_out += 1
            return
        # The object is held beside its number, so that its id is not given to another while it is remembered.
        _, number = self._written.get(id(shared), (None, -1))
        if number < 0:
            card, detail = make()
            self._write("cards", card)
            self._write("details", detail)
            number = self._models
            self._models += 1
            if len(self._written) >= _REMEMBERED:
                self._written.clear()
            self._written[id(shared)] = shared, number
        self._write("records", [*told, number])
        self.kept += 1

    def _write(self, part: str, value: list[Any]) -> None:
        line = orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
        self._bytes += len(line)
        self._files[part].write(line)

    def records(self) -> Iterator[bytes]:
        """Yield the lines of the records, without their ends."""
        return _lines(self._files["records"])

    def cards(self) -> Iterator[bytes]:
        """Yield the lines of what records share in the table."""
        return _lines(self._files["cards"])

    def details(self) -> Iterator[bytes]:
        """Yield the lines of what records share on their pages."""
        return _lines(self._files["details"])

    def close(self) -> None:
        """Let the files go."""
        self._stack.close()


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    for line in file:
        yield line[:-1]
