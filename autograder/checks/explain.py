"""The last explanation of a mismatch. Assertion rewriting is off while grading, so that hidden values cannot leak
into messages; `close` leaves its words here and the examiner reads them when a bare `assert` fails."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Explanation:
    """Why the last comparison failed, in words for the student."""

    message: str
    reason: str = "wrong_answer"
    """wrong_answer, wrong_type or not_finite."""

    @property
    def sentence(self) -> str:
        """The message without the excerpt of values on its last line, to be put into a sentence of the reader's."""
        return self.message.split("\n", 1)[0]


_last: ContextVar[Explanation | None] = ContextVar("last_explanation", default=None)

shown: ContextVar[bool] = ContextVar("expected_values_shown", default=False)
"""Whether explanations may hold expected values: in a public check, which the student has anyway."""


@dataclass
class Mismatches:
    """How many comparisons did not hold. Those after the first `judged` are taken to hold, so that a check goes on: how
    an answer behaves is then seen beyond its first mistake. Never while an answer is judged."""

    judged: int
    seen: int = 0

    def overlooks(self) -> bool:
        """Whether the mismatch just found is taken for none."""
        self.seen += 1
        return self.seen > self.judged


mismatches: ContextVar[Mismatches | None] = ContextVar("mismatches", default=None)


def say(message: str, reason: str = "wrong_answer") -> None:
    """Leave an explanation for whoever reports the failing assert."""
    _last.set(Explanation(message, reason))


def last() -> Explanation | None:
    """The explanation left since the last `clear()`, if any."""
    return _last.get()


def clear() -> None:
    """Forget the last explanation. Called before each check, and by every comparison that holds."""
    _last.set(None)
