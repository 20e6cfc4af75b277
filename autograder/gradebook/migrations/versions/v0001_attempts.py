"""Attempts, their findings, the settings, and the triggers that keep the first two append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = ["submission", "digest", "assignment", "version", "grader_version", "seed"]
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Double(), nullable=False)


def upgrade() -> None:
    """Make the tables of the first gradebook."""
    op.create_table(
        "attempt",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        *(_text(name) for name in KEY),
        _text("isolation"),
        _number("seconds"),
        _number("points"),
        _number("max_points"),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=False),
        _text("content"),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    settled = sa.text("settled")
    op.create_index("uq_attempt_settled", "attempt", KEY, unique=True, sqlite_where=settled, postgresql_where=settled)
    op.create_index("uq_attempt_content", "attempt", [*KEY, "content"], unique=True)
    op.create_index("ix_attempt_newest", "attempt", ["assignment", "submission", "graded_at", "id"])
    op.create_table(
        "finding",
        sa.Column("attempt_id", ROW_ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *(_text(name) for name in ("check", "exercise", "outcome", "reason")),
        _number("points"),
        _number("max_points"),
        *(_text(name) for name in ("message", "hint", "detail")),
        sa.Column("public", sa.Boolean(), nullable=False),
        _number("seconds"),
        sa.Column("series", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", "position", name="pk_finding"),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="fk_finding_attempt_id"),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), nullable=False),
        _text("value"),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )
    _keep_append_only()


def _keep_append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in ("attempt", "finding"):
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the gradebook is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION gradebook_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the gradebook is append-only'; END $$"
    )
    for table in ("attempt", "finding"):
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION gradebook_is_append_only()"
        )


def downgrade() -> None:
    """Refuse: going back would delete verdicts."""
    raise NotImplementedError("the first gradebook has nothing before it")
