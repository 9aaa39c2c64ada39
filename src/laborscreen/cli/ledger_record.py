"""
``laborscreen ledger record``: files screened, and every result kept with what it was made from.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from laborscreen.cli.conduct import ExitCode
from laborscreen.cli.ledger_options import By, LedgerPlace
from laborscreen.cli.screener_options import (
    AsOf,
    FormatName,
    Include,
    Map,
    OwnerFiles,
    PurposeOption,
    RulesDir,
    Sheet,
    StaleLists,
    Watchlists,
    make_owners,
    make_profile,
    make_screener,
)
from laborscreen.errors import RecordError

if TYPE_CHECKING:
    from laborscreen.formats import Source
    from laborscreen.ledger import Ledger
    from laborscreen.screening import Assessment
    from laborscreen.screening.day import Day
    from laborscreen.values import ReadingSettings

_WRITTEN_AT_ONCE = 500  # assessments a transaction; what is told as written is on the disk
_REJECTS_TOLD = 10


def record(  # noqa: PLR0913, PLR0917 -- a verb has as many parameters as options
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Supplier files: CSV, XLSX, JSON, JSON lines.")
    ],
    place: LedgerPlace,
    by: By,
    rules: RulesDir = None,
    profile: Map = None,
    as_of: AsOf = None,
    sheet: Sheet = None,
    format_name: FormatName = None,
    include: Include = None,
    purpose: PurposeOption = None,
    watchlists: Watchlists = None,
    stale_lists: StaleLists = None,
    owner_files: OwnerFiles = None,
) -> None:
    """Screen supplier files and keep every result, with its input, in the ledger."""
    from laborscreen.cli.owners_joined import tell_owners
    from laborscreen.formats import open_source
    from laborscreen.ledger import Ledger, Run
    from laborscreen.values import ReadingSettings

    day = make_screener(rules, as_of, include, purpose, watchlists, stale_lists).on()
    day.refuse_stale_lists()
    mapping = make_profile(profile)
    settings = mapping.settings if mapping else ReadingSettings()
    owners = make_owners(owner_files)
    tell_owners(owners)
    sources = [
        open_source(file, profile=mapping, sheet=sheet, format_name=format_name, owners=owners)
        for file in files
    ]
    run = Run.on(
        day,
        by,
        include=[one.value for one in include or ()] or ["stable"],
        purpose=purpose.value if purpose else "",
        settings=settings,
        files=[_digest(file) for file in (*files, *(owner_files or ()))],
    )
    rejects: list[str] = []
    with Ledger(place, create=True) as ledger:
        number = ledger.begin_run(run)
        outcomes = _keep(ledger, number, _screened(sources, day, settings, rejects))
        _tell(number, ledger.name, outcomes, rejects)
    if rejects or (owners is not None and owners.rejected):
        raise typer.Exit(ExitCode.ROWS_REJECTED)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()


def _screened(
    sources: Sequence[Source], day: Day, settings: ReadingSettings, rejects: list[str]
) -> Iterator[tuple[Mapping[str, Any], Assessment]]:
    """Yield what was told of each record with its assessment, and note the rows that could not be screened."""
    from laborscreen.record import Record

    for source in sources:
        for batch in source.batches():
            rejects += [f"{one.file} row {one.row}: {one.reason}" for one in batch.rejects]
            for at, told in enumerate(_records(batch)):
                try:
                    yield told, day.screen(Record.model_validate(told, context=settings))
                except RecordError as error:
                    rejects.append(f"{source.name} row {batch.rows[at]}: {error}")


def _records(batch: Any) -> Iterator[Mapping[str, Any]]:
    from laborscreen.record import nested

    if batch.nested is not None:
        yield from batch.nested
        return
    for at in range(len(batch)):
        yield nested({path: column[at] for path, column in batch.columns.items()})


def _keep(
    ledger: Ledger, number: int, screened: Iterator[tuple[Mapping[str, Any], Assessment]]
) -> Counter[str]:
    from itertools import islice

    outcomes: Counter[str] = Counter()
    while some := list(islice(screened, _WRITTEN_AT_ONCE)):
        ledger.record(number, some)
        outcomes.update(assessment.outcome for _, assessment in some)
    return outcomes


def _tell(number: int, name: str, outcomes: Counter[str], rejects: list[str]) -> None:
    from laborscreen.cli.terminal import console, counted, safe
    from laborscreen.screening import OUTCOMES

    out = console()
    parts = ", ".join(f"{outcomes[one]:,} {one}" for one in OUTCOMES if outcomes[one])
    told = f"run {number}: {counted(outcomes.total(), 'assessment')} kept in {name}"
    out.print(safe(f"{told} ({parts})" if parts else told), soft_wrap=True)
    if not rejects:
        return
    told_apart = console(err=True)
    for reject in rejects[:_REJECTS_TOLD]:
        told_apart.print(safe(reject, "yellow"), soft_wrap=True)
    told_apart.print(
        safe(f"{counted(len(rejects), 'row')} could not be screened and were not kept", "yellow")
    )
