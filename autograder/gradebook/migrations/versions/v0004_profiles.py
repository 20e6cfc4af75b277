"""Where the time of an attempt went, for those that were profiled. Append-only like the attempts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table; what is recorded already was not profiled."""
    op.create_table(
        "profile",
        sa.Column("attempt_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", name="pk_profile"),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="fk_profile_attempt_id"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER profile_no_{change.lower()} BEFORE {change} ON profile "
                "BEGIN SELECT RAISE(ABORT, 'the gradebook is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER profile_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON profile "
        "FOR EACH STATEMENT EXECUTE FUNCTION gradebook_is_append_only()"
    )


def downgrade() -> None:
    """Refuse: the profiles would be lost."""
    raise NotImplementedError("a gradebook is not taken back")
