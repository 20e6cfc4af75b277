"""A verdict as points and in words: what every report says, in whichever form. Quick to import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.course import Assignment, Finding, Level, Outcome, Reason, Verdict
from autograder.course.text import number, one_line
from autograder.course.written import is_written

_REJECTED = (Reason.UNREADABLE, Reason.UNSAFE_ARCHIVE)
BY_A_PERSON = "to be graded by a person"
"""What is said of a written answer, everywhere, until somebody has decided on it."""


@dataclass(frozen=True)
class Score:
    """Points earned, possible, still open because a check could not be judged, and pending until a person decides."""

    earned: float
    possible: float
    open: float
    pending: float = 0.0

    @property
    def decided(self) -> float:
        """Points possible, those that a person has yet to decide on left out."""
        return round(self.possible - self.pending, 6)

    @property
    def text(self) -> str:
        """As in `17.5 of 20`, `31 of 40 so far`, or `– of 3` where nothing is decided yet."""
        so_far = " so far" if self.pending and self.decided else ""
        return f"{self.earned_text} of {number(self.possible)}{so_far}"

    @property
    def earned_text(self) -> str:
        """What is earned; a dash where nothing is decided yet."""
        return "–" if self.pending and not self.decided else number(self.earned)

    @property
    def whole_text(self) -> str:
        """As in `31 of 40 so far, 6 to be graded by a person`."""
        return f"{self.text}, {number(self.pending)} {BY_A_PERSON}" if self.pending else self.text

    @property
    def percent(self) -> float:
        """Earned of what is decided, from 0 to 100: an answer that waits for a person counts neither way."""
        return _percent(self.earned, self.decided)

    @property
    def earned_percent(self) -> float:
        """Earned of all that is possible: the filled part of a bar."""
        return _percent(self.earned, self.possible)

    @property
    def open_percent(self) -> float:
        """Open of all that is possible, from 0 to what is not earned."""
        return min(100.0 - self.earned_percent, _percent(self.open, self.possible))

    @property
    def pending_percent(self) -> float:
        """Pending of all that is possible, from 0 to what is neither earned nor open."""
        return min(100.0 - self.earned_percent - self.open_percent, _percent(self.pending, self.possible))

    @property
    def state(self) -> str:
        """`open`, `pending`, `passed`, `partly` or `failed`."""
        if self.open:
            return "open"
        if self.pending:
            return "pending"
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
        open=round(sum(f.max_points - f.points for f in findings if f.outcome in (Outcome.BROKEN, Outcome.LOST)), 6),
        pending=round(sum(f.max_points - f.points for f in findings if f.outcome is Outcome.PENDING), 6),
    )


def rejection_of(verdict: Verdict) -> str:
    """Why nothing of the submission could be graded, in a word or two; empty where something could."""
    reasons = {f.reason for f in verdict.findings}
    return next(iter(reasons)).value.replace("_", " ") if len(reasons) == 1 and reasons <= set(_REJECTED) else ""


def exercise_order(assignment: Assignment, verdicts: Sequence[Verdict]) -> list[str]:
    """The assignment's exercises in its order, then those that only findings name."""
    named = [e.name for e in assignment.manifest.exercises]
    return list(dict.fromkeys([*named, *(f.exercise for v in verdicts for f in v.findings)]))


def level_of(finding: Finding) -> Level | None:
    """What a person said of a written answer; None where nobody has, or there is none."""
    if finding.reason is Reason.REVISE:
        return Level.REVISE
    if finding.outcome is not Outcome.PASSED or not is_written(finding):
        return None
    return Level.EXCELLENT if finding.points >= finding.max_points else Level.MEETS


def comment_of(finding: Finding) -> str:
    """What the person said besides the level."""
    level = level_of(finding)
    return finding.message.removeprefix(f"{level.capitalize()}.").strip() if level else ""


def _percent(part: float, whole: float) -> float:
    return round(min(100.0, max(0.0, 100 * part / whole)), 2) if whole > 0 else 0.0
