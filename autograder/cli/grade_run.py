"""A batch from warming up to what it came to: the engine, the gradebook, the log and the screen brought together."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.grade_engine import EngineAsked, open_engine, words_for
from autograder.cli.notices import Notices

if TYPE_CHECKING:
    from autograder.cli.grade_log import GradeLog
    from autograder.cli.grade_options import Options
    from autograder.cli.grade_result import Result
    from autograder.cli.interrupts import Interrupts
    from autograder.course import Assignment
    from autograder.gradebook import Gradebook
    from autograder.grading.engines import Engine
    from autograder.grading.sources import Source


def run_batch(
    root: Path, assignment: Assignment, sources: tuple[Source, ...], engine: EngineAsked, asked: Options
) -> int:
    """Grade `sources`, show what happens and what came of it. Returns the exit code.

    Raises:
        AutograderError: the batch could not begin, or could not go on. What was recorded stays.
    """
    notices = Notices()
    if engine.isolation == "none":
        notices("no walls: submissions run with your own rights")
    with contextlib.ExitStack() as kept:
        # What was typed may be mistyped, which is better said before the engine has warmed up.
        named = _open_books(root, asked, kept) if asked.gradebook or asked.log else None
        # Signals are heard until the engine is closed.
        with contextlib.ExitStack() as signals, _opening(assignment, engine, notices) as opening:
            # Else other processes load torch in the meantime; this one loads SQLAlchemy, above all.
            from autograder.cli.interrupts import Interrupts, handled
            from autograder.grading.batch import Stop

            book, log = named or _open_books(root, asked, kept)
            notices.heard_by(log.notice)
            interrupts = signals.enter_context(handled(Interrupts(Stop())))
            result = _graded(opening, book, log, notices, assignment, sources, asked, interrupts)
        return _shown(result, book, log, assignment, asked)


def _open_books(root: Path, asked: Options, kept: contextlib.ExitStack) -> tuple[Gradebook, GradeLog]:
    from autograder.cli.grade_log import open_log
    from autograder.gradebook import Gradebook

    book = kept.enter_context(Gradebook.open(asked.gradebook or root / "gradebook.db"))
    return book, kept.enter_context(open_log(asked.log, asked.gradebook, root))


@contextlib.contextmanager
def _opening(assignment: Assignment, asked: EngineAsked, told: Callable[[str], None]) -> Iterator[Future[Engine]]:
    """The engine while it is opened. It is closed in the end, whatever else went wrong."""
    if asked.local:
        # Imported by one thread alone; what the other imports is not among it.
        import autograder.grading.engines.local  # noqa: F401
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(open_engine, assignment, asked, told)
        try:
            yield opening
        finally:
            if opening.exception() is None:
                opening.result().close()


def _graded(
    opening: Future[Engine],
    book: Gradebook,
    log: GradeLog,
    notices: Notices,
    assignment: Assignment,
    sources: tuple[Source, ...],
    asked: Options,
    interrupts: Interrupts,
) -> Result:
    from autograder.cli.grade_result import Result
    from autograder.cli.grade_wanted import wanted_of
    from autograder.cli.progress import Heading, on_terminal, progress, waiting
    from autograder.grading.batch import grade_batch

    stop, wanted, result, how = interrupts.stop, wanted_of(asked), Result(assignment), "failed"
    with waiting(f"warming up for {assignment.slug}", notices):
        engine = opening.result()
    log.begin(assignment=assignment.slug, version=engine.version, graded_by=words_for(engine), gradebook=book.place)
    heading = Heading(assignment.slug, lambda: words_for(engine))
    batch = grade_batch(engine, book, sources, assignment, wanted=wanted, stop=stop, profiled=asked.profile)
    interrupts.in_flight = True
    try:
        with progress(heading, stop, notices) as told, contextlib.closing(batch):
            interrupts.said = not on_terminal()
            for event in batch:
                for hear in (result.told, log.told, told):
                    hear(event)
        result.stopped = stop.asked and len(result) < result.chosen
        how = "stopped" if result.stopped else "finished"
    finally:
        log.end(how)
    return result


def _shown(result: Result, book: Gradebook, log: GradeLog, assignment: Assignment, asked: Options) -> int:
    """Print what came of the batch; the exit code."""
    from autograder.cli.grade_result import print_json

    for line in result.troubles():
        click.echo(line, err=True)
    if result.stopped:
        click.echo(f"stopped after {len(result)} of {result.chosen}. The same command goes on from here.", err=True)
        return result.exit_code
    if asked.as_json:
        profile = result.profiling.summary().as_dict() if asked.profile else None
        print_json(assignment, book.verdicts(result.attempts()), profile)
    else:
        _print_tables(result, book, log, assignment, asked)
    if asked.feedback is not None:
        from autograder.report import write_feedback

        verdicts = book.verdicts(result.attempts())
        pages = write_feedback(assignment, verdicts, asked.feedback, profiles=book.profiles.latest(assignment.slug))
        click.echo(f"feedback:  {pages[-1]}", err=asked.as_json)
    return result.exit_code


def _print_tables(result: Result, book: Gradebook, log: GradeLog, assignment: Assignment, asked: Options) -> None:
    from rich.console import Console

    from autograder.report import terminal_table
    from autograder.report.profile_terminal import terminal_profile

    console = Console(highlight=False)
    if not result.chosen:
        click.echo(f"Of {result.total} submissions none is chosen.")
    elif asked.show_all:
        console.print(terminal_table(assignment, tuple(book.verdicts(result.attempts()))))
    else:
        console.print(result.summary)
    if len(result.profiling):
        console.print()
        console.print(terminal_profile(result.profiling.summary()))
    if not (result.summary.whole or asked.show_all):
        click.echo(f"everybody: autograder report {assignment.slug}, or --all with this command")
    click.echo(f"gradebook: {book.place}")
    click.echo(f"log:       {log.path}")
