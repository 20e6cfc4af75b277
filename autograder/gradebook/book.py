"""The gradebook itself: record a verdict once, for ever, and read back what stands."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, Engine

from autograder.course import Mark, Verdict
from autograder.errors import AutograderError, Place
from autograder.gradebook.engine import address, connect, explained, shown
from autograder.gradebook.journal import Journal
from autograder.gradebook.marks import Answered, add_marks, answers, marked
from autograder.gradebook.profiles import Profiles
from autograder.gradebook.reading import (
    Attempt,
    Standing,
    attempts_where,
    names_failed,
    names_standing,
    newest,
    standing,
    verdicts_of,
)
from autograder.gradebook.recording import Entry, Recording
from autograder.gradebook.rows import storable
from autograder.gradebook.schema import bring_up_to_date
from autograder.gradebook.tables import attempt, settings
from autograder.gradebook.writer import Writer

CHUNK = 100


class Gradebook:
    """Append-only results in SQLite or PostgreSQL. Several processes may write at the same time.

    Names and texts come back as they were stored: lone surrogates and NUL characters as escapes (`rows.storable`).
    Verdicts come back with what people said of their written answers.
    """

    def __init__(self, engine: Engine, url: URL) -> None:
        self._reading = engine
        self._writing = engine.execution_options(writes=True)
        self._url = url
        self._insert = postgresql_insert if engine.dialect.name == "postgresql" else sqlite_insert
        self._recording = Recording(engine.dialect.name)
        self.profiles = Profiles(engine, url)
        self.journal = Journal(engine, url)

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
        entry = Entry(verdict, grader_version, versions)
        with explained(self._url), self._writing.begin() as connection:
            return self._recording.write(connection, (entry,))[0].new

    def writer(self) -> Writer:
        """What records many attempts over one connection; to be closed by the caller."""
        return Writer(self._writing, self._url, self._recording, self.journal)

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
        attempts = self._attempts(attempt.c.id.in_(newest(assignment)))
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

    def verdicts(self, attempts: Iterable[int]) -> Iterator[Verdict]:
        """The verdicts of these attempts, by their numbers, in the order given. Memory stays flat, and no transaction
        is open between two of them."""
        numbers = iter(attempts)
        while chunk := tuple(islice(numbers, CHUNK)):
            with explained(self._url), self._reading.begin() as connection:
                found = verdicts_of(connection, chunk)
                verdicts = marked(connection, [found[number] for number in chunk])
            yield from verdicts

    def standing(
        self, assignment: str, version: str, environment: str, asked: Sequence[tuple[str, str]]
    ) -> tuple[Standing, ...]:
        """What stands for each (submission, digest) of `asked`, by these checks in this environment, in that order."""
        with explained(self._url), self._reading.begin() as connection:
            return standing(connection, (assignment, version, environment), asked)

    def names_standing(self, assignment: str, version: str, environment: str | None = None) -> set[str]:
        """The submissions with a settled verdict by these checks, in this environment or any."""
        with explained(self._url), self._reading.begin() as connection:
            return names_standing(connection, assignment, version, environment)

    def names_failed(self, assignment: str) -> set[str]:
        """The submissions whose newest verdict on `assignment` is short of what checks decide, or not settled."""
        with explained(self._url), self._reading.begin() as connection:
            return names_failed(connection, assignment)

    def mark(self, marks: Sequence[Mark]) -> int:
        """Keep what a person said of written answers, in one transaction, committed when this returns.

        A mark that says the same as the one that stands for these words is not written again.

        Returns:
            How many were new.

        Raises:
            AutograderError: the database refused; nothing was written.
        """
        if not marks:
            return 0
        with explained(self._url), self._writing.begin() as connection:
            return add_marks(connection, marks)

    def answers(self, assignment: str) -> tuple[Answered, ...]:
        """Each student's newest answers to the written exercises of `assignment`, by exercise and student."""
        with explained(self._url), self._reading.begin() as connection:
            return answers(connection, assignment)

    def _attempts(self, condition: sa.ColumnElement[bool]) -> tuple[Attempt, ...]:
        with explained(self._url), self._reading.begin() as connection:
            found = attempts_where(connection, condition)
            verdicts = marked(connection, [one.verdict for one in found])
        return tuple(replace(one, verdict=verdict) for one, verdict in zip(found, verdicts, strict=True))


def _settled(key: Mapping[str, Any]) -> sa.ColumnElement[bool]:
    columns = ("submission", "digest", "assignment", "version", "grader_version", "seed")
    return sa.exists().where(attempt.c.settled, *(attempt.c[name] == key[name] for name in columns))
