"""The engine of this machine, with a grader that needs no processes."""

from __future__ import annotations

import threading
from typing import cast

from fake_grader import CHECKS, Asked, FakeGrader

from autograder.course import Finding, Outcome, Submission
from autograder.grading.attempt import Grader
from autograder.grading.engines import Task
from autograder.grading.engines.local import LocalEngine


def engine(grader: FakeGrader, jobs: int = 1) -> LocalEngine:
    return LocalEngine(cast(Grader, grader), jobs)


def task(name: str = "ada", *only: str) -> Task:
    return Task(Submission(name, "digest of " + name, ()), seed=7, only=only)


def test_a_task_is_graded_and_told_of_while_it_is() -> None:
    grader = FakeGrader()
    told: list[Finding] = []
    places: list[str] = []
    with engine(grader) as one:
        done = one.submit(task(), told.append, places.append).result()
    assert [f.check for f in done.verdict.findings] == [f.check for f in told] == [c.name for c in CHECKS]
    assert places == [done.place] == ["slot 1"]
    assert done.versions == grader.versions
    assert grader.closed


def test_jobs_are_that_many_at_once_each_at_a_place_of_its_own() -> None:
    together = threading.Barrier(3, timeout=30)

    def wait_for_two_others(_: Asked, check: str) -> Outcome:
        if check == "test_one":
            together.wait()
        return Outcome.PASSED

    grader = FakeGrader(wait_for_two_others)
    places: list[str] = []
    with engine(grader, 3) as three:
        for future in [three.submit(task(str(number)), None, places.append) for number in range(6)]:
            future.result()
    assert grader.most_at_once == 3
    assert set(places) == {"slot 1", "slot 2", "slot 3"}


def test_what_has_not_begun_is_forgotten_and_what_runs_goes_on() -> None:
    began, go_on = threading.Event(), threading.Event()

    def wait(_: Asked, __: str) -> Outcome:
        began.set()
        go_on.wait(30)
        return Outcome.PASSED

    with engine(FakeGrader(wait)) as one:
        first, second = one.submit(task("ada")), one.submit(task("bob"))
        began.wait(30)
        one.cancel()
        go_on.set()
        assert first.result().verdict.points == 3
        assert second.cancelled()


def test_an_exception_of_the_platform_is_lost_and_costs_nobody_anything() -> None:
    def fail(_: Asked, __: str) -> Outcome:
        raise OSError("no space left on device")

    with engine(FakeGrader(fail)) as one:
        done = one.submit(task("ada", "test_two")).result()
    (finding,) = done.verdict.findings
    assert (finding.check, finding.outcome, finding.max_points) == ("test_two", Outcome.LOST, 2)
    assert "no space left on device" in finding.detail
    assert "no space left" not in finding.message
    assert (done.verdict.submission, done.verdict.digest, done.verdict.seed) == ("ada", "digest of ada", 7)


def test_what_this_machine_would_lose_again_is_said() -> None:
    grader = FakeGrader(lambda _, __: Outcome.LOST, hopeless=frozenset({"test_two", "no such check"}))
    with engine(grader) as one:
        assert one.submit(task()).result().hopeless == {"test_two"}
        assert one.submit(task("ada", "test_one")).result().hopeless == frozenset()
