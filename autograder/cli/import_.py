"""`autograder import`: an assignment of another tool's becomes one of ours. Nothing of it is executed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import course_option, course_to_write, errors_shown, json_option

if TYPE_CHECKING:
    from autograder.interop.imported import ImportedAssignment
    from autograder.interop.nbgrader.gradebook_in import Row
    from autograder.interop.writing import Written

_path = click.argument("path", type=click.Path(exists=True, path_type=Path))
_slug = click.option(
    "--slug",
    metavar="SLUG",
    default="",
    help="The name of the folder below assignments/. Default: made from the original's name.",
)

_COLUMNS = (
    *("student", "first name", "last name", "email", "assignment", "notebook", "cell", "score", "max score"),
    *("auto score", "manual score", "extra credit", "needs manual grade", "comment"),
)


@click.group("import")
def import_() -> None:
    """Turn an assignment of another tool's into one of ours."""


@import_.command("nbgrader")
@_path
@_slug
@json_option
@course_option
def nbgrader(path: Path, slug: str, as_json: bool, course: Path | None) -> None:
    """Import nbgrader's source notebooks at PATH.

    PATH is a notebook, the folder of an assignment (source/ps1), a course with its source/, or a zip of one of these.
    Each notebook becomes an assignment: solution regions, points, manual answers, and each test cell as a check that
    means the same. What could not be carried over is said.
    """
    with errors_shown(as_json):
        from autograder.interop.nbgrader.read import read_nbgrader

        _import(lambda: read_nbgrader(path, slug), path, course, as_json)


@import_.command("otter")
@_path
@_slug
@json_option
@course_option
def otter(path: Path, slug: str, as_json: bool, course: Path | None) -> None:
    """Import otter-grader's source notebook at PATH, with the files that it names."""
    with errors_shown(as_json):
        from autograder.interop.otter.read import read_otter

        _import(lambda: (read_otter(path, slug),), path, course, as_json)


@import_.command("gradebook")
@click.argument("database", metavar="GRADEBOOK.DB", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--csv",
    "table",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every score and comment, one line for each student and cell.",
)
@click.option("--marks", "slug", metavar="SLUG", help="Take manual scores on SLUG as marks of its written answers.")
@click.option("--by", default="nbgrader", show_default=True, metavar="NAME", help="With --marks: who graded.")
@click.option("--gradebook", metavar="URL", help="Ours: a SQLite file or a database URL. Default: gradebook.db.")
@json_option
@course_option
def gradebook(
    database: Path,
    table: Path | None,
    slug: str | None,
    by: str,
    gradebook: str | None,
    as_json: bool,
    course: Path | None,
) -> None:
    """Read a gradebook of nbgrader's: scores and comments as a CSV, manual scores as marks.

    A manual score is a mark where SLUG was exported from here, the same answer stands in our gradebook, and the score
    is that of a level: all points, two thirds, or none. What is no mark is told.
    """
    with errors_shown(as_json):
        from autograder.interop.nbgrader.gradebook_in import read_gradebook

        rows = read_gradebook(database)
        if table is not None:
            _write_table(table, rows)
        marks, left = _take_marks(rows, slug, by, gradebook, course) if slug else (0, ())
    students = len({row.student for row in rows})
    if as_json:
        click.echo(
            json.dumps({"schema": 1, "students": students, "scores": len(rows), "marks": marks, "left_out": list(left)})
        )
        return
    click.echo(f"{len(rows)} scores of {students} students{f', written to {table}' if table else ''}")
    if slug:
        click.echo(f"{marks} new marks on {slug}")
    for text in left:
        click.echo(f"  left out: {text}")


def _take_marks(
    rows: tuple[Row, ...], slug: str, by: str, gradebook: str | None, course: Path | None
) -> tuple[int, tuple[str, ...]]:
    """How many marks were new, and what was left out."""
    from autograder.course import find_course, load_course
    from autograder.gradebook import Gradebook
    from autograder.interop.nbgrader.gradebook_in import marks_of

    root = find_course(course or Path.cwd())
    (assignment,) = load_course(root, (slug,))
    with Gradebook.open(gradebook or root / "gradebook.db", must_exist=True) as book:
        taken = marks_of(assignment, rows, book.answers(assignment.slug), by)
        return book.mark(taken.marks), taken.left_out


def _write_table(path: Path, rows: tuple[Row, ...]) -> None:
    import csv
    import io

    from autograder.interop.results import replace_file
    from autograder.report.spreadsheet import BOM, line, words

    kept = io.StringIO()
    out = csv.writer(kept)
    out.writerow(_COLUMNS)
    for row in rows:
        names = (row.student, row.first_name, row.last_name, row.email, row.assignment, row.notebook, row.cell)
        scores = (row.score, row.max_score, row.auto_score, row.manual_score, row.extra_credit)
        numbers = ("" if score is None else f"{score:g}" for score in scores)
        out.writerow([*map(line, names), *numbers, "yes" if row.needs_manual_grade else "", words(row.comment)])
    replace_file(path, (BOM + kept.getvalue()).encode("utf-8", "replace"))


def _import(read: Callable[[], tuple[ImportedAssignment, ...]], path: Path, course: Path | None, as_json: bool) -> None:
    """Write what was read, all of it or nothing, and say what became of it."""
    from autograder.interop.writing import write_assignments

    written = write_assignments(read(), course_to_write(course), path.name or str(path))
    if as_json:
        click.echo(json.dumps({"schema": 1, "imported": [_document(one) for one in written]}))
        return
    for one in written:
        _show(one)
    slugs = " ".join(one.assignment.slug for one in written)
    click.echo("Next:")
    click.echo(f"  autograder verify {slugs}    # proves that the solution gets full marks")
    click.echo(f"  autograder build {slugs}     # writes what students get")


def _show(written: Written) -> None:
    from autograder.course.source import shown

    assignment = written.assignment
    exercises = assignment.manifest.exercises
    click.echo(f"{shown(assignment.root)}: {assignment.points:g} points in {len(exercises)} exercises")
    for note in written.notes:
        click.echo(f"  {note.kind + ':':<12} {note.text}")
    for name in written.files:
        click.echo(f"  {name}")


def _document(written: Written) -> dict[str, object]:
    assignment = written.assignment
    return {
        "slug": assignment.slug,
        "folder": str(assignment.root),
        "points": assignment.points,
        "exercises": [
            {"name": e.name, "title": e.title, "points": e.points, "written": e.rubric is not None}
            for e in assignment.manifest.exercises
        ],
        "files": list(written.files),
        "notes": [{"kind": note.kind.value, "text": note.text} for note in written.notes],
    }
