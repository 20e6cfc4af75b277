"""An assignment and a class of verdicts to report on."""

from __future__ import annotations

import math
from pathlib import Path

import msgspec

from autograder.course import Assignment, Exercise, Finding, Manifest, Measured, Outcome, Reason, Verdict

ASSIGNMENT = Assignment(
    slug="04-softmax-classifier",
    root=Path("assignments/04-softmax-classifier"),
    manifest=Manifest(
        title="A softmax classifier",
        exercises=(
            Exercise(name="softmax", title="Softmax that survives large logits", points=5),
            Exercise(name="cross_entropy", title="Cross-entropy from logits", points=5),
            Exercise(name="train", title="Train a classifier on digits", points=10),
        ),
    ),
)
ERROR = """RuntimeError: The size of tensor a (5) must match the size of tensor b (7) at non-singleton dimension 1
  cell 4, line 3, in softmax
    return z.exp() / z.exp().sum(dim=-1)"""
MEASURED = (
    Measured(name="accuracy", value=0.91, low=0.88, high=0.94, full=0.94, half=0.88, examples=450),
    Measured(name="held-out loss", value=0.31, low=0.26, high=0.36, full=0.25, half=0.6, larger_is_better=False),
    Measured(name="accuracy", value=0.93, low=0.9, high=0.96, full=0.94, half=0.88, examples=450, run=2),
    Measured(name="training loss", value=0.001, low=0.001, high=0.001, full=0.1, half=0.05, ceiling=(0.2, 0.4)),
)
LOSS = {
    "training loss": [2.3 * math.exp(-step / 60) + 0.12 + 0.05 * math.sin(step * 1.7) for step in range(400)],
    "validation loss": [2.3 * math.exp(-step / 50) + 0.25 + 0.02 * math.sin(step) for step in range(400)],
}


def passed(exercise: str, check: str, points: float, **more: object) -> Finding:
    return Finding(exercise=exercise, check=check, outcome=Outcome.PASSED, points=points, max_points=points, **more)  # type: ignore[arg-type]


def failed(exercise: str, check: str, points: float, reason: Reason, **more: object) -> Finding:
    return Finding(exercise=exercise, check=check, outcome=Outcome.FAILED, reason=reason, max_points=points, **more)  # type: ignore[arg-type]


FINDINGS = (
    passed("softmax", "public/test_softmax.py::test_softmax_keeps_the_shape", 1, public=True),
    passed("softmax", "hidden/test_softmax.py::test_rows_sum_to_one", 1),
    failed(
        "softmax",
        "hidden/test_softmax.py::test_softmax_works_on_batches_of_any_size",
        2,
        Reason.EXCEPTION,
        message="Your softmax raised RuntimeError on an input of shape (5, 7). It works where the batch has one row,"
        " so the sum over classes has probably lost its dimension.",
        hint="Give sum() the argument keepdim=True, so that (5, 1) divides (5, 7).",
        detail=ERROR,
    ),
    failed(
        "softmax",
        "hidden/test_softmax.py::test_softmax_survives_huge_logits",
        1,
        Reason.NOT_FINITE,
        message="The answer holds NaN in 2 of 3 places: exp() of a large logit is infinite.",
        diagnosis="You divide exp(z) by its sum as it stands, without shifting z first.",
        hint="Subtract the row's maximum before exp().",
    ),
    passed("cross_entropy", "public/test_ce.py::test_loss_of_two_rows", 1, public=True),
    passed("cross_entropy", "hidden/test_ce.py::test_loss_is_a_mean", 2),
    Finding(
        exercise="cross_entropy",
        check="hidden/test_ce.py::test_gradient_is_right",
        outcome=Outcome.BROKEN,
        reason=Reason.CHECK_ERROR,
        max_points=2,
        message="NameError: name 'expected_gradient' is not defined",
        detail="hidden/test_ce.py:31: expected_gradient = 0.125",
    ),
    Finding(
        exercise="train",
        check="hidden/test_train.py::test_training_generalises",
        outcome=Outcome.FAILED,
        reason=Reason.BELOW_THRESHOLD,
        points=5.5,
        max_points=8,
        message="The trained model is right on 91.6 % of the held-out images. Full points need 94 %.",
        hint="The loss still falls at the end: train longer, or with a larger learning rate.",
        measured=MEASURED,
        series={**LOSS, "validation accuracy": [1 - 0.9 * math.exp(-epoch / 4) for epoch in range(20)]},
    ),
    passed("train", "hidden/test_train.py::test_training_is_repeatable", 2),
)


def verdict(student: str = "Ada Lovelace", findings: tuple[Finding, ...] = FINDINGS, **more: object) -> Verdict:
    one = Verdict(
        submission=student,
        digest="3f2a" * 16,
        assignment=ASSIGNMENT.slug,
        version="9c41d2e07b5a",
        seed=2871640021,
        isolation="process",
        seconds=1.84,
        findings=findings,
        notes=("Cell 2: the line magic %matplotlib inline was left out.", "Cell 7: input() was answered with nothing."),
    )
    return msgspec.structs.replace(one, **more)


def rejected(student: str = "mallory") -> Verdict:
    message = (
        "The archive holds the entry ../../.bashrc, which would be written outside its folder. Zip the notebook again."
    )
    findings = tuple(
        failed(f.exercise, f.check, f.max_points, Reason.UNSAFE_ARCHIVE, message=message) for f in FINDINGS
    )
    return verdict(student, findings, notes=())


def perfect(student: str) -> Verdict:
    return verdict(
        student, tuple(passed(f.exercise, f.check, f.max_points, series=f.series) for f in FINDINGS), notes=()
    )


def lost(student: str) -> Verdict:
    gone = msgspec.structs.replace(
        FINDINGS[-1], outcome=Outcome.LOST, reason=Reason.PLATFORM, points=0.0, message="No space left on device"
    )
    return verdict(student, (*FINDINGS[:-1], gone))


def small_class() -> list[Verdict]:
    names = ("Grace Hopper", "Alan Turing", "Emmy Noether", "Katherine Johnson", "محمد الخوارزمي", "李飞飞")
    return [verdict(), rejected(), lost("Blaise Pascal"), *(perfect(name) for name in names), verdict("Éva Tardos")]
