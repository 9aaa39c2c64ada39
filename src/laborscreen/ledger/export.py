"""
What leaves the ledger: all that is kept about one party, or the chain without anything personal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import orjson
from sqlalchemy import Connection, Table, select

from laborscreen.errors import UsageError
from laborscreen.ledger.appending import Clock, moment
from laborscreen.ledger.database import Database
from laborscreen.ledger.reading import case_of, subject_of
from laborscreen.ledger.schema import ASSESSMENTS, CHAINED, DECISIONS, HEAD, RUNS
from laborscreen.ledger.stored import StoredCase

FORMAT = "laborscreen.ledger/1"


def export_party(
    database: Database, clock: Clock, record_id: str, *, final: bool = False, redacted: bool = False
) -> dict[str, Any]:
    """
    Return all that is kept about one party, as plain JSON-like data.

    Args:
        database: the ledger.
        clock: tells the time.
        record_id: the party's id.
        final: mark it final; refused while an assessment lacks a decision with a reason and a contest note.
        redacted: leave out texts, and show keys in the place of names and ids.

    Raises:
        UsageError: nothing is kept about it, or it cannot be final yet.
    """
    with database.reading() as connection:
        subject = subject_of(connection, record_id)
        numbers = connection.execute(
            select(ASSESSMENTS.c.seq).where(ASSESSMENTS.c.subject == subject).order_by(ASSESSMENTS.c.seq)
        ).scalars()
        cases = [case_of(connection, number, redacted=redacted and not final) for number in list(numbers)]
        if final:
            _require_decided(cases)
            if redacted:
                cases = [case_of(connection, case.assessment, redacted=True) for case in cases]
        end = connection.execute(select(HEAD.c.seq, HEAD.c.digest)).one()
        return {
            "format": FORMAT,
            "exported_at": moment(clock()),
            "record_id": subject if redacted else record_id,
            "final": final,
            "redacted": redacted,
            "ledger_end": {"row": end.seq, "digest": end.digest},
            "cases": [_told(case) for case in cases],
            "rows": list(_rows(connection, subject, cases)),
        }


def export_log(database: Database) -> Iterator[dict[str, Any]]:
    """
    Yield every row of the chain in order, as plain JSON-like data.

    The chain holds no id, no name and no text: parties and people stand in it as keys.
    """
    import heapq

    with database.reading() as connection:
        streams = [_log_rows(connection, table) for table in CHAINED]
        yield from heapq.merge(*streams, key=lambda row: row["seq"])


def _log_rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    query = select(table).order_by(table.c.seq).execution_options(yield_per=1_000)
    with connection.execute(query) as rows:
        for row in rows.mappings():
            yield _plain(table, row)


def _plain(table: Table, row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row under plain strings: SQLAlchemy's own kind of string is no key of JSON."""
    return {"table": str(table.name), **{str(name): value for name, value in row.items()}}


def _require_decided(cases: list[StoredCase]) -> None:
    open_cases = [
        str(case.assessment)
        for case in cases
        if not (case.decisions and case.decisions[-1].reason.strip() and case.decisions[-1].contest.strip())
    ]
    if open_cases:
        raise UsageError(
            f"not final yet: assessment {', '.join(open_cases)} lacks a decision with a reason and a contest note",
            hint="`laborscreen ledger decide NUMBER --contest ...`",
        )


def _told(case: StoredCase) -> dict[str, Any]:
    line = asdict(case.line)
    return {
        **line,
        "run": {
            "number": case.run_number,
            "requested_by": case.run.requested_by,
            "software": case.run.software,
            "rulebook": case.run.rulebook,
            "lists": [one.to_dict() for one in case.run.lists],
            "screened_on": case.run.screened_on.isoformat(),
            "include": list(case.run.include),
            "purpose": case.run.purpose,
        },
        "input": None if case.stored_input is None else orjson.loads(case.stored_input),
        "result": None if case.result is None else orjson.loads(case.result),
        "decisions": [asdict(one) for one in case.decisions],
    }


def _rows(connection: Connection, subject: str, cases: list[StoredCase]) -> Iterator[dict[str, Any]]:
    """Yield the chain's rows that speak of a party, so that each can be held against the ledger."""
    runs = sorted({case.run_number for case in cases})
    found = []
    for table, condition in (
        (RUNS, RUNS.c.seq.in_(runs)),
        (ASSESSMENTS, ASSESSMENTS.c.subject == subject),
        (DECISIONS, DECISIONS.c.assessment.in_([case.assessment for case in cases])),
    ):
        rows = connection.execute(select(table).where(condition)).mappings()
        found += [_plain(table, row) for row in rows]
    yield from sorted(found, key=lambda row: row["seq"])
