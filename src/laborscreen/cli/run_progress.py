"""
A progress bar on a terminal, and silence anywhere else.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from laborscreen.cli.screening_run import Progress
from laborscreen.cli.terminal import console, safe, shortened
from laborscreen.formats import Source
from laborscreen.formats.packing import PACKED_SUFFIXES

_SHOWN_EVERY = 0.1  # seconds


@contextmanager
def shown_progress(sources: Sequence[Source]) -> Iterator[Callable[[Progress], None]]:
    """Yield what is to be told of progress; it shows a bar where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[rows]:,} rows", markup=False),
        TextColumn("{task.fields[pace]}", markup=False),
        TimeElapsedColumn(),
        TextColumn("left", markup=False),
        TimeRemainingColumn(),
    )
    sizes = [source.path.stat().st_size for source in sources]
    shown = 0.0
    # Without a thread of its own: the run tells it often enough, and processes are safest started from one thread.
    with Bar(*columns, console=console(err=True), transient=True, expand=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=None, rows=0, pace="")

        def tell(progress: Progress) -> None:
            nonlocal shown
            now = time.monotonic()
            if now - shown < _SHOWN_EVERY:
                return
            shown = now
            source = sources[progress.file]
            known = progress.offset and source.path.suffix.lower() not in PACKED_SUFFIXES
            elapsed = bar.tasks[task].elapsed or 0.0
            bar.update(
                task,
                description=safe(shortened(source.path.name, 30)).plain,
                total=sum(sizes) if known else None,
                completed=sum(sizes[: progress.file]) + progress.offset,
                rows=progress.rows,
                pace=f"{progress.rows / elapsed:,.0f} rows/s" if elapsed > 1 else "",
                refresh=True,
            )

        yield tell
