"""How often each check passed, failed, broke and was lost, counted verdict by verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.course import Outcome, Verdict
from autograder.course.written import written_check


@dataclass(frozen=True)
class CheckCount:
    """One check over a class."""

    exercise: str
    check: str
    passed: int
    failed: int
    broken: int
    lost: int
    pending: int = 0
    """Written answers that wait for a person."""

    @property
    def written(self) -> bool:
        """Whether this is no check: a person decides on it."""
        return self.check == written_check(self.exercise)

    @property
    def judged(self) -> int:
        """Those of whom the check said something; the others say nothing about the students."""
        return self.passed + self.failed

    @property
    def failed_share(self) -> float:
        """failed / (failed + passed), from 0 to 1."""
        return self.failed / self.judged if self.judged else 0.0


class CheckCounts:
    """Counts of a class whose verdicts need not be in memory together."""

    def __init__(self, verdicts: Iterable[Verdict] = ()) -> None:
        self._counts: dict[tuple[str, str], Counter[Outcome]] = {}
        for verdict in verdicts:
            self.add(verdict)

    def add(self, verdict: Verdict) -> None:
        """Count the findings of one verdict."""
        for finding in verdict.findings:
            key = (finding.exercise, finding.check)
            count = self._counts.get(key)
            if count is None:
                count = self._counts[key] = Counter()
            count[finding.outcome] += 1

    def ordered(self) -> list[CheckCount]:
        """The most failed first, then those that broke or were lost most."""
        rows = [
            CheckCount(
                exercise=exercise,
                check=check,
                passed=count[Outcome.PASSED],
                failed=count[Outcome.FAILED],
                broken=count[Outcome.BROKEN],
                lost=count[Outcome.LOST],
                pending=count[Outcome.PENDING],
            )
            for (exercise, check), count in self._counts.items()
        ]
        return sorted(rows, key=lambda r: (-r.failed, -r.failed_share, -r.broken, -r.lost, r.exercise, r.check))
