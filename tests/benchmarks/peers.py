"""Seconds for each further submission, with graders run as commands on all cores of this machine."""

from __future__ import annotations

import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bare import COURSE
from five_functions import classroom, expected_points
from graders import BenchError, Grader


@dataclass(frozen=True)
class Each:
    """Seconds on the wall: of one submission alone, everything included, and of each further one of a class."""

    one: float
    further: float


def measured(grader: Grader, students: int, *, side_by_side: int = 1, rounds: int = 1) -> Each:
    """Grade one student, then a class, each from scratch; a further one costs the difference of the medians.

    Args:
        grader: whose command is timed.
        students: in the class, of each of the processes.
        side_by_side: so many of the grader's processes, each with such a class of its own: a grader that works on one
            submission after another gets all cores as well.
        rounds: how often; the medians count.

    Raises:
        BenchError: it fails, students get other points than the questions give, or nothing can be told.
    """
    ones = []
    classes = []
    for _ in range(rounds):
        ones.append(_seconds(grader, 1, side_by_side))
        classes.append(_seconds(grader, students, side_by_side))
    one = statistics.median(ones)
    further = (statistics.median(classes) - one) / ((students - 1) * side_by_side)
    if further <= 0:
        raise BenchError(f"{grader.name}: the start-up varied more than the whole class took")
    return Each(one, further)


def measured_whole(grader: Grader, students: int, *, side_by_side: int = 1) -> Each:
    """The same for a grader that begins anew for each submission, and so has no start-up to take off."""
    seconds = _seconds(grader, students, side_by_side)
    return Each(seconds / students, seconds / (students * side_by_side))


def _seconds(grader: Grader, students: int, side_by_side: int) -> float:
    """Wall clock of grading so many classes at once."""
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))) for _ in range(side_by_side)]
        pool = stack.enter_context(ThreadPoolExecutor(side_by_side))
        list(pool.map(lambda folder: grader.prepare(classroom(COURSE, students), folder), folders))
        start = time.perf_counter()
        list(pool.map(grader.grade, folders))
        seconds = time.perf_counter() - start
        for folder in folders:
            points = grader.points(folder)
            if points != expected_points(students):
                raise BenchError(f"{grader.name}: points {points}, expected {expected_points(students)}")
    return seconds
