"""
Where results and rejected rows go, if anywhere: whole at the end, kept as a part when the disk or a person stops the run.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson

from laborscreen.errors import OutputError
from laborscreen.formats import Reject
from laborscreen.formats.writers import FtmWriter, RejectsWriter, Writer, open_writer
from laborscreen.screening.batch import Screened


class ResultsOut:
    """
    A result file and the file of rejected rows beside it.

    Args:
        out: the result file.
    """

    def __init__(self, out: Path) -> None:
        self._writer: Writer = open_writer(out)
        self._lines = out.suffix.lower() in {".jsonl", ".ndjson"}
        try:
            self._rejects = RejectsWriter(out)
        except OutputError:
            self._writer.target.discard()
            raise

    def write(self, results: Iterable[Screened]) -> None:
        """Write some results."""
        if isinstance(self._writer, FtmWriter):
            for one in results:
                self._writer.write(orjson.loads(one.json()), one.name)
            return
        lines = b"".join([one.json() for one in results])
        if lines:
            self._writer.write_json(lines)

    def reject(self, rejects: Iterable[Reject]) -> None:
        """Write rows that could not be screened."""
        self._rejects.write(rejects)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Make both files whole; keep the parts after Ctrl-C or a full disk; after any other error leave nothing."""
        if error is None:
            self._writer.finish()
            self._rejects.finish()
            return
        kept = isinstance(error, OutputError | KeyboardInterrupt | OSError)
        for target in (self._writer.target, self._rejects.target):
            if kept:
                target.suspend()
            else:
                target.discard()
