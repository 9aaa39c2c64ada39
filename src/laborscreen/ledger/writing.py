"""
What is written: policies, runs, assessments, decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, select

from laborscreen.errors import UsageError
from laborscreen.ledger import stored_input
from laborscreen.ledger.appending import Appender, Clock, appending, chunks
from laborscreen.ledger.database import Database
from laborscreen.ledger.decision import Decision, named
from laborscreen.ledger.policy import ReviewPolicy, same_person
from laborscreen.ledger.reading import run_of
from laborscreen.ledger.run import Run
from laborscreen.ledger.schema import ASSESSMENTS, DECISIONS, IDENTITIES, POLICIES, RUNS
from laborscreen.record import Record
from laborscreen.screening.result import Assessment

Told = Mapping[str, Any] | Record

_ASKED_AT_ONCE = 500


def set_policy(database: Database, clock: Clock, policy: ReviewPolicy, by: str) -> int:
    """Write a policy that holds from here on, and return its row's number."""
    with appending(database, clock) as chain:
        return chain.add(
            POLICIES,
            {
                "set_by": chain.identity("person", named("whoever sets the policy", by)),
                "retain_years": policy.retain_years,
                "separate_reviewer": policy.words,
            },
        )


def begin_run(database: Database, clock: Clock, run: Run) -> int:
    """Write a run and return its number."""
    columns = run.columns()
    with appending(database, clock) as chain:
        by = chain.identity("person", named("whoever asked for the run", run.requested_by))
        return chain.add(RUNS, {"requested_by": by, **columns, "retain_until": _kept_until(chain)})


def record(
    database: Database, clock: Clock, number: int, screened: Iterable[tuple[Told, Assessment]]
) -> tuple[int, ...]:
    """Write assessments with what they were made of, all or none, and return their numbers."""
    with database.reading() as connection:
        run = run_of(connection, number)
    ready = []
    for told, assessment in screened:
        if "\0" in assessment.record_id:
            raise UsageError("a record's id holds a NUL character, which a ledger cannot keep")
        stored = stored_input.to_bytes(told)
        run.require_same(assessment)
        stored_input.require_same(stored, run.settings, assessment)
        ready.append((assessment, stored, assessment.to_json().encode()))
    if not ready:
        return ()
    with appending(database, clock) as chain:
        subjects = chain.identities("record", (one.record_id for one, _, _ in ready))
        until = _kept_until(chain)
        return tuple(
            chain.add(
                ASSESSMENTS,
                {
                    "run": number,
                    "subject": subjects[assessment.record_id],
                    "outcome": assessment.outcome,
                    "retain_until": until,
                },
                {"input": stored, "result": result},
            )
            for assessment, stored, result in ready
        )


def decide(database: Database, clock: Clock, decisions: Sequence[Decision]) -> tuple[int, ...]:
    """Write decisions, all or none, and return their numbers."""
    if not decisions:
        return ()
    with appending(database, clock) as chain:
        policy = chain.policy()
        cases = _cases(chain.connection, sorted({one.assessment for one in decisions}))
        people = chain.identities("person", (" ".join(one.by.split()) for one in decisions))
        until = _kept_until(chain)
        return tuple(
            chain.add(
                DECISIONS,
                {
                    "assessment": one.assessment,
                    "subject": _permitted(one, cases.get(one.assessment), policy).subject,
                    "word": one.word.value,
                    "decided_by": people[" ".join(one.by.split())],
                    "role": " ".join(one.role.split()),
                    "retain_until": until,
                },
                {"note": _note(one)},
            )
            for one in decisions
        )


@dataclass(frozen=True, slots=True)
class _Case:
    """Whose assessment it is, whether it is still there, and who asked for it."""

    subject: str
    erased: bool
    requested_by: str


def _cases(connection: Connection, numbers: Sequence[int]) -> dict[int, _Case]:
    party, person = IDENTITIES.alias("party"), IDENTITIES.alias("person")
    found: dict[int, _Case] = {}
    for some in chunks(numbers, _ASKED_AT_ONCE):
        rows = connection.execute(
            select(ASSESSMENTS.c.seq, ASSESSMENTS.c.subject, party.c.key, person.c.name)
            .join(RUNS, RUNS.c.seq == ASSESSMENTS.c.run)
            .outerjoin(party, party.c.key == ASSESSMENTS.c.subject)
            .outerjoin(person, person.c.key == RUNS.c.requested_by)
            .where(ASSESSMENTS.c.seq.in_(some))
        )
        found.update((row.seq, _Case(row.subject, row.key is None, row.name or "")) for row in rows)
    return found


def _permitted(decision: Decision, case: _Case | None, policy: ReviewPolicy) -> _Case:
    if case is None:
        raise UsageError(f"there is no assessment {decision.assessment}")
    if case.erased:
        raise UsageError(f"assessment {decision.assessment} was erased")
    if decision.word in policy.separate_reviewer and same_person((decision.by, case.requested_by)):
        raise UsageError(
            f"{decision.word.value} needs a reviewer other than {case.requested_by}, who asked for the screening"
        )
    return case


def _note(decision: Decision) -> bytes:
    return orjson.dumps(
        {"reason": decision.reason, "contest": decision.contest, "evidence": decision.evidence}
    )


def _kept_until(chain: Appender) -> str:
    return chain.policy().retain_until(chain.at.date()).isoformat()
