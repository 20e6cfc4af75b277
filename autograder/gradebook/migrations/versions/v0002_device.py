"""Where the student's code ran for each finding: on the CPU or on a GPU."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what is recorded already was judged on the CPU."""
    op.add_column("finding", sa.Column("device", sa.Text(), nullable=False, server_default="cpu"))


def downgrade() -> None:
    """Refuse: an older program would take findings of a GPU for those of a CPU."""
    raise NotImplementedError("a gradebook is not taken back")
