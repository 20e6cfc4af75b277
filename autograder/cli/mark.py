"""`autograder mark`: what a person says of one answer in words."""

from __future__ import annotations

import json
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import course_option, errors_shown, json_option

if TYPE_CHECKING:
    from autograder.errors import AutograderError
    from autograder.gradebook import Answered


@click.command()
@click.argument("slug")
@click.argument("student")
@click.argument("exercise")
@click.argument("level", type=click.Choice(["excellent", "meets", "revise"], case_sensitive=False))
@click.option("--comment", default="", metavar="TEXT", help="For the student.")
@click.option("--by", default="", metavar="NAME", help="Who graded.")
@click.option(
    "--gradebook", metavar="URL", help="A SQLite file or a database URL. Default: gradebook.db in the course."
)
@json_option
@course_option
def mark(
    slug: str,
    student: str,
    exercise: str,
    level: str,
    comment: str,
    by: str,
    gradebook: str | None,
    as_json: bool,
    course: Path | None,
) -> None:
    """Grade STUDENT's newest answer to EXERCISE of SLUG.

    LEVEL is excellent (all points), meets (two thirds of them) or revise (none yet; back to the student). It holds for
    these words, also when they are handed in again; other words wait for a person again. Of several marks the newest
    counts.
    """
    with errors_shown(as_json):
        from autograder.cli.written import answers_of, require_written
        from autograder.course import Level, Mark, find_course, load_course
        from autograder.course.text import number, one_line
        from autograder.gradebook import Gradebook

        root = find_course(course or Path.cwd())
        (assignment,) = load_course(root, (slug,))
        exercises = require_written(assignment, (exercise,))
        with Gradebook.open(gradebook or root / "gradebook.db", must_exist=True) as book:
            answers = answers_of(book, assignment, exercises)
            one = _answer_of(student, answers)
            given = Level(level.lower())
            said = Mark(one.submission, assignment.slug, exercise, one.digest, given, comment.strip(), by)
            recorded = book.mark([said])
        points = given.points(one.points)
        waiting = sum(other.waits and other is not one for other in answers)
        if as_json:
            document = {"submission": one.submission, "exercise": exercise, "level": given.value, "points": points}
            click.echo(json.dumps({"schema": 1, "assignment": assignment.slug, **document, "recorded": bool(recorded)}))
            return
        as_before = "" if recorded else ", as it was"
        earned = f"{number(points)} of {number(one.points)} points{as_before}"
        name = one_line(one.submission, limit=80)
        click.echo(f"{name}, {exercise}: {given}, {earned}; {waiting} more to be graded")


def _answer_of(student: str, answers: list[Answered]) -> Answered:
    from autograder.gradebook.rows import storable

    names = {one.submission: one for one in answers}
    one = names.get(storable(student))
    if one is None:
        raise _nobody(student, list(names))
    if not one.answer:
        raise _no_answer(student)
    return one


def _nobody(student: str, names: list[str]) -> AutograderError:
    from autograder.course.text import one_line
    from autograder.errors import AutograderError

    close = ", ".join(one_line(name, limit=80) for name in get_close_matches(student, names))
    return AutograderError(
        "no-such-submission",
        f"no submission with this exercise goes by the name {one_line(student, limit=80)!r}",
        why=f"{len(names)} were found{f'; close to it: {close}' if close else ''}.",
        fix="name it as autograder written SLUG shows it",
    )


def _no_answer(student: str) -> AutograderError:
    from autograder.course.text import one_line
    from autograder.errors import AutograderError

    return AutograderError(
        "no-answer",
        f"{one_line(student, limit=80)!r} has not answered this exercise",
        why="A mark holds for words, and there are none.",
        fix="wait until an answer is handed in and graded",
    )
