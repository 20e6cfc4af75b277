"""What one batch records: verdicts with what they were reached by, and verdicts of what could not be judged."""

from __future__ import annotations

from collections.abc import Mapping

from autograder import __version__
from autograder.course import Assignment, Rejected, Submission, Verdict
from autograder.gradebook.recording import Entry
from autograder.grading.answers import with_answers
from autograder.grading.batch.work import Work
from autograder.grading.engines import Engine
from autograder.grading.environment import environment_of
from autograder.grading.losing import lost_verdict


class Entries:
    """Makes the entries of batch `number`, whose verdicts `engine` reaches."""

    def __init__(self, engine: Engine, number: int, assignment: Assignment) -> None:
        self._engine = engine
        self._number = number
        self._assignment = assignment

    def judged(self, work: Work) -> Entry:
        """The entry for what came of all tries, answers in words beside it."""
        assert work.verdict is not None
        return self.of(with_answers(work.verdict, work.submission, self._assignment), work.versions)

    def of(self, verdict: Verdict, versions: Mapping[str, str] | None = None) -> Entry:
        """The entry for a verdict. `versions`: of what reached it, where that is known better than by the engine."""
        versions = versions or self._engine.versions
        return Entry(verdict, __version__, versions, environment_of(versions), self._number)

    def lost(self, submission: Submission | Rejected, why: str, seed: int = 0, only: tuple[str, ...] = ()) -> Verdict:
        """The verdict where the platform failed at all checks, or at `only` those."""
        engine = self._engine
        return lost_verdict(
            submission,
            engine.checks,
            why,
            assignment=engine.assignment,
            version=engine.version,
            isolation=engine.isolation,
            seed=seed,
            only=only,
        )
