"""Throughput against nbgrader and otter, on the same answers and the same cores, in one run."""

from __future__ import annotations

import statistics
from collections.abc import Callable

from bare import COURSE
from command import class_of, grade
from five_functions import FASTAI, PLAIN, Kind, expected_points
from graders import BenchError, Nbgrader, Otter
from peers import Each, measured, measured_whole
from row import Bound, Row

from autograder.cli.shared import cores

PEERS = COURSE / ".venv-bench" / "bin"
ROUNDS = 3


def measure() -> list[Row]:
    """The five functions with torch alone."""
    return _against(PLAIN, "five functions with torch", Bound(150, " x", most=False), students=220)


def measure_fastai() -> list[Row]:
    """The same with fastai.vision imported by every notebook."""
    return _against(FASTAI, "the same with fastai.vision", Bound(400, " x", most=False), students=120)


def _against(kind: Kind, what: str, bound: Bound, students: int) -> list[Row]:
    measures: dict[str, Callable[[], Each]] = {
        Nbgrader.name: lambda: measured(Nbgrader(PEERS, kind), 4, side_by_side=cores()),
        Otter.name: lambda: measured_whole(Otter(PEERS, kind), 2, side_by_side=cores()),
    }
    rows = []
    ours: Each | None = None
    for name, theirs in measures.items():
        about = f"throughput against `{name}`, {what}"
        try:
            ours = ours or _ours(kind, students)
            rows.append(_row(bound, about, ours, theirs()))
        except BenchError as error:
            rows.append(bound.unmeasured(about, str(error)))
    return rows


def _ours(kind: Kind, students: int) -> Each:
    """A further submission, once warm; medians of the command's runs."""
    with class_of(students, kind) as work:
        batches = [grade(work) for _ in range(ROUNDS)]
    due = expected_points(students)
    if any([batch.points[name] for name in sorted(batch.points)] != due for batch in batches):
        raise BenchError("students got other points than the questions give")
    return Each(
        statistics.median(batch.moments[0].wall for batch in batches),
        statistics.median(batch.each.wall for batch in batches),
    )


def _row(bound: Bound, about: str, ours: Each, theirs: Each) -> Row:
    figures = {
        "our_seconds": ours.further,
        "their_seconds": theirs.further,
        "our_first_seconds": ours.one,
        "their_first_seconds": theirs.one,
    }
    how = (
        f"each further submission: {1000 * ours.further:.1f} ms here, {theirs.further:.2f} s there with {cores()} "
        f"processes side by side; one alone: {ours.one:.1f} s and {theirs.one:.1f} s"
    )
    return bound.row(about, theirs.further / ours.further, how, figures)
