"""Verdicts to write into a gradebook."""

from __future__ import annotations

from autograder.course import Device, Finding, Measured, Outcome, Reason, Verdict
from autograder.gradebook.journal import Begun

VERSIONS = {"python": "3.11.9", "torch": "2.15.0", "platform": "Linux"}
ENVIRONMENT = "0" * 32


def begun(environment: str = ENVIRONMENT) -> Begun:
    """A batch that grades such verdicts."""
    return Begun(
        assignment="04-softmax-classifier",
        version="0123456789ab",
        grader_version="0.1.0",
        environment=environment,
        versions=VERSIONS,
        asked={"again": False},
    )


def verdict(
    student: str = "ada", *, lost: bool = False, checks: int = 3, seed: int = 7, seconds: float = 1.5
) -> Verdict:
    findings = [
        Finding(
            check=f"test_{number}", exercise="softmax", outcome=Outcome.PASSED, points=1.0, max_points=1.0, public=True
        )
        for number in range(checks - 1)
    ]
    last = Finding(
        check="test_last",
        exercise="train",
        outcome=Outcome.LOST if lost else Outcome.FAILED,
        reason=Reason.PLATFORM if lost else Reason.BELOW_THRESHOLD,
        points=0.0,
        max_points=2.0,
        message="The model is right on 71 % of the held-out images.",
        hint="Shuffle each epoch.",
        detail="cell 3, line 4",
        seconds=0.25,
        series={"training loss": [2.3, 1.1, float("inf"), 0.5]},
        device=Device.CUDA,
        diagnosis="The labels were shifted by one.",
        measured=(
            Measured(name="accuracy", value=0.71, low=0.66, high=0.75, full=0.94, half=0.88, examples=450),
            Measured(
                name="held-out loss",
                value=1.0,
                low=0.9,
                high=1.1,
                full=0.2,
                half=0.1,
                larger_is_better=False,
                ceiling=(0.5, 0.6),
                run=2,
            ),
        ),
    )
    return Verdict(
        submission=student,
        digest="ab" * 32,
        assignment="04-softmax-classifier",
        version="0123456789ab",
        seed=seed,
        isolation="process",
        seconds=seconds,
        findings=(*findings, last),
        notes=("cell 2: %matplotlib inline was ignored",),
    )
