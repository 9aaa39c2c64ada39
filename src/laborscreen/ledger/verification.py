"""
The whole ledger checked against its own digests.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Row, Table, and_, exists, func, or_, select

from laborscreen.ledger.chain import START, identity_key, link, seal
from laborscreen.ledger.database import Database
from laborscreen.ledger.schema import (
    ASSESSMENTS,
    CHAINED,
    DECISIONS,
    ERASURES,
    HEAD,
    IDENTITIES,
    PAYLOADS,
    POLICIES,
    RUNS,
    TEXTS,
    covered,
)
from laborscreen.ledger.stored import Broken, Verification

MOST_TOLD = 1_000
"""Faults told of one kind; a ledger that was overwritten would otherwise fill the memory."""

_AT_ONCE = 2_000  # rows fetched at a time
_SUBJECTS = ((ASSESSMENTS, ASSESSMENTS.c.subject), (DECISIONS, DECISIONS.c.subject))
_PEOPLE = (
    (POLICIES, POLICIES.c.set_by),
    (RUNS, RUNS.c.requested_by),
    (DECISIONS, DECISIONS.c.decided_by),
    (ERASURES, ERASURES.c.erased_by),
)


def verify(database: Database, expected: str | None = None) -> Verification:
    """
    Check every row, every text and every name of the ledger, in constant memory.

    Args:
        database: the ledger.
        expected: an end noted earlier, which must still be in the chain.
    """
    with database.reading(any_bytes=True) as connection:
        chain = _Chain(connection, expected)
        faults = [
            *chain.faults,
            *_texts_changed(connection),
            *_texts_missing(connection),
            *_identities_changed(connection),
            *_identities_missing(connection),
            *_strays(connection),
        ]
        texts = connection.execute(select(func.count()).select_from(PAYLOADS)).scalar_one()
    # A fault that belongs to no row comes last: the first link named is a link.
    faults.sort(key=lambda one: (one.number == 0, one.number, one.table, one.what))
    return Verification(chain.rows, texts, chain.end, tuple(faults[:MOST_TOLD]))


class _Chain:
    """
    A walk along the chain.

    Attributes:
        rows: how many rows there are.
        end: the digest of the last one.
        faults: what is wrong with them.
    """

    def __init__(self, connection: Connection, expected: str | None) -> None:
        self.rows = 0
        self.end = START
        self.faults: list[Broken] = []
        met = expected in (None, START)
        last = 0
        streams = [_rows(connection, table) for table in CHAINED]
        for number, table, row in heapq.merge(*streams, key=lambda one: one[0]):
            self.rows += 1
            if number != last + 1:
                what = "the number is used twice" if number <= last else "the row is missing"
                self._tell(Broken(min(last + 1, number), table.name if number <= last else "", what))
            if _digest(table, row, self.end) != row.digest:
                self._tell(
                    Broken(number, table.name, "the row, or the one before it, is not as it was written")
                )
            met = met or row.digest == expected
            last, self.end = number, str(row.digest)
        if not met:
            self._tell(
                Broken(
                    last + 1, "", "the end noted earlier is not in the chain: rows were cut off or replaced"
                )
            )
        heads = connection.execute(select(HEAD.c.id, HEAD.c.seq, HEAD.c.digest)).all()
        if [tuple(one) for one in heads] != [(1, last, self.end)]:
            self._tell(
                Broken(last + 1, "", "the chain does not end where the head says: rows were cut off or added")
            )

    def _tell(self, fault: Broken) -> None:
        if len(self.faults) < MOST_TOLD:
            self.faults.append(fault)


def _rows(connection: Connection, table: Table) -> Iterator[tuple[int, Table, Row[Any]]]:
    query = select(table).order_by(table.c.seq).execution_options(yield_per=_AT_ONCE)
    for row in connection.execute(query):
        yield row.seq, table, row


def _digest(table: Table, row: Row[Any], previous: str) -> str:
    try:
        return link(table.name, tuple(row[: len(covered(table))]), previous)
    except orjson.JSONEncodeError:  # bytes, or no text at all, where text was written
        return ""


def _texts_changed(connection: Connection) -> Iterator[Broken]:
    """Yield the rows whose text is not what they say it is."""
    for table, part in TEXTS:
        query = (
            select(table.c.seq, table.c[part], PAYLOADS.c.salt, PAYLOADS.c.body)
            .join(PAYLOADS, _is_text_of(table, part))
            .order_by(table.c.seq)
            .execution_options(yield_per=_AT_ONCE)
        )
        changed = (
            Broken(number, table.name, f"its {part} is not as it was written")
            for number, digest, salt, body in connection.execute(query)
            if not (isinstance(salt, bytes) and isinstance(body, bytes) and seal(salt, body) == digest)
        )
        yield from islice(changed, MOST_TOLD)


def _is_text_of(table: Table, part: str) -> ColumnElement[bool]:
    return and_(PAYLOADS.c.seq == table.c.seq, PAYLOADS.c.part == part)


def _texts_missing(connection: Connection) -> Iterator[Broken]:
    """Yield the rows whose text is gone although it was not erased, or there although it was."""
    for table, part in TEXTS:
        erased = exists().where(ERASURES.c.subject == table.c.subject, ERASURES.c.seq > table.c.seq)
        there = exists().where(_is_text_of(table, part))
        for condition, what in (
            (~there & ~erased, f"its {part} is missing and was not erased"),
            (there & erased, f"its {part} was erased and is there again"),
        ):
            query = select(table.c.seq).where(condition).order_by(table.c.seq).limit(MOST_TOLD)
            for number in connection.execute(query).scalars():
                yield Broken(number, table.name, what)


def _identities_changed(connection: Connection) -> Iterator[Broken]:
    """Yield the rows that speak of a party or a person whose name is not as it was written."""
    told = 0
    for key, kind, salt, name in connection.execute(
        select(IDENTITIES.c.key, IDENTITIES.c.kind, IDENTITIES.c.salt, IDENTITIES.c.name).execution_options(
            yield_per=_AT_ONCE
        )
    ):
        if _names(key, kind, salt, name):
            continue
        for table, column in (*_SUBJECTS, *_PEOPLE):
            query = select(func.min(table.c.seq)).where(column == key)
            number = connection.execute(query).scalar_one()
            if number is not None:
                yield Broken(
                    number, table.name, f"the name behind its {column.name} is not as it was written"
                )
                told += 1
        if told >= MOST_TOLD:
            return


def _names(key: object, kind: object, salt: object, name: object) -> bool:
    if not (isinstance(kind, str) and isinstance(salt, bytes) and isinstance(name, str)):
        return False
    try:
        return identity_key(salt, kind, name) == key
    except UnicodeEncodeError:  # bytes that are no text
        return False


def _identities_missing(connection: Connection) -> Iterator[Broken]:
    """Yield the rows that speak of a party or a person nobody knows, erased parties aside."""
    for table, column in (*_SUBJECTS, *_PEOPLE):
        there = exists().where(IDENTITIES.c.key == column)
        missing = ~there
        if column.name == "subject":
            missing &= ~exists().where(ERASURES.c.subject == column, ERASURES.c.seq > table.c.seq)
        query = select(table.c.seq).where(missing).order_by(table.c.seq).limit(MOST_TOLD)
        for number in connection.execute(query).scalars():
            yield Broken(
                number, table.name, f"the name behind its {column.name} is missing and was not erased"
            )
    query = select(ERASURES.c.seq).where(exists().where(IDENTITIES.c.key == ERASURES.c.subject))
    for number in connection.execute(query.order_by(ERASURES.c.seq).limit(MOST_TOLD)).scalars():
        yield Broken(number, ERASURES.name, "the party was erased and its name is there again")


def _strays(connection: Connection) -> Iterator[Broken]:
    """Yield texts and names that no row of the chain speaks of."""
    known = (exists().where(_is_text_of(table, part)) for table, part in TEXTS)
    if connection.execute(select(PAYLOADS.c.seq).where(~or_(*known)).limit(1)).first() is not None:
        yield Broken(0, PAYLOADS.name, "there is a text that belongs to no row")
    names = select(IDENTITIES.c.key).except_(*(select(column) for _, column in (*_SUBJECTS, *_PEOPLE)))
    if connection.execute(names.limit(1)).first() is not None:
        yield Broken(0, IDENTITIES.name, "there is a name that belongs to no row")
