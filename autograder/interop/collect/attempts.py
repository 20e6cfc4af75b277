"""What collecting finds: students, their attempts, and of every file what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from autograder.interop.collect.download import Download, Item


class Fate(StrEnum):
    """What was done with a file."""

    COLLECTED = "collected"
    UNCHANGED = "there already"
    KEPT = "not overwritten"
    OLDER = "older attempt"
    LATE = "after the due date"
    NO_NOTEBOOK = "not a notebook"
    UNSAFE = "unsafe"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown student"
    OTHER = "another assignment"
    PLATFORM = "of the platform"
    HIDDEN = "hidden"
    STRANGE = "not recognised"


@dataclass(frozen=True)
class Student:
    """Whom the platform names."""

    key: str
    """What tells them apart there; two people of one name have two."""
    name: str
    """For people; as the platform writes it."""
    others: tuple[str, ...] = ()
    """Other things that it calls them: a login, a number, an address."""


@dataclass(frozen=True)
class File:
    """One file of an attempt."""

    name: str
    """As the student called it, with slashes; not yet known to be safe."""
    item: Item


@dataclass(frozen=True)
class Attempt:
    """What one student handed in at one time."""

    student: Student
    files: tuple[File, ...]
    moment: datetime | None = None
    """With a zone; None where the platform does not say."""
    order: int = 0
    """Tells attempts without a moment apart: the later is higher."""
    flagged_late: bool = False
    """The platform says so."""
    doubts: str = ""
    """What a person should look at before it counts."""


@dataclass(frozen=True)
class FileFate:
    """What became of one file, and whose it is, where that is known."""

    path: str
    fate: Fate
    student: str = ""
    why: str = ""


@dataclass(frozen=True)
class Reading:
    """A download as one platform would have written it."""

    attempts: tuple[Attempt, ...]
    others: tuple[FileFate, ...] = ()
    """Files of no attempt."""


@dataclass(frozen=True)
class Wanted:
    """What the person who collects says."""

    assignment: str = ""
    """As the platform calls it, where a download holds several."""
    worksheet: str = ""
    """Text of the platform's own table of students, where there is one."""


@dataclass(frozen=True)
class Platform:
    """One layout of downloads."""

    name: str
    recognises: Callable[[Download], float]
    """How much of a download looks like its own, from 0 to 1."""
    read: Callable[[Download, Wanted], Reading]
    """Raises AutograderError where it is not as it should be."""
