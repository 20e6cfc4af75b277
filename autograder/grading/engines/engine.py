"""The protocol of engines: submit, cancel, capacity. Tasks and what comes of them are frozen, and hold plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from autograder.course import Finding, Profile, Rejected, Submission, Verdict
from autograder.examiner.messages import Check


@dataclass(frozen=True)
class Task:
    """One submission to be graded once."""

    submission: Submission | Rejected
    seed: int
    only: tuple[str, ...] = ()
    """Names of checks; empty: all."""
    tries: int = 0
    """How often the platform has failed at it before."""
    avoid: frozenset[str] = frozenset()
    """Places where it failed: another is taken where there is one."""
    profiled: bool = False
    """Where its time went is asked for."""


@dataclass(frozen=True)
class Done:
    """What came of a task. The verdict may hold lost checks: whether they are tried again is the batch's to say."""

    verdict: Verdict
    place: str
    """Where it was graded, for people and for `Task.avoid`: "slot 1", or a node's name and slot."""
    versions: Mapping[str, str]
    """Of what graded it."""
    profile: Profile | None = None
    hopeless: frozenset[str] = frozenset()
    """Lost checks that this place would lose again, such as one that needs a GPU where there is none."""


@dataclass(frozen=True)
class Capacity:
    """What an engine has to offer at the moment. A cluster's changes while it works."""

    slots: int
    """Tasks that run at a time. More than some slots' worth of tasks ahead only costs memory."""
    places: tuple[str, ...]
    """The machines, or this one."""
    gpus: float = 0.0


class Engine(Protocol):
    """Grades tasks of one assignment. Safe to use from several threads.

    A task's future has a Done; it raises AutograderError only where the engine as a whole can go on with nothing, such
    as a cluster that cannot be reached. A machine that dies costs its tasks one try: their checks are `lost`.
    """

    @property
    def assignment(self) -> str:
        """Slug."""

    @property
    def version(self) -> str:
        """Of the assignment."""

    @property
    def isolation(self) -> str:
        """The walls around submissions."""

    @property
    def versions(self) -> Mapping[str, str]:
        """Of what grades: those that decide (grading.environment) are the same in all places."""

    @property
    def checks(self) -> tuple[Check, ...]:
        """All checks of the assignment."""

    def submit(
        self,
        task: Task,
        found: Callable[[Finding], None] | None = None,
        started: Callable[[str], None] | None = None,
    ) -> Future[Done]:
        """Have `task` graded when a slot is free. Where the engine can tell, and from any thread: `started` is told the
        place when it begins, `found` each finding as soon as it is known."""

    def cancel(self) -> None:
        """Forget the tasks that have not begun (their futures are cancelled); those that run go on."""

    def capacity(self) -> Capacity:
        """What there is now."""

    def close(self) -> None:
        """End everything that the engine started."""
