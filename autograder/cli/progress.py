"""A batch as it goes on: a board on a terminal, one line for each submission elsewhere. On stderr, always."""

from __future__ import annotations

import contextlib
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click
from rich.console import Console
from rich.live import Live
from rich.text import Text

from autograder.cli.board import Board
from autograder.cli.lines import line_of
from autograder.cli.notices import Notices
from autograder.cli.pace import clock, per_second
from autograder.course import Outcome, Verdict
from autograder.course.text import check_title, one_line
from autograder.grading.batch import Event, Graded, Planned, Retrying, Stop
from autograder.report.standing import Standing, standing_of

FRAMES_A_SECOND = 5
MOST_TROUBLES = 20
"""Lines about trouble that stay above the board; the log holds all."""

Told = Callable[[Event], None]


@dataclass(frozen=True)
class Heading:
    """What is graded, and by what, in a few words."""

    assignment: str
    place: Callable[[], str]


def on_terminal() -> bool:
    """Whether there is a board to be seen."""
    return Console(stderr=True).is_terminal and sys.stderr.isatty()


@contextlib.contextmanager
def progress(heading: Heading, stop: Stop, notices: Notices) -> Iterator[Told]:
    """Tell the one who gave the command what happens, event by event."""
    with _board(heading, stop, notices) if on_terminal() else _lines() as told:
        yield told


@contextlib.contextmanager
def waiting(text: str, notices: Notices) -> Iterator[None]:
    """Say what is waited for, on a terminal."""
    if not on_terminal():
        yield
        return
    console = Console(stderr=True, highlight=False)
    with console.status(Text(text)), notices.shown_by(lambda line: console.print(Text(line))):
        yield


@contextlib.contextmanager
def _board(heading: Heading, stop: Stop, notices: Notices) -> Iterator[Told]:
    console = Console(stderr=True, highlight=False)
    board = Board(heading.assignment, heading.place, stop)
    told_of = 0

    def told(event: Event) -> None:
        nonlocal told_of
        board.told(event)
        trouble = _trouble(event)
        if trouble:
            told_of += 1
            if told_of <= MOST_TROUBLES:
                console.print(Text(trouble, style="magenta", no_wrap=True, overflow="ellipsis"))
            if told_of == MOST_TROUBLES:
                console.print(Text("more of this is only in the log", style="dim"))

    live = Live(board, console=console, refresh_per_second=FRAMES_A_SECOND, vertical_overflow="crop")
    with live, notices.shown_by(lambda line: console.print(Text(line))):
        try:
            yield told
        finally:
            board.finish()
    console.print()


def _trouble(event: Event) -> str:
    """What is to stay on the screen, in one line."""
    if isinstance(event, Retrying):
        return f"tried again: {one_line(event.name, limit=40)}, {one_line(event.why)}"
    if isinstance(event, Graded) and event.fresh:
        standing = standing_of(event.verdict)
        if standing in (Standing.UNREADABLE, Standing.BROKEN, Standing.LOST):
            return f"{standing}: {one_line(event.verdict.submission, limit=40)}, {_why(event.verdict)}"
    return ""


def _why(verdict: Verdict) -> str:
    """What was said of the first check that judged nobody, or of a submission that could not be read."""
    unjudged = (f for f in verdict.findings if f.outcome in (Outcome.BROKEN, Outcome.LOST))
    for f in unjudged:
        return f"{check_title(f.check)}: {one_line(f.detail)}"
    return one_line(verdict.findings[0].message) if verdict.findings else ""


@contextlib.contextmanager
def _lines() -> Iterator[Told]:
    start, done, total, fresh = time.monotonic(), 0, 0, 0
    standings: Counter[Standing] = Counter()

    def told(event: Event) -> None:
        nonlocal done, total, fresh
        if isinstance(event, Planned):
            total = event.chosen
        elif isinstance(event, Retrying):
            click.echo(f"{_trouble(event)}, in {event.seconds:.1f} s", err=True)
        elif isinstance(event, Graded):
            done += 1
            fresh += event.fresh
            standing = standing_of(event.verdict)
            standings[standing] += 1
            click.echo(f"[{done}/{total}] {line_of(event, standing).plain()}", err=True)

    try:
        yield told
    finally:
        if done:
            seconds = time.monotonic() - start
            pace = f", {per_second(fresh / max(seconds, 1e-6))}" if fresh else ""
            counts = ", ".join(f"{standings[s]} {s}" for s in Standing if standings[s])
            click.echo(f"{done} in {clock(seconds)}{pace}: {counts}", err=True)
