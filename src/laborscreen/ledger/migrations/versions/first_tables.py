# ruff: noqa: INP001 -- alembic reads this folder as files, not as a package
"""
The first tables, and triggers that refuse to change or delete what was written.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger()
_CHAINED = {
    "policies": ("at", "set_by", "retain_years:n", "separate_reviewer"),
    "runs": (
        "at", "requested_by", "software", "rulebook", "lists", "screened_on", "include", "purpose", "files",
        "date_order", "decimal_mark", "retain_until",
    ),
    "assessments": ("at", "run:n", "subject", "outcome", "input", "result", "retain_until"),
    "decisions": ("at", "assessment:n", "subject", "word", "decided_by", "role", "note", "retain_until"),
    "erasures": ("at", "subject", "erased_by", "ground", "reference", "payloads:n"),
}  # fmt: skip
_INDEXED = (
    ("assessments", "run"),
    ("assessments", "subject"),
    ("decisions", "assessment"),
    ("erasures", "subject"),
)
_KEPT_APART = ("payloads", "identities")
"""Rows of these may be deleted, by an erasure, and never changed."""


def upgrade() -> None:
    """Make the tables."""
    for table, names in _CHAINED.items():
        op.create_table(
            table,
            sa.Column(
                "seq",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                primary_key=True,
                autoincrement=False,
            ),
            *(_column(name) for name in names),
            sa.Column("digest", sa.Text(), nullable=False),
        )
    op.create_table(
        "payloads",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False
        ),
        sa.Column("part", sa.Text(), primary_key=True),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "identities",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.UniqueConstraint("kind", "name", name="one_identity_a_name"),
    )
    op.create_table(
        "head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("seq", _WHOLE, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
    )
    op.execute(f"INSERT INTO head (id, seq, digest) VALUES (1, 0, '{'0' * 64}')")  # noqa: S608 -- a constant
    for table, column in _INDEXED:
        op.create_index(f"ix_{table}_{column}", table, [column])
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _column(name: str) -> sa.Column[int] | sa.Column[str]:
    plain, _, number = name.partition(":")
    if number:
        return sa.Column(plain, _WHOLE, nullable=False)
    return sa.Column(plain, sa.Text(), nullable=False)


def _guard_sqlite() -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for table in (*_CHAINED, *_KEPT_APART):
        op.execute(f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} {refuse}")
    for table in _CHAINED:
        op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {refuse}")


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
    )
    for table in (*_CHAINED, *_KEPT_APART):
        events = "UPDATE OR DELETE" if table in _CHAINED else "UPDATE"
        op.execute(
            f"CREATE TRIGGER {table}_unchanged BEFORE {events} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_refuses()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()"
        )
