"""`autograder import`: an assignment of another tool's becomes one of ours. Nothing of it is executed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import course_option, errors_shown, json_option

if TYPE_CHECKING:
    from autograder.interop.imported import ImportedAssignment
    from autograder.interop.writing import Written

_path = click.argument("path", type=click.Path(exists=True, path_type=Path))
_slug = click.option(
    "--slug",
    metavar="SLUG",
    default="",
    help="The name of the folder below assignments/. Default: made from the original's name.",
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


def _import(read: Callable[[], tuple[ImportedAssignment, ...]], path: Path, course: Path | None, as_json: bool) -> None:
    """Write what was read, all of it or nothing, and say what became of it."""
    from autograder.interop.writing import write_assignments

    written = write_assignments(read(), _course(course), path.name or str(path))
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


def _course(course: Path | None) -> Path:
    """The course's folder: the one named, the nearest above with assignments/, or this one."""
    from autograder.course import find_course
    from autograder.errors import AutograderError

    if course is not None:
        return course.resolve()
    try:
        return find_course(Path.cwd())
    except AutograderError:
        return Path.cwd()
