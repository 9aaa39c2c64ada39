"""
The processes that share out the work: stretches go out in order and come back in order, whoever did them.
"""

from __future__ import annotations

import gc
import mmap
import os
import signal
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from itertools import count, islice
from types import TracebackType
from typing import TYPE_CHECKING, Self

from laborscreen.cli.work import Done, Stretch, Work
from laborscreen.errors import WorkerError

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

SHELF = 64 << 20
"""Bytes of one place where a process lays down the lines of a stretch; only what is used of them takes memory."""

_TIDIED = 16  # stretches after which a process looks for memory that nobody needs

_Placed = tuple[Done, int | None]
"""What is done, and how many bytes of lines lie on its shelf; None where the lines came along."""

_work: Work
_shelves: list[mmap.mmap]
_turns = count(1)


def all_cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class Crew:
    """
    Does the work on one stretch after another, in this process or in several.

    Args:
        work: the work.
        jobs: how many processes; with one, this process does it.
    """

    def __init__(self, work: Work, jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._shelves: list[mmap.mmap] = []
        self._free: deque[int] = deque()
        if jobs > 1:
            self._start()

    def _start(self) -> None:
        """Start the processes: forked where that is safe, so that they share what is loaded."""
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        forked = sys.platform == "linux"
        if forked:
            self._shelves = [mmap.mmap(-1, SHELF) for _ in range(2 * self._jobs + 1)]
            self._free.extend(range(len(self._shelves)))
            self._work.make_ready()
            gc.collect()
            gc.freeze()  # what is loaded already stays shared: it is never looked through, so never written to
        self._pool = ProcessPoolExecutor(
            self._jobs,
            multiprocessing.get_context("fork" if forked else "spawn"),
            _begin,
            (self._work, self._shelves if forked else []),
        )
        with warnings.catch_warnings():
            # numpy's idle threads are no danger to a fork: they hold no lock that the children use
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pool.submit(int).result()

    def done(self, stretches: Iterator[Stretch]) -> Iterator[tuple[Stretch, Done]]:
        """
        Yield stretches with what became of them, in their order.

        What lies in ``Done.lines`` is good until the next one is asked for.

        Raises:
            WorkerError: a process ended before its work was done.
        """
        if self._pool is None:
            yield from self._alone(stretches)
            return
        from concurrent.futures.process import BrokenProcessPool

        out: deque[tuple[Stretch, int | None, Future[_Placed]]] = deque()
        try:
            while True:
                for following in islice(stretches, 2 * self._jobs - len(out)):
                    shelf = self._free.popleft() if self._free else None
                    out.append((following, shelf, self._pool.submit(_do, following, shelf)))
                if not out:
                    return
                stretch, shelf, future = out.popleft()
                done, length = future.result()
                if length is not None and shelf is not None:
                    done.lines = (memoryview(self._shelves[shelf])[:length],)
                yield stretch, done
                done.lines = ()
                if shelf is not None:
                    self._free.append(shelf)
        except BrokenProcessPool as error:
            raise self._lost(stretch) from error

    def _alone(self, stretches: Iterator[Stretch]) -> Iterator[tuple[Stretch, Done]]:
        """Do the work in this process."""
        gc.freeze()  # what is loaded already is not looked through again
        gc.disable()  # a stretch makes a million lists and texts and no circles of them
        try:
            for number, stretch in enumerate(stretches, 1):
                yield stretch, self._work.do(stretch)
                if number % _TIDIED == 0:
                    gc.collect()
        finally:
            gc.enable()
            gc.unfreeze()

    def _lost(self, stretch: Stretch) -> WorkerError:
        name = self._work.sources[stretch.file].name
        place = f" up to byte {stretch.ends:,}" if stretch.ends else ""
        return WorkerError(
            f"{name}: a process that screened it{place} was ended from outside",
            hint="often memory ran out: give fewer --jobs",
        )

    def close(self, *, at_once: bool = False) -> None:
        """Let the processes go; what they are at is finished first, unless nobody waits for it any more."""
        if self._pool is not None:
            if at_once:
                # Public only from Python 3.14 on (`terminate_workers`); Ctrl-C must not wait for minutes of work.
                for process in list((self._pool._processes or {}).values()):  # noqa: SLF001
                    process.terminate()
            self._pool.shutdown(wait=True, cancel_futures=True)
            gc.unfreeze()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(at_once=kind is not None)


def _begin(work: Work, shelves: list[mmap.mmap]) -> None:
    """Get a process ready."""
    import multiprocessing
    from multiprocessing.connection import wait

    global _work, _shelves
    _work, _shelves = work, shelves
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is heard by the process that writes
    gc.disable()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(wait, parent.sentinel), daemon=True).start()


def _end_after(wait: Callable[[list[int]], object], sentinel: int) -> None:
    """End this process when the one that started it has ended, however that came about."""
    wait([sentinel])
    os._exit(1)


def _do(stretch: Stretch, shelf: int | None) -> _Placed:
    """Work on a stretch in a process of its own."""
    done = _work.do(stretch)
    if next(_turns) % _TIDIED == 0:
        gc.collect()
    if shelf is None:
        done.lines = list(done.lines)
        return done, None
    length, store, lines = 0, _shelves[shelf], iter(done.lines)
    for some in lines:
        if length + len(some) > SHELF:
            done.lines = [store[:length], some, *lines]
            return done, None
        store[length : length + len(some)] = some
        length += len(some)
    done.lines = ()
    return done, length
