"""A grader of two checks that needs no processes: it judges by a function, in the thread that asks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from autograder.course import Assignment, Exercise, Finding, Manifest, Outcome, Reason, Rejected, Submission, Verdict
from autograder.examiner.messages import Check
from autograder.grading.attempt import Attempted


class FakeAssignment(Assignment):
    """One of which no file need be there."""

    told: str = "v1"

    def version(self) -> str:
        return self.told


ASSIGNMENT = FakeAssignment(
    slug="01-a",
    root=Path("nowhere"),
    manifest=Manifest(
        title="A",
        exercises=(Exercise(name="one", title="One", points=1), Exercise(name="two", title="Two", points=2)),
    ),
)
CHECKS = (
    Check(name="test_one", exercise="one", points=1, hint="", seconds=1, public=True),
    Check(name="test_two", exercise="two", points=2, hint="", seconds=1, public=False),
)
VERSIONS = {"autograder": "0", "torch": "1", "platform": "Linux"}

Asked = Submission | Rejected
Judge = Callable[[Asked, str], Outcome]
"""From a submission and a check's name to the outcome."""


def all_pass(_: Asked, __: str) -> Outcome:
    return Outcome.PASSED


class FakeGrader:
    """What a batch sees of a Grader. `graded` holds the name, seed and checks of every attempt, in their order."""

    def __init__(
        self,
        judge: Judge = all_pass,
        *,
        version: str = "v1",
        versions: Mapping[str, str] = VERSIONS,
        hopeless: frozenset[str] = frozenset(),
    ) -> None:
        self.assignment = ASSIGNMENT
        self.version = version
        self.isolation = "none"
        self.gpus = 0
        self.versions = dict(versions)
        self.checks = CHECKS
        self.graded: list[tuple[str, int, tuple[str, ...]]] = []
        self.most_at_once = 0
        self.closed = False
        self._at_once = 0
        self._judge = judge
        self._hopeless = hopeless
        self._lock = threading.Lock()

    def attempt(
        self,
        submission: Asked,
        seed: int,
        only: tuple[str, ...] = (),
        *,
        diagnosed: bool = False,
        again: bool = False,
        profiled: bool = False,
        found: Callable[[Finding], None] | None = None,
    ) -> Attempted:
        with self._lock:
            self.graded.append((submission.name, seed, only))
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            findings = tuple(self._finding(submission, c, found) for c in CHECKS if not only or c.name in only)
        finally:
            with self._lock:
                self._at_once -= 1
        verdict = Verdict(
            submission=submission.name,
            digest=submission.digest,
            assignment=ASSIGNMENT.slug,
            version=self.version,
            seed=seed,
            isolation=self.isolation,
            seconds=0.0,
            findings=findings,
        )
        lost = {f.check for f in findings if f.outcome is Outcome.LOST}
        return Attempted(verdict, self._hopeless & lost)

    def close(self) -> None:
        self.closed = True

    def names(self) -> list[str]:
        """Of what was graded, in its order."""
        return [name for name, _, _ in self.graded]

    def points(self, submission: Asked, check: str) -> float:
        """What a passed check earns."""
        return next(c.points for c in CHECKS if c.name == check)

    def _finding(self, submission: Asked, check: Check, told: Callable[[Finding], None] | None) -> Finding:
        outcome = self._judge(submission, check.name)
        finding = Finding(
            check=check.name,
            exercise=check.exercise,
            outcome=outcome,
            reason=Reason.PLATFORM if outcome is Outcome.LOST else Reason.NONE,
            points=self.points(submission, check.name) if outcome is Outcome.PASSED else 0.0,
            max_points=check.points,
            detail="the node is gone" if outcome is Outcome.LOST else "",
        )
        if told is not None:
            told(finding)
        return finding
