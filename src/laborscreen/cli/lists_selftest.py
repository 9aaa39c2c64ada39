"""
``laborscreen lists selftest``: whether listed parties are found under the names they really turn up with.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.cli.screener_options import AsOf, RulesDir

if TYPE_CHECKING:
    from laborscreen.trials.list_selftest import SelfTest
    from laborscreen.trials.planted_names import PlantedResult

_SHOWN = 3
"""Misses of each kind."""


def selftest(  # noqa: PLR0913, PLR0917 -- a verb has as many parameters as options
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LIST]...", help="Lists as for `screen --watchlist`.", show_default="embedded"
        ),
    ] = None,
    entries: Annotated[int, typer.Option(min=1, help="Persons and firms drawn from the lists.")] = 200,
    seed: Annotated[int, typer.Option(help="The same seed draws the same parties and slips.")] = 1,
    at_least: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SHARE",
            help="The least share found of every kind, as 0.95, or of one kind, as `typing slip=0.85`; may be given "
            "several times. The exit code is 1 where less is found.",
            show_default="none: only told",
        ),
    ] = None,
    dprk: Annotated[bool, typer.Option("--dprk", help="Draw only parties related to the DPRK.")] = False,
    planted: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv",
            help="Your own test names instead: columns name, entry (empty: nobody may be shown), kind. "
            "The exit code is 1 where one is not as expected.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FILE.csv", help="Every name tried, with what became of it."),
    ] = None,
    rules: RulesDir = None,
    as_of: AsOf = None,
) -> None:
    """Screen variations of listed names the whole way, and tell what share of each kind is found."""
    from laborscreen.cli.screener_options import day_of
    from laborscreen.errors import UsageError
    from laborscreen.formats.writers import refuse_same_files
    from laborscreen.rulebook import load_rulebook
    from laborscreen.screening.open_lists import open_lists
    from laborscreen.trials.list_selftest import self_test
    from laborscreen.trials.planted_names import look_for, read_planted

    least, of_kind = _asked_for(at_least or ())
    if planted and at_least:
        raise UsageError(
            "--at-least is about drawn names, --planted about your own", hint="ask for one or the other"
        )
    if out:
        refuse_same_files(
            [("the table of names", out)], [Path(one) for one in (*(names or ()), planted) if one]
        )
    lists = open_lists(names or ["embedded"])
    rulebook = load_rulebook(rules)
    day = day_of(as_of)
    if planted:
        results = tuple(look_for(read_planted(planted, lists), lists, rules=rulebook, as_of=day))
        failed = _tell_planted(results)
        rows = [
            (one.planted.name, one.planted.kind, one.planted.entry, " ".join(one.shown), one.as_expected)
            for one in results
        ]
        _write(out, ("name", "kind", "entry", "shown", "as_expected"), rows)
    else:
        found = self_test(lists, rules=rulebook, entries=entries, seed=seed, as_of=day, dprk_only=dprk)
        failed = _tell(found, least, of_kind)
        trials = [(one.kind, one.asked, one.listed, one.entry, one.finding) for one in found.trials]
        _write(out, ("kind", "asked", "listed", "entry", "finding"), trials)
    if failed:
        raise typer.Exit(1)


def _asked_for(written: Sequence[str]) -> tuple[float, dict[str, float]]:
    """Return the least share of every kind, and those of single kinds."""
    from laborscreen.errors import UsageError
    from laborscreen.trials.name_variations import KINDS

    least = 0.0
    of_kind: dict[str, float] = {}
    for one in written:
        kind, equals, figure = one.rpartition("=")
        if equals and kind not in KINDS:
            raise UsageError(f"{kind!r} is no kind of variation", hint=f"kinds are {', '.join(KINDS)}")
        try:
            share = float(figure)
        except ValueError:
            share = -1.0
        if not 0 <= share <= 1:
            raise UsageError(f"{figure!r} is no share", hint="write a number from 0 to 1, as 0.95")
        if equals:
            of_kind[kind] = share
        else:
            least = share
    return least, of_kind


def _tell(found: SelfTest, least: float, of_kind: dict[str, float]) -> bool:
    """Show the figures and the first misses; return whether less was found than asked for."""
    from rich import box
    from rich.table import Table

    from laborscreen.cli.terminal import console, counted, safe
    from laborscreen.trials.name_variations import KINDS

    screen = console()
    screen.print(safe("; ".join(found.lists)))
    screen.print(
        safe(
            f"{found.entries:,} of {found.of:,} persons and firms drawn with seed {found.seed}; "
            f"{counted(len(found.trials), 'name')} screened"
        )
    )
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    table.add_column("kind")
    for name in ("tried", "found", "namesakes", "missed", "recall"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("what it is")
    short = found.below(least, of_kind)
    for one in found.kinds:
        table.add_row(
            safe(one.kind),
            f"{one.asked:,}",
            f"{one.found:,}",
            f"{one.namesakes:,}",
            f"{one.missed:,}",
            safe(f"{one.recall:.3f}", "bold red" if one in short else ""),
            safe(KINDS[one.kind], "dim"),
        )
    screen.print(table)
    screen.print(
        safe(
            "namesakes: somebody is sent to look, but at other listed parties of the same or a similar name",
            "dim",
        )
    )
    shown: Counter[str] = Counter()
    for trial in found.misses:
        shown[trial.kind] += 1
        if shown[trial.kind] <= _SHOWN:
            words = f"{trial.finding}: {trial.asked}  ({trial.kind}; listed as {trial.listed}; {trial.entry})"
            screen.print(safe(words), soft_wrap=True)
    if unshown := sum(max(0, many - _SHOWN) for many in shown.values()):
        screen.print(safe(f"and {unshown:,} more; -o FILE.csv writes them all"))
    for one in short:
        asked = of_kind.get(one.kind, least)
        screen.print(
            safe(f"below what was asked for: {one.kind} {one.recall:.3f}, at least {asked:g}", "bold red")
        )
    return bool(short)


def _tell_planted(results: Sequence[PlantedResult]) -> bool:
    """Show what became of planted names; return whether one was not as expected."""
    from laborscreen.cli.terminal import console, counted, safe

    screen = console()
    wrong = [one for one in results if not one.as_expected]
    for one in wrong:
        shown = ", ".join(one.shown) or "nobody"
        told = f"{one.planted.entry} should be shown" if one.planted.entry else "nobody may be shown"
        screen.print(safe(f"  not as expected: {one.planted.name}: {told}, shown is {shown}"))
    screen.print(
        safe(f"{counted(len(results), 'planted name')} screened, {len(results) - len(wrong):,} as expected")
    )
    return bool(wrong)


def _write(out: Path | None, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write every name tried to a CSV that a spreadsheet will not run."""
    if out is None:
        return
    from laborscreen.errors import OutputError
    from laborscreen.formats.writers.cells import defused
    from laborscreen.source import Location

    try:
        with out.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(header)
            writer.writerows([defused(str(cell)) for cell in row] for row in rows)
    except OSError as fault:
        raise OutputError(f"cannot be written: {fault.strerror}", location=Location(str(out))) from fault
