"""An assignment that is partly answered in words, and verdicts on it before and after a person has graded them."""

from __future__ import annotations

from pathlib import Path

from sample_class import failed, passed

from autograder.course import Assignment, Exercise, Finding, Level, Manifest, Mark, Outcome, Reason, Rubric, Verdict
from autograder.course.written import answer_digest, with_marks, written_finding

RUBRIC = Rubric(
    excellent="Names two ways in which the data misleads, and what would show each of them.",
    meets="Names one way in which the data misleads.",
    revise="Says only that the data is good or bad.",
)
ASSIGNMENT = Assignment(
    slug="02-data",
    root=Path("assignments/02-data"),
    manifest=Manifest(
        title="Know your data",
        exercises=(
            Exercise(name="split", title="Split by groups", points=20),
            Exercise(name="balance", title="Weigh the classes", points=14),
            Exercise(name="datasheet", title="A datasheet for your data", points=3, rubric=RUBRIC),
            Exercise(name="leakage", title="Where it leaks", points=3, rubric=RUBRIC),
        ),
    ),
)
ANSWER = (
    "The digits were written by 43 people, and the same hand is in both halves.\n\n"
    "1. Split by writer instead.\n2. Compare the two accuracies: the gap is what leaked."
)


def verdict(
    student: str = "ada", datasheet: str = ANSWER, leakage: str = "Through the mean.", short: float = 3
) -> Verdict:
    """34 points by checks, of which `short` are missing, and two answers of three points each."""
    balance = (
        failed("balance", "hidden/test_balance.py::test_weights_sum_to_one", short, Reason.WRONG_ANSWER, message="No.")
        if short
        else passed("balance", "hidden/test_balance.py::test_weights_sum_to_one", short)
    )
    return verdict_of(
        student,
        passed("split", "hidden/test_split.py::test_no_group_is_in_both_halves", 20),
        passed("balance", "hidden/test_balance.py::test_weights_are_positive", 14 - short),
        balance,
        written_finding("datasheet", 3, datasheet),
        written_finding("leakage", 3, leakage),
    )


def verdict_of(student: str, *findings: Finding) -> Verdict:
    return Verdict(
        submission=student,
        digest="3f2a" * 16,
        assignment=ASSIGNMENT.slug,
        version="9c41d2e07b5a",
        seed=7,
        isolation="process",
        seconds=1.8,
        findings=findings,
    )


def only_words(student: str = "ada") -> Verdict:
    """Nothing of it is decided yet."""
    return verdict_of(student, written_finding("datasheet", 3, ANSWER))


def graded(one: Verdict, level: Level, comment: str = "", exercise: str = "datasheet") -> Verdict:
    """The verdict after a person has read the answer to `exercise`."""
    (words,) = (f.answer for f in one.findings if f.exercise == exercise and f.outcome is Outcome.PENDING)
    return with_marks(one, [Mark(one.submission, one.assignment, exercise, answer_digest(words), level, comment)])
