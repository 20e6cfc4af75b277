"""What students will get of an assignment: the files, what each exercise asks and is worth, the notebook as a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.build.assemble import Prepared, prepare
from autograder.build.points import declared_checks
from autograder.course import Assignment
from autograder.report.rendering import write_whole


@dataclass(frozen=True)
class PreviewedExercise:
    """One exercise, as it is announced and as it is judged."""

    name: str
    title: str
    points: float
    public: int
    """Checks that students get."""
    hidden: int
    """Checks that stay with you."""
    hints: int
    written: bool
    """Answered in words, which a person grades."""
    solution_lines: int
    """Of the solution, that are taken out."""


@dataclass(frozen=True)
class Preview:
    """A release before it is written."""

    slug: str
    version: str
    title: str
    exercises: tuple[PreviewedExercise, ...]
    files: tuple[tuple[str, int], ...]
    """Path and size in bytes."""
    notebook: bytes


def preview_of(assignment: Assignment) -> Preview:
    """What `build` would write for students now.

    Raises:
        AutograderError: whatever an author has to mend, a leak included.
    """
    ready = prepare(assignment)
    name = f"{assignment.slug}.ipynb"
    return Preview(
        slug=assignment.slug,
        version=assignment.version(),
        title=assignment.manifest.title,
        exercises=_exercises(assignment, ready),
        files=tuple((path, len(content)) for path, content in ready.files.items()),
        notebook=ready.files[name],
    )


def notebook_page(preview: Preview, path: Path) -> Path:
    """Write the notebook as a page, as Jupyter shows it before anything has run. Formulas need the network.

    Raises:
        OSError: it cannot be written.
    """
    import nbformat
    from nbconvert import HTMLExporter

    notebook = nbformat.reads(preview.notebook.decode(), as_version=4)  # type: ignore[no-untyped-call]
    exporter = HTMLExporter()  # type: ignore[no-untyped-call]
    page, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": preview.title}})
    return write_whole(path, page)


def _exercises(assignment: Assignment, ready: Prepared) -> tuple[PreviewedExercise, ...]:
    checks = Counter(
        (check.exercise, PurePosixPath(Path(check.place.path).as_posix()).parts[-2] == "public")
        for check in declared_checks(assignment)
    )
    lines: Counter[str] = Counter()
    for cell, student in zip(ready.stripped.solution, ready.stripped.student, strict=True):
        if cell.exercise is not None:
            lines[cell.exercise] += _taken_out(cell.source, student.source)
    return tuple(
        PreviewedExercise(
            name=exercise.name,
            title=exercise.title,
            points=exercise.points,
            public=checks[exercise.name, True],
            hidden=checks[exercise.name, False],
            hints=len(exercise.hints),
            written=exercise.rubric is not None,
            solution_lines=lines[exercise.name],
        )
        for exercise in assignment.manifest.exercises
    )


def _taken_out(solution: str, student: str) -> int:
    """Lines of the solution that students do not get."""
    kept = Counter(line.strip() for line in student.splitlines())
    return sum((Counter(line.strip() for line in solution.splitlines() if line.strip()) - kept).values())
