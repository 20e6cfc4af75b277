"""The gradebook itself: record a verdict once, for ever, and read back what stands."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, Engine

from autograder.course import Verdict
from autograder.errors import AutograderError, Place
from autograder.gradebook.engine import address, connect, explained, shown
from autograder.gradebook.profiles import Profiles
from autograder.gradebook.rows import attempt_row, finding_rows, storable, storable_verdict, verdict_from
from autograder.gradebook.schema import bring_up_to_date
from autograder.gradebook.tables import attempt, finding, settings


@dataclass(frozen=True)
class Attempt:
    """One grading of one submission: its verdict, and when and with what it was reached."""

    verdict: Verdict
    grader_version: str
    versions: Mapping[str, str]
    graded_at: datetime


class Gradebook:
    """Append-only results in SQLite or PostgreSQL. Several processes may write at the same time.

    Names and texts come back as they were stored: lone surrogates and NUL characters as escapes (`rows.storable`).
    """

    def __init__(self, engine: Engine, url: URL) -> None:
        self._reading = engine
        self._writing = engine.execution_options(writes=True)
        self._url = url
        self._insert = postgresql_insert if engine.dialect.name == "postgresql" else sqlite_insert
        self.profiles = Profiles(engine, url)

    @classmethod
    def open(cls, url_or_path: str | Path, *, must_exist: bool = False) -> Gradebook:
        """Open the gradebook in a SQLite file or at a database URL; make or migrate it where needed.

        Raises:
            AutograderError: the address, the file or its schema cannot be used, or, with `must_exist`, the
                file is not there (`no-gradebook`).
        """
        url = address(url_or_path)
        if must_exist and url.get_backend_name() == "sqlite" and not Path(str(url.database)).is_file():
            raise AutograderError(
                "no-gradebook",
                "there is no gradebook here",
                where=Place(shown(url)),
                why="Nothing has been graded into it yet.",
                fix="grade first: autograder grade SLUG PATH, or name another with --gradebook",
            )
        engine = connect(url)
        with explained(url):
            bring_up_to_date(engine, url)
        return cls(engine, url)

    @property
    def place(self) -> str:
        """Where the gradebook lives, without a password."""
        return shown(self._url)

    def close(self) -> None:
        """Let go of the database."""
        self._reading.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def record(self, verdict: Verdict, *, grader_version: str, versions: Mapping[str, str]) -> bool:
        """Record an attempt and its findings in one transaction, committed when this returns.

        A settled verdict is recorded once for its submission, digest, assignment, version, grader and seed; after
        it, nothing more is recorded for them. An unsettled one is recorded each time that it is tried.

        Returns:
            False where it stood in the book already, and nothing was written.

        Raises:
            AutograderError: the database refused, or the verdict holds numbers that are not finite.
        """
        verdict = storable_verdict(verdict)
        row = {
            **attempt_row(verdict),
            "grader_version": storable(grader_version),
            "versions": {storable(name): storable(value) for name, value in versions.items()},
            "graded_at": datetime.now(UTC),
        }
        new = self._insert(attempt).values(row).on_conflict_do_nothing().returning(attempt.c.id)
        with explained(self._url), self._writing.begin() as connection:
            if connection.execute(sa.select(_settled(row))).scalar_one():
                return False
            attempt_id = connection.execute(new).scalar_one_or_none()
            if attempt_id is None:
                return False
            if verdict.findings:
                connection.execute(sa.insert(finding), finding_rows(verdict, attempt_id))
        return True

    def recorded(self, assignment: str, version: str, grader_version: str) -> set[tuple[str, str, int]]:
        """(submission, digest, seed) of every settled attempt: what a batch that goes on may leave out."""
        query = sa.select(attempt.c.submission, attempt.c.digest, attempt.c.seed).where(
            attempt.c.settled,
            attempt.c.assignment == storable(assignment),
            attempt.c.version == storable(version),
            attempt.c.grader_version == storable(grader_version),
        )
        with explained(self._url), self._reading.begin() as connection:
            return {(row.submission, row.digest, int(row.seed)) for row in connection.execute(query)}

    def has(
        self, submission: str, digest: str, seed: int, *, assignment: str, version: str, grader_version: str
    ) -> bool:
        """Whether a settled attempt with exactly these is recorded. Takes names as they were handed in."""
        key = {
            "submission": storable(submission),
            "digest": storable(digest),
            "assignment": storable(assignment),
            "version": storable(version),
            "grader_version": storable(grader_version),
            "seed": str(seed),
        }
        with explained(self._url), self._reading.begin() as connection:
            return bool(connection.execute(sa.select(_settled(key))).scalar_one())

    def latest(self, assignment: str) -> tuple[Verdict, ...]:
        """The newest verdict of each student on `assignment`, by name."""
        age = sa.func.row_number().over(
            partition_by=attempt.c.submission, order_by=(attempt.c.graded_at.desc(), attempt.c.id.desc())
        )
        ranked = (
            sa.select(attempt.c.id, age.label("age")).where(attempt.c.assignment == storable(assignment)).subquery()
        )
        newest = sa.select(ranked.c.id).where(ranked.c.age == 1)
        attempts = self._attempts(attempt.c.id.in_(newest))
        return tuple(sorted((a.verdict for a in attempts), key=lambda verdict: verdict.submission))

    def history(self, assignment: str, student: str) -> tuple[Attempt, ...]:
        """Every attempt of one student on `assignment`, oldest first."""
        return self._attempts(
            sa.and_(attempt.c.assignment == storable(assignment), attempt.c.submission == storable(student))
        )

    def course_key(self) -> bytes:
        """The secret from which seeds are derived: 32 random bytes, made once for this gradebook."""
        name = "course_key"
        fresh = self._insert(settings).values(name=name, value=secrets.token_hex(32)).on_conflict_do_nothing()
        query = sa.select(settings.c.value).where(settings.c.name == name)
        with explained(self._url), self._reading.begin() as connection:
            value = connection.execute(query).scalar_one_or_none()
        if value is None:
            with explained(self._url), self._writing.begin() as connection:
                connection.execute(fresh)
                value = connection.execute(query).scalar_one()
        return bytes.fromhex(value)

    def _attempts(self, condition: sa.ColumnElement[bool]) -> tuple[Attempt, ...]:
        chosen = sa.select(attempt).where(condition).order_by(attempt.c.graded_at, attempt.c.id)
        ids = sa.select(attempt.c.id).where(condition)
        parts = (
            sa.select(finding).where(finding.c.attempt_id.in_(ids)).order_by(finding.c.attempt_id, finding.c.position)
        )
        with explained(self._url), self._reading.begin() as connection:
            rows = connection.execute(chosen).mappings().all()
            found = connection.execute(parts).mappings().all()
        of_attempt: dict[int, list[Mapping[Any, Any]]] = {
            key: list(group) for key, group in groupby(found, key=lambda row: row["attempt_id"])
        }
        return tuple(
            Attempt(
                verdict=verdict_from(row, of_attempt.get(row["id"], [])),  # type: ignore[arg-type]
                grader_version=row["grader_version"],
                versions=dict(row["versions"]),
                graded_at=row["graded_at"],
            )
            for row in rows
        )


def _settled(key: Mapping[str, Any]) -> sa.ColumnElement[bool]:
    columns = ("submission", "digest", "assignment", "version", "grader_version", "seed")
    return sa.exists().where(attempt.c.settled, *(attempt.c[name] == key[name] for name in columns))
