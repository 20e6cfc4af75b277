"""What a batch tells while it works, in the order in which it happens. Names are those of the sources."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.course import Finding, Profile, Verdict

RECORDED = "recorded before"
SAME_BYTES = "same bytes as another"


@dataclass(frozen=True)
class Planned:
    """The first event of every batch."""

    total: int
    """Sources that were given."""
    chosen: int
    """Those that `Wanted` leaves: each of them gets one `Graded`, unless the batch is stopped."""
    recorded: int
    """Of the chosen, by name: those with a verdict by these checks in this environment. Whether it stands for the
    bytes that are there now is only known when they are read."""


@dataclass(frozen=True)
class Started:
    """A submission is being graded, at `place`. Not told of what stands recorded, and told again of each retry."""

    name: str
    place: str


@dataclass(frozen=True)
class Known:
    """One finding, as soon as it is known. It may change yet: a lost check is tried again."""

    name: str
    finding: Finding


@dataclass(frozen=True)
class Retrying:
    """The platform lost checks of a submission; they are tried again in `seconds`. Others are graded meanwhile."""

    name: str
    why: str
    """For whoever runs the platform: untrusted text may be in it."""
    tries: int
    """How often it has failed."""
    seconds: float


@dataclass(frozen=True)
class Graded:
    """A verdict, durably recorded. One for each chosen submission, and the last event about it."""

    verdict: Verdict
    fresh: bool
    """Reached just now. Else it stood in the gradebook: see `place`."""
    place: str = ""
    """Where it was graded; RECORDED where this submission's verdict stood in the gradebook already, SAME_BYTES where
    another's with the same bytes did, and was recorded under this name too."""
    tries: int = 1
    """How often it was given to the engine; 0 where it was not."""
    profile: Profile | None = None
    attempt: int = 0
    """Its number in the gradebook, for `Gradebook.verdicts`."""


Event = Planned | Started | Known | Retrying | Graded
