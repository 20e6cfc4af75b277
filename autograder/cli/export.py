"""`autograder export`: an assignment for another tool. The work of each subcommand lies in that tool's room."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import click

from autograder.cli.shared import course_option, errors_shown, json_option

_NOT_FOR_STUDENTS = "It holds the hidden checks: keep it from students."
_out = click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it. Default: here, named for the assignment and the tool.",
)


@click.group()
def export() -> None:
    """Write an assignment for another tool, or to be graded elsewhere."""


@export.command("zip")
@click.argument("slug")
@_out
@json_option
@course_option
def zip_(slug: str, out: Path | None, as_json: bool, course: Path | None) -> None:
    """Write SLUG as one bundle: release, source with all checks, autograder itself, and how to grade with it."""
    with errors_shown(as_json):
        from autograder.course import find_course, load_course
        from autograder.interop.bundle import bundle_zip

        root = find_course(course or Path.cwd())
        (assignment,) = load_course(root, (slug,))
        _finish(out or Path(f"{assignment.slug}-bundle.zip"), bundle_zip(assignment, root), as_json)


@export.command("gradescope")
@click.argument("slug")
@_out
@click.option(
    "--minutes",
    type=float,
    default=10.0,
    metavar="N",
    help="How long Gradescope grades one submission, as its settings say: 10 by default, 40 at most.",
)
@click.option(
    "--hidden",
    "hidden_checks",
    type=click.Choice(["visible", "hidden", "after_due_date", "after_published"]),
    default="after_published",
    help="When students see what the hidden checks said. Default: once grades are published.",
)
@click.option("--leaderboard/--no-leaderboard", default=True, help="Show accuracies and losses for all to see.")
@click.option(
    "--pip",
    default="",
    metavar="OPTIONS",
    help="Further options of `pip install` there, such as where to find PyTorch without CUDA.",
)
@json_option
@course_option
def gradescope(
    slug: str,
    out: Path | None,
    minutes: float,
    hidden_checks: Any,
    leaderboard: bool,
    pip: str,
    as_json: bool,
    course: Path | None,
) -> None:
    """Write SLUG as an autograder zip for Gradescope, in which our own walls and checks run."""
    with errors_shown(as_json):
        from autograder.course import find_course, load_course
        from autograder.interop.gradescope.export import gradescope_zip
        from autograder.interop.gradescope.settings import Settings

        (assignment,) = load_course(find_course(course or Path.cwd()), (slug,))
        settings = Settings(
            slug=assignment.slug,
            version=assignment.version(),
            minutes=minutes,
            hidden_checks=hidden_checks,
            leaderboard=leaderboard,
        )
        content = gradescope_zip(assignment, settings, _words(pip))
        _finish(out or Path(f"{assignment.slug}-gradescope.zip"), content, as_json)


def _words(options: str) -> list[str]:
    """The options as a shell parts them.

    Raises:
        AutograderError: `bad-pip`: it could not.
    """
    from autograder.errors import AutograderError

    try:
        return shlex.split(options)
    except ValueError as error:
        raise AutograderError(
            "bad-pip",
            f"--pip {options!r} cannot be read as a shell would: {error}",
            fix="close its quotes: --pip '--extra-index-url https://…'",
        ) from error


@export.command("nbgrader")
@click.argument("slug")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="nbgrader's course folder: a new one, or one that has other assignments. Default: nbgrader/, here.",
)
@json_option
@course_option
def nbgrader(slug: str, out: Path | None, as_json: bool, course: Path | None) -> None:
    """Write SLUG into a course folder of nbgrader's: source/, release/, and the checks that it grades with.

    What is written is replaced as a whole when you export again; other assignments and nbgrader_config.py stay.
    """
    with errors_shown(as_json):
        from autograder.course import find_course, load_course
        from autograder.interop.nbgrader.course_folder import CONFIG, export_assignment

        (assignment,) = load_course(find_course(course or Path.cwd()), (slug,))
        done = export_assignment(assignment, out or Path("nbgrader"))
        if as_json:
            folders = [str(done.root / folder) for folder in done.folders]
            told = {"schema": 1, "folders": folders, "config_written": done.config, "cell_seconds": done.seconds}
            click.echo(json.dumps(told))
            return
    for folder in done.folders:
        click.echo(str(done.root / folder))
    if done.config:
        click.echo(str(done.root / CONFIG))
    else:
        click.echo(f"{done.root / CONFIG} was there: see that it sets c.Execute.timeout to {done.seconds} or more.")
    click.echo(f"{done.root / done.folders[0]} and {done.root / done.folders[2]} hold solutions and hidden checks.")
    click.echo(f"Next, there:\n  nbgrader generate_assignment --force {assignment.slug}")


@export.command("otter")
@click.argument("slug")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write. Default: here, named for the assignment and the tool.",
)
@json_option
@course_option
def otter(slug: str, out: Path | None, as_json: bool, course: Path | None) -> None:
    """Write SLUG for otter-grader: autograder.zip for `otter run` and `otter grade`, and student/ for students."""
    with errors_shown(as_json):
        from autograder.course import find_course, load_course
        from autograder.interop.otter.export import otter_files
        from autograder.interop.results import write_folder

        (assignment,) = load_course(find_course(course or Path.cwd()), (slug,))
        files = otter_files(assignment)
        folder = out or Path(f"{assignment.slug}-otter")
        write_folder(folder, files)
        (folder / "autograder.zip").chmod(0o600)
        if as_json:
            click.echo(json.dumps({"schema": 1, "folder": str(folder), "files": sorted(files)}))
        else:
            click.echo(f"{folder / 'student'}: for students.")
            click.echo(f"{folder / 'autograder.zip'}: for `otter run` and `otter grade`. {_NOT_FOR_STUDENTS}")


@export.command("gradebook")
@click.argument("slug")
@click.option(
    "--nbgrader",
    "database",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="nbgrader's gradebook.db. Made where there is none.",
)
@click.option("--gradebook", metavar="URL", help="Ours: a SQLite file or a database URL. Default: gradebook.db.")
@json_option
@course_option
def gradebook(slug: str, database: Path, gradebook: str | None, as_json: bool, course: Path | None) -> None:
    """Record everybody's points on SLUG in a gradebook of nbgrader's, by each student's newest attempt.

    Points that checks gave become automatic scores, marks of written answers manual ones. Needs nbgrader here.
    """
    with errors_shown(as_json):
        from autograder.course import find_course, load_course
        from autograder.gradebook import Gradebook
        from autograder.interop.nbgrader.gradebook_out import write_gradebook

        root = find_course(course or Path.cwd())
        (assignment,) = load_course(root, (slug,))
        with Gradebook.open(gradebook or root / "gradebook.db", must_exist=True) as book:
            done = write_gradebook(assignment, book.latest(assignment.slug), database)
    if as_json:
        told = {"schema": 1, "file": str(database), "students": done.students, "left_alone": list(done.left_alone)}
        click.echo(json.dumps(told | {"assignment_made": done.assignment_made}))
        return
    click.echo(f"{database}: {done.students} students' points on {assignment.slug}")
    for name in done.left_alone:
        click.echo(f"  {name!r} cannot be a student's id there, and was left alone")


def _finish(path: Path, content: bytes, as_json: bool) -> None:
    """Write a file that holds secrets, and say so."""
    from autograder.interop.results import replace_file

    replace_file(path, content, private=True)
    if as_json:
        click.echo(json.dumps({"schema": 1, "file": str(path), "bytes": len(content)}))
    else:
        click.echo(f"{path} ({len(content) / 1e6:.1f} MB). {_NOT_FOR_STUDENTS}")
