"""What another program may be told of a finding: what the student's own feedback page says, and no more of a check."""

from __future__ import annotations

from autograder.course import Assignment, Finding, Outcome
from autograder.course.text import check_title, one_line, plain
from autograder.course.written import is_written

OPEN = "This check could not be judged. That is no fault of yours, and no points are lost by it."
PENDING = "To be graded by a person."


def heading(finding: Finding, assignment: Assignment) -> str:
    """The exercise's title and the check's name as a sentence."""
    title = next((e.title for e in assignment.manifest.exercises if e.name == finding.exercise), finding.exercise)
    check = "Your answer" if is_written(finding) else check_title(finding.check)
    return one_line(f"{one_line(title)}: {check}", limit=200)


def is_open(finding: Finding) -> bool:
    """Nobody could judge it: a broken check, or one that the platform lost."""
    return finding.outcome in (Outcome.BROKEN, Outcome.LOST)


def message(finding: Finding) -> str:
    """What happened. Of a broken check nothing: its words are its author's, and may hold what students must not see."""
    if is_open(finding):
        return OPEN
    if finding.outcome is Outcome.PENDING:
        return PENDING
    return plain(finding.message, limit=1500, lines=20)


def trace(finding: Finding) -> str:
    """The student's own lines, where their code raised."""
    return plain(finding.detail, limit=4000, lines=60) if finding.outcome is Outcome.FAILED else ""


def whole(finding: Finding) -> str:
    """All of it, for where there is one field: message, known mistake, hint, own lines."""
    texts = [message(finding)]
    if finding.outcome is Outcome.FAILED:
        hint = plain(finding.hint, limit=1000, lines=12)
        texts += [plain(finding.diagnosis, limit=1000, lines=12), f"Hint: {hint}" if hint else "", trace(finding)]
    return "\n".join(text for text in texts if text)
