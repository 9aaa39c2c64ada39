"""
What is read back: runs, cases and the decisions about them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Select, select

from laborscreen.errors import UsageError
from laborscreen.ledger.database import Database
from laborscreen.ledger.decision import DecisionWord
from laborscreen.ledger.run import Run
from laborscreen.ledger.schema import ASSESSMENTS, DECISIONS, IDENTITIES, PAYLOADS, RUNS
from laborscreen.ledger.stored import CaseLine, StoredCase, StoredDecision


def run_of(connection: Connection, number: int) -> Run:
    """
    Return a run.

    Raises:
        UsageError: there is none of this number.
    """
    row = connection.execute(
        select(RUNS, IDENTITIES.c.name.label("asker"))
        .outerjoin(IDENTITIES, IDENTITIES.c.key == RUNS.c.requested_by)
        .where(RUNS.c.seq == number)
    ).one_or_none()
    if row is None:
        raise UsageError(f"there is no run {number}")
    return Run.read(dict(row._mapping), row.asker or row.requested_by)  # noqa: SLF001 -- a public name of SQLAlchemy


def list_cases(
    database: Database,
    *,
    record_id: str | None = None,
    run: int | None = None,
    open_only: bool = False,
    kept_until_before: str | None = None,
    redacted: bool = False,
) -> Iterator[CaseLine]:
    """
    Yield assessments in the order they were written.

    Args:
        database: the ledger.
        record_id: of this party alone.
        run: of this run alone.
        open_only: only those nobody decided about.
        kept_until_before: only those kept until a day before this one, as ISO text.
        redacted: show keys in the place of ids.
    """
    query = _lines()
    if record_id is not None:
        query = query.where(IDENTITIES.c.kind == "record", IDENTITIES.c.name == record_id)
    if run is not None:
        query = query.where(ASSESSMENTS.c.run == run)
    if kept_until_before is not None:
        query = query.where(ASSESSMENTS.c.retain_until < kept_until_before)
    if open_only:
        query = query.where(DECISIONS.c.seq.is_(None))
    streamed = query.order_by(ASSESSMENTS.c.seq).execution_options(yield_per=1_000)
    with database.reading() as connection, connection.execute(streamed) as rows:
        for row in rows:
            yield _line(row, redacted=redacted)


def show_case(database: Database, number: int, *, redacted: bool = False) -> StoredCase:
    """
    Return one assessment with its run, its texts and the decisions about it.

    Args:
        database: the ledger.
        number: the assessment's number.
        redacted: show keys in the place of ids and names, and no text.

    Raises:
        UsageError: there is none of this number.
    """
    with database.reading() as connection:
        return case_of(connection, number, redacted=redacted)


def case_of(connection: Connection, number: int, *, redacted: bool = False) -> StoredCase:
    """Return one assessment with all that belongs to it, over a connection that is open."""
    row = connection.execute(_lines().where(ASSESSMENTS.c.seq == number)).one_or_none()
    if row is None:
        raise UsageError(f"there is no assessment {number}")
    run = run_of(connection, row.run)
    if redacted:
        run = _redacted(connection, run, row.run)
    return StoredCase(
        assessment=number,
        run_number=row.run,
        run=run,
        line=_line(row, redacted=redacted),
        stored_input=None if redacted else _body(connection, number, "input"),
        result=None if redacted else _body(connection, number, "result"),
        decisions=tuple(_decisions(connection, number, redacted=redacted)),
    )


def _lines() -> Select[Any]:
    """Return the query for case lines; the last decision of an assessment has the highest number."""
    later = DECISIONS.alias("later")
    last = (
        select(later.c.seq)
        .where(later.c.assessment == ASSESSMENTS.c.seq)
        .order_by(later.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            ASSESSMENTS,
            IDENTITIES.c.name.label("record_id"),
            RUNS.c.screened_on,
            DECISIONS.c.word.label("decision"),
        )
        .join(RUNS, RUNS.c.seq == ASSESSMENTS.c.run)
        .outerjoin(IDENTITIES, IDENTITIES.c.key == ASSESSMENTS.c.subject)
        .outerjoin(DECISIONS, DECISIONS.c.seq == last)
    )


def _line(row: Row[Any], *, redacted: bool) -> CaseLine:
    erased = row.record_id is None
    return CaseLine(
        row.seq,
        row.at,
        row.subject if redacted or erased else row.record_id,
        row.outcome,
        row.screened_on,
        row.decision or "",
        row.retain_until,
        erased,
    )


def _decisions(connection: Connection, number: int, *, redacted: bool) -> Iterator[StoredDecision]:
    rows = connection.execute(
        select(DECISIONS, IDENTITIES.c.name.label("person"))
        .outerjoin(IDENTITIES, IDENTITIES.c.key == DECISIONS.c.decided_by)
        .where(DECISIONS.c.assessment == number)
        .order_by(DECISIONS.c.seq)
    ).all()
    for row in rows:
        body = None if redacted else _body(connection, row.seq, "note")
        note = {"reason": "", "contest": "", "evidence": ""} if body is None else orjson.loads(body)
        yield StoredDecision(
            row.seq,
            row.at,
            DecisionWord(row.word),
            row.decided_by if redacted or row.person is None else row.person,
            row.role,
            note["reason"],
            note["contest"],
            note["evidence"],
        )


def _body(connection: Connection, number: int, part: str) -> bytes | None:
    query = select(PAYLOADS.c.body).where(PAYLOADS.c.seq == number, PAYLOADS.c.part == part)
    body = connection.execute(query).scalar_one_or_none()
    return None if body is None else bytes(body)


def _redacted(connection: Connection, run: Run, number: int) -> Run:
    key = connection.execute(select(RUNS.c.requested_by).where(RUNS.c.seq == number)).scalar_one()
    return replace(run, requested_by=key)


def subject_of(connection: Connection, record_id: str) -> str:
    """
    Return the key of a party.

    Raises:
        UsageError: nothing is kept about it.
    """
    key = connection.execute(
        select(IDENTITIES.c.key).where(IDENTITIES.c.kind == "record", IDENTITIES.c.name == record_id)
    ).scalar_one_or_none()
    if key is None:
        raise UsageError(f"nothing is kept about {record_id!r}")
    return str(key)
