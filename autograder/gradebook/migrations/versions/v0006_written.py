"""Written answers: the words, the points that wait for a person, and the marks that people give. Append-only too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns and the table; of what is recorded already nothing was answered in words."""
    op.add_column("attempt", sa.Column("pending", sa.Double(), nullable=False, server_default=sa.text("0")))
    op.add_column("finding", sa.Column("answer", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "mark",
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        *(_text(name) for name in ("assignment", "submission", "exercise", "answer", "level", "comment", "marked_by")),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mark"),
    )
    op.create_index("ix_mark_submission", "mark", ["assignment", "submission"])
    _keep_append_only()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _keep_append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER mark_no_{change.lower()} BEFORE {change} ON mark "
                "BEGIN SELECT RAISE(ABORT, 'the gradebook is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER mark_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON mark "
        "FOR EACH STATEMENT EXECUTE FUNCTION gradebook_is_append_only()"
    )


def downgrade() -> None:
    """Refuse: marks would be lost."""
    raise NotImplementedError("a gradebook is not taken back")
