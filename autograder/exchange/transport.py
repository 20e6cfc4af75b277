"""What an exchange does for students (`Transport`) and for instructors (`Desk`), whatever carries it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from autograder.exchange.inbound import Arrival
from autograder.exchange.package import Package
from autograder.exchange.receipt import Receipt


class Standing(StrEnum):
    """What lies in the exchange under a receipt's name."""

    SAME = "same"
    """The very bytes that the receipt names."""
    CHANGED = "changed"
    GONE = "gone"
    UNSEEN = "unseen"
    """It may not be read from here."""


@dataclass(frozen=True)
class Returned:
    """Feedback on one package."""

    receipt: Receipt | None
    """Of the package, where it is known here."""
    page: bytes
    """One self-contained HTML page."""
    summary: bytes
    """JSON, as the instructor's side wrote it; at most MAX_SUMMARY_BYTES."""
    at: str
    """When it came back: ISO 8601, UTC."""


class Transport(Protocol):
    """The student's side."""

    def ready(self, slug: str) -> None:
        """Nothing where this assignment could be handed in now, as far as can be seen.

        Raises:
            AutograderError: `no-exchange`, `not-collecting`.
        """

    def submit(self, package: Package) -> Receipt:
        """Hand the package in and read it back. `attempt` is None where this side cannot count.

        Raises:
            AutograderError: `no-exchange`, `not-collecting`, `not-handed-in`.
        """

    def receipts(self, slug: str, student: str) -> tuple[Receipt, ...] | None:
        """What was handed in so far, oldest first; None where students are not shown it."""

    def standing(self, receipt: Receipt) -> Standing:
        """Whether what the receipt names still lies there."""

    def feedback(self, slug: str, receipts: Sequence[Receipt]) -> tuple[Returned, ...]:
        """What came back on the packages of these receipts, in their order."""


class Desk(Protocol):
    """The instructor's side."""

    def publish(self, release: Path) -> Path:
        """Give the release in this folder to students, and begin to collect. Returns where it lies."""

    def inbound(self, slug: str) -> Iterator[Arrival]:
        """What was handed in, by student and time."""

    def give_back(self, slug: str, student: str, sha256: str, page: bytes, summary: bytes) -> Path:
        """Put feedback where the student of that package finds it, in place of earlier. Returns the page's place."""
