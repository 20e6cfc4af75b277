"""Written answers, which a person grades by a rubric of three levels: their place in a notebook, and marks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from autograder.course.verdict import Finding, Outcome, Reason, Verdict

PLACEHOLDER = "*Write your answer here, in place of this line.*"
MAX_CHARACTERS = 20_000
"""Of one answer; some 3,000 words, which is more than a person reads."""

_MARKER = re.compile(r"\A\s*<!--[ \t]*exercise:[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*-->[ \t]*\n?")


class Level(StrEnum):
    """What a person says of a written answer."""

    EXCELLENT = "excellent"
    MEETS = "meets"
    REVISE = "revise"
    """Not yet: the student may hand it in again."""

    @property
    def share(self) -> float:
        """Of the exercise's points."""
        return {Level.EXCELLENT: 1.0, Level.MEETS: 2 / 3, Level.REVISE: 0.0}[self]

    def points(self, whole: float) -> float:
        """Points of an exercise that is worth `whole`, to a hundredth."""
        return round(self.share * whole, 2)


@dataclass(frozen=True)
class Mark:
    """What a person said of one student's answer to one exercise. It holds for these words, in whichever attempt."""

    submission: str
    assignment: str
    exercise: str
    answer: str
    """`answer_digest` of the words that were graded."""
    level: Level
    comment: str = ""
    """For the student."""
    by: str = ""
    """Who graded, where that was said."""


def marker(exercise: str) -> str:
    """The first line of the cell that holds the answer; a rendered notebook does not show it."""
    return f"<!-- exercise: {exercise} -->"


def take_marker(source: str) -> tuple[str | None, str]:
    """The exercise that a markdown cell answers, None for any other cell, and the cell without its marker."""
    found = _MARKER.match(source)
    return (found[1], source[found.end() :]) if found else (None, source)


def answer_in(source: str) -> str:
    """The student's own words in an answer's cell (without its marker): "" where there are none yet."""
    return source.replace(PLACEHOLDER, "").strip()


def answer_digest(answer: str) -> str:
    """SHA-256 (hex) over the words, white space at line ends and around them aside."""
    words = "\n".join(line.rstrip() for line in answer.strip().splitlines())
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def written_check(exercise: str) -> str:
    """The name under which a written answer stands among the checks. No check is called so: theirs begin with test."""
    return f"written_{exercise}"


def is_written(finding: Finding) -> bool:
    """Whether a person decides on it, or did."""
    return finding.check == written_check(finding.exercise)


def written_finding(exercise: str, points: float, answer: str) -> Finding:
    """What can be said of an answer before a person has read it: it waits, or it is not there."""
    if answer:
        return Finding(
            check=written_check(exercise),
            exercise=exercise,
            outcome=Outcome.PENDING,
            max_points=points,
            message="To be graded by a person.",
            answer=answer,
        )
    return Finding(
        check=written_check(exercise),
        exercise=exercise,
        outcome=Outcome.FAILED,
        reason=Reason.UNANSWERED,
        max_points=points,
        message="There is no answer yet. Write it into the text cell that was made for it, in place of the line there; "
        f"the cell begins with {marker(exercise)}, which shows when you edit it.",
    )


def with_marks(verdict: Verdict, marks: Iterable[Mark]) -> Verdict:
    """The verdict with what a person said of its written answers; of several marks of an answer the last counts.

    Marks of other submissions, assignments and words are passed over.
    """
    given = {
        (mark.exercise, mark.answer): mark
        for mark in marks
        if (mark.submission, mark.assignment) == (verdict.submission, verdict.assignment)
    }
    if not given:
        return verdict
    return msgspec.structs.replace(verdict, findings=tuple(_marked(finding, given) for finding in verdict.findings))


def _marked(finding: Finding, given: Mapping[tuple[str, str], Mark]) -> Finding:
    if finding.outcome is not Outcome.PENDING:
        return finding
    mark = given.get((finding.exercise, answer_digest(finding.answer)))
    if mark is None:
        return finding
    revise = mark.level is Level.REVISE
    return msgspec.structs.replace(
        finding,
        outcome=Outcome.FAILED if revise else Outcome.PASSED,
        reason=Reason.REVISE if revise else Reason.NONE,
        points=mark.level.points(finding.max_points),
        message=f"{mark.level.capitalize()}. {mark.comment}".strip(),
    )
