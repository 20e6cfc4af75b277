"""Verdicts as a report in the Common Test Report Format (https://ctrf.io, specification 0.0.0): JSON-ready values."""

from __future__ import annotations

from collections.abc import Iterable

from autograder import __version__
from autograder.course import Assignment, Finding, Outcome, Verdict
from autograder.course.text import one_line
from autograder.interop.results import said

_STATUS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.BROKEN: "other",
    Outcome.LOST: "other",
    Outcome.PENDING: "pending",
}
_STATUSES = ("passed", "failed", "skipped", "pending", "other")


def ctrf_document(assignment: Assignment, verdicts: Iterable[Verdict], *, stop_ms: int) -> dict[str, object]:
    """The report. A test for each check of each student, in a suite named for the student and the exercise.

    `stop_ms`: when it was made, in milliseconds since 1970; the gradings together lasted until then.
    """
    tests: list[dict[str, object]] = []
    seconds = 0.0
    for verdict in verdicts:
        seconds += verdict.seconds
        tests += [_test(assignment, verdict, finding) for finding in verdict.findings]
    counts = {status: sum(test["status"] == status for test in tests) for status in _STATUSES}
    return {
        "reportFormat": "CTRF",
        "specVersion": "0.0.0",
        "generatedBy": f"autograder {__version__}",
        "results": {
            "tool": {"name": "autograder", "version": __version__},
            "summary": {"tests": len(tests), **counts, "start": stop_ms - round(seconds * 1000), "stop": stop_ms},
            "tests": tests,
        },
    }


def _test(assignment: Assignment, verdict: Verdict, finding: Finding) -> dict[str, object]:
    test: dict[str, object] = {
        "name": said.heading(finding, assignment),
        "status": _STATUS[finding.outcome],
        "duration": round(finding.seconds * 1000),
        "suite": [one_line(verdict.submission, limit=80) or "(no name)", one_line(finding.exercise)],
        "rawStatus": finding.reason or finding.outcome.value,
        "tags": ["public" if finding.public else "hidden"],
        "extra": {"points": finding.points, "max_points": finding.max_points},
    }
    if finding.outcome is not Outcome.PASSED:
        test["message"] = said.message(finding) or "It did not pass."
    own_lines = said.trace(finding)
    return test | ({"trace": own_lines} if own_lines else {})
