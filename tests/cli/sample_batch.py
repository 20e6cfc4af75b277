"""Events of batches that never ran."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from autograder.course import Finding, Outcome, Reason, Verdict
from autograder.grading.batch import Event, Graded, Known, Planned, Started
from autograder.grading.batch.events import RECORDED


def finding(number: int, outcome: Outcome = Outcome.PASSED, detail: str = "") -> Finding:
    return Finding(
        check=f"hidden/test_sums.py::test_sum_{number}",
        exercise="sums",
        outcome=outcome,
        reason=Reason.NONE if outcome is Outcome.PASSED else Reason.WRONG_ANSWER,
        points=1 if outcome is Outcome.PASSED else 0,
        max_points=1,
        detail=detail,
    )


def verdict(name: str, outcomes: str = "ppp") -> Verdict:
    """`outcomes`: a letter for each check: passed, failed, broken, lost, or unreadable."""
    letters = {"p": Outcome.PASSED, "f": Outcome.FAILED, "b": Outcome.BROKEN, "l": Outcome.LOST, "u": Outcome.FAILED}
    findings = [finding(number, letters[letter], detail=f"why {letter}") for number, letter in enumerate(outcomes)]
    if set(outcomes) == {"u"}:
        findings = [
            msgspec.structs.replace(f, reason=Reason.UNREADABLE, message="cut off", detail="") for f in findings
        ]
    return Verdict(
        submission=name,
        digest="d" * 64,
        assignment="01-sums",
        version="1",
        seed=2**62,
        isolation="process",
        seconds=0.25,
        findings=tuple(findings),
    )


def graded(name: str, outcomes: str = "ppp", *, fresh: bool = True) -> Graded:
    return Graded(verdict(name, outcomes), fresh, "slot 1" if fresh else RECORDED, 1 if fresh else 0)


def whole_batch(count: int) -> Iterator[Event]:
    """All is right; each is begun, has its findings, and ends."""
    yield Planned(count, count, 0)
    for number in range(count):
        name = f"student-{number:03}"
        yield Started(name, f"slot {number % 2 + 1}")
        event = graded(name)
        yield from (Known(name, f) for f in event.verdict.findings)
        yield event
