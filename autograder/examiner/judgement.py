"""What the examiner's processes and their supervisor both know of a judgement. The supervisor loads no torch."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from autograder.course import Finding, Outcome, Reason


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
    finding, kind = judgement.finding, judgement.doubt
    none = " It was None: does the function return its result?" if "'NoneType'" in finding.detail else ""
    return msgspec.structs.replace(
        finding,
        outcome=Outcome.FAILED,
        reason=Reason.TIMEOUT if kind == CheckTooSlow.__name__ else Reason.WRONG_TYPE,
        message=f"What your code returned could not be used as the exercise describes it ({kind}).{none}",
        hint=hint,
        detail="",
    )
