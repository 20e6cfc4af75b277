"""What an answer looks like, and what was measured of a trained model."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what is recorded already has neither."""
    op.add_column("finding", sa.Column("diagnosis", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("finding", sa.Column("measured", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Refuse: verdicts would lose what they say."""
    raise NotImplementedError("a gradebook is not taken back")
