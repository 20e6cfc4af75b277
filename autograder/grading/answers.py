"""Answers in words, beside what the checks found: each waits for a person, or is not there."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from autograder.course import Assignment, Finding, Outcome, Reason, Rejected, Submission, Verdict
from autograder.course.written import written_check, written_finding


def with_answers(verdict: Verdict, submission: Submission | Rejected, assignment: Assignment) -> Verdict:
    """The verdict of the checks, and after it a finding for each exercise that is answered in words."""
    found = tuple(_findings(submission, assignment))
    return msgspec.structs.replace(verdict, findings=(*verdict.findings, *found)) if found else verdict


def _findings(submission: Submission | Rejected, assignment: Assignment) -> Iterator[Finding]:
    if isinstance(submission, Submission):
        answers = dict(submission.answers)
        for exercise in assignment.written:
            yield written_finding(exercise.name, exercise.points, answers.get(exercise.name, ""))
        return
    for exercise in assignment.written:
        yield Finding(
            check=written_check(exercise.name),
            exercise=exercise.name,
            outcome=Outcome.FAILED,
            reason=Reason(submission.reason),
            max_points=exercise.points,
            message=submission.message,
        )
