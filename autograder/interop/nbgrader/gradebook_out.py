"""Verdicts of ours into a gradebook.db of nbgrader's, through its own library."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.build.strip import strip
from autograder.course import Assignment, Finding, Outcome, Verdict
from autograder.course.source import read_source
from autograder.course.text import check_title, plain
from autograder.course.written import is_written
from autograder.errors import AutograderError, Place
from autograder.interop.nbgrader.metadata import Role, marked
from autograder.interop.nbgrader.write import notebooks, test_cell

MAX_STUDENT = 128
"""Characters of a student's id there."""


@dataclass(frozen=True)
class Recorded:
    """What was written."""

    students: int
    assignment_made: bool
    """The assignment was not in the gradebook before."""
    left_alone: tuple[str, ...]
    """Students whose names cannot be ids there."""


def write_gradebook(assignment: Assignment, verdicts: Iterable[Verdict], database: Path) -> Recorded:
    """Record each student's points by exercise in nbgrader's `database`, a SQLite file, made where there is none.

    The cells are those of `autograder export nbgrader`. What checks gave is an automatic score, which nbgrader
    recomputes when it grades itself; what a person gave to a written answer is a manual one. Manual scores of theirs
    on other cells are left alone.

    Raises:
        AutograderError: `other-cells`: the gradebook has an assignment of this name with other cells;
            `bad-gradebook`: it cannot be used.
        ModuleNotFoundError: nbgrader is not installed.
    """
    api: Any = importlib.import_module("nbgrader.api")
    try:
        with _own_programs(), warnings.catch_warnings(), api.Gradebook(f"sqlite:///{database.resolve()}") as book:
            warnings.simplefilter("ignore")  # SQLAlchemy's, of how nbgrader uses it
            made = _assignment(api, book, assignment, database)
            left: list[str] = []
            count = 0
            for verdict in verdicts:
                if not verdict.submission.strip() or len(verdict.submission) > MAX_STUDENT:
                    left.append(verdict.submission[:MAX_STUDENT])
                    continue
                _student(book, assignment, verdict)
                count += 1
            return Recorded(count, made, tuple(left))
    except _database_errors() as error:
        raise AutograderError(
            "bad-gradebook",
            f"nbgrader's gradebook cannot be used: {str(error).splitlines()[0][:200]}",
            where=Place(str(database)),
            fix="close what has it open; `nbgrader db upgrade` brings an old one up to date",
        ) from error


@contextlib.contextmanager
def _own_programs() -> Iterator[None]:
    """For a new gradebook, nbgrader starts `alembic` by its name: the one of this Python, whatever PATH says."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join(filter(None, (str(Path(sys.executable).parent), before)))
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _database_errors() -> tuple[type[Exception], ...]:
    errors: Any = importlib.import_module("sqlalchemy.exc")
    api: Any = importlib.import_module("nbgrader.api")
    return (errors.SQLAlchemyError, api.InvalidEntry)


def _assignment(api: Any, book: Any, assignment: Assignment, database: Path) -> bool:
    """See that the gradebook knows the assignment and its cells; False where it did."""
    slug = assignment.slug
    cells = _cells(assignment)
    wanted = {
        cell["metadata"]["nbgrader"]["grade_id"] for cell, found in cells if found.role in (Role.TEST, Role.MANUAL)
    }
    try:
        known = book.find_notebook(slug, slug)
    except api.MissingEntry:
        book.update_or_create_assignment(slug)
        book.update_or_create_notebook(slug, slug)
        for cell, found in cells:
            _cell(book, slug, cell, found.role, found.points)
        return True
    if not wanted <= {cell.name for cell in known.grade_cells}:
        raise AutograderError(
            "other-cells",
            f"the gradebook has a {slug} with other cells",
            where=Place(str(database)),
            why="The points would have no place there.",
            fix=f"export it anew (autograder export nbgrader {slug}), and run there "
            f"`nbgrader generate_assignment --force {slug}`",
        )
    return False


def _cells(assignment: Assignment) -> list[tuple[dict[str, Any], Any]]:
    """The cells of the exported source that nbgrader keeps, and what they are."""
    source = json.loads(notebooks(assignment, strip(read_source(assignment.notebook))).source)
    cells = [{**cell, "source": "".join(cell["source"])} for cell in source["cells"]]
    both = [(cell, marked(cell["cell_type"], cell["metadata"])) for cell in cells]
    return [(cell, found) for cell, found in both if found.role is not Role.GIVEN]


def _cell(book: Any, slug: str, cell: Mapping[str, Any], role: Role, points: float) -> None:
    own = cell["metadata"]["nbgrader"]
    name, kind = own["grade_id"], cell["cell_type"]
    if role in (Role.TEST, Role.MANUAL):
        book.update_or_create_grade_cell(name, slug, slug, max_score=points, cell_type=kind)
    if role in (Role.SOLUTION, Role.MANUAL):
        book.update_or_create_solution_cell(name, slug, slug)
    book.update_or_create_source_cell(
        name, slug, slug, source=cell["source"], checksum=own["checksum"], cell_type=kind, locked=own["locked"]
    )


def _student(book: Any, assignment: Assignment, verdict: Verdict) -> None:
    slug, student = assignment.slug, verdict.submission
    book.update_or_create_student(student)
    book.update_or_create_submission(slug, student)
    for exercise in assignment.manifest.exercises:
        findings = tuple(f for f in verdict.findings if f.exercise == exercise.name)
        written = exercise.rubric is not None
        name = exercise.name if written else test_cell(exercise.name)
        grade = book.find_grade(name, slug, slug, student)
        comment = book.find_comment(exercise.name, slug, slug, student)
        if written:
            _written(grade, comment, findings)
        else:
            grade.auto_score = min(round(sum(f.points for f in findings), 2), exercise.points)
            grade.needs_manual_grade = grade.manual_score is not None
            comment.auto_comment = _words(findings)
    book.db.commit()


def _written(grade: Any, comment: Any, findings: tuple[Finding, ...]) -> None:
    """A person's mark, or that one is needed. Nothing is nothing: nbgrader gives 0 where a cell was left as it was."""
    pending = any(f.outcome is Outcome.PENDING for f in findings)
    answered = any(f.answer for f in findings)
    grade.auto_score = None if answered else 0.0
    if not pending and answered:
        grade.manual_score = round(sum(f.points for f in findings), 2)
        comment.manual_comment = "\n".join(plain(f.message) for f in findings)
    grade.needs_manual_grade = pending and grade.manual_score is None


def _words(findings: tuple[Finding, ...]) -> str | None:
    """What a student is told, check by check; None where there is nothing to say."""
    lines = [
        f"{check_title(f.check)}: {plain(f.message, lines=5)} {plain(f.hint, lines=5)}".strip()
        for f in findings
        if f.outcome is not Outcome.PASSED and not is_written(f)
    ]
    return "\n\n".join(lines) or None
