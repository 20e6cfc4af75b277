"""Alembic's entry: runs the migrations on the connection that the gradebook hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from autograder.gradebook.schema import REVISION_TABLE
from autograder.gradebook.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=REVISION_TABLE,
    # The gradebook began a real transaction, on SQLite too, and commits it: all of a migration or nothing.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
