"""What the platform lost: a verdict that says so, and one that is made whole by what was tried again."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from autograder.course import Finding, Outcome, Rejected, Submission, Verdict
from autograder.examiner.judgement import lost
from autograder.examiner.messages import Check


def lost_verdict(
    submission: Submission | Rejected,
    checks: Iterable[Check],
    why: str,
    *,
    assignment: str,
    version: str,
    isolation: str,
    seed: int = 0,
    only: Collection[str] = (),
) -> Verdict:
    """The verdict where nothing could be judged, by no student's fault. `only`: of these checks; empty: of all."""
    return Verdict(
        submission=submission.name,
        digest=submission.digest,
        assignment=assignment,
        version=version,
        seed=seed,
        isolation=isolation,
        seconds=0.0,
        findings=tuple(lost(check, why) for check in checks if not only or check.name in only),
    )


def lost_checks(verdict: Verdict) -> tuple[str, ...]:
    """The names of the checks that were lost."""
    return tuple(finding.check for finding in verdict.findings if finding.outcome is Outcome.LOST)


def mended(first: Verdict, second: Verdict) -> Verdict:
    """`first`, with what it had lost as `second` found it. Everything else stays: no finding is decided twice."""
    found = {finding.check: finding for finding in second.findings}
    findings = tuple(
        found.get(finding.check, finding) if finding.outcome is Outcome.LOST else finding for finding in first.findings
    )
    return msgspec.structs.replace(
        first,
        findings=tuple(_diagnosed_once(findings)),
        notes=tuple(dict.fromkeys((*first.notes, *second.notes))),
        seconds=round(first.seconds + second.seconds, 4),
    )


def _diagnosed_once(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Each exercise's mistake is named at the first finding that shows it, as if all had been judged together."""
    named: set[str] = set()
    for finding in findings:
        yield msgspec.structs.replace(finding, diagnosis="") if finding.exercise in named else finding
        if finding.diagnosis:
            named.add(finding.exercise)
