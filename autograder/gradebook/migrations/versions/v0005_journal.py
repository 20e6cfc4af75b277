"""The journal of batches, and what else joins the key of an attempt: the environment that it was reached in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = ["submission", "digest", "assignment", "version", "grader_version", "environment", "seed"]
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns, widen the keys, and make the journal's tables. What is recorded has no known environment."""
    op.add_column("attempt", sa.Column("environment", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("attempt", sa.Column("batch_id", sa.BigInteger(), nullable=True))
    op.drop_index("uq_attempt_settled", table_name="attempt")
    op.drop_index("uq_attempt_content", table_name="attempt")
    settled = sa.text("settled")
    op.create_index("uq_attempt_settled", "attempt", KEY, unique=True, sqlite_where=settled, postgresql_where=settled)
    op.create_index("uq_attempt_content", "attempt", [*KEY, "content"], unique=True)
    op.create_index("ix_attempt_bytes", "attempt", ["digest", "version"])
    op.create_index("ix_attempt_batch", "attempt", ["batch_id"])
    _make_journal()
    _keep_append_only("batch", "batch_start", "batch_end")


def _make_journal() -> None:
    op.create_table(
        "batch",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        *(_text(name) for name in ("assignment", "version", "grader_version", "environment")),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        *(_text(name) for name in ("host", "process")),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
    )
    op.create_index("ix_batch_assignment", "batch", ["assignment", "version"])
    op.create_table(
        "batch_end",
        sa.Column("batch_id", ROW_ID, autoincrement=False, nullable=False),
        _text("how"),
        sa.Column("ended_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("batch_id", name="pk_batch_end"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_batch_end_batch_id"),
    )
    op.create_table(
        "batch_start",
        sa.Column("batch_id", ROW_ID, autoincrement=False, nullable=False),
        *(_text(name) for name in ("submission", "digest")),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "submission", name="pk_batch_start"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_batch_start_batch_id"),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _keep_append_only(*tables: str) -> None:
    for table in tables:
        if op.get_bind().dialect.name == "sqlite":
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the gradebook is append-only'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION gradebook_is_append_only()"
            )


def downgrade() -> None:
    """Refuse: an older program would take a verdict of another environment for one of its own."""
    raise NotImplementedError("a gradebook is not taken back")
