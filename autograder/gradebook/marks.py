"""What people said of written answers: written once, for ever, and put on verdicts whenever they are read.

A mark holds for one student's words, in whichever attempt; of several the newest counts. The attempts themselves never
change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from autograder.course import Level, Mark, Outcome, Reason, Verdict
from autograder.course.written import answer_digest, with_marks, written_check
from autograder.gradebook.reading import newest
from autograder.gradebook.rows import storable, storable_verdict
from autograder.gradebook.tables import attempt, finding, mark

_OF = (
    sa.select(mark)
    .where(mark.c.assignment == sa.bindparam("of_assignment"))
    .where(mark.c.submission.in_(sa.bindparam("names", expanding=True)))
    .order_by(mark.c.id)
)


@dataclass(frozen=True)
class Answered:
    """A student's newest answer to one written exercise, and what was said of it."""

    submission: str
    exercise: str
    answer: str
    """"" where there is none."""
    points: float
    """That it may earn."""
    mark: Mark | None = None
    """None while it waits for a person."""
    before: tuple[Mark, ...] = ()
    """What was said of the same words earlier, oldest first."""

    @property
    def digest(self) -> str:
        """Of the words."""
        return answer_digest(self.answer)

    @property
    def waits(self) -> bool:
        """Whether a person has yet to grade it."""
        return self.mark is None and bool(self.answer)


def add_marks(connection: Connection, marks: Sequence[Mark]) -> int:
    """Write those of `marks` that say something new, within the caller's transaction; how many those were."""
    rows: list[dict[str, Any]] = []
    for assignment in dict.fromkeys(one.assignment for one in marks):
        of_it = [_storable(one) for one in marks if one.assignment == assignment]
        known = {_words(one): one for one in marks_of(connection, of_it[0].assignment, {m.submission for m in of_it})}
        for one in of_it:
            stands = known.get(_words(one))
            if stands is None or (stands.level, stands.comment) != (one.level, one.comment):
                known[_words(one)] = one
                rows.append(_row(one))
    if rows:
        connection.execute(sa.insert(mark), rows)
    return len(rows)


def marks_of(connection: Connection, assignment: str, submissions: Iterable[str]) -> list[Mark]:
    """All that was said of these submissions on `assignment`, oldest first. Takes names as they are stored."""
    names = sorted(set(submissions))
    found: list[Mark] = []
    for start in range(0, len(names), 500):
        values = {"of_assignment": assignment, "names": names[start : start + 500]}
        found += [_mark_from(row) for row in connection.execute(_OF, values).mappings()]
    return found


def marked(connection: Connection, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts with what people said of them, in the order given. Nothing is asked where nothing is pending."""
    waiting: dict[str, set[str]] = {}
    for one in verdicts:
        if one.pending_points:
            waiting.setdefault(storable(one.assignment), set()).add(storable(one.submission))
    by_name: dict[tuple[str, str], list[Mark]] = {}
    for assignment, names in waiting.items():
        for given in marks_of(connection, assignment, names):
            by_name.setdefault((assignment, given.submission), []).append(given)
    return [_with(one, by_name.get((storable(one.assignment), storable(one.submission)), [])) for one in verdicts]


def answers(connection: Connection, assignment: str) -> tuple[Answered, ...]:
    """Each student's newest answers on `assignment`, by exercise and student, those that are not there included."""
    query = (
        sa.select(attempt.c.submission, finding.c.exercise, finding.c.answer, finding.c.max_points)
        .join(finding, finding.c.attempt_id == attempt.c.id)
        .where(attempt.c.id.in_(newest(assignment)))
        .where(finding.c.check == sa.literal(written_check("")).concat(finding.c.exercise))
        .where((finding.c.outcome == Outcome.PENDING.value) | (finding.c.reason == Reason.UNANSWERED.value))
        .order_by(finding.c.exercise, attempt.c.submission)
    )
    rows = connection.execute(query).all()
    given: dict[tuple[str, str, str], list[Mark]] = {}
    for one in marks_of(connection, storable(assignment), {row.submission for row in rows}):
        given.setdefault(_words(one), []).append(one)
    return tuple(_answered(row.submission, row.exercise, row.answer, row.max_points, given) for row in rows)


def _answered(
    submission: str, exercise: str, answer: str, points: float, given: Mapping[tuple[str, str, str], list[Mark]]
) -> Answered:
    marks = given.get((submission, exercise, answer_digest(answer)), []) if answer else []
    return Answered(submission, exercise, answer, points, marks[-1] if marks else None, tuple(marks[:-1]))


def _with(verdict: Verdict, marks: list[Mark]) -> Verdict:
    if not marks:
        return verdict
    # Marks are of names and words as they are stored; whoever asked knows the student by the name that they gave.
    return msgspec.structs.replace(with_marks(storable_verdict(verdict), marks), submission=verdict.submission)


def _words(one: Mark) -> tuple[str, str, str]:
    return (one.submission, one.exercise, one.answer)


def _storable(one: Mark) -> Mark:
    texts = {name: storable(getattr(one, name)) for name in ("submission", "assignment", "exercise", "comment", "by")}
    return Mark(**texts, answer=one.answer, level=Level(one.level))


def _row(one: Mark) -> dict[str, Any]:
    return {
        "assignment": one.assignment,
        "submission": one.submission,
        "exercise": one.exercise,
        "answer": one.answer,
        "level": one.level.value,
        "comment": one.comment,
        "marked_by": one.by,
        "marked_at": datetime.now(UTC),
    }


def _mark_from(row: Mapping[Any, Any]) -> Mark:
    return Mark(
        submission=row["submission"],
        assignment=row["assignment"],
        exercise=row["exercise"],
        answer=row["answer"],
        level=Level(row["level"]),
        comment=row["comment"],
        by=row["marked_by"],
    )
