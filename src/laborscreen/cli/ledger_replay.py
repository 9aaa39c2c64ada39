"""
``laborscreen ledger replay``: an old result made again, and held against the stored one byte for byte.
"""

from __future__ import annotations

import typer

from laborscreen.cli.conduct import ExitCode
from laborscreen.cli.ledger_options import LedgerPlace, Number
from laborscreen.cli.screener_options import Purpose, RulesDir, Status, Watchlists, make_screener


def replay(number: Number, place: LedgerPlace, rules: RulesDir = None, watchlists: Watchlists = None) -> None:
    """Make an old result again with the rulebook and the lists of that time; end with 1 if it differs, and say where."""
    from laborscreen.cli.terminal import console, safe
    from laborscreen.ledger import Ledger

    out = console()
    with Ledger(place) as ledger:
        run = ledger.case(number).run
        screener = make_screener(
            rules,
            run.screened_on.isoformat(),
            [Status(one) for one in run.include],
            Purpose(run.purpose) if run.purpose else None,
            watchlists if watchlists or run.lists else ["none"],
        )
        found = ledger.replay(number, screener)
    if found.same:
        out.print(safe(f"assessment {number}: the same, byte for byte", "green"))
        return
    out.print(safe(f"assessment {number}: not the same", "bold red"))
    for difference in found.differences:
        out.print(safe(f"  {difference}"), soft_wrap=True)
    raise typer.Exit(ExitCode.MET)
