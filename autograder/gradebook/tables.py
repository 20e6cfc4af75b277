"""The gradebook's tables as SQLAlchemy sees them. The migrations make them, and a test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(sa.TypeDecorator[datetime]):
    """Moments in UTC. SQLite forgets the zone, so it is put back on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """The moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """The moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite numbers rows by itself only where the key's type is exactly INTEGER.
_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", _Id, primary_key=True, autoincrement=True),
    sa.Column("submission", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("assignment", sa.Text, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("grader_version", sa.Text, nullable=False),
    # Text, because a seed may use all 64 bits and SQL integers are signed.
    sa.Column("seed", sa.Text, nullable=False),
    sa.Column("isolation", sa.Text, nullable=False),
    sa.Column("seconds", sa.Double, nullable=False),
    sa.Column("points", sa.Double, nullable=False),
    sa.Column("max_points", sa.Double, nullable=False),
    sa.Column("settled", sa.Boolean, nullable=False),
    sa.Column("versions", sa.JSON, nullable=False),
    sa.Column("notes", sa.JSON, nullable=False),
    sa.Column("graded_at", UtcDateTime, nullable=False),
    # SHA-256 over the whole verdict: the same verdict handed in twice is one attempt, settled or not.
    sa.Column("content", sa.Text, nullable=False),
)

KEY = ("submission", "digest", "assignment", "version", "grader_version", "seed")

# One settled attempt for a key; unsettled ones are tried again, so there may be several before it.
sa.Index(
    "uq_attempt_settled",
    *(attempt.c[name] for name in KEY),
    unique=True,
    sqlite_where=attempt.c.settled,
    postgresql_where=attempt.c.settled,
)
sa.Index("uq_attempt_content", *(attempt.c[name] for name in KEY), attempt.c.content, unique=True)
sa.Index("ix_attempt_newest", attempt.c.assignment, attempt.c.submission, attempt.c.graded_at, attempt.c.id)

finding = sa.Table(
    "finding",
    metadata,
    sa.Column("attempt_id", _Id, sa.ForeignKey(attempt.c.id), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("check", sa.Text, nullable=False),
    sa.Column("exercise", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("points", sa.Double, nullable=False),
    sa.Column("max_points", sa.Double, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("hint", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("public", sa.Boolean, nullable=False),
    sa.Column("seconds", sa.Double, nullable=False),
    sa.Column("series", sa.JSON, nullable=False),
    # Rows from before there was a choice were judged on the CPU.
    sa.Column("device", sa.Text, nullable=False, server_default="cpu"),
    # Rows from before there were diagnoses and measurements have none.
    sa.Column("diagnosis", sa.Text, nullable=False, server_default=sa.text("''")),
    sa.Column("measured", sa.JSON, nullable=False, server_default="[]"),
)

settings = sa.Table(
    "settings",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
