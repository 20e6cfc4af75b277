"""What the verbs share: how errors are shown and where the course is."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import click

course_option = click.option(
    "--course",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The course's folder. Default: this one, or the nearest above it that holds assignments/.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
jobs_option = click.option(
    "--jobs", type=click.IntRange(1), default=None, help="How many at a time. Default: one for each core."
)

isolation_option = click.option(
    "--isolation",
    type=click.Choice(["container", "uid", "process", "none"]),
    help="The walls around a submission. Default: the strongest of this machine; `autograder doctor` shows them.",
)

_TORCH = 'pip install -r requirements.txt, in the assignment\'s folder; graders: pip install "autograder[grader]"'
_GRADER = 'pip install "autograder[grader]"'
PACKAGES = {
    "torch": ("computes what the checks compare", _TORCH),
    "sqlalchemy": ("keeps the gradebook", _GRADER),
    "alembic": ("keeps the gradebook", _GRADER),
    "pandas": ("makes the class table", _GRADER),
    "jinja2": ("makes the feedback pages", _GRADER),
    "matplotlib": ("draws the plots", _GRADER),
    "ray": ("reaches the machines of a cluster", 'pip install "autograder[ray]"'),
    "nbconvert": ("shows notebooks as pages", 'pip install "autograder[instructor]"'),
    "nbgrader": ("keeps nbgrader's gradebook", 'pip install "autograder[nbgrader]"'),
    "jupytext": ("reads assignments that are text", _GRADER),
    "nbformat": ("writes notebooks", _GRADER),
    "rich": ("draws the tables", _GRADER),
    "yaml": ("reads other tools' settings", _GRADER),
    "nbclient": ("executes the solutions", 'pip install "autograder[instructor]"'),
}
"""What the extras bring: what it is for, and the command that installs it."""


def course_to_write(course: Path | None) -> Path:
    """Where an assignment is to be written: the course named, the nearest above with assignments/, or this folder."""
    from autograder.course import find_course
    from autograder.errors import AutograderError

    if course is not None:
        return course.resolve()
    try:
        return find_course(Path.cwd())
    except AutograderError:
        return Path.cwd()


def course_exchange(named: str | None, course: Path) -> str:
    """The exchange that staff mean: the one named, the environment's, or the course's own; "" where there is none."""
    from autograder.course import load_settings
    from autograder.exchange.addresses import VARIABLE

    return named or os.environ.get(VARIABLE) or load_settings(course).exchange


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def errors_shown(as_json: bool) -> Iterator[None]:
    """An AutograderError is shown in its one shape, and the exit code is 1. So is a package that is not installed."""
    from autograder.errors import AutograderError

    try:
        yield
    except ModuleNotFoundError as missing:
        name = (missing.name or "").split(".")[0]
        if name not in PACKAGES:
            raise
        error = AutograderError(
            "not-installed",
            f"{name} is not installed in this Python",
            why=f"It {PACKAGES[name][0]}.",
            fix=PACKAGES[name][1],
        )
    except AutograderError as known:
        error = known
    else:
        return
    click.echo(json.dumps({"schema": 1, "error": error.as_dict()}) if as_json else error.render(), err=not as_json)
    raise click.exceptions.Exit(1)


def require_grading(walls: bool = True) -> None:
    """Refuse where submissions cannot be walled in; without `walls`, where they cannot be run at all.

    Raises:
        AutograderError: `cannot-grade-here`, with what is missing and how to add it.
    """
    from autograder.errors import AutograderError
    from autograder.sandbox.machine import WALLS, look, requirements_for_grading

    missing = [m for m in requirements_for_grading(look()) if walls or m.name not in WALLS]
    if missing:
        raise AutograderError(
            "cannot-grade-here",
            "this machine cannot run submissions safely: " + ", ".join(m.name for m in missing),
            why="\n  ".join(m.cause for m in missing),
            fix="; ".join(m.fix for m in missing),
        )
