"""What the platform loses is tried again, while others are graded; and at last it is said that it was lost."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import Future
from pathlib import Path
from typing import cast

import pytest
from batches import PAUSE, batch, events, make_sources, names, outcomes
from fake_grader import ASSIGNMENT, Asked, FakeGrader, Judge
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.course import Outcome
from autograder.gradebook import Gradebook
from autograder.grading.attempt import Grader
from autograder.grading.batch import Event, Graded, Retrying, Started, Stop, grade_batch
from autograder.grading.engines import Capacity, Done, Task
from autograder.grading.engines.local import LocalEngine
from autograder.grading.sources import Source

PASSED = ["passed", "passed"]


def losing(*faults: tuple[str, str], times: int = 1) -> Judge:
    """Loses these checks of these submissions so many times, and passes everything else."""
    left = Counter(dict.fromkeys(faults, times))
    lock = threading.Lock()

    def judge(submission: Asked, check: str) -> Outcome:
        with lock:
            left[submission.name, check] -= 1
            return Outcome.LOST if left[submission.name, check] >= 0 else Outcome.PASSED

    return judge


def test_only_what_was_lost_is_tried_again_under_the_same_seed(book: Gradebook, sources: tuple[Source, ...]) -> None:
    grader = FakeGrader(losing(("student-2", "test_two")))
    told = list(events(grader, book, sources))
    asked = [(seed, only) for name, seed, only in grader.graded if name == "student-2"]
    assert [only for _, only in asked] == [(), ("test_two",)]
    assert len({seed for seed, _ in asked}) == 1
    assert [outcomes(book, source.name) for source in sources] == [[PASSED]] * 6
    (graded,) = [e for e in told if isinstance(e, Graded) and e.verdict.submission == "student-2"]
    assert (graded.tries, graded.fresh) == (2, True)
    assert [e for e in told if isinstance(e, Retrying)] == [Retrying("student-2", "the node is gone", 1, PAUSE)]
    assert sum(e == Started("student-2", "slot 1") for e in told) == 2


def test_others_are_graded_meanwhile(book: Gradebook, sources: tuple[Source, ...]) -> None:
    grader = FakeGrader(losing(("student-0", "test_one")))
    done = batch(grader, book, sources, first_pause=0.3)
    assert names(done)[-1] == "student-0"
    assert grader.names() == [*(source.name for source in sources), "student-0"]


def test_what_is_lost_each_time_is_recorded_as_lost_and_graded_by_the_next_batch(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    told = list(events(FakeGrader(losing(("student-1", "test_one"), times=99)), book, sources))
    assert [(e.tries, e.seconds) for e in told if isinstance(e, Retrying)] == [(1, PAUSE), (2, 2 * PAUSE)]
    assert outcomes(book, "student-1") == [["lost", "passed"]]
    next_one = FakeGrader()
    assert len(batch(next_one, book, sources)) == 6
    assert next_one.names() == ["student-1"], "what was lost is graded by the next run, alone"
    assert outcomes(book, "student-1") == [["lost", "passed"], PASSED]


def test_an_exception_of_the_platform_is_lost_and_the_batch_goes_on(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    def fail_on_one(submission: Asked, _: str) -> Outcome:
        if submission.name == "student-2":
            raise OSError("no space left on device")
        return Outcome.PASSED

    done = {g.verdict.submission: g.verdict for g in batch(FakeGrader(fail_on_one), book, sources, jobs=2)}
    assert len(done) == 6
    assert "no space left on device" in done["student-2"].findings[0].detail
    assert "no space left" not in done["student-2"].findings[0].message
    assert not done["student-2"].settled


def test_what_this_machine_would_lose_again_is_not_tried_again(book: Gradebook, sources: tuple[Source, ...]) -> None:
    judge = losing(("student-0", "test_two"), ("student-1", "test_one"), times=99)
    grader = FakeGrader(judge, hopeless=frozenset({"test_two"}))
    done = {g.verdict.submission: g.tries for g in batch(grader, book, sources)}
    assert (done["student-0"], done["student-1"]) == (1, 3)


class TwoPlaces(LocalEngine):
    """A machine without a GPU and one with: the first loses what needs one. Grades where it was not told to avoid."""

    def capacity(self) -> Capacity:
        return Capacity(1, ("plain", "with a GPU"))

    def submit(self, task: Task, *told: object) -> Future[Done]:
        self.tasks = [*getattr(self, "tasks", []), task]
        place = "with a GPU" if "plain" in task.avoid else "plain"
        done = super().submit(task).result()
        if place == "with a GPU":
            passed = FakeGrader().attempt(task.submission, task.seed, task.only).verdict
            done = Done(passed, place, done.versions)
        future: Future[Done] = Future()
        future.set_result(Done(done.verdict, place, done.versions, hopeless=done.hopeless))
        return future


def test_another_place_is_tried_where_there_is_one(book: Gradebook, sources: tuple[Source, ...]) -> None:
    grader = FakeGrader(losing(("student-0", "test_two"), times=99), hopeless=frozenset({"test_two"}))
    with TwoPlaces(cast(Grader, grader), 1) as engine:
        told = list(grade_batch(engine, book, sources[:1], ASSIGNMENT, first_pause=PAUSE))
        assert [(task.tries, task.avoid, task.only) for task in engine.tasks] == [
            (0, frozenset(), ()),
            (1, frozenset({"plain"}), ("test_two",)),
        ]
    (graded,) = [e for e in told if isinstance(e, Graded)]
    assert (graded.place, graded.verdict.settled) == ("with a GPU", True)


def test_what_waits_to_be_tried_again_when_the_batch_is_stopped_does_not_keep_it(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    stop = Stop()
    told: list[Event] = []
    grader = FakeGrader(losing(("student-0", "test_one"), times=99))
    for event in events(grader, book, sources, stop=stop, first_pause=1000.0):
        told.append(event)
        if isinstance(event, Retrying):
            stop.finish()
    assert outcomes(book, "student-0") == [["lost", "passed"]]
    assert sum(isinstance(e, Graded) for e in told) < 6
    grader = FakeGrader()
    assert len(batch(grader, book, sources)) == 6
    assert [outcomes(book, source.name)[-1] for source in sources] == [PASSED] * 6


def test_while_the_platform_loses_everything_few_submissions_are_held(book: Gradebook, tmp_path: Path) -> None:
    sources = make_sources(tmp_path / "many", 150)
    began: set[str] = set()
    told: set[str] = set()
    most = 0
    for event in events(FakeGrader(lambda _, __: Outcome.LOST), book, sources, jobs=2, first_pause=0.5):
        if isinstance(event, Started):
            began.add(event.name)
        if isinstance(event, Graded):
            told.add(event.verdict.submission)
        most = max(most, len(began - told))
    assert len(told) == 150
    assert most <= 120


CHECKS = ("test_one", "test_two")
faults = st.dictionaries(
    st.tuples(st.sampled_from([f"student-{n}" for n in range(6)]), st.sampled_from(CHECKS)), st.integers(1, 2)
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(faults, st.integers(1, 3))
def test_whatever_is_lost_up_to_twice_each_verdict_is_that_of_an_undisturbed_batch(
    tmp_path_factory: pytest.TempPathFactory, lost: dict[tuple[str, str], int], jobs: int
) -> None:
    folder = tmp_path_factory.mktemp("one")
    sources = make_sources(folder / "class")
    left, lock = Counter(lost), threading.Lock()

    def judge(submission: Asked, check: str) -> Outcome:
        with lock:
            left[submission.name, check] -= 1
            if left[submission.name, check] >= 0:
                return Outcome.LOST
        return Outcome.FAILED if (submission.name, check) == ("student-3", "test_two") else Outcome.PASSED

    with Gradebook.open(folder / "gradebook.db") as book:
        assert len(batch(FakeGrader(judge), book, sources, jobs=jobs)) == 6
        told = {source.name: outcomes(book, source.name) for source in sources}
    assert told == {source.name: [PASSED] for source in sources} | {"student-3": [["passed", "failed"]]}
