"""
A whole run: files in, results out, every row accounted for.
"""

from __future__ import annotations

import time
from base64 import b64decode, b64encode
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

import numpy as np

from laborscreen.cli.checkpoint import State
from laborscreen.cli.crew import Crew
from laborscreen.cli.results_out import IdMarks, ResultsOut
from laborscreen.cli.tally import FileRead, Tally
from laborscreen.cli.work import Done, Stretch, Work, placed
from laborscreen.formats import CsvSource, Met

if TYPE_CHECKING:
    from laborscreen.cli.report_out import ReportOut
    from laborscreen.formats.owners import Owners

_SAVED_EVERY = 0.25  # seconds; what a run does in between is done again after an interruption
_SAVING_SHARE = 0.05  # of a run's time may go into saving, where the disk is slow


@dataclass(frozen=True, slots=True)
class Progress:
    """
    How far a run is.

    Args:
        file: the number of the file being read, from 0.
        rows: rows read so far, over all files.
        offset: bytes of this file read so far; 0 where that is not known.
    """

    file: int
    rows: int
    offset: int


@dataclass(slots=True)
class _File:
    """What was read of one file."""

    rows: int = 0
    rejected: int = 0


class Run:
    """
    A run over all files.

    Args:
        work: the work.
        crew: those who do it.
        out: where the results go, if anywhere.
        progress: is told how far the run is, after each stretch.
        report: the page for people, if one is asked for.
    """

    def __init__(
        self,
        work: Work,
        crew: Crew,
        out: ResultsOut | None,
        progress: Callable[[Progress], None],
        report: ReportOut | None = None,
    ) -> None:
        self.tally = Tally(frozenset(need.id for need in work.screener.rulebook.policy.needs))
        self._work = work
        self._crew = crew
        self._out = out
        self._marks = out.marks if out else IdMarks()
        self._progress = progress
        self._report = report
        self._files = [_File() for _ in work.sources]
        self._records: list[int] = []  # of each stretch done
        self.taken = 0
        """Records whose earlier result was taken over."""
        self.owned: set[int] = set()
        """The numbers of the companies of the files of owners that were met."""
        self.ambiguous = 0
        """Records with a number that is that of several of those companies."""

    def go(self, state: State | None = None) -> tuple[FileRead, ...]:
        """
        Screen every row of every file, going on after an earlier run's *state*.

        Returns:
            What was read of each file.
        """
        stretches = self._work.stretches()
        if state is not None:
            self._go_on(state)
            for _ in islice(stretches, len(state.records)):
                pass
        due = time.monotonic() + _SAVED_EVERY
        for stretch, done in self._crew.done(stretches):
            self._account(stretch, done)
            begun = time.monotonic()
            if self._out is not None and begun >= due:
                self._out.save(self._state)
                saved = time.monotonic()
                due = saved + max(_SAVED_EVERY, (saved - begun) / _SAVING_SHARE)
        if self._out is not None:
            self._out.save(self._state)
        read = tuple(
            FileRead(source.name, source.format, source.digest, file.rows, file.rejected, source.notes)
            for source, file in zip(self._work.sources, self._files, strict=True)
        )
        self.tally.repeated = self._marks.repeated(self._id_at)
        if self._out is None:
            self._marks.close(keep=False)
        return read

    def _account(self, stretch: Stretch, done: Done) -> None:
        """Write and count what became of a stretch."""
        file = self._files[stretch.file]
        source = self._work.sources[stretch.file]
        rejects = done.rejects if done.numbered else placed(done.rejects, file.rows)
        if self._out is not None:
            self._out.write(done.lines)
            self._out.reject(rejects)
        for result, facts in done.shown:
            assert self._report is not None
            self._report.add(result, facts)
        self.tally.merge(done.tally)
        for reject in rejects:
            self.tally.reject(reject)
        if done.met is not None:
            assert isinstance(source, CsvSource)
            source.meet(done.met)
        self._marks.add(done.marks)
        self.taken += done.taken
        self.owned |= done.owned
        self.ambiguous += done.ambiguous
        file.rows += done.rows
        file.rejected += len(rejects)
        self._records.append(done.records)
        self._progress(Progress(stretch.file, sum(one.rows for one in self._files), stretch.ends))

    def _state(self, out: int, rejects: int) -> State:
        files: list[dict[str, Any]] = []
        for source, file in zip(self._work.sources, self._files, strict=True):
            files.append(asdict(file))
            if isinstance(source, CsvSource):
                files[-1]["met"] = asdict(source.met)
        owned = {"companies": _packed(self.owned, self._work.owners), "ambiguous": self.ambiguous}
        return State(self._records, out, rejects, self.tally.to_state(), files, owned, self.taken)

    def _go_on(self, state: State) -> None:
        """Take up what the earlier run counted."""
        self._records = list(state.records)
        self.tally = Tally.from_state(state.tally, self.tally.needs)
        self.owned = _unpacked(state.owned["companies"])
        self.ambiguous = state.owned["ambiguous"]
        self.taken = state.taken
        for number, (source, told) in enumerate(zip(self._work.sources, state.files, strict=True)):
            self._files[number] = _File(told["rows"], told["rejected"])
            if isinstance(source, CsvSource):
                source.meet(Met.of(told["met"]))

    def _id_at(self, place: int) -> str:
        """Return the id of a record by its place in the run, read again."""
        ends = list(accumulate(self._records))
        number = bisect_right(ends, place)
        stretch = next(islice(self._work.stretches(), number, None))
        return self._work.ids(stretch)[place - ends[number]]


def _packed(numbers: set[int], owners: Owners | None) -> str:
    """Return the numbers of companies as text, a bit each."""
    if owners is None:
        return ""
    bits = np.zeros(len(owners), np.bool_)
    bits[list(numbers)] = True
    return b64encode(np.packbits(bits).tobytes()).decode("ascii")


def _unpacked(text: str) -> set[int]:
    bits = np.unpackbits(np.frombuffer(b64decode(text), np.uint8))
    return set(np.flatnonzero(bits).tolist())
