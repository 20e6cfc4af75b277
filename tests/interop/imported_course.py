"""Imported assignments under test: written into a course, and graded by our own grader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from autograder.build.strip import reference_cells, stub_cells
from autograder.course import Assignment, CodeCell, Submission, Verdict
from autograder.grading.attempt import open_grader
from autograder.interop.imported import ImportedAssignment
from autograder.interop.writing import Written, write_assignment


def written(imported: ImportedAssignment, course: Path) -> Written:
    """The assignment, written into `course`."""
    (course / "assignments").mkdir(parents=True, exist_ok=True)
    return write_assignment(imported, course, "the original")


def answers(assignment: Assignment, wrong: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[CodeCell, ...]]:
    """The code cells of the reference, of the stub, and of the reference with exercises' first cells replaced."""
    reference = reference_cells(assignment)
    made = {"reference": reference, "stub": stub_cells(assignment)}
    for name, sources in wrong.items():
        left = dict(sources)
        made[name] = tuple(
            replace(c, source=left.pop(c.exercise)) if c.exercise and c.exercise in left else c for c in reference
        )
    return made


def verdicts(assignment: Assignment, cells: Mapping[str, tuple[CodeCell, ...]]) -> dict[str, Verdict]:
    """What our grader says of each."""
    with open_grader(assignment, jobs=2) as grader:
        return {name: grader.grade(Submission(name, "", code), 0) for name, code in cells.items()}
