"""Where the time of real attempts goes, as the processes that spend it say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tiny_assignment import write_assignment

from autograder.course import CodeCell, Part, Profile, Rejected, Submission, Verdict, load_assignment
from autograder.grading.attempt import Grader, open_grader

SLOW = 0.05
RIGHT = f"""
import time
import torch
time.sleep({SLOW})
def mean(x):
    return x.mean(1)
def loss(a, b):
    time.sleep({SLOW})
    return ((a - b) ** 2).mean()
"""
NAMES = ["test_loss", "test_loss_has_a_gradient", "test_mean", "test_mean_of_two_rows"]


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    root = tmp_path_factory.mktemp("course") / "01-small"
    write_assignment(root)
    with open_grader(load_assignment(root)) as opened:
        yield opened


def _submission(source: str) -> Submission:
    return Submission("ada", "ab", (CodeCell(0, source),))


def _profile(grader: Grader, source: str) -> Profile:
    profile = grader.attempt(_submission(source), seed=7, diagnosed=True, profiled=True).profile
    assert profile is not None
    return profile


def _of(profile: Profile, part: Part) -> dict[str, float]:
    return {span.name: span.seconds for span in profile.spans if span.part is part}


def test_every_part_of_an_attempt_is_told(grader: Grader) -> None:
    profile = _profile(grader, RIGHT)
    assert {span.part for span in profile.spans} >= {
        *(Part.FORK, Part.WALLS, Part.CELLS, Part.CHECK, Part.STUDENT, Part.WIRE, Part.END)
    }
    for part in (Part.CHECK, Part.STUDENT, Part.WIRE):
        assert sorted(_of(profile, part)) == NAMES
    for span in profile.spans:
        assert 0 <= span.start <= span.start + span.seconds <= profile.seconds + 1e-6
    apart = (Part.FORK, Part.WALLS, Part.CELLS, Part.CHECK, Part.DIAGNOSIS, Part.END)
    assert sum(profile.total(part) for part in apart) <= profile.seconds * 1.001


def test_what_the_students_code_takes_counts_as_its_own_in_its_check_and_its_cells(grader: Grader) -> None:
    profile = _profile(grader, RIGHT)
    student, check = _of(profile, Part.STUDENT), _of(profile, Part.CHECK)
    assert profile.total(Part.CELLS) >= SLOW
    assert student["test_loss"] >= SLOW
    for name in NAMES:
        assert student[name] + _of(profile, Part.WIRE)[name] <= check[name]


def test_a_worker_that_died_and_its_successor_both_count(grader: Grader) -> None:
    dying = RIGHT.replace("return x.mean(1)", "import os; os._exit(1)")
    profile = _profile(grader, dying)
    assert len([span for span in profile.spans if span.part is Part.CELLS]) > 1
    assert sorted(_of(profile, Part.CHECK)) == NAMES


def test_what_failed_and_was_looked_at_once_more_is_told_as_diagnosis(grader: Grader) -> None:
    profile = _profile(grader, RIGHT.replace("x.mean(1)", "x.sum(1)"))
    assert profile.total(Part.DIAGNOSIS) > 0


LIES = [
    *("1e300", "-1e300", "float('nan')", "float('inf')", "'much'", "[1.0]", "1 / 0", "object()", "'x' * 10**9"),
    *("__import__('os')._exit(1)", "__import__('time').sleep(60)"),
]


@pytest.mark.parametrize("lie", LIES)
def test_code_that_lies_about_its_time_takes_no_less_than_nothing_and_no_more_than_its_calls(
    grader: Grader, lie: str
) -> None:
    liar = f"from autograder.wire.clock import Clock\nClock.seconds = lambda *_: {lie}\n"
    attempted = grader.attempt(_submission(RIGHT + liar), seed=7, profiled=True)
    assert attempted.verdict.points == 4
    profile = attempted.profile
    assert profile is not None
    assert sorted(_of(profile, Part.CHECK)) == NAMES
    for name in NAMES:
        assert 0 <= _of(profile, Part.STUDENT)[name] + _of(profile, Part.WIRE)[name] <= _of(profile, Part.CHECK)[name]


def test_a_rejected_submission_took_no_part(grader: Grader) -> None:
    rejected = Rejected("ada", "ab", "unreadable", "It is no notebook.")
    profile = grader.attempt(rejected, seed=7, profiled=True).profile
    assert profile is not None
    assert profile.spans == ()


def test_nothing_is_told_where_nobody_asked(grader: Grader) -> None:
    assert grader.attempt(_submission(RIGHT), seed=7).profile is None


def test_a_verdict_is_the_same_whether_its_time_is_told_or_not(grader: Grader) -> None:
    def said(verdict: Verdict) -> list[tuple[object, ...]]:
        return [(f.check, f.outcome, f.reason, f.points, f.message, f.diagnosis) for f in verdict.findings]

    for source in (RIGHT, RIGHT.replace("x.mean(1)", "x.sum(1)"), "raise SystemExit", ""):
        told, untold = (
            grader.attempt(_submission(source), seed=7, diagnosed=True, profiled=profiled) for profiled in (True, False)
        )
        assert said(told.verdict) == said(untold.verdict)
