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
    # Rows from before it was told say nothing of their environment, and stand for none.
    sa.Column("environment", sa.Text, nullable=False, server_default=sa.text("''")),
    # Of the batch that reached it, where one did.
    sa.Column("batch_id", sa.BigInteger),
    # Of max_points, those that only a person decides on. What was decided since stands in `mark`.
    sa.Column("pending", sa.Double, nullable=False, server_default=sa.text("0")),
)

KEY = ("submission", "digest", "assignment", "version", "grader_version", "environment", "seed")

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

sa.Index("ix_attempt_bytes", attempt.c.digest, attempt.c.version)
sa.Index("ix_attempt_batch", attempt.c.batch_id)

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
    # The student's words, where a person grades them.
    sa.Column("answer", sa.Text, nullable=False, server_default=sa.text("''")),
)

# What people said of answers. It holds for the words, whichever attempt they are in; the newest counts.
mark = sa.Table(
    "mark",
    metadata,
    sa.Column("id", _Id, primary_key=True, autoincrement=True),
    sa.Column("assignment", sa.Text, nullable=False),
    sa.Column("submission", sa.Text, nullable=False),
    sa.Column("exercise", sa.Text, nullable=False),
    # SHA-256 over the words, so that changed words wait for a person again.
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("marked_by", sa.Text, nullable=False),
    sa.Column("marked_at", UtcDateTime, nullable=False),
)
sa.Index("ix_mark_submission", mark.c.assignment, mark.c.submission)

# The journal: what was begun, so that after a crash one sees what was in flight.
batch = sa.Table(
    "batch",
    metadata,
    sa.Column("id", _Id, primary_key=True, autoincrement=True),
    sa.Column("assignment", sa.Text, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("grader_version", sa.Text, nullable=False),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("versions", sa.JSON, nullable=False),
    sa.Column("asked", sa.JSON, nullable=False),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("process", sa.Text, nullable=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
)
sa.Index("ix_batch_assignment", batch.c.assignment, batch.c.version)

batch_end = sa.Table(
    "batch_end",
    metadata,
    sa.Column("batch_id", sa.ForeignKey(batch.c.id), primary_key=True, autoincrement=False),
    sa.Column("how", sa.Text, nullable=False),
    sa.Column("ended_at", UtcDateTime, nullable=False),
)

# A submission that was begun ends with an attempt of the same batch.
batch_start = sa.Table(
    "batch_start",
    metadata,
    sa.Column("batch_id", sa.ForeignKey(batch.c.id), primary_key=True, autoincrement=False),
    sa.Column("submission", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
)

settings = sa.Table(
    "settings",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
