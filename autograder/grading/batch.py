"""Many submissions, several at a time: each gets a verdict, recorded the moment it exists; none stops the others."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Generator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder import __version__
from autograder.course import Finding, Outcome, Reason, Rejected, Submission, Verdict
from autograder.grading.attempt import Grader, seed_of
from autograder.grading.intake import read_submission
from autograder.grading.sources import Source

if TYPE_CHECKING:
    from autograder.gradebook import Gradebook


@dataclass(frozen=True)
class Graded:
    """One submission's verdict. `fresh`: reached just now; else it stood in the gradebook."""

    verdict: Verdict
    fresh: bool


def grade_batch(
    grader: Grader, book: Gradebook, sources: tuple[Source, ...], *, jobs: int, again: bool = False
) -> Generator[Graded, None, None]:
    """Grade each of `sources` and record it; yields in the order of completion.

    What the gradebook holds already, for the same bytes, checks and grader, is not graded again unless `again`.
    Closing the iterator lets what is in flight finish, and starts nothing more.
    """
    key = book.course_key()
    stop = threading.Event()
    waiting = iter(sources)
    running: set[Future[Graded | None]] = set()
    with ThreadPoolExecutor(jobs, thread_name_prefix="grade") as pool:
        try:
            while True:
                for source in waiting:
                    running.add(pool.submit(_one, grader, book, source, key, again, stop))
                    if len(running) >= 2 * jobs:
                        break
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
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
    submission: Submission | Rejected | None = None
    try:
        submission = read_submission(source, grader.assignment)
        seed = seed_of(key, submission.digest)
        if not again:
            known = _recorded(grader, book, submission, seed)
            if known is not None:
                return Graded(known, fresh=False)
        verdict = grader.grade(submission, seed)
    except Exception:  # the platform's own fault, whatever it is: the batch goes on, and nobody gets a zero for it
        verdict = _lost(grader, source.name, submission, traceback.format_exc(limit=-3))
    book.record(verdict, grader_version=__version__, versions=grader.versions)
    return Graded(verdict, fresh=True)


def _recorded(grader: Grader, book: Gradebook, submission: Submission | Rejected, seed: int) -> Verdict | None:
    standing = book.has(
        submission.name,
        submission.digest,
        seed,
        assignment=grader.assignment.slug,
        version=grader.version,
        grader_version=__version__,
    )
    if not standing:
        return None
    attempts = [
        a.verdict
        for a in book.history(grader.assignment.slug, submission.name)
        if (a.verdict.digest, a.verdict.version, a.verdict.seed) == (submission.digest, grader.version, seed)
    ]
    settled = [verdict for verdict in attempts if verdict.settled]
    return settled[-1] if settled else None


def _lost(grader: Grader, name: str, submission: Submission | Rejected | None, why: str) -> Verdict:
    findings = tuple(
        Finding(
            check=check.name,
            exercise=check.exercise,
            outcome=Outcome.LOST,
            reason=Reason.PLATFORM,
            max_points=check.points,
            message="this submission could not be graded, by no fault of yours; it will be tried again",
            detail=why[-2000:],
            public=check.public,
        )
        for check in grader.checks
    )
    return Verdict(
        submission=name,
        digest=submission.digest if submission is not None else "",
        assignment=grader.assignment.slug,
        version=grader.version,
        seed=0,
        isolation=grader.isolation,
        seconds=0.0,
        findings=findings,
    )
