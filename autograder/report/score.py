"""A verdict as points and in words: what every report says, in whichever form. Quick to import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.course import Assignment, Finding, Outcome, Reason, Verdict
from autograder.report.text import number, one_line

_REJECTED = (Reason.UNREADABLE, Reason.UNSAFE_ARCHIVE)


@dataclass(frozen=True)
class Score:
    """Points earned, possible, and still open because a check could not be judged."""

    earned: float
    possible: float
    open: float

    @property
    def text(self) -> str:
        """As in `17.5 of 20`."""
        return f"{number(self.earned)} of {number(self.possible)}"

    @property
    def percent(self) -> float:
        """Earned, from 0 to 100."""
        return _percent(self.earned, self.possible)

    @property
    def open_percent(self) -> float:
        """Open, from 0 to what is not earned."""
        return min(100.0 - self.percent, _percent(self.open, self.possible))

    @property
    def state(self) -> str:
        """`open`, `passed`, `partly` or `failed`."""
        if self.open:
            return "open"
        if self.earned >= self.possible:
            return "passed"
        return "partly" if self.earned else "failed"


def student_name(verdict: Verdict) -> str:
    """The student's name, fit to show."""
    return one_line(verdict.submission, limit=80) or "(no name)"


def score_of(findings: Sequence[Finding]) -> Score:
    """The points of some findings."""
    return Score(
        earned=round(sum(f.points for f in findings), 6),
        possible=round(sum(f.max_points for f in findings), 6),
        open=round(sum(f.max_points - f.points for f in findings if not judged(f)), 6),
    )


def rejection_of(verdict: Verdict) -> str:
    """Why nothing of the submission could be graded, in a word or two; empty where something could."""
    reasons = {f.reason for f in verdict.findings}
    return next(iter(reasons)).value.replace("_", " ") if len(reasons) == 1 and reasons <= set(_REJECTED) else ""


def exercise_order(assignment: Assignment, verdicts: Sequence[Verdict]) -> list[str]:
    """The assignment's exercises in its order, then those that only findings name."""
    named = [e.name for e in assignment.manifest.exercises]
    return list(dict.fromkeys([*named, *(f.exercise for v in verdicts for f in v.findings)]))


def judged(finding: Finding) -> bool:
    """Whether the check said anything of the student: it neither broke nor was lost."""
    return finding.outcome in (Outcome.PASSED, Outcome.FAILED)


def _percent(part: float, whole: float) -> float:
    return round(min(100.0, max(0.0, 100 * part / whole)), 2) if whole > 0 else 0.0
