"""Writing attempts: statements that are made once, several attempts in one transaction, and each of them once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection

from autograder.course import Verdict
from autograder.gradebook.rows import attempt_row, finding_rows, storable, storable_verdict
from autograder.gradebook.tables import KEY, attempt, finding


@dataclass(frozen=True)
class Entry:
    """A verdict to be recorded, and what it was reached with."""

    verdict: Verdict
    grader_version: str
    versions: Mapping[str, str]
    environment: str = ""
    """Digest of those versions that decide what a verdict says; "" where nobody made one."""
    batch: int | None = None
    """Number of the batch that reached it."""


@dataclass(frozen=True)
class Recorded:
    """What became of an entry: the attempt that now stands for it, and whether it is this one or was there before."""

    attempt: int
    new: bool
    verdict: Verdict | None = None
    """The entry's, with what people said of the same words before; None where there are none, or it is not new."""


class Recording:
    """The statements for one kind of database. SQLAlchemy compiles each of them once."""

    def __init__(self, dialect: str) -> None:
        insert = postgresql_insert if dialect == "postgresql" else sqlite_insert
        self._attempt = insert(attempt).on_conflict_do_nothing().returning(attempt.c.id)
        self._findings = sa.insert(finding)
        same = [attempt.c[name] == sa.bindparam(f"key_{name}") for name in KEY]
        self._settled = sa.select(attempt.c.id).where(attempt.c.settled, *same)
        alike = sa.or_(attempt.c.settled, attempt.c.content == sa.bindparam("key_content"))
        self._standing = sa.select(attempt.c.id).where(*same, alike).order_by(attempt.c.settled.desc()).limit(1)

    def write(self, connection: Connection, entries: Iterable[Entry]) -> list[Recorded]:
        """Write what is new of `entries`, within the caller's transaction.

        A settled verdict is recorded once for its submission, digest, assignment, version, grader, environment and
        seed; after it, nothing more is recorded for them. An unsettled one is recorded each time that it is tried.

        Raises:
            AutograderError: `bad-verdict`: it holds numbers that are not finite.
        """
        return [self._one(connection, entry) for entry in entries]

    def _one(self, connection: Connection, entry: Entry) -> Recorded:
        verdict = storable_verdict(entry.verdict)
        row = {
            **attempt_row(verdict),
            "grader_version": storable(entry.grader_version),
            "versions": {storable(name): storable(value) for name, value in entry.versions.items()},
            "graded_at": datetime.now(UTC),
            "environment": storable(entry.environment),
            "batch_id": entry.batch,
        }
        key = {f"key_{name}": row[name] for name in KEY}
        # The database keeps two settled ones apart by itself.
        stands = None if verdict.settled else connection.execute(self._settled, key).scalar_one_or_none()
        if stands is None:
            number = connection.execute(self._attempt, row).scalar_one_or_none()
            if number is not None:
                self._add_findings(connection, finding_rows(verdict, number))
                return Recorded(number, new=True)
            stands = connection.execute(self._standing, {**key, "key_content": row["content"]}).scalar_one()
        return Recorded(stands, new=False)

    def _add_findings(self, connection: Connection, rows: list[dict[str, Any]]) -> None:
        if rows:
            connection.execute(self._findings, rows)
