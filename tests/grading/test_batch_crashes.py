"""Batches that crash: what was in flight is known, suspected, and at last not run again. With real killed processes."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from batches import batch, make_sources, names, outcomes
from fake_grader import ASSIGNMENT, VERSIONS, Asked, FakeGrader

from autograder.course import Outcome
from autograder.gradebook import Gradebook
from autograder.grading.batch import Wanted
from autograder.grading.environment import environment_of
from autograder.grading.sources import Source, find_submissions

PASSED = ["passed", "passed"]
POISON = "student-2"


def poisoned(submission: Asked, _: str) -> Outcome:
    """Grading this one kills the whole batch."""
    if submission.name == POISON:
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome.PASSED


def crash(folder: Path) -> int:
    """A batch in a process of its own, as it lies in `folder`: its exit code, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with Gradebook.open(folder / "gradebook.db") as book:
                batch(FakeGrader(poisoned), book, find_submissions(folder / "class", ASSIGNMENT.slug))
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Source, ...]:
    return make_sources(tmp_path / "class", 9)


def suspects(book: Gradebook) -> dict[str, int]:
    counts = book.journal.crashes(ASSIGNMENT.slug, "v1", environment_of(VERSIONS))
    return {name: count for (name, _), count in counts.items()}


def test_what_kills_every_batch_is_run_last_then_alone_then_no_more(
    book: Gradebook, sources: tuple[Source, ...], tmp_path: Path
) -> None:
    assert crash(tmp_path) == -signal.SIGKILL
    first = suspects(book)
    assert first[POISON] == 1
    assert len(first) <= 3, "one runs, and at most two wait for its slot"
    assert crash(tmp_path) == -signal.SIGKILL
    done = {verdict.submission for verdict in book.latest(ASSIGNMENT.slug)}
    assert {source.name for source in sources} - done <= set(first), "all others are graded before what is suspected"
    assert crash(tmp_path) == -signal.SIGKILL
    assert [name for name, count in suspects(book).items() if count == 3] == [POISON], "it was alone"
    assert crash(tmp_path) == -signal.SIGKILL
    assert crash(tmp_path) == 0
    (given_up,) = book.history(ASSIGNMENT.slug, POISON)
    assert {f.outcome for f in given_up.verdict.findings} == {Outcome.LOST}
    assert "4 batches crashed while this submission was in flight" in given_up.verdict.findings[0].detail
    others = [source.name for source in sources if source.name != POISON]
    assert [outcomes(book, name) for name in others] == [[PASSED]] * 8
    assert crash(tmp_path) == 0, "it stays so"
    assert len(book.history(ASSIGNMENT.slug, POISON)) == 1, "and is said once"


def test_a_suspect_that_is_graded_after_all_is_none_any_more(
    book: Gradebook, sources: tuple[Source, ...], tmp_path: Path
) -> None:
    for _ in range(2):
        assert crash(tmp_path) == -signal.SIGKILL
    grader = FakeGrader()
    assert len(batch(grader, book, sources, jobs=3)) == 9
    assert grader.names()[-1] == POISON
    assert suspects(book) == {}
    assert outcomes(book, POISON) == [PASSED]


def test_what_was_given_up_is_run_where_nothing_is_taken_from_earlier_batches(
    book: Gradebook, sources: tuple[Source, ...], tmp_path: Path
) -> None:
    while crash(tmp_path) != 0:
        pass
    assert batch(FakeGrader(), book, sources[2:3], Wanted(again=True))[0].verdict.settled is False
    (done,) = batch(FakeGrader(), book, sources[2:3], Wanted(resume=False))
    assert (done.verdict.settled, done.fresh) == (True, True)


def test_the_same_bytes_under_another_name_are_suspected_too(
    book: Gradebook, sources: tuple[Source, ...], tmp_path: Path
) -> None:
    while crash(tmp_path) != 0:
        pass
    (tmp_path / "class" / "another.py").write_bytes(sources[2].path.read_bytes())
    grader = FakeGrader()
    done = {g.verdict.submission: g.verdict for g in batch(grader, book, find_submissions(tmp_path / "class", "01-a"))}
    assert grader.graded == []
    assert not done["another"].settled


def test_another_submission_under_the_name_is_not_suspected(
    book: Gradebook, sources: tuple[Source, ...], tmp_path: Path
) -> None:
    while crash(tmp_path) != 0:
        pass
    sources[2].path.write_text("x = 'mended'\n")
    assert batch(FakeGrader(), book, sources[2:3])[0].verdict.settled


def test_verdicts_that_were_told_before_a_crash_are_there_after_it_each_once(
    book: Gradebook, sources: tuple[Source, ...], tmp_path: Path
) -> None:
    crash(tmp_path)
    grader = FakeGrader()
    done = batch(grader, book, sources)
    assert sorted(names(done)) == sorted(source.name for source in sources)
    before = {g.verdict.submission for g in done if not g.fresh}
    assert before.isdisjoint(grader.names())
    assert [outcomes(book, source.name) for source in sources] == [[PASSED]] * 9
