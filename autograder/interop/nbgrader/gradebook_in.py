"""nbgrader's gradebook.db, read as it lies there: scores and comments by student and cell. Nothing in it is changed."""

from __future__ import annotations

import contextlib
import itertools
import math
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Assignment, Level, Mark
from autograder.errors import AutograderError, Place
from autograder.gradebook import Answered

MAX_ROWS = 2_000_000
MAX_STEPS = 3_000
"""Millions of the database's own instructions for one reading: half a minute."""
_QUERY = """
SELECT student.id, student.first_name, student.last_name, student.email,
       assignment.name, notebook.name, base_cell.name,
       grade.auto_score, grade.manual_score, grade.extra_credit,
       COALESCE(grade_cells.max_score, task_cells.max_score), grade.needs_manual_grade, comment.manual_comment
FROM grade
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN student ON student.id = submitted_assignment.student_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
JOIN notebook ON notebook.id = submitted_notebook.notebook_id
JOIN base_cell ON base_cell.id = grade.cell_id
LEFT JOIN grade_cells ON grade_cells.id = grade.cell_id
LEFT JOIN task_cells ON task_cells.id = grade.cell_id
LEFT JOIN base_cell AS answer ON answer.notebook_id = notebook.id AND answer.name = base_cell.name
     AND answer.type IN ('SolutionCell', 'TaskCell')
LEFT JOIN comment ON comment.cell_id = answer.id AND comment.notebook_id = grade.notebook_id
ORDER BY assignment.name, student.id, notebook.name, base_cell.name
"""


@dataclass(frozen=True)
class Row:
    """One cell's score of one student."""

    student: str
    first_name: str
    last_name: str
    email: str
    assignment: str
    notebook: str
    cell: str
    auto_score: float | None
    manual_score: float | None
    extra_credit: float | None
    max_score: float
    needs_manual_grade: bool
    comment: str

    @property
    def score(self) -> float:
        """As nbgrader counts: a manual score goes before an automatic one, extra credit comes on top."""
        base = self.manual_score if self.manual_score is not None else self.auto_score or 0.0
        return base + (self.extra_credit or 0.0)


def read_gradebook(database: Path) -> tuple[Row, ...]:
    """Every score in the gradebook, by assignment, student and cell.

    Raises:
        AutograderError: `bad-gradebook`: it is no SQLite file with nbgrader's tables, or holds other values.
    """
    try:
        address = f"{database.resolve(strict=True).as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            # Tables of a stranger's may be views that never end.
            steps = itertools.count()
            connection.set_progress_handler(lambda: next(steps) > MAX_STEPS, 1_000_000)
            found = connection.execute(_QUERY).fetchmany(MAX_ROWS + 1)
        if len(found) > MAX_ROWS:
            raise _bad(database, f"it holds more than {MAX_ROWS} scores")
        return tuple(_row(values) for values in found)
    except (sqlite3.Error, OSError, ValueError, TypeError) as error:
        raise _bad(database, str(error)[:200]) from error


def _row(values: tuple[object, ...]) -> Row:
    student, first, last, email, assignment, notebook, cell = (_text(value) for value in values[:7])
    auto, manual, extra, most = (_number(value) for value in values[7:11])
    return Row(
        student=student,
        first_name=first,
        last_name=last,
        email=email,
        assignment=assignment,
        notebook=notebook,
        cell=cell,
        auto_score=auto,
        manual_score=manual,
        extra_credit=extra,
        max_score=most or 0.0,
        needs_manual_grade=bool(values[11]),
        comment=_text(values[12]),
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"a name or a comment is {type(value).__name__}")
    return value


def _number(value: object) -> float | None:
    if value is None:
        return None
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError(f"a score is {value!r}"[:100])
    return float(value)


@dataclass(frozen=True)
class Taken:
    """Marks that a manual score of theirs means, and why others mean none."""

    marks: tuple[Mark, ...]
    left_out: tuple[str, ...]


def marks_of(assignment: Assignment, rows: Iterable[Row], answers: Iterable[Answered], by: str) -> Taken:
    """Manual scores of an exported assignment's written exercises as marks on the answers that stand in our gradebook.

    A score is a level where it is that level's points to a hundredth; any other is left out, with its reason.
    """
    standing = {(a.submission, a.exercise): a for a in answers}
    marks: list[Mark] = []
    left: list[str] = []
    for row in rows:
        exercise = next((e for e in assignment.written if e.name == row.cell), None)
        if row.assignment != assignment.slug or exercise is None or row.manual_score is None:
            continue
        answer = standing.get((row.student, exercise.name))
        level = next((one for one in Level if abs(one.points(exercise.points) - row.score) < 0.005), None)
        who = f"{row.student[:80]}, {exercise.name}"
        if answer is None or not answer.answer:
            left.append(f"{who}: no answer of theirs stands in the gradebook: grade the submission first")
        elif level is None:
            left.append(f"{who}: {row.score:g} of {exercise.points:g} points is none of the three levels")
        else:
            marks.append(
                Mark(row.student, assignment.slug, exercise.name, answer.digest, level, comment=row.comment, by=by)
            )
    return Taken(tuple(marks), tuple(left))


def _bad(database: Path, what: str) -> AutograderError:
    return AutograderError(
        "bad-gradebook",
        f"nbgrader's gradebook cannot be read: {what}",
        where=Place(str(database)),
        fix="name a gradebook.db of nbgrader 0.9; `nbgrader db upgrade` brings an old one up to date",
    )
