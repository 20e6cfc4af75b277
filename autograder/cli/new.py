"""`autograder new`: a folder to begin with, which builds and verifies as it stands."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from autograder.cli.shared import course_option, course_to_write, errors_shown

FIRST = "01-first-steps"


@click.group()
def new() -> None:
    """Write a folder to begin with."""


@new.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", metavar="TEXT", help="What the course is called. Default: made from the folder's name.")
def course(folder: Path, title: str | None) -> None:
    """Write a course into FOLDER, which must not exist: its settings, and a first small assignment.

    It builds and verifies as it stands. Put it under version control: `release` tags what it releases.
    """
    with errors_shown(as_json=False):
        from autograder.cli.scaffolding import checked_title, title_of, write_assignment, write_course

        target = Path(os.path.normpath(folder.absolute()))
        written = write_course(target, checked_title(title) if title is not None else title_of(target.name))
        written += [
            f"assignments/{FIRST}/{name}"
            for name in write_assignment(target / "assignments" / FIRST, FIRST, title_of(FIRST))
        ]
    _tell(target, written)
    click.echo(f"  cd {shlex.quote(_shown(target))}")
    click.echo("  git init && git add . && git commit -m 'A course to begin with'")
    click.echo("  autograder verify    # proves the checks of its one assignment")
    click.echo("  autograder preview   # shows what students will see")


@new.command()
@click.argument("slug")
@click.option("--title", metavar="TEXT", help="The heading that students see. Default: made from SLUG.")
@course_option
def assignment(slug: str, title: str | None, course: Path | None) -> None:
    """Write assignments/SLUG: a small exercise that builds and verifies as it stands, to be changed into yours.

    SLUG is lower-case letters, digits and hyphens, such as 05-attention. Nothing that exists is overwritten. In a
    folder that is no course yet, assignments/ is made.
    """
    with errors_shown(as_json=False):
        from autograder.cli.scaffolding import checked_title, title_of, write_assignment

        root = course_to_write(course)
        target = root / "assignments" / slug
        written = write_assignment(target, slug, checked_title(title) if title is not None else title_of(slug))
    _tell(target, written)
    there = "" if root == Path.cwd() else f" --course {shlex.quote(_shown(root))}"
    click.echo(f"  autograder verify {slug}{there}    # proves the checks")
    click.echo(f"  autograder build {slug}{there}     # writes what students get")


def _tell(target: Path, written: list[str]) -> None:
    click.echo(f"{_shown(target)} is written, and is yours to change:")
    for name in written:
        click.echo(f"  {name}")
    click.echo("Next:")


def _shown(path: Path) -> str:
    """`path` as seen from here, where it lies below."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
