"""
``laborscreen ledger list``: assessments and what became of them.
"""

from __future__ import annotations

from typing import Annotated

import typer

from laborscreen.cli.ledger_options import LedgerPlace, Redacted, shown_id


def list_cases(
    place: LedgerPlace,
    record_id: Annotated[str | None, typer.Option("--id", metavar="ID", help="Of this record alone.")] = None,
    run: Annotated[int | None, typer.Option("--run", metavar="NUMBER", help="Of this run alone.")] = None,
    open_only: Annotated[bool, typer.Option("--open", help="Only those nobody has decided about.")] = False,
    kept_until_before: Annotated[
        str | None,
        typer.Option(
            "--kept-until-before", metavar="DATE", help="Only those whose retention ends before this day."
        ),
    ] = None,
    redacted: Redacted = False,
) -> None:
    """List assessments in the order they were written."""
    from laborscreen.cli.terminal import OUTCOME_STYLE, console, counted, safe
    from laborscreen.ledger import Ledger

    out = console()
    count = 0
    with Ledger(place) as ledger:
        for one in ledger.cases(
            record_id=record_id,
            run=run,
            open_only=open_only,
            kept_until_before=_day(kept_until_before),
            redacted=redacted,
        ):
            count += 1
            line = safe(f"{one.assessment:>8}  {one.screened_on}  ")
            line.append(f"{one.outcome:<10}", OUTCOME_STYLE.get(one.outcome, ""))
            line.append(f"  {one.decision or 'open':<21}  ")
            line.append_text(safe(shown_id(one.record_id, redacted=redacted or one.erased)))
            out.print(line.append("  erased", "dim") if one.erased else line, soft_wrap=True)
    out.print(safe(counted(count, "assessment"), "dim"))


def _day(written: str | None) -> str | None:
    from datetime import date

    from laborscreen.errors import UsageError

    if written is None:
        return None
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError as error:
        raise UsageError(
            f"--kept-until-before {written!r} is no date", hint="write year, month and day: 2026-01-31"
        ) from error
