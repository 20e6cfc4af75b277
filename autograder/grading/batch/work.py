"""One submission on its way through a batch, and the messages about it that other threads send to the batch."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field

from autograder.course import Finding, Profile, Rejected, Submission, Verdict
from autograder.gradebook.recording import Entry, Recorded
from autograder.grading.engines import Done
from autograder.grading.losing import mended

FIRST_PAUSE = 0.5
"""Seconds until what was lost is tried again; the next pause is twice as long."""
MOST_TRIES = 3
ALONE_FROM = 2
"""Crashes."""
MOST_CRASHES = 3
"""A submission that was in flight at more is not graded again: it would end every batch."""


@dataclass(eq=False)
class Work:
    """A submission that is being graded. Only the batch's own thread changes it."""

    submission: Submission | Rejected
    seed: int
    size: int = 0
    """Bytes that it holds."""
    crashes: int = 0
    """How many batches have crashed with it in flight."""
    tries: int = 0
    verdict: Verdict | None = None
    """Of the tries so far."""
    open_checks: tuple[str, ...] = ()
    """Those that are tried again; empty: all are to be tried."""
    avoid: frozenset[str] = frozenset()
    place: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    profile: Profile | None = None

    @property
    def alone(self) -> bool:
        """Nothing else is in flight beside it, so that it alone is suspected if the batch crashes again."""
        return self.crashes >= ALONE_FROM

    def pause(self, first: float) -> float:
        """Seconds to wait after the latest try, of which the first was followed by `first`."""
        return first * 2.0 ** (self.tries - 1)

    def add(self, done: Done) -> None:
        """One more try, and what came of it."""
        self.tries += 1
        self.verdict = done.verdict if self.verdict is None else mended(self.verdict, done.verdict)
        self.place, self.versions = done.place, done.versions
        self.avoid |= {done.place}
        if done.profile is not None:
            self.profile = done.profile if self.profile is None else self.profile.then(done.profile)


@dataclass(frozen=True)
class ToRecord:
    """A verdict for the recorder. `work`: what it was reached for just now; None for one that was copied or lost."""

    entry: Entry
    work: Work | None = None
    place: str = ""


@dataclass(frozen=True)
class Begun:
    """The journal says that it is begun."""

    work: Work


@dataclass(frozen=True)
class Running:
    """The engine has begun with it."""

    work: Work
    place: str


@dataclass(frozen=True)
class Found:
    """The engine knows a finding."""

    work: Work
    finding: Finding


@dataclass(frozen=True)
class Ended:
    """The engine is through with it, or was told to forget it."""

    work: Work
    future: Future[Done]


@dataclass(frozen=True)
class Written:
    """It is in the gradebook for good."""

    asked: ToRecord
    recorded: Recorded
    profile: Profile | None = None
    """With the time that recording took."""


@dataclass(frozen=True)
class Refused:
    """The gradebook takes nothing more."""

    error: BaseException


Message = Begun | Running | Found | Ended | Written | Refused | None
"""None only wakes the batch."""


def size_of(submission: Submission | Rejected) -> int:
    """About how many bytes it holds: at least one."""
    if isinstance(submission, Rejected):
        return 1 + len(submission.message)
    return 1 + sum(len(content) for _, content in submission.files) + sum(len(cell.source) for cell in submission.cells)
