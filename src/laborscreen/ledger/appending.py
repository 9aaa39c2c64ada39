"""
Rows added to the end of the chain: all of a transaction's, or none.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Literal, TypeVar

from sqlalchemy import Connection, Table, select, update

from laborscreen.ledger.chain import SALT_BYTES, identity_key, link, seal
from laborscreen.ledger.database import Database
from laborscreen.ledger.policy import ReviewPolicy
from laborscreen.ledger.schema import HEAD, IDENTITIES, PAYLOADS, POLICIES, covered

Clock = Callable[[], datetime]
Item = TypeVar("Item")
IdentityKind = Literal["record", "person"]

_ASKED_AT_ONCE = 500  # values in one IN (...); SQLite before 3.32 takes 999


class Appender:
    """
    Adds rows while it holds the end of the chain.

    Args:
        connection: a connection in a writing transaction.
        at: the moment the rows are written.
    """

    def __init__(self, connection: Connection, at: datetime) -> None:
        self.connection = connection
        self.at = at.astimezone(UTC)
        end = connection.execute(select(HEAD.c.seq, HEAD.c.digest).with_for_update()).one()
        self._seq: int = end.seq
        self._digest: str = end.digest
        self._waiting: dict[Table, list[Mapping[str, object]]] = {}

    def policy(self) -> ReviewPolicy:
        """Return the policy in force."""
        return policy_in_force(self.connection)

    def add(
        self, table: Table, values: Mapping[str, int | str], texts: Mapping[str, bytes] | None = None
    ) -> int:
        """
        Add one row to the chain and return its number.

        Args:
            table: where it stands.
            values: its columns, but for ``seq``, ``at`` and ``digest``.
            texts: columns of personal text, which is kept outside the chain; the row has its digest.
        """
        seq = self._seq + 1
        row: dict[str, int | str] = {"seq": seq, "at": moment(self.at), **values}
        for part, body in (texts or {}).items():
            salt = secrets.token_bytes(SALT_BYTES)
            row[part] = seal(salt, body)
            self._waiting.setdefault(PAYLOADS, []).append(
                {"seq": seq, "part": part, "salt": salt, "body": body}
            )
        digest = link(table.name, [row[name] for name in covered(table)], self._digest)
        self._waiting.setdefault(table, []).append({**row, "digest": digest})
        self._seq, self._digest = seq, digest
        return seq

    def identities(self, kind: IdentityKind, names: Iterable[str]) -> dict[str, str]:
        """Return the keys of parties or persons, made for those met for the first time."""
        wanted = list(dict.fromkeys(names))
        found: dict[str, str] = {}
        for some in chunks(wanted, _ASKED_AT_ONCE):
            rows = self.connection.execute(
                select(IDENTITIES.c.name, IDENTITIES.c.key).where(
                    IDENTITIES.c.kind == kind, IDENTITIES.c.name.in_(some)
                )
            )
            found.update((row.name, row.key) for row in rows)
        for name in wanted:
            if name not in found:
                salt = secrets.token_bytes(SALT_BYTES)
                found[name] = identity_key(salt, kind, name)
                row = {"key": found[name], "kind": kind, "salt": salt, "name": name}
                self._waiting.setdefault(IDENTITIES, []).append(row)
        return found

    def identity(self, kind: IdentityKind, name: str) -> str:
        """Return the key of one party or person."""
        return self.identities(kind, [name])[name]

    def finish(self) -> None:
        """Hand everything to the database and move the end of the chain."""
        for table, rows in self._waiting.items():
            self.connection.execute(table.insert(), rows)
        self.connection.execute(update(HEAD).values(seq=self._seq, digest=self._digest))


@contextmanager
def appending(database: Database, clock: Clock) -> Iterator[Appender]:
    """Give an appender; what it adds is in the ledger, and on the disk, once the block has ended."""
    with database.writing() as connection:
        appender = Appender(connection, clock())
        yield appender
        appender.finish()


def policy_in_force(connection: Connection) -> ReviewPolicy:
    """Return the policy of the last row that sets one, or the usual one."""
    row = connection.execute(select(POLICIES).order_by(POLICIES.c.seq.desc()).limit(1)).one_or_none()
    return ReviewPolicy() if row is None else ReviewPolicy.read(row.retain_years, row.separate_reviewer)


def moment(at: datetime) -> str:
    """
    Return a moment as rows hold it: UTC, to the microsecond.

    >>> moment(datetime(2026, 6, 30, 12, tzinfo=UTC))
    '2026-06-30T12:00:00.000000Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def chunks(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Yield pieces of at most *size* items."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
