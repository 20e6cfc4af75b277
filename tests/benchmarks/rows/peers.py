"""Throughput against nbgrader and otter, on the same answers and the same cores, in one run."""

from __future__ import annotations

from bare import COURSE
from five_functions import FASTAI, PLAIN, Kind
from graders import BenchError, Grader, Nbgrader, Otter, Ours, here
from peers import Each, measured
from row import Bound, Row

from autograder.cli.shared import cores

PEERS = COURSE / ".venv-bench" / "bin"


def measure() -> list[Row]:
    """The five functions with torch alone."""
    return _against(PLAIN, "five function checks with torch", Bound(150, " x", most=False), students=400)


def measure_fastai() -> list[Row]:
    """The same with fastai.vision imported by every notebook."""
    return _against(FASTAI, "the same with fastai.vision", Bound(400, " x", most=False), students=100)


def _against(kind: Kind, what: str, bound: Bound, students: int) -> list[Row]:
    names = {grader: f"against `{grader.name}`, {what}" for grader in (Nbgrader, Otter)}
    try:
        ours = measured(Ours(here(), kind), students, rounds=2)
    except BenchError as error:
        return [bound.unmeasured(name, str(error)) for name in names.values()]
    return [_row(bound, ours, grader(PEERS, kind), name) for grader, name in names.items()]


def _row(bound: Bound, ours: Each, peer: Grader, name: str) -> Row:
    try:
        theirs = measured(peer, 2, side_by_side=cores())
    except BenchError as error:
        return bound.unmeasured(name, str(error))
    ratio = theirs.further / ours.further
    figures = {
        "our_seconds": ours.further,
        "their_seconds": theirs.further,
        "our_first_seconds": ours.one,
        "their_first_seconds": theirs.one,
    }
    how = (
        f"each further submission: {1000 * ours.further:.1f} ms here, {theirs.further:.2f} s there with {cores()} "
        f"processes side by side; a class of one: {ours.one:.1f} s and {theirs.one:.1f} s"
    )
    return bound.row(name, ratio, how, figures)
