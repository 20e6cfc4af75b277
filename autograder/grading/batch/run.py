"""Many submissions, several at a time: each gets a verdict, recorded the moment it exists; none stops the others."""

from __future__ import annotations

import itertools
import threading
import traceback
from collections.abc import Generator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

from autograder import __version__
from autograder.course import Outcome, Rejected, Submission, Verdict
from autograder.examiner.judgement import lost
from autograder.grading.attempt import Grader, seed_of
from autograder.grading.batch.events import Graded
from autograder.grading.intake import read_submission
from autograder.grading.sources import Source

if TYPE_CHECKING:
    from autograder.gradebook import Gradebook


def grade_batch(
    grader: Grader,
    book: Gradebook,
    sources: tuple[Source, ...],
    *,
    jobs: int,
    again: bool = False,
    stop: threading.Event | None = None,
) -> Generator[Graded, None, None]:
    """Grade each of `sources` and record it; yields in the order of completion.

    What the gradebook holds already, for the same bytes, checks and grader, is not graded again unless `again`, which
    adds an attempt with another seed. Setting `stop`, or closing the iterator, lets what is in flight finish, and
    starts nothing more.

    Raises:
        AutograderError: the gradebook refused; what it holds stays.
    """
    key = book.course_key()
    stop = stop or threading.Event()
    waiting = iter(sources)
    running: list[Future[Graded | None]] = []
    with ThreadPoolExecutor(jobs, thread_name_prefix="grade") as pool:
        try:
            while True:
                for source in itertools.islice(waiting, 2 * jobs - len(running)):
                    running.append(pool.submit(_one, grader, book, source, key, again, stop))
                if not running:
                    return
                done = wait(running, return_when=FIRST_COMPLETED).done
                finished = [future for future in running if future in done]
                running = [future for future in running if future not in done]
                for future in finished:
                    graded = future.result()
                    if graded is not None:
                        yield graded
        finally:
            stop.set()


def _one(
    grader: Grader, book: Gradebook, source: Source, key: bytes, again: bool, stop: threading.Event
) -> Graded | None:
    if stop.is_set():
        return None
    try:
        submission = read_submission(source, grader.assignment)
    except Exception:  # the platform's own fault, whatever it is: the batch goes on, and nobody gets a zero for it
        return _recorded(grader, book, _lost(grader, source.name, "", traceback.format_exc(limit=-3)))
    earlier = _earlier(grader, book, submission)
    if earlier and not again:
        return Graded(earlier[-1], fresh=False)
    try:
        verdict = grader.grade(submission, seed_of(key, submission.digest, len(earlier)), diagnosed=True)
    except Exception:  # as above
        verdict = _lost(grader, submission.name, submission.digest, traceback.format_exc(limit=-3))
    return _recorded(grader, book, verdict)


def _recorded(grader: Grader, book: Gradebook, verdict: Verdict) -> Graded:
    book.record(verdict, grader_version=__version__, versions=grader.versions)
    return Graded(verdict, fresh=True)


def _earlier(grader: Grader, book: Gradebook, submission: Submission | Rejected) -> list[Verdict]:
    """The verdicts that stand for the same bytes, checks and grader, oldest first. One with lost checks does not."""
    return [
        attempt.verdict
        for attempt in book.history(grader.assignment.slug, submission.name)
        if attempt.grader_version == __version__
        and (attempt.verdict.digest, attempt.verdict.version) == (submission.digest, grader.version)
        and not any(f.outcome == Outcome.LOST for f in attempt.verdict.findings)
    ]


def _lost(grader: Grader, name: str, digest: str, why: str) -> Verdict:
    findings = tuple(lost(check, why) for check in grader.checks)
    return Verdict(
        submission=name,
        digest=digest,
        assignment=grader.assignment.slug,
        version=grader.version,
        seed=0,
        isolation=grader.isolation,
        seconds=0.0,
        findings=findings,
    )
