"""Where the time of attempts went, beside the attempts: written once, after the verdict is durable, and read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, Engine

from autograder.course import Part, Profile, Span
from autograder.gradebook.engine import explained
from autograder.gradebook.rows import storable
from autograder.gradebook.tables import attempt, metadata

_CHUNK = 100
_MICROSECONDS = 6

profile = sa.Table(
    "profile",
    metadata,
    sa.Column("attempt_id", sa.ForeignKey(attempt.c.id), primary_key=True, autoincrement=False),
    sa.Column("seconds", sa.Double, nullable=False),
    # Lists of part, name, start and seconds: an assignment has dozens of checks, and a class thousands of students.
    sa.Column("spans", sa.JSON, nullable=False),
)


@dataclass(frozen=True)
class Profiled:
    """One student's newest attempt, and where its time went."""

    submission: str
    profile: Profile


class Profiles:
    """The profiles of a gradebook. Few attempts have one: those of batches that were graded with `--profile`."""

    def __init__(self, engine: Engine, url: URL) -> None:
        self._reading = engine
        self._writing = engine.execution_options(writes=True)
        self._url = url
        insert = postgresql_insert if engine.dialect.name == "postgresql" else sqlite_insert
        self._insert = insert(profile).on_conflict_do_nothing()

    def record(self, profiles: Mapping[int, Profile]) -> None:
        """Keep where the time of attempts went, by the attempts' numbers (`Recorded.attempt`), in one transaction.

        One that stands already stays. Committed when this returns.

        Raises:
            AutograderError: the database refused.
        """
        rows = [{"attempt_id": number, **_row(one)} for number, one in profiles.items()]
        if rows:
            with explained(self._url), self._writing.begin() as connection:
                connection.execute(self._insert, rows)

    def latest(self, assignment: str) -> Iterator[Profiled]:
        """The profile of each student's newest attempt on `assignment`, by name, where that attempt was profiled.

        Memory stays flat, and no transaction is open between two of them.
        """
        age = sa.func.row_number().over(
            partition_by=attempt.c.submission, order_by=(attempt.c.graded_at.desc(), attempt.c.id.desc())
        )
        ranked = (
            sa.select(attempt.c.id, attempt.c.submission, age.label("age"))
            .where(attempt.c.assignment == storable(assignment))
            .subquery()
        )
        newest = (
            sa.select(ranked.c.id, ranked.c.submission)
            .join(profile, profile.c.attempt_id == ranked.c.id)
            .where(ranked.c.age == 1)
        )
        with explained(self._url), self._reading.begin() as connection:
            found = sorted((row.submission, row.id) for row in connection.execute(newest))
        for start in range(0, len(found), _CHUNK):
            chunk = found[start : start + _CHUNK]
            query = sa.select(profile).where(profile.c.attempt_id.in_([attempt_id for _, attempt_id in chunk]))
            with explained(self._url), self._reading.begin() as connection:
                rows = {row["attempt_id"]: row for row in connection.execute(query).mappings()}
            for submission, attempt_id in chunk:
                yield Profiled(submission, _profile_from(rows[attempt_id]))


def _row(one: Profile) -> dict[str, Any]:
    spans = [
        [span.part.value, storable(span.name), round(span.start, _MICROSECONDS), round(span.seconds, _MICROSECONDS)]
        for span in one.spans
    ]
    return {"seconds": round(one.seconds, _MICROSECONDS), "spans": spans}


def _profile_from(row: Mapping[Any, Any]) -> Profile:
    spans = tuple(
        Span(part=Part(part), name=name, start=float(start), seconds=float(seconds))
        for part, name, start, seconds in row["spans"]
    )
    return Profile(spans=spans, seconds=row["seconds"])
