"""Reading attempts back: whole ones, and what stands for a submission's bytes. Within the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from autograder.course import Outcome, Verdict
from autograder.gradebook.rows import storable, verdict_from
from autograder.gradebook.tables import attempt, finding


@dataclass(frozen=True)
class Attempt:
    """One grading of one submission: its verdict, and when and with what it was reached."""

    verdict: Verdict
    grader_version: str
    versions: Mapping[str, str]
    graded_at: datetime


@dataclass(frozen=True)
class Stood:
    """An attempt that stands: no check of it was lost."""

    attempt: int
    seed: int


@dataclass(frozen=True)
class Standing:
    """What stands for a submission's bytes, by the same checks in the same environment."""

    own: tuple[Stood, ...] = ()
    """Under its own name, oldest first."""
    same_bytes: tuple[Stood, ...] = ()
    """Settled ones under any name, one for each seed. Only looked up where there is none of its own."""


_ROUNDING = 1e-6
_BY_THESE = (
    attempt.c.assignment == sa.bindparam("of_assignment"),
    attempt.c.version == sa.bindparam("of_version"),
    attempt.c.environment == sa.bindparam("of_environment"),
    attempt.c.digest.in_(sa.bindparam("digests", expanding=True)),
)
_LOST = sa.exists().where(finding.c.attempt_id == attempt.c.id, finding.c.outcome == Outcome.LOST.value)
_OWN = (
    sa.select(attempt.c.id, attempt.c.submission, attempt.c.digest, attempt.c.seed)
    .where(*_BY_THESE, attempt.c.submission.in_(sa.bindparam("names", expanding=True)), attempt.c.settled | ~_LOST)
    .order_by(attempt.c.graded_at, attempt.c.id)
)
_SAME_BYTES = (
    sa.select(sa.func.min(attempt.c.id).label("id"), attempt.c.digest, attempt.c.seed)
    .where(*_BY_THESE, attempt.c.settled)
    .group_by(attempt.c.digest, attempt.c.seed)
)
_ATTEMPTS = sa.select(attempt).where(attempt.c.id.in_(sa.bindparam("ids", expanding=True)))
_FINDINGS = (
    sa.select(finding)
    .where(finding.c.attempt_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(finding.c.attempt_id, finding.c.position)
)


def standing(
    connection: Connection, by: tuple[str, str, str], asked: Sequence[tuple[str, str]]
) -> tuple[Standing, ...]:
    """What stands for each (submission, digest), by an assignment, its version and an environment."""
    wanted = [(storable(name), storable(digest)) for name, digest in asked]
    these = dict(zip(("of_assignment", "of_version", "of_environment"), map(storable, by), strict=True))
    own: dict[tuple[str, str], list[Stood]] = {}
    values = {**these, "names": [name for name, _ in wanted], "digests": [digest for _, digest in wanted]}
    for number, name, digest, seed in connection.execute(_OWN, values):
        own.setdefault((name, digest), []).append(Stood(number, int(seed)))
    alike: dict[str, list[Stood]] = {}
    digests = [digest for name, digest in wanted if (name, digest) not in own]
    if digests:
        for row in connection.execute(_SAME_BYTES, {**these, "digests": digests}):
            alike.setdefault(row.digest, []).append(Stood(row.id, int(row.seed)))
    return tuple(
        Standing(tuple(own.get(key, ())), () if key in own else tuple(alike.get(key[1], ()))) for key in wanted
    )


def names_standing(connection: Connection, assignment: str, version: str, environment: str | None) -> set[str]:
    """The submissions with a settled verdict by these checks, in this environment or any."""
    same = [attempt.c.assignment == storable(assignment), attempt.c.version == storable(version)]
    if environment is not None:
        same.append(attempt.c.environment == storable(environment))
    return set(connection.execute(sa.select(attempt.c.submission).where(attempt.c.settled, *same)).scalars())


def names_failed(connection: Connection, assignment: str) -> set[str]:
    """The submissions whose newest verdict is short of what checks decide, or not settled."""
    # What waits for a person, or a person sent back, would be no other after another run.
    short = (attempt.c.points < attempt.c.max_points - attempt.c.pending - _ROUNDING) | ~attempt.c.settled
    query = sa.select(attempt.c.submission).where(attempt.c.id.in_(newest(assignment)), short)
    return set(connection.execute(query).scalars())


def newest(assignment: str) -> sa.Select[tuple[int]]:
    """The numbers of each student's newest attempt."""
    age = sa.func.row_number().over(
        partition_by=attempt.c.submission, order_by=(attempt.c.graded_at.desc(), attempt.c.id.desc())
    )
    ranked = sa.select(attempt.c.id, age.label("age")).where(attempt.c.assignment == storable(assignment)).subquery()
    return sa.select(ranked.c.id).where(ranked.c.age == 1)


def verdicts_of(connection: Connection, numbers: Sequence[int]) -> dict[int, Verdict]:
    """The verdicts of these attempts, by their numbers."""
    rows = connection.execute(_ATTEMPTS, {"ids": numbers}).mappings().all()
    found = _by_attempt(connection.execute(_FINDINGS, {"ids": numbers}).mappings().all())
    return {row["id"]: verdict_from(row, found.get(row["id"], [])) for row in rows}  # type: ignore[arg-type]


def attempts_where(connection: Connection, condition: sa.ColumnElement[bool]) -> tuple[Attempt, ...]:
    """The attempts that meet `condition`, oldest first."""
    chosen = sa.select(attempt).where(condition).order_by(attempt.c.graded_at, attempt.c.id)
    ids = sa.select(attempt.c.id).where(condition)
    parts = sa.select(finding).where(finding.c.attempt_id.in_(ids)).order_by(finding.c.attempt_id, finding.c.position)
    rows = connection.execute(chosen).mappings().all()
    found = _by_attempt(connection.execute(parts).mappings().all())
    return tuple(
        Attempt(
            verdict=verdict_from(row, found.get(row["id"], [])),  # type: ignore[arg-type]
            grader_version=row["grader_version"],
            versions=dict(row["versions"]),
            graded_at=row["graded_at"],
        )
        for row in rows
    )


def _by_attempt(found: Sequence[Mapping[Any, Any]]) -> dict[int, list[Mapping[Any, Any]]]:
    return {number: list(group) for number, group in groupby(found, key=lambda row: row["attempt_id"])}
