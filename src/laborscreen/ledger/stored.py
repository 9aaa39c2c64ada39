"""
What the ledger gives back: cases, decisions, and what a check or a replay found.
"""

from __future__ import annotations

from dataclasses import dataclass

from laborscreen.ledger.decision import DecisionWord
from laborscreen.ledger.run import Run


@dataclass(frozen=True, slots=True)
class CaseLine:
    """
    One assessment in a list of them.

    Args:
        assessment: its number.
        at: when it was written, UTC.
        record_id: the party's id, or its key where names are redacted or erased.
        outcome: the outcome.
        screened_on: the day screened.
        decision: the last decision about it; empty while there is none.
        retain_until: the last day it is kept.
        erased: whether its texts were erased.
    """

    assessment: int
    at: str
    record_id: str
    outcome: str
    screened_on: str
    decision: str
    retain_until: str
    erased: bool


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """One decision as it was written; the texts are empty once erased."""

    number: int
    at: str
    word: DecisionWord
    by: str
    role: str
    reason: str
    contest: str
    evidence: str


@dataclass(frozen=True, slots=True)
class StoredCase:
    """
    One assessment with all that belongs to it.

    Args:
        assessment: its number.
        run_number: its run's number.
        run: what it was made from.
        line: the case in a list.
        stored_input: what the record was made of; None once erased.
        result: the result's published JSON form; None once erased.
        decisions: what was decided about it, in order.
    """

    assessment: int
    run_number: int
    run: Run
    line: CaseLine
    stored_input: bytes | None
    result: bytes | None
    decisions: tuple[StoredDecision, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """
    One place where the ledger is not as it was written.

    Args:
        number: the row's number; 0 where it belongs to no row.
        table: the table; empty where a row is missing altogether.
        what: what is wrong, in words.
    """

    number: int
    table: str
    what: str

    def __str__(self) -> str:
        """Return the fault on one line."""
        place = " ".join(part for part in (self.table, str(self.number) if self.number else "") if part)
        return f"{place}: {self.what}"


@dataclass(frozen=True, slots=True)
class Verification:
    """
    What a check of the whole ledger found.

    Args:
        rows: rows of the chain.
        texts: personal texts kept beside it.
        end: the digest of the last row; noted elsewhere, it proves later that nothing was cut off.
        broken: the faults in the order of the rows, the first broken link first; at most `verification.MOST_TOLD`.
    """

    rows: int
    texts: int
    end: str
    broken: tuple[Broken, ...]

    @property
    def first(self) -> Broken | None:
        """The first broken link, if any."""
        return self.broken[0] if self.broken else None


@dataclass(frozen=True, slots=True)
class Replay:
    """
    What came of making an old result again.

    Args:
        assessment: its number.
        same: whether it is the same, byte for byte.
        differences: what differs, in words.
    """

    assessment: int
    same: bool
    differences: tuple[str, ...]
