"""`autograder grade`: a folder of submissions into verdicts, recorded as they come."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import (
    cores,
    course_option,
    errors_shown,
    isolation_option,
    jobs_option,
    json_option,
    require_grading,
)

if TYPE_CHECKING:
    from autograder.course import Assignment, Verdict
    from autograder.gradebook import Gradebook
    from autograder.grading.attempt import Grader
    from autograder.grading.batch import Graded
    from autograder.grading.sources import Source


@click.command()
@click.argument("slug")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--gradebook", metavar="URL", help="A SQLite file or a database URL. Default: gradebook.db in the course."
)
@click.option(
    "--feedback",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a page for each student and index.html into this folder when done.",
)
@isolation_option
@click.option(
    "--i-trust-submissions",
    is_flag=True,
    help="With --isolation none: yes, run them with the rights of this user, files and network and gradebook included.",
)
@click.option("--again", is_flag=True, help="Grade anew what the gradebook holds already.")
@jobs_option
@json_option
@course_option
def grade(
    slug: str,
    paths: tuple[Path, ...],
    gradebook: str | None,
    feedback: Path | None,
    isolation: str | None,
    i_trust_submissions: bool,
    again: bool,
    jobs: int | None,
    as_json: bool,
    course: Path | None,
) -> None:
    """Grade the submissions at PATH on assignment SLUG (a number such as 04 is enough).

    PATH is a notebook, a .py, a folder, a zip, or a folder of those, one for each student. A folder that holds the
    assignment's notebook is one submission.

    Every verdict is in the gradebook as soon as it exists. A batch that was stopped goes on where it was when the
    same command is given again.
    """
    with errors_shown(as_json):
        _require_trust(isolation, i_trust_submissions)
        require_grading(walls=isolation != "none")
        from autograder.course import find_course, load_course
        from autograder.grading.sources import find_submissions, with_unique_names

        root = find_course(course or Path.cwd())
        (assignment,) = load_course(root, (slug,))
        sources = with_unique_names(tuple(s for path in paths for s in find_submissions(path, assignment.slug)))

        # What takes seconds to load comes after what a mistyped command line fails at.
        from autograder.gradebook import Gradebook

        jobs = jobs or cores()
        with Gradebook.open(gradebook or root / "gradebook.db") as book, _stopped_by_ctrl_c() as stop:
            with _warm(assignment, isolation, jobs) as grader:
                verdicts = _run(grader, book, sources, jobs, again, stop)
            place = book.place
        for line in _troubles(verdicts):
            click.echo(line, err=True)
        if as_json:
            _print_json(grader, verdicts)
        else:
            from rich.console import Console

            from autograder.report import terminal_table

            console = Console(highlight=False)
            console.print(terminal_table(assignment, verdicts))
            click.echo(f"gradebook: {place}")
        if feedback is not None:
            from autograder.report import write_feedback

            pages = write_feedback(assignment, verdicts, feedback)
            click.echo(f"feedback:  {pages[-1]}", err=as_json)


def _require_trust(isolation: str | None, trusted: bool) -> None:
    if (isolation == "none") != trusted:
        raise click.UsageError(
            "--isolation none lets submissions read and change all that you can, the gradebook included: it needs "
            "--i-trust-submissions beside it, and nothing else does."
        )


@contextlib.contextmanager
def _warm(assignment: Assignment, isolation: str | None, jobs: int) -> Iterator[Grader]:
    """A grader whose walls have been tried."""
    from autograder.grading.attempt import open_grader

    if isolation == "none":
        click.echo("no walls: submissions run with your own rights", err=True)
    with _status(f"warming up for {assignment.slug}"):
        grader = open_grader(assignment, isolation=isolation, jobs=jobs)
        try:
            grader.require_walls()
        except BaseException:
            grader.close()
            raise
    with grader:
        yield grader


def _run(
    grader: Grader, book: Gradebook, sources: tuple[Source, ...], jobs: int, again: bool, stop: threading.Event
) -> list[Verdict]:
    """Grade with progress on stderr; the verdicts by name. Exits where `stop` was set before all were graded."""
    from autograder.grading.batch import grade_batch

    verdicts: list[Verdict] = []
    with _progress(len(sources)) as advance:
        for graded in grade_batch(grader, book, sources, jobs=jobs, again=again, stop=stop):
            verdicts.append(graded.verdict)
            advance(graded)
    if stop.is_set() and len(verdicts) < len(sources):
        click.echo(f"stopped after {len(verdicts)} of {len(sources)}. The same command goes on from here.", err=True)
        raise click.exceptions.Exit(130)
    return sorted(verdicts, key=lambda verdict: verdict.submission)


@contextlib.contextmanager
def _stopped_by_ctrl_c() -> Iterator[threading.Event]:
    """An event that Ctrl-C sets, so that what is in flight is finished. The second Ctrl-C ends the command at once."""
    stop = threading.Event()

    def interrupted(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        # Not through a stream of Python's: the signal may have come in the middle of a write to it.
        os.write(2, b"\nstopping: what is in flight is finished first; Ctrl-C again stops at once\n")

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _progress(total: int) -> Iterator[Advance]:
    """A bar with the time left on a terminal; a line for each submission elsewhere."""
    if not sys.stderr.isatty():
        done = 0

        def line(graded: Graded) -> None:
            nonlocal done
            done += 1
            click.echo(f"[{done}/{total}] {_line(graded)}", err=True)

        yield line
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[pace]}"),
        TextColumn("{task.fields[last]}"),
    )
    with Progress(*columns, console=Console(stderr=True, highlight=False)) as bar:
        task = bar.add_task("", total=total, last="", pace="")
        start, done, fresh = time.monotonic(), 0, 0

        def advance(graded: Graded) -> None:
            nonlocal done, fresh
            done += 1
            fresh += graded.fresh
            pace = _pace(time.monotonic() - start, fresh, total - done)
            bar.update(task, advance=1, last=escape(_line(graded)), pace=pace)

        yield advance


def _pace(seconds: float, fresh: int, open_ones: int) -> str:
    """How fast, and how long yet; what stood in the gradebook already tells nothing about either."""
    if not fresh:
        return ""
    each = seconds / fresh
    rate = f"{1 / each:.1f}/s" if each < 1 else f"{each:.1f} s each"
    return f"{rate}, {timedelta(seconds=round(each * open_ones))} left"


def _line(graded: Graded) -> str:
    from autograder.course import Outcome
    from autograder.report.text import one_line

    verdict = graded.verdict
    failed = sum(f.outcome == Outcome.FAILED for f in verdict.findings)
    open_ones = sum(f.outcome in (Outcome.BROKEN, Outcome.LOST) for f in verdict.findings)
    parts = [f"{one_line(verdict.submission, limit=40)}: {verdict.points:g}/{verdict.max_points:g}"]
    parts += [f"{failed} check{'' if failed == 1 else 's'} failed"] if failed else []
    parts += [f"{open_ones} could not be judged"] if open_ones else []
    parts += [f"{verdict.seconds:.1f} s" if graded.fresh else "recorded before"]
    return ", ".join(parts)


def _troubles(verdicts: list[Verdict]) -> list[str]:
    """What the grader has to know of checks that judged nobody: which, how often, and what was said."""
    from autograder.course import Outcome
    from autograder.report.text import one_line

    said: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for f in (f for verdict in verdicts for f in verdict.findings if f.outcome is Outcome.BROKEN):
        counts[f.check] += 1
        said.setdefault(f.check, one_line(f.detail, limit=300))
    lines = [f"broken check {check}, in {count} of {len(verdicts)}: {said[check]}" for check, count in counts.items()]
    lost = [v for v in verdicts if any(f.outcome is Outcome.LOST for f in v.findings)]
    if lost:
        why = next(f.detail for f in lost[0].findings if f.outcome is Outcome.LOST)
        lines.append(f"lost, by no student's fault, in {len(lost)} of {len(verdicts)}: {one_line(why, limit=300)}")
        lines.append("The same command grades them again.")
    return lines


@contextlib.contextmanager
def _status(text: str) -> Iterator[None]:
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield


def _print_json(grader: Grader, verdicts: list[Verdict]) -> None:
    document = {
        "schema": 1,
        "assignment": grader.assignment.slug,
        "version": grader.version,
        "verdicts": [verdict.as_dict() for verdict in verdicts],
    }
    click.echo(json.dumps(document, allow_nan=False))


if TYPE_CHECKING:
    from collections.abc import Callable

    Advance = Callable[[Graded], None]
