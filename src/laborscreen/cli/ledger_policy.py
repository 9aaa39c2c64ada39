"""
``laborscreen ledger policy``: how long rows are kept, and which decisions need a second person.
"""

from __future__ import annotations

from typing import Annotated

import typer

from laborscreen.cli.ledger_decide import Word
from laborscreen.cli.ledger_options import LedgerPlace


def policy(
    place: LedgerPlace,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who sets it; without it, it is shown.")
    ] = None,
    years: Annotated[
        int | None, typer.Option("--years", min=1, max=100, help="Years that rows from here on are kept.")
    ] = None,
    separate: Annotated[
        list[Word] | None,
        typer.Option(
            "--separate", help="A decision whoever asked for the screening may not take; repeatable."
        ),
    ] = None,
    none_separate: Annotated[
        bool, typer.Option("--none-separate", help="No decision needs a second person.")
    ] = False,
) -> None:
    """Show the policy in force, or set another one for the rows from here on."""
    from dataclasses import replace

    from laborscreen.cli.terminal import console, safe
    from laborscreen.errors import UsageError
    from laborscreen.ledger import DecisionWord, Ledger

    if separate and none_separate:
        raise UsageError("--separate and --none-separate contradict each other")
    changes = years is not None or bool(separate) or none_separate
    if changes != (by is not None):
        raise UsageError("a policy is set by somebody: --by needs a change, and a change needs --by")
    with Ledger(place, create=changes) as ledger:
        now = ledger.policy
        if by is not None:
            if years is not None:
                now = replace(now, retain_years=years)
            if separate or none_separate:
                now = replace(
                    now, separate_reviewer=frozenset(DecisionWord(one.value) for one in separate or ())
                )
            ledger.set_policy(now, by=by)
    out = console()
    out.print(safe(f"rows are kept for {now.retain_years} years"))
    out.print(safe(f"a second person is needed for: {now.words.replace(' ', ', ') or 'nothing'}"))
