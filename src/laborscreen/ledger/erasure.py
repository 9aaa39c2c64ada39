"""
One party's texts erased, on a ground that stays in the chain.

What goes: what the record was made of, its results, reasons and notes of decisions, and the party's id. What stays: the rows
with their moments, outcomes and salted digests, which nobody can lead back to the party. The chain holds as before.
"""

from __future__ import annotations

from sqlalchemy import delete, func, select, union

from laborscreen.errors import UsageError
from laborscreen.ledger.appending import Clock, appending
from laborscreen.ledger.database import Database
from laborscreen.ledger.decision import named
from laborscreen.ledger.ground import ErasureGround
from laborscreen.ledger.reading import subject_of
from laborscreen.ledger.schema import ASSESSMENTS, DECISIONS, ERASURES, IDENTITIES, PAYLOADS


def erase(
    database: Database,
    clock: Clock,
    record_id: str,
    *,
    by: str,
    ground: ErasureGround,
    reference: str,
    early: bool = False,
) -> int:
    """
    Erase all texts kept about a party, and return how many there were.

    Args:
        database: the ledger.
        clock: tells the time.
        record_id: the party's id.
        by: who erases.
        ground: why it may be erased.
        reference: where the request or the order is kept; without any name, since it stays.
        early: erase although some of it has to be kept longer.

    Raises:
        UsageError: nothing is kept about the party, or it has to be kept longer.
    """
    person = named("whoever erases", by)
    kept_as = named("the reference of the request", reference)
    with appending(database, clock) as chain:
        connection = chain.connection
        subject = subject_of(connection, record_id)
        assessed = select(ASSESSMENTS.c.seq).where(ASSESSMENTS.c.subject == subject)
        decided = select(DECISIONS.c.seq).where(DECISIONS.c.assessment.in_(assessed))
        until = max(
            str(
                connection.execute(
                    select(func.max(table.c.retain_until)).where(table.c.seq.in_(numbers))
                ).scalar()
                or ""
            )
            for table, numbers in ((ASSESSMENTS, assessed), (DECISIONS, decided))
        )
        if until >= chain.at.date().isoformat() and not early:
            raise UsageError(
                f"{record_id} has to be kept until {until}",
                hint="erase it early only where the law puts the erasure above the duty to keep records",
            )
        erased = connection.execute(
            delete(PAYLOADS).where(PAYLOADS.c.seq.in_(union(assessed, decided)))
        ).rowcount
        connection.execute(delete(IDENTITIES).where(IDENTITIES.c.key == subject))
        chain.add(
            ERASURES,
            {
                "subject": subject,
                "erased_by": chain.identity("person", person),
                "ground": ground.value,
                "reference": kept_as,
                "payloads": erased,
            },
        )
    database.tidy()
    return erased
