"""
Options that the ledger's verbs share.
"""

from __future__ import annotations

from typing import Annotated

import typer

LedgerPlace = Annotated[
    str,
    typer.Option(
        "--ledger",
        metavar="PLACE",
        envvar="LABORSCREEN_LEDGER",
        help="The ledger: a SQLite file, or a URL as postgresql://user@host/name.",
    ),
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who does this.")]
Redacted = Annotated[
    bool, typer.Option("--redacted", help="Show keys in the place of ids and names, and no text.")
]
Number = Annotated[int, typer.Argument(metavar="NUMBER", min=1, help="The assessment's number.")]


def shown_id(record_id: str, *, redacted: bool) -> str:
    """
    Return a party's id, or the beginning of the key that stands for it.

    >>> shown_id("V-7", redacted=False), shown_id("0123456789abcdef0123", redacted=True)
    ('V-7', '#0123456789ab')
    """
    return f"#{record_id[:12]}" if redacted else record_id
