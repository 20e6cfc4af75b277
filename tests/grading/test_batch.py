"""Batches, with a grader that needs no processes: each submission gets its verdict, recorded, whatever happens."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from batches import batch, events, make_sources, names, outcomes
from fake_grader import ASSIGNMENT, Asked, FakeGrader
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course import Outcome, Rejected
from autograder.errors import AutograderError
from autograder.gradebook import Gradebook
from autograder.grading.attempt import Grader, seed_of
from autograder.grading.batch import Graded, Known, Planned, Started, Stop, Wanted, grade_batch
from autograder.grading.engines import Done, Task
from autograder.grading.engines.local import LocalEngine
from autograder.grading.sources import Source

PASSED = ["passed", "passed"]


def test_with_one_job_submissions_are_graded_in_their_order(book: Gradebook, sources: tuple[Source, ...]) -> None:
    done = batch(FakeGrader(), book, sources)
    assert names(done) == [source.name for source in sources]
    assert all((one.fresh, one.tries, one.place) == (True, 1, "slot 1") for one in done)


def test_each_verdict_is_in_the_gradebook_when_it_is_handed_on(book: Gradebook, sources: tuple[Source, ...]) -> None:
    for event in events(FakeGrader(), book, sources, jobs=2):
        if isinstance(event, Graded):
            assert outcomes(book, event.verdict.submission) == [PASSED]
            assert list(book.verdicts([event.attempt])) == [event.verdict]


def test_of_each_submission_one_hears_that_it_starts_what_is_found_and_its_verdict(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    told = list(events(FakeGrader(), book, sources))
    assert told[0] == Planned(6, 6, 0)
    of_one = [e for e in told if (isinstance(e, Started | Known) and e.name == "student-3") or isinstance(e, Graded)]
    start = of_one.index(Started("student-3", "slot 1"))
    one, two, three = [e for e in of_one[start + 1 :] if not isinstance(e, Graded) or names([e]) == ["student-3"]]
    assert isinstance(one, Known)
    assert isinstance(two, Known)
    assert isinstance(three, Graded)
    assert (one.finding, two.finding) == three.verdict.findings


def test_jobs_are_that_many_at_once(book: Gradebook, sources: tuple[Source, ...]) -> None:
    together = threading.Barrier(3, timeout=30)

    def wait_for_two_others(_: Asked, check: str) -> Outcome:
        if check == "test_one":
            together.wait()
        return Outcome.PASSED

    assert len(batch(FakeGrader(wait_for_two_others), book, sources, jobs=3)) == 6


def test_again_adds_attempts_and_what_stands_is_the_newest(book: Gradebook, sources: tuple[Source, ...]) -> None:
    first = FakeGrader()
    batch(first, book, sources)
    strict = FakeGrader(lambda _, __: Outcome.FAILED)
    batch(strict, book, sources, Wanted(again=True))
    batch(strict, book, sources, Wanted(resume=False))
    assert outcomes(book, "student-0") == [PASSED, ["failed"] * 2, ["failed"] * 2]
    seeds = [seed for name, seed, _ in first.graded + strict.graded if name == "student-0"]
    assert len(set(seeds)) == 3
    standing = batch(FakeGrader(), book, sources)
    assert {one.verdict.points for one in standing} == {0.0}
    assert [one.verdict for one in standing] == list(book.latest(ASSIGNMENT.slug))


def test_a_first_stop_finishes_what_is_in_flight_and_starts_nothing_more(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    stop = Stop()

    def stop_at_two(submission: Asked, _: str) -> Outcome:
        if submission.name == "student-2":
            stop.finish()
        return Outcome.PASSED

    done = batch(FakeGrader(stop_at_two), book, sources, stop=stop)
    assert names(done) == ["student-0", "student-1", "student-2"]
    assert [v.submission for v in book.latest(ASSIGNMENT.slug)] == names(done)


def test_a_second_stop_does_not_wait_and_the_next_batch_grades_what_was_in_flight(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    stop, go_on = Stop(), threading.Event()

    def hang_at_two(submission: Asked, _: str) -> Outcome:
        if submission.name == "student-2":
            stop.further()
            stop.further()
            go_on.wait(30)
        return Outcome.PASSED

    engine = LocalEngine(cast(Grader, FakeGrader(hang_at_two)), 1)
    told = list(grade_batch(engine, book, sources, ASSIGNMENT, stop=stop))
    assert {"student-0", "student-1"} >= set(names([e for e in told if isinstance(e, Graded)]))
    assert [v.submission for v in book.latest(ASSIGNMENT.slug)] == ["student-0", "student-1"]
    go_on.set()
    engine.close()
    next_one = FakeGrader()
    assert len(batch(next_one, book, sources)) == 6
    assert next_one.names() == [f"student-{number}" for number in range(2, 6)], "in their order: nothing has crashed"


def test_closing_the_iterator_keeps_what_was_in_flight(book: Gradebook, sources: tuple[Source, ...]) -> None:
    grader = FakeGrader()
    engine = LocalEngine(cast(Grader, grader), 1)
    running = grade_batch(engine, book, sources, ASSIGNMENT)
    while not isinstance(next(running), Graded):
        pass
    running.close()
    engine.close()
    assert [v.submission for v in book.latest(ASSIGNMENT.slug)] == grader.names()
    assert batch(FakeGrader(), book, sources)
    assert [outcomes(book, source.name) for source in sources] == [[PASSED]] * 6


def test_a_submission_that_cannot_be_read_is_a_verdict_like_any_other(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    sources[1].path.unlink()
    seen: set[type] = set()

    def judge(submission: Asked, _: str) -> Outcome:
        seen.add(type(submission))
        return Outcome.PASSED

    assert len(batch(FakeGrader(judge), book, sources)) == 6
    assert Rejected in seen


def test_no_submissions_are_an_empty_batch(book: Gradebook) -> None:
    assert list(events(FakeGrader(), book, ())) == [Planned(0, 0, 0)]


class Hopeless(LocalEngine):
    """An engine that can go on with nothing from the third task on."""

    given = 0

    def submit(self, task: Task, *told: object) -> Future[Done]:
        self.given += 1
        if self.given < 3:
            return super().submit(task)
        future: Future[Done] = Future()
        future.set_exception(AutograderError("no-cluster", "the cluster is gone"))
        return future


def test_an_engine_that_can_go_on_with_nothing_ends_the_batch_and_what_is_recorded_stays(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    with Hopeless(cast(Grader, FakeGrader()), 1) as engine:
        with pytest.raises(AutograderError, match="the cluster is gone"):
            list(grade_batch(engine, book, sources, ASSIGNMENT))
        assert {v.submission for v in book.latest(ASSIGNMENT.slug)} <= {"student-0", "student-1"}
    grader = FakeGrader()
    assert len(batch(grader, book, sources)) == 6
    assert [outcomes(book, source.name) for source in sources] == [[PASSED]] * 6


class Faulty(LocalEngine):
    """An engine whose first task comes to nothing, by a fault of its own."""

    given = 0

    def submit(self, task: Task, *told: object) -> Future[Done]:
        self.given += 1
        if self.given > 1:
            return super().submit(task)
        future: Future[Done] = Future()
        future.set_exception(KeyError("slot"))
        return future


def test_an_engines_own_fault_costs_one_try(book: Gradebook, sources: tuple[Source, ...]) -> None:
    with Faulty(cast(Grader, FakeGrader()), 1) as engine:
        done = [e for e in grade_batch(engine, book, sources, ASSIGNMENT, first_pause=0.01) if isinstance(e, Graded)]
    assert sorted((one.verdict.submission, one.tries) for one in done)[:2] == [("student-0", 2), ("student-1", 1)]
    assert all(one.verdict.settled for one in done)


def test_points_that_are_no_number_are_a_broken_check_and_the_others_are_recorded(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    class Odd(FakeGrader):
        def points(self, submission: Asked, check: str) -> float:
            return float("nan") if (submission.name, check) == ("student-4", "test_two") else 1.0

    done = {one.verdict.submission: one.verdict for one in batch(Odd(), book, sources, jobs=2)}
    assert len(done) == 6
    assert outcomes(book, "student-4") == [["passed", "broken"]]
    assert done["student-4"].points == 1.0, "what is told is what is recorded"
    assert outcomes(book, "student-5") == [PASSED]


@pytest.mark.parametrize("table", ["attempt", "batch_start"])
def test_a_gradebook_that_refuses_ends_the_batch_and_what_it_holds_stays(
    book: Gradebook, sources: tuple[Source, ...], table: str
) -> None:
    with closing(sqlite3.connect(book.place)) as raw:
        raw.execute(
            f"CREATE TRIGGER full BEFORE INSERT ON {table} WHEN NEW.submission = 'student-3' "
            "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
    with pytest.raises(AutograderError) as caught:
        batch(FakeGrader(), book, sources, jobs=2)
    assert caught.value.code == "gradebook-failed"
    assert "the disk is full" in caught.value.why
    kept = {verdict.submission for verdict in book.latest(ASSIGNMENT.slug)}
    with closing(sqlite3.connect(book.place)) as raw:
        raw.execute("DROP TRIGGER full")
    grader = FakeGrader()
    assert len(batch(grader, book, sources)) == 6
    assert kept.isdisjoint(grader.names())
    assert [outcomes(book, source.name) for source in sources] == [[PASSED]] * 6


def test_a_batch_holds_few_submissions_at_a_time(book: Gradebook, tmp_path: Path) -> None:
    go_on = threading.Event()

    def wait(_: Asked, __: str) -> Outcome:
        go_on.wait(30)
        return Outcome.PASSED

    sources = make_sources(tmp_path / "many", 60)
    engine = LocalEngine(cast(Grader, FakeGrader(wait)), 2)
    running = grade_batch(engine, book, sources, ASSIGNMENT)
    while not isinstance(next(running), Started):
        pass
    for source in sources[20:]:
        source.path.write_text(f"# changed\nx = {source.name!r}\n")
    go_on.set()
    changed = [e.verdict.digest for e in running if isinstance(e, Graded)]
    engine.close()
    fresh = batch(FakeGrader(), book, sources)
    assert len(changed) == len(fresh) == 60
    assert not any(one.fresh for one in fresh), "what was read was read after it was changed"


@settings(max_examples=50)
@given(st.binary(min_size=32, max_size=64), st.text(max_size=64), st.integers(0, 5))
def test_a_seed_is_63_bits_replayable_and_another_for_another_attempt(key: bytes, digest: str, attempt: int) -> None:
    seed = seed_of(key, digest, attempt)
    assert 0 <= seed < 2**63
    assert seed == seed_of(key, digest, attempt)
    assert seed != seed_of(key, digest, attempt + 1)
    assert seed != seed_of(bytes([key[0] ^ 1]) + key[1:], digest, attempt)
