"""`autograder report`: the class table of one assignment, with feedback pages and a CSV where asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import errors_shown

if TYPE_CHECKING:
    import pandas as pd

    from autograder.course import Assignment, Verdict
    from autograder.gradebook import Gradebook
    from autograder.report.profile import ProfileSummary

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("slug")
@click.option(
    "--gradebook",
    metavar="URL",
    help="Where the verdicts are: a SQLite file or a database URL. Default: gradebook.db in the course's folder.",
)
@click.option(
    "--feedback",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a page for each student and index.html into this folder.",
)
@click.option(
    "--csv",
    "csv_file",
    metavar="FILE",
    type=_FILE,
    help="Write the table into this file.",
)
@click.option("--junit", metavar="FILE", type=_FILE, help="Write JUnit XML into this file: a suite for each student.")
@click.option("--ctrf", metavar="FILE", type=_FILE, help="Write a CTRF report (JSON) into this file.")
@click.option(
    "--results",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a results.json as Gradescope reads it, for each student, into this folder.",
)
@click.option(
    "--profile", "profiled", is_flag=True, help="Show where the time went too, of what was graded with --profile."
)
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
@click.option(
    "--course",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The course's folder. Default: this one, or the nearest above it that holds assignments/.",
)
def report(
    slug: str,
    gradebook: str | None,
    feedback: Path | None,
    csv_file: Path | None,
    junit: Path | None,
    ctrf: Path | None,
    results: Path | None,
    profiled: bool,
    as_json: bool,
    course: Path | None,
) -> None:
    """Show how the class did on SLUG (a number such as 04 is enough), by each student's newest attempt."""
    with errors_shown(as_json):
        from autograder.course import find_course, load_course
        from autograder.gradebook import Gradebook

        root = find_course(course or Path.cwd())
        (assignment,) = load_course(root, (slug,))
        with Gradebook.open(gradebook or root / "gradebook.db", must_exist=True) as book:
            verdicts = book.latest(assignment.slug)
            times = _times(book, assignment) if profiled else None
            if as_json:
                _print_json(assignment, verdicts, times, profiled)
            else:
                _print_tables(assignment, verdicts)
                if profiled:
                    _print_times(assignment, times)
            _write(assignment, verdicts, book, feedback, csv_file)
            _write_formats(assignment, verdicts, junit, ctrf, results)


def _times(book: Gradebook, assignment: Assignment) -> ProfileSummary | None:
    """Where the time of the students' newest attempts went; None where none of them was profiled."""
    from autograder.report.profile import Profiling

    profiling = Profiling()
    for one in book.profiles.latest(assignment.slug):
        profiling.add(one.submission, one.profile)
    return profiling.summary() if profiling else None


def _print_tables(assignment: Assignment, verdicts: tuple[Verdict, ...]) -> None:
    from rich.console import Console

    from autograder.course import Outcome
    from autograder.report import CheckCounts, terminal_statistics, terminal_table
    from autograder.report.score import BY_A_PERSON

    if not verdicts:
        click.echo(
            f"Nobody has been graded on {assignment.slug} yet. Grade first: autograder grade {assignment.slug} PATH"
        )
        return
    console = Console(highlight=False)
    console.print(terminal_table(assignment, verdicts))
    waiting = sum(f.outcome is Outcome.PENDING for verdict in verdicts for f in verdict.findings)
    if waiting:
        click.echo(
            f"\n{waiting} answer{'' if waiting == 1 else 's'} {BY_A_PERSON}: autograder written {assignment.slug}"
        )
    statistics = terminal_statistics(CheckCounts(verdicts).ordered())
    if statistics.row_count:
        console.print()
        console.print(statistics)


def _print_times(assignment: Assignment, times: ProfileSummary | None) -> None:
    from rich.console import Console

    from autograder.report.profile_terminal import terminal_profile

    if times is None:
        click.echo(
            f"Of no newest attempt is it known where its time went. "
            f"Grade with it: autograder grade {assignment.slug} PATH --again --profile",
            err=True,
        )
        return
    console = Console(highlight=False)
    console.print()
    console.print(terminal_profile(times))


def _print_json(
    assignment: Assignment, verdicts: tuple[Verdict, ...], times: ProfileSummary | None, profiled: bool
) -> None:
    from autograder.report import check_statistics, class_table

    document: dict[str, object] = {
        "schema": 1,
        "assignment": assignment.slug,
        "students": _records(class_table(assignment, verdicts)),
        "checks": _records(check_statistics(verdicts)),
    }
    if profiled:
        document["profile"] = times and times.as_dict()
    click.echo(json.dumps(document, allow_nan=False))


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as plain values; what is missing is null."""
    rows = frame.to_dict("records")
    # NaN is the only value that is not equal to itself.
    return [{str(name): None if value != value else value for name, value in row.items()} for row in rows]


def _write(
    assignment: Assignment,
    verdicts: tuple[Verdict, ...],
    book: Gradebook,
    feedback: Path | None,
    csv_file: Path | None,
) -> None:
    from autograder.errors import AutograderError, Place
    from autograder.report import class_table, to_csv, write_feedback

    if feedback is not None:
        pages = write_feedback(assignment, verdicts, feedback, profiles=book.profiles.latest(assignment.slug))
        click.echo(f"{len(pages) - 1} feedback pages, and {pages[-1]} for you", err=True)
    if csv_file is not None:
        content = to_csv(class_table(assignment, verdicts))
        try:
            csv_file.write_bytes(content.encode("utf-8"))
        except OSError as error:
            raise AutograderError(
                "csv-not-writable",
                "the CSV cannot be written",
                where=Place(str(csv_file)),
                why=f"The system says: {error.strerror or error}.",
                fix="name a file in a folder that you may write to with --csv",
            ) from error
        click.echo(f"table: {csv_file}", err=True)


def _write_formats(
    assignment: Assignment, verdicts: tuple[Verdict, ...], junit: Path | None, ctrf: Path | None, results: Path | None
) -> None:
    """What other programs read."""
    import time

    from autograder.interop.results import Shown, as_json, ctrf_document, junit_xml, replace_file, write_results

    if junit is not None:
        replace_file(junit, junit_xml(assignment, verdicts))
        click.echo(f"JUnit XML: {junit}", err=True)
    if ctrf is not None:
        replace_file(ctrf, as_json(ctrf_document(assignment, verdicts, stop_ms=time.time_ns() // 1_000_000)))
        click.echo(f"CTRF: {ctrf}", err=True)
    if results is not None:
        written = write_results(assignment, verdicts, results, Shown())
        click.echo(f"{len(written)} results.json in {results}", err=True)
