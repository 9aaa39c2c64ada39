"""
``laborscreen ledger show``: one assessment, what it was made from, and what was decided about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.cli.ledger_options import LedgerPlace, Number, Redacted, shown_id

if TYPE_CHECKING:
    from rich.console import Console

    from laborscreen.ledger import StoredCase


def show(
    number: Number,
    place: LedgerPlace,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the stored result itself, byte for byte.")
    ] = False,
    redacted: Redacted = False,
) -> None:
    """Show one assessment with its run and the decisions about it."""
    from laborscreen.cli.terminal import console
    from laborscreen.errors import UsageError
    from laborscreen.ledger import Ledger

    with Ledger(place) as ledger:
        case = ledger.case(number, redacted=redacted)
    if not as_json:
        _show(case, console(), redacted=redacted)
        return
    if case.result is None:
        raise UsageError(f"the result of assessment {number} {'is redacted' if redacted else 'was erased'}")
    typer.echo(case.result.decode())


def _show(case: StoredCase, out: Console, *, redacted: bool) -> None:
    from laborscreen.cli.terminal import OUTCOME_STYLE, safe

    line, run = case.line, case.run
    out.print(
        safe(f"Assessment {case.assessment}  ", "bold")
        .append_text(safe(shown_id(line.record_id, redacted=redacted or line.erased), "bold"))
        .append(f"  {line.outcome}", OUTCOME_STYLE.get(line.outcome, ""))
    )
    asked = shown_id(run.requested_by, redacted=redacted)
    lists = ", ".join(f"{one.list} of {one.date or 'unknown date'}, {one.digest}" for one in run.lists)
    facts = {
        "written": line.at,
        "run": f"{case.run_number}, asked for by {asked}",
        "screened on": line.screened_on,
        "software": run.software,
        "rulebook": run.rulebook,
        "lists": lists or "none: names were not compared",
        "rules": ", ".join(run.include) + (f", fit for {run.purpose}" if run.purpose else ""),
        "kept until": line.retain_until,
        "texts": "erased" if line.erased else "not shown" if redacted else "kept",
    }
    for name, value in facts.items():
        out.print(safe(f"  {name:<12}", "dim").append_text(safe(value)), soft_wrap=True)
    for decision in case.decisions:
        out.print()
        by = shown_id(decision.by, redacted=redacted)
        out.print(
            safe(f"{decision.word.value}  ", "bold").append_text(
                safe(f"{decision.at}  {by}, {decision.role}")
            )
        )
        for name in ("reason", "contest", "evidence"):
            if getattr(decision, name):
                out.print(
                    safe(f"  {name:<10}", "dim").append_text(safe(getattr(decision, name))), soft_wrap=True
                )
    if not case.decisions:
        out.print(safe("Nobody has decided about it yet.", "yellow"))
