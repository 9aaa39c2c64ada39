"""
``laborscreen ledger export``: all that is kept about one party, or the chain without anything personal.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from laborscreen.cli.ledger_options import LedgerPlace, Redacted


def export(
    place: LedgerPlace,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="The file to write.")],
    record_id: Annotated[
        str | None,
        typer.Option(
            "--id",
            metavar="ID",
            help="The record's id.",
            show_default="the whole log as JSON lines, without ids, names and texts",
        ),
    ] = None,
    final: Annotated[
        bool,
        typer.Option(
            "--final", help="Mark it final; every assessment needs a decision with reason and contest note."
        ),
    ] = False,
    redacted: Redacted = False,
) -> None:
    """Write what the ledger holds about one party as JSON; without --id, its redacted log."""
    import orjson

    from laborscreen.errors import UsageError
    from laborscreen.formats.writers import Target
    from laborscreen.ledger import Ledger

    if final and record_id is None:
        raise UsageError("--final is about one record", hint="name it with --id")
    with Ledger(place) as ledger:
        told = (
            ledger.export_party(record_id, final=final, redacted=redacted) if record_id is not None else None
        )
        with Target(out) as target:
            if told is not None:
                target.write(orjson.dumps(told, option=orjson.OPT_INDENT_2) + b"\n")
                return
            for row in ledger.export_log():
                target.write(orjson.dumps(row) + b"\n")
