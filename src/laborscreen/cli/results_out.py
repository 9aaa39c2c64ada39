"""
Where results and rejected rows go: whole at the end, kept as a part when the disk or a person stops the run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from laborscreen.cli.checkpoint import Checkpoint, State, marks_path
from laborscreen.cli.repeated_ids import Repeated, count_repeated
from laborscreen.errors import OutputError, WorkerError
from laborscreen.formats import Reject
from laborscreen.formats.writers import RejectsWriter, Writer, open_writer
from laborscreen.formats.writers.target import unwritable

_IN_MEMORY = 1 << 20  # bytes of marks kept in memory before they go to disk


class IdMarks:
    """
    The marks of all ids, on disk until the end.

    Args:
        path: where they stand, so that a later run can go on from them; None for a place nobody sees.
        keep: how many marks of an earlier run to keep.
    """

    def __init__(self, path: Path | None = None, keep: int = 0) -> None:
        self._path = path
        self.number = keep
        if path is None:
            # closed with the last one who holds it: there is nothing in it to lose
            self._file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
            return
        try:
            self._file = path.open("r+b" if keep else "w+b")
            self._file.truncate(8 * keep)
            self._file.seek(8 * keep)
        except OSError as error:
            raise unwritable(path, error) from error

    def add(self, marks: bytes) -> None:
        """Keep some marks."""
        self.number += len(marks) // 8
        try:
            self._file.write(marks)
        except OSError as error:
            raise unwritable(self._path or Path(tempfile.gettempdir()), error) from error

    def flush(self) -> None:
        """Hand the marks to the system, so that they outlive this process."""
        try:
            self._file.flush()
        except OSError as error:
            raise unwritable(self._path or Path(tempfile.gettempdir()), error) from error

    def repeated(self, id_at: Callable[[int], str]) -> Repeated:
        """Return which ids were met before."""
        self.flush()
        return count_repeated(self._file, self.number, id_at)

    def close(self, *, keep: bool) -> None:
        """Close the file, and remove it unless a later run may need it."""
        with suppress(
            OSError
        ):  # what a full disk could not take is beyond the state, so no later run needs it
            self._file.close()
        if self._path is not None and not keep:
            self._path.unlink(missing_ok=True)


class ResultsOut:
    """
    A result file and the file of rejected rows beside it.

    Args:
        out: the result file.
        checkpoint: where the state of the run stands; None where it could not be gone on with.
        state: how far an earlier run came; None begins anew.
    """

    def __init__(self, out: Path, checkpoint: Checkpoint | None = None, state: State | None = None) -> None:
        self._checkpoint = checkpoint
        self._saved = state is not None
        self._writer: Writer = open_writer(out, state.out if state else None)
        opened = [self._writer.target]
        try:
            self._rejects = RejectsWriter(out, state.rejects if state else None)
            opened.append(self._rejects.target)
            self.marks = IdMarks(marks_path(out) if checkpoint else None, sum(state.records) if state else 0)
        except OutputError:
            for target in opened:
                if state is None:
                    target.discard()
                else:
                    target.suspend()
            raise
        if checkpoint is not None and state is None:
            checkpoint.remove()

    def write(self, lines: Iterable[bytes | memoryview]) -> None:
        """Write results made into lines for this file."""
        for some in lines:
            self._writer.write_lines(some)

    def reject(self, rejects: Iterable[Reject]) -> None:
        """Write rows that could not be screened."""
        self._rejects.write(rejects)

    def save(self, make: Callable[[int, int], State]) -> None:
        """Keep how far the run has come, if it can be gone on with."""
        if self._checkpoint is None:
            return
        self.marks.flush()
        self._checkpoint.save(make(self._writer.position(), self._rejects.position()))
        self._saved = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """
        Make both files whole.

        After Ctrl-C or a full disk the parts stay if a later run can go on from them, and the error says so; otherwise
        nothing is left.
        """
        if error is not None:
            self._leave(error)
            return
        try:
            self._rejects.position()  # what the disk cannot take is told before any file has its name
            self._rejects.finish()
            self._writer.finish()
        except OutputError as failed:
            self._leave(failed)
            raise
        self.marks.close(keep=False)
        if self._checkpoint is not None:
            self._checkpoint.remove()

    def _leave(self, error: BaseException) -> None:
        """Keep the parts or remove them, and note on the error which of both."""
        interrupted = isinstance(error, OutputError | WorkerError | KeyboardInterrupt | OSError)
        kept = interrupted and self._saved and self._checkpoint is not None
        for target in (self._writer.target, self._rejects.target):
            if kept:
                target.suspend()
            else:
                target.discard()
        self.marks.close(keep=kept)
        if not kept and self._checkpoint is not None:
            self._checkpoint.remove()
        if interrupted:
            error.add_note(self._left(kept=kept))

    def _left(self, *, kept: bool) -> str:
        """Say what an interrupted run leaves behind, and how to go on."""
        target = self._writer.target
        if kept:
            return f"what was screened is kept in {target.partial}; the same command with --resume goes on from there"
        return f"nothing was kept; {target.path} is as it was before, and the same command begins anew"
