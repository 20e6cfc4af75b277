"""Batches, with a grader that needs no processes and a gradebook in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course import Assignment, Exercise, Finding, Manifest, Outcome, Rejected, Submission, Verdict
from autograder.examiner.messages import Check
from autograder.gradebook import Gradebook
from autograder.grading.attempt import Grader, seed_of
from autograder.grading.batch import Graded, grade_batch
from autograder.grading.sources import Source, find_submissions

ASSIGNMENT = Assignment(
    slug="01-a",
    root=Path("nowhere"),
    manifest=Manifest(title="A", exercises=(Exercise(name="one", title="One", points=1),)),
)


class OneCheckGrader:
    """Grades in this thread by a function from a submission to an outcome."""

    def __init__(self, judge: Callable[[Submission | Rejected], Outcome] = lambda _: Outcome.PASSED) -> None:
        self.assignment = ASSIGNMENT
        self.version = "v1"
        self.isolation = "none"
        self.versions = {"grader": "fake"}
        self.checks = (Check(name="test_one", exercise="one", points=1, hint="", seconds=1, public=True),)
        self.graded: list[tuple[str, int]] = []
        self._judge = judge

    def grade(
        self, submission: Submission | Rejected, seed: int, only: tuple[str, ...] = (), *, diagnosed: bool = False
    ) -> Verdict:
        self.graded.append((submission.name, seed))
        outcome = self._judge(submission)
        points = 1.0 if outcome is Outcome.PASSED else 0.0
        finding = Finding(check="test_one", exercise="one", outcome=outcome, points=points, max_points=1)
        return Verdict(
            submission=submission.name,
            digest=submission.digest,
            assignment=self.assignment.slug,
            version=self.version,
            seed=seed,
            isolation=self.isolation,
            seconds=0.0,
            findings=(finding,),
        )


@pytest.fixture
def book(tmp_path: Path) -> Gradebook:
    return Gradebook.open(tmp_path / "gradebook.db")


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Source, ...]:
    (tmp_path / "class").mkdir()
    for number in range(6):
        (tmp_path / "class" / f"student-{number}.py").write_text(f"x = {number}\n")
    return find_submissions(tmp_path / "class", ASSIGNMENT.slug)


def batch(
    grader: OneCheckGrader, book: Gradebook, sources: tuple[Source, ...], *, jobs: int = 1, again: bool = False
) -> list[Graded]:
    return list(grade_batch(cast(Grader, grader), book, sources, jobs=jobs, again=again))


def outcomes(book: Gradebook, student: str) -> list[str]:
    return [a.verdict.findings[0].outcome.value for a in book.history("01-a", student)]


def test_with_one_job_submissions_are_graded_in_their_order(book: Gradebook, sources: tuple[Source, ...]) -> None:
    done = batch(OneCheckGrader(), book, sources)
    assert [graded.verdict.submission for graded in done] == [source.name for source in sources]
    assert all(graded.fresh for graded in done)


def test_each_verdict_is_in_the_gradebook_when_it_is_handed_on(book: Gradebook, sources: tuple[Source, ...]) -> None:
    for graded in grade_batch(cast(Grader, OneCheckGrader()), book, sources, jobs=2):
        assert outcomes(book, graded.verdict.submission) == ["passed"]


def test_jobs_are_that_many_at_once(book: Gradebook, sources: tuple[Source, ...]) -> None:
    together = threading.Barrier(3, timeout=30)

    def wait_for_two_others(_: object) -> Outcome:
        together.wait()
        return Outcome.PASSED

    assert len(batch(OneCheckGrader(wait_for_two_others), book, sources, jobs=3)) == 6


def test_an_exception_of_the_platform_is_lost_and_the_batch_goes_on(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    def fail_on_one(submission: Submission | Rejected) -> Outcome:
        if submission.name == "student-2":
            raise OSError("no space left on device")
        return Outcome.PASSED

    done = {g.verdict.submission: g.verdict for g in batch(OneCheckGrader(fail_on_one), book, sources, jobs=2)}
    assert len(done) == 6
    (finding,) = done["student-2"].findings
    assert finding.outcome is Outcome.LOST
    assert "no space left on device" in finding.detail
    assert "no space left" not in finding.message
    assert not done["student-2"].settled
    again = OneCheckGrader()
    batch(again, book, sources)
    assert [name for name, _ in again.graded] == ["student-2"], "what was lost is graded by the next run, alone"
    assert outcomes(book, "student-2") == ["lost", "passed"]


def test_what_is_recorded_is_not_graded_again(book: Gradebook, sources: tuple[Source, ...]) -> None:
    first = batch(OneCheckGrader(), book, sources)
    second_grader = OneCheckGrader()
    second = batch(second_grader, book, sources)
    assert second_grader.graded == []
    assert [g.verdict for g in second] == [g.verdict for g in first]
    assert not any(g.fresh for g in second)


def test_a_broken_check_is_not_tried_again_until_its_author_has_changed_it(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    batch(OneCheckGrader(lambda _: Outcome.BROKEN), book, sources)
    same, mended = OneCheckGrader(), OneCheckGrader()
    batch(same, book, sources)
    assert same.graded == []
    mended.version = "v2"
    batch(mended, book, sources)
    assert len(mended.graded) == 6


def test_a_changed_submission_is_graded_and_an_unchanged_one_is_not(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    batch(OneCheckGrader(), book, sources)
    sources[3].path.write_text("x = 'mended'\n")
    grader = OneCheckGrader()
    batch(grader, book, sources)
    assert [name for name, _ in grader.graded] == ["student-3"]


def test_again_adds_attempts_and_what_stands_is_the_newest(book: Gradebook, sources: tuple[Source, ...]) -> None:
    grader = OneCheckGrader()
    batch(grader, book, sources)
    strict = OneCheckGrader(lambda _: Outcome.FAILED)
    batch(strict, book, sources, again=True)
    batch(strict, book, sources, again=True)
    assert outcomes(book, "student-0") == ["passed", "failed", "failed"]
    seeds = [seed for name, seed in grader.graded + strict.graded if name == "student-0"]
    assert len(set(seeds)) == 3
    standing = batch(OneCheckGrader(), book, sources)
    assert {g.verdict.points for g in standing} == {0.0}
    assert [g.verdict for g in standing] == list(book.latest("01-a"))


def test_stop_finishes_what_is_in_flight_and_starts_nothing_more(book: Gradebook, sources: tuple[Source, ...]) -> None:
    stop = threading.Event()

    def stop_at_two(submission: Submission | Rejected) -> Outcome:
        if submission.name == "student-2":
            stop.set()
        return Outcome.PASSED

    grader = OneCheckGrader(stop_at_two)
    done = list(grade_batch(cast(Grader, grader), book, sources, jobs=1, stop=stop))
    assert [g.verdict.submission for g in done] == ["student-0", "student-1", "student-2"]
    assert [v.submission for v in book.latest("01-a")] == ["student-0", "student-1", "student-2"]


def test_closing_the_iterator_keeps_what_was_in_flight(book: Gradebook, sources: tuple[Source, ...]) -> None:
    grader = OneCheckGrader()
    running = grade_batch(cast(Grader, grader), book, sources, jobs=1)
    next(running)
    running.close()
    assert len(book.latest("01-a")) == len(grader.graded) <= 3


def test_a_submission_that_cannot_be_read_is_a_verdict_like_any_other(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    sources[1].path.unlink()
    seen: list[Submission | Rejected] = []

    def judge(submission: Submission | Rejected) -> Outcome:
        seen.append(submission)
        return Outcome.PASSED

    assert len(batch(OneCheckGrader(judge), book, sources)) == 6
    assert [type(submission) for submission in seen].count(Rejected) == 1


def test_no_submissions_are_an_empty_batch(book: Gradebook) -> None:
    assert batch(OneCheckGrader(), book, ()) == []


@settings(max_examples=50)
@given(st.binary(min_size=32, max_size=64), st.text(max_size=64), st.integers(0, 5))
def test_a_seed_is_63_bits_replayable_and_another_for_another_attempt(key: bytes, digest: str, attempt: int) -> None:
    seed = seed_of(key, digest, attempt)
    assert 0 <= seed < 2**63
    assert seed == seed_of(key, digest, attempt)
    assert seed != seed_of(key, digest, attempt + 1)
    assert seed != seed_of(bytes([key[0] ^ 1]) + key[1:], digest, attempt)
