"""What the examiner's processes and their supervisor both know of a judgement. The supervisor loads no torch."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from autograder.course import Finding, Outcome, Reason
from autograder.examiner.messages import Check

EXAMINER_DIED = "ExaminerDied"
OUT_OF_MEMORY = MemoryError.__name__
_LOST = "This check could not be run, by no fault of yours; it will be tried again."
_MAX_WHY = 2_000


class CheckTooSlow(BaseException):
    """The check's own code ran past its time. A BaseException, so that no check can swallow it."""


@dataclass(frozen=True)
class Judgement:
    """A finding, and whether it may yet turn out otherwise.

    `doubt`: the type of an error that arose in the check's own code, as it does when a value of the student's cannot
    be used. Whoever holds the reference runs the check on it: where the reference passes, the value was at fault.
    `again`: a lost check may be tried again here. Not one that needs a GPU, where there is none.
    """

    finding: Finding
    doubt: str = ""
    again: bool = True


def blame_value(judgement: Judgement, hint: str) -> Finding:
    """The finding of a doubtful check that the reference passes: the student's value could not be used."""
    finding = judgement.finding
    reason, said = _BLAMED.get(judgement.doubt, (Reason.WRONG_TYPE, judgement.doubt))
    clue = next((words for found, words in _CLUES.items() if found in finding.detail), "")
    return msgspec.structs.replace(
        finding,
        outcome=Outcome.FAILED,
        reason=reason,
        message=f"What your code returned could not be used as the exercise describes it ({said}).{clue}",
        hint=hint,
        detail="",
    )


def lost(check: Check, why: str) -> Finding:
    """The finding of a check that the platform failed at. `why` is for whoever runs the platform."""
    return Finding(
        check=check.name,
        exercise=check.exercise,
        outcome=Outcome.LOST,
        reason=Reason.PLATFORM,
        max_points=check.points,
        message=_LOST,
        detail=why[-_MAX_WHY:],
        public=check.public,
    )


_CLUES = {
    "object is not callable": " A function or class that is asked for is something else: was its name given to another "
    "value, as in `mse = mse(x, y)`? Then rename that, and run the cell with the function again.",
    "'NoneType'": " It was None: does the function return its result?",
}
_BLAMED = {
    CheckTooSlow.__name__: (Reason.TIMEOUT, "the check did not come to an end with it"),
    OUT_OF_MEMORY: (Reason.LIMIT, "it takes too much memory"),
    EXAMINER_DIED: (Reason.LIMIT, "the check broke down over it"),
}
"""Kinds of doubt that are more than a value of the wrong type: the reason, and words."""
