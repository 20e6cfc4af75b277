"""Batches by a fake grader, on this machine's engine and a real gradebook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from fake_grader import ASSIGNMENT, FakeGrader

from autograder.gradebook import Gradebook
from autograder.grading.attempt import Grader
from autograder.grading.batch import Event, Graded, Stop, Wanted, grade_batch
from autograder.grading.engines.local import LocalEngine
from autograder.grading.sources import Source, find_submissions

PAUSE = 0.01
"""Seconds until what was lost is tried again."""


def events(
    grader: FakeGrader,
    book: Gradebook,
    sources: tuple[Source, ...],
    wanted: Wanted | None = None,
    *,
    jobs: int = 1,
    stop: Stop | None = None,
    first_pause: float = PAUSE,
) -> Iterator[Event]:
    """What a batch tells. The engine is closed at the end."""
    with LocalEngine(cast(Grader, grader), jobs) as engine:
        assignment = ASSIGNMENT.model_copy(update={"told": grader.version})
        yield from grade_batch(engine, book, sources, assignment, wanted=wanted, stop=stop, first_pause=first_pause)


def batch(
    grader: FakeGrader,
    book: Gradebook,
    sources: tuple[Source, ...],
    wanted: Wanted | None = None,
    *,
    jobs: int = 1,
    stop: Stop | None = None,
    first_pause: float = PAUSE,
) -> list[Graded]:
    """What was graded, in the order of completion."""
    return [
        e
        for e in events(grader, book, sources, wanted, jobs=jobs, stop=stop, first_pause=first_pause)
        if isinstance(e, Graded)
    ]


def names(graded: list[Graded]) -> list[str]:
    return [one.verdict.submission for one in graded]


def outcomes(book: Gradebook, student: str) -> list[list[str]]:
    """Of every attempt of a student, oldest first."""
    return [[f.outcome.value for f in a.verdict.findings] for a in book.history(ASSIGNMENT.slug, student)]


def make_sources(folder: Path, count: int = 6) -> tuple[Source, ...]:
    """As many scripts, each different."""
    folder.mkdir()
    for number in range(count):
        (folder / f"student-{number}.py").write_text(f"x = {number}\n")
    return find_submissions(folder, ASSIGNMENT.slug)
