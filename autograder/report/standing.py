"""How a verdict stands, in one word and one mark: what a list of hundreds is looked through by."""

from __future__ import annotations

from enum import StrEnum

from autograder.course import Outcome, Verdict
from autograder.report.score import rejection_of, score_of


class Standing(StrEnum):
    """Best first; what asks for somebody's attention last."""

    FULL = "full"
    PART = "part"
    NONE = "none"
    PENDING = "pending"
    """All of it is to be graded by a person. Where checks decide a part, the words above are about that part."""
    UNREADABLE = "unreadable"
    """No points, because nothing could be read: worth a look before the student hears of it."""
    BROKEN = "broken"
    """A check has a bug: its author's turn."""
    LOST = "lost"
    """The platform failed: the same command tries again."""

    @property
    def mark(self) -> str:
        """One character."""
        return _LOOKS[self][0]

    @property
    def ascii_mark(self) -> str:
        """The mark where there is only ASCII."""
        return _LOOKS[self][1]

    @property
    def style(self) -> str:
        """A colour of the terminal's own, which only repeats what the word says."""
        return _LOOKS[self][2]


_LOOKS = {
    Standing.FULL: ("●", "#", "green"),
    Standing.PART: ("◐", "+", "yellow"),
    Standing.NONE: ("○", "-", "red"),
    Standing.PENDING: ("◇", "~", "cyan"),
    Standing.UNREADABLE: ("✕", "x", "red"),
    Standing.BROKEN: ("?", "?", "magenta"),
    Standing.LOST: ("!", "!", "magenta"),
}


def standing_of(verdict: Verdict) -> Standing:
    """The word for a verdict. Whoever has a lost or a broken check has no other standing yet."""
    outcomes = {f.outcome for f in verdict.findings}
    if Outcome.LOST in outcomes:
        return Standing.LOST
    if Outcome.BROKEN in outcomes:
        return Standing.BROKEN
    if rejection_of(verdict):
        return Standing.UNREADABLE
    score = score_of(verdict.findings)
    if score.pending and not score.decided:
        return Standing.PENDING
    if score.earned >= score.decided:
        return Standing.FULL
    return Standing.PART if score.earned > 0 else Standing.NONE
