"""
``laborscreen ledger verify``: whether the ledger is as it was written, and where it first is not.
"""

from __future__ import annotations

from typing import Annotated

import typer

from laborscreen.cli.conduct import ExitCode
from laborscreen.cli.ledger_options import LedgerPlace

_TOLD = 20


def verify(
    place: LedgerPlace,
    end: Annotated[
        str | None,
        typer.Option(
            "--end", metavar="DIGEST", help="An end noted earlier, which must still be in the chain."
        ),
    ] = None,
) -> None:
    """Check every row, text and name of the ledger; end with 1 if anything was changed."""
    from laborscreen.cli.terminal import console, counted, safe
    from laborscreen.ledger import Ledger

    out = console()
    with Ledger(place) as ledger:
        found = ledger.verify(end)
    told = f"{counted(found.rows, 'row')}, {counted(found.texts, 'text')}"
    if found.first is None:
        out.print(safe(f"as written: {told}", "green"))
        out.print(safe(f"end {found.end}", "dim"), soft_wrap=True)
        return
    out.print(safe(f"first broken link: {found.first}", "bold red"), soft_wrap=True)
    for fault in found.broken[1:_TOLD]:
        out.print(safe(f"  {fault}"), soft_wrap=True)
    if len(found.broken) > _TOLD:
        out.print(safe(f"  and {len(found.broken) - _TOLD:,} more"))
    out.print(safe(told, "dim"))
    raise typer.Exit(ExitCode.MET)
