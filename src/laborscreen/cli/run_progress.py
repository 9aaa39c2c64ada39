"""
A progress bar on a terminal, and silence anywhere else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from laborscreen.cli.screening_run import Progress
from laborscreen.cli.terminal import console, safe, shortened
from laborscreen.formats import Source


@contextmanager
def shown_progress(sources: Sequence[Source]) -> Iterator[Callable[[Progress], None]]:
    """Yield what is to be told of progress; it shows a bar where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[rows]:,} rows", markup=False),
        TextColumn("{task.fields[pace]}", markup=False),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=console(err=True), transient=True, expand=True) as bar:
        task = bar.add_task("", total=None, rows=0, pace="")

        def tell(progress: Progress) -> None:
            source = sources[progress.file]
            packed = source.path.suffix.lower() == ".gz"
            total = source.path.stat().st_size if progress.offset and not packed else None
            elapsed = bar.tasks[task].elapsed or 0.0
            bar.update(
                task,
                description=safe(shortened(source.path.name, 30)).plain,
                total=total,
                completed=progress.offset,
                rows=progress.rows,
                pace=f"{progress.rows / elapsed:,.0f} rows/s" if elapsed > 1 else "",
            )

        yield tell
