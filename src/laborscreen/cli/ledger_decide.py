"""
``laborscreen ledger decide``: what a person decides about an assessment, and why.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from laborscreen.cli.ledger_options import By, LedgerPlace, Number


class Word(StrEnum):
    """What was done with an assessment."""

    ESCALATED = "escalated"
    CLEARED = "cleared"
    KEPT_ON_HOLD = "kept-on-hold"
    FALSE_POSITIVE = "false-positive"
    INFORMATION_REQUESTED = "information-requested"


def decide(
    number: Number,
    word: Annotated[Word, typer.Option("--word", help="What was done.")],
    place: LedgerPlace,
    by: By,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="What that person is in the house.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, in words.")],
    contest: Annotated[
        str,
        typer.Option(
            "--contest", metavar="TEXT", help="How the party can contest it, or what it said against it."
        ),
    ] = "",
    evidence: Annotated[
        str,
        typer.Option(
            "--evidence",
            metavar="TEXT",
            help="Where the proof is kept; needed to clear and to call a hit false.",
        ),
    ] = "",
) -> None:
    """Write down what a person decided about an assessment."""
    from laborscreen.cli.terminal import console, safe
    from laborscreen.ledger import Decision, DecisionWord, Ledger

    decision = Decision(number, DecisionWord(word.value), by, role, reason, contest, evidence)
    with Ledger(place) as ledger:
        (written,) = ledger.decide(decision)
    console().print(safe(f"decision {written}: assessment {number} {word.value.replace('-', ' ')}"))
