# ruff: noqa: INP001 -- alembic reads this folder as files, not as a package
"""
How alembic reaches the ledger: over the connection it is handed, inside the transaction that is open there.
"""

from alembic import context

from laborscreen.ledger.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
