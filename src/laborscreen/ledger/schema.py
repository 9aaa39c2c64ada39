"""
The tables.

Five tables hold the chain: their rows share one sequence, and each row's digest covers the row before it, whichever table
that stands in. `payloads` and `identities` hold what is personal, outside the chain. `head` says where the chain ends.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

METADATA = MetaData()


def _number() -> Column[int]:
    # SQLite keeps a 64-bit row number only for a column declared INTEGER.
    return Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)


def _text(name: str, *, index: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, index=index)


def _whole(name: str, *, index: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=False, index=index)


POLICIES = Table(
    "policies",
    METADATA,
    _number(),
    _text("at"),
    _text("set_by"),
    _whole("retain_years"),
    _text("separate_reviewer"),
    _text("digest"),
)

RUNS = Table(
    "runs",
    METADATA,
    _number(),
    _text("at"),
    _text("requested_by"),
    _text("software"),
    _text("rulebook"),
    _text("lists"),
    _text("screened_on"),
    _text("include"),
    _text("purpose"),
    _text("files"),
    _text("date_order"),
    _text("decimal_mark"),
    _text("retain_until"),
    _text("digest"),
)

ASSESSMENTS = Table(
    "assessments",
    METADATA,
    _number(),
    _text("at"),
    _whole("run", index=True),
    _text("subject", index=True),
    _text("outcome"),
    _text("input"),
    _text("result"),
    _text("retain_until"),
    _text("digest"),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    _number(),
    _text("at"),
    _whole("assessment", index=True),
    _text("subject"),
    _text("word"),
    _text("decided_by"),
    _text("role"),
    _text("note"),
    _text("retain_until"),
    _text("digest"),
)

ERASURES = Table(
    "erasures",
    METADATA,
    _number(),
    _text("at"),
    _text("subject", index=True),
    _text("erased_by"),
    _text("ground"),
    _text("reference"),
    _whole("payloads"),
    _text("digest"),
)

PAYLOADS = Table(
    "payloads",
    METADATA,
    _number(),
    Column("part", Text, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

IDENTITIES = Table(
    "identities",
    METADATA,
    Column("key", Text, primary_key=True),
    _text("kind"),
    Column("salt", LargeBinary, nullable=False),
    _text("name"),
    UniqueConstraint("kind", "name", name="one_identity_a_name"),
)

HEAD = Table(
    "head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _whole("seq"),
    _text("digest"),
)

TEXTS = ((ASSESSMENTS, "input"), (ASSESSMENTS, "result"), (DECISIONS, "note"))
"""The columns of chained tables that hold the digest of a text; `payloads` has it under the row's number and the column."""

CHAINED = (POLICIES, RUNS, ASSESSMENTS, DECISIONS, ERASURES)
"""The tables whose rows form the chain."""


def covered(table: Table) -> tuple[str, ...]:
    """Return the columns of a chained table that its rows' digests cover, in order."""
    return tuple(column.name for column in table.columns if column.name != "digest")
