"""
``laborscreen ledger erase``: one party's texts erased; the chain stays.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from laborscreen.cli.ledger_options import By, LedgerPlace


class Ground(StrEnum):
    """Why it may be erased."""

    RETENTION_ENDED = "retention-ended"
    REQUEST = "request"
    ORDER = "order"
    UNLAWFUL = "unlawful"


def erase(
    record_id: Annotated[str, typer.Argument(metavar="ID", help="The record's id.")],
    place: LedgerPlace,
    by: By,
    ground: Annotated[Ground, typer.Option("--ground", help="Why it may be erased.")],
    reference: Annotated[
        str,
        typer.Option(
            "--reference", metavar="TEXT", help="Where the request is kept. It stays: write no name."
        ),
    ],
    early: Annotated[
        bool, typer.Option("--early", help="Erase it although some of it has to be kept longer.")
    ] = False,
) -> None:
    """Erase every text kept about one record, and its id. This cannot be undone."""
    from laborscreen.cli.terminal import console, counted, safe
    from laborscreen.ledger import ErasureGround, Ledger

    with Ledger(place) as ledger:
        erased = ledger.erase(
            record_id, by=by, ground=ErasureGround(ground.value), reference=reference, early=early
        )
    console().print(safe(f"{record_id}: {counted(erased, 'text')} erased; the chain holds"))
