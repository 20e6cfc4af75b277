"""`autograder written`: answers in words, listed, handed out to be graded, and marks taken back."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import course_option, errors_shown, json_option

if TYPE_CHECKING:
    from autograder.course import Assignment
    from autograder.gradebook import Answered, Gradebook

MOST_LISTED = 40
"""On a terminal; elsewhere all are."""
_FILE = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True)
class _Asked:
    exercises: tuple[str, ...]
    show_all: bool
    html: Path | None
    export: Path | None
    marks: Path | None
    anonymous: bool
    by: str
    as_json: bool


@click.command()
@click.argument("slug")
@click.option("--exercise", "exercises", multiple=True, metavar="NAME", help="Only this exercise. May be repeated.")
@click.option("--all", "show_all", is_flag=True, help="Those that are graded already, too.")
@click.option("--html", metavar="FILE", type=_FILE, help="Write the answers as a page to read, the rubric on top.")
@click.option("--export", metavar="FILE", type=_FILE, help="Write them as a CSV, to fill in level and comment.")
@click.option("--anonymous", is_flag=True, help="Pages and CSVs without names; the same words stand there once.")
@click.option("--import", "marks", metavar="FILE", type=_FILE, help="Record the levels and comments of such a CSV.")
@click.option("--by", default="", metavar="NAME", help="With --import: who graded.")
@click.option(
    "--gradebook", metavar="URL", help="A SQLite file or a database URL. Default: gradebook.db in the course."
)
@json_option
@course_option
def written(slug: str, gradebook: str | None, course: Path | None, as_json: bool, **options: object) -> None:
    """List the answers in words on SLUG that wait for a person, by each student's newest attempt.

    Grade them one by one (autograder mark), or all in a spreadsheet: --export FILE.csv, write excellent, meets or
    revise beside each, --import FILE.csv. What is left empty waits on; what students have changed meanwhile is told
    and not taken. Feedback and tables (autograder report) hold the marks from then on.

    Exit codes: 0 done; 1 something has to be mended: rows that could not be taken are named, all others are recorded.
    """
    asked = _Asked(as_json=as_json, **options)  # type: ignore[arg-type]
    if asked.marks and (asked.export or asked.html):
        raise click.UsageError("--import reads and --export and --html write: give them one after the other.")
    if asked.by and not asked.marks:
        raise click.UsageError("--by says who graded what is read with --import.")
    with errors_shown(as_json):
        from autograder.course import find_course, load_course
        from autograder.gradebook import Gradebook

        root = find_course(course or Path.cwd())
        (assignment,) = load_course(root, (slug,))
        wanted = require_written(assignment, asked.exercises)
        with Gradebook.open(gradebook or root / "gradebook.db", must_exist=True) as book:
            if asked.marks:
                taken_all = _take(book, assignment, wanted, asked.marks, asked)
            else:
                taken_all = True
                _hand_out(assignment, wanted, answers_of(book, assignment, wanted), asked)
    if not taken_all:
        raise click.exceptions.Exit(1)


def require_written(assignment: Assignment, names: tuple[str, ...]) -> tuple[str, ...]:
    """The written exercises of that name, or all.

    Raises:
        AutograderError: `nothing-written` or `no-such-exercise`.
    """
    from autograder.errors import AutograderError, Place

    there = tuple(e.name for e in assignment.written)
    if not there:
        raise AutograderError(
            "nothing-written",
            f"no exercise of {assignment.slug} is answered in words",
            where=Place(str(assignment.root / "assignment.toml")),
            fix="an exercise with an [exercise.rubric] is",
        )
    for name in names:
        if name not in there:
            raise AutograderError(
                "no-such-exercise",
                f"no written exercise of {assignment.slug} is called {name!r}",
                where=Place(str(assignment.root / "assignment.toml")),
                fix=f"choose one of: {', '.join(there)}",
            )
    return tuple(name for name in there if name in names) if names else there


def answers_of(book: Gradebook, assignment: Assignment, exercises: tuple[str, ...]) -> list[Answered]:
    """The newest answers to these exercises, in the order of the assignment, then by student."""
    found = [one for one in book.answers(assignment.slug) if one.exercise in exercises]
    return sorted(found, key=lambda one: (exercises.index(one.exercise), one.submission))


def _hand_out(assignment: Assignment, exercises: tuple[str, ...], answers: list[Answered], asked: _Asked) -> None:
    chosen = [one for one in answers if one.answer and (one.waits or asked.show_all)]
    if asked.export:
        from autograder.report.answers_csv import answers_csv

        content = answers_csv(assignment, chosen, anonymous=asked.anonymous)
        _write(asked.export, content, len(chosen), asked.as_json)
    if asked.html:
        from autograder.build import reference_answers
        from autograder.report.answers_page import answers_page

        of_page = [*chosen, *(one for one in answers if not one.answer)]
        page = answers_page(assignment, of_page, dict(reference_answers(assignment)), anonymous=asked.anonymous)
        _write(asked.html, page, len(chosen), asked.as_json)
    if asked.as_json:
        _print_json(assignment, exercises, answers, chosen)
    elif not (asked.export or asked.html):
        _print_list(assignment, exercises, answers, chosen)


def _write(path: Path, content: str, count: int, quiet: bool) -> None:
    from autograder.errors import AutograderError, Place
    from autograder.report.rendering import write_whole

    try:
        write_whole(path, content)
    except OSError as error:
        raise AutograderError(
            "answers-not-writable",
            "the answers cannot be written",
            where=Place(str(path)),
            why=f"The system says: {error.strerror or error}.",
            fix="name a file in a folder that you may write to",
        ) from error
    click.echo(f"{count} answer{'' if count == 1 else 's'}: {path}", err=quiet)


def _print_list(
    assignment: Assignment, exercises: tuple[str, ...], answers: list[Answered], chosen: list[Answered]
) -> None:
    from rich.console import Console

    from autograder.report.answers_terminal import AnswersTable

    if not answers:
        click.echo(f"Nobody has been graded on {assignment.slug} since it asks for words.")
        return
    most = MOST_LISTED if sys.stdout.isatty() else len(chosen)
    Console(highlight=False).print(AnswersTable(exercises, answers, chosen, most))


def _print_json(
    assignment: Assignment, exercises: tuple[str, ...], answers: list[Answered], chosen: list[Answered]
) -> None:
    from autograder.course import Assignment

    assert isinstance(assignment, Assignment)
    counts = []
    for name in exercises:
        of_it = [one for one in answers if one.exercise == name]
        waiting, graded = sum(one.waits for one in of_it), sum(one.mark is not None for one in of_it)
        counts.append(
            {
                "exercise": name,
                "title": assignment.exercise(name).title,
                "points": assignment.exercise(name).points,
                "waiting": waiting,
                "graded": graded,
                "unanswered": len(of_it) - waiting - graded,
            }
        )
    document = {
        "schema": 1,
        "assignment": assignment.slug,
        "exercises": counts,
        "answers": [
            {
                "submission": one.submission,
                "exercise": one.exercise,
                "points": one.points,
                "words": len(one.answer.split()),
                "answer": one.answer,
                "answer_digest": one.digest,
                "level": one.mark.level.value if one.mark else None,
                "comment": one.mark.comment if one.mark else None,
                "by": one.mark.by if one.mark else None,
            }
            for one in chosen
        ],
    }
    click.echo(json.dumps(document, allow_nan=False))


def _take(book: Gradebook, assignment: Assignment, exercises: tuple[str, ...], file: Path, asked: _Asked) -> bool:
    """Record what the file says; False where some of it could not be taken."""
    from autograder.errors import AutograderError, Place
    from autograder.report.answers_csv import marks_in

    try:
        content = file.read_bytes()
    except OSError as error:
        raise AutograderError(
            "marks-not-readable",
            "the file of marks cannot be read",
            where=Place(str(file)),
            why=f"The system says: {error.strerror or error}.",
            fix="name the file that --export wrote and you filled in",
        ) from error
    taken = marks_in(content, assignment, book.answers(assignment.slug), by=asked.by)
    recorded = book.mark([mark for mark in taken.marks if mark.exercise in exercises])
    if asked.as_json:
        problems = [{"row": one.row, "what": one.what, "fix": one.fix} for one in taken.problems]
        document = {"recorded": recorded, "unchanged": taken.unchanged, "empty": taken.empty, "problems": problems}
        click.echo(json.dumps({"schema": 1, "assignment": assignment.slug, **document}))
        return not problems
    for problem in taken.problems:
        click.echo(problem.text, err=True)
    parts = [f"{recorded} mark{'' if recorded == 1 else 's'} recorded"]
    parts += [f"{taken.unchanged} as they were"] if taken.unchanged else []
    parts += [f"{taken.empty} rows without a level"] if taken.empty else []
    parts += [f"{len(taken.problems)} rows not taken"] if taken.problems else []
    click.echo(", ".join(parts))
    return not taken.problems
