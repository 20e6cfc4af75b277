"""Of several attempts the one that counts, and of its files those that are graded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import PurePosixPath

from autograder.grading import paths
from autograder.interop.collect.attempts import Attempt, Fate, File, FileFate

MAX_COMPARED = 200
"""Files of one student among which names that are alike are sorted out, one by one; the rest are left out then."""
_NEVER = datetime.min.replace(tzinfo=UTC)
_NOTEBOOKS = (*paths.NOTEBOOK_SUFFIXES, ".ipynb.txt", ".ipynb.json")


class Which(StrEnum):
    """The attempt that counts."""

    NEWEST = "newest"
    FIRST = "first"
    ON_TIME = "on-time"
    """The newest by the due date; where there is none, the newest."""


@dataclass(frozen=True)
class Chosen:
    """A student's attempt, with what is known of its time."""

    attempt: Attempt
    number: int
    """Of the student's attempts in the download, from 1."""
    of: int
    late: bool | None
    """None where nobody says when it was due."""
    late_by: timedelta | None = None


def choose(attempts: Iterable[Attempt], which: Which, due: datetime | None) -> tuple[list[Chosen], list[FileFate]]:
    """One attempt for each student, and what became of the others' files."""
    by_student: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        by_student[attempt.student.key].append(attempt)
    chosen: list[Chosen] = []
    others: list[FileFate] = []
    for own in by_student.values():
        own.sort(key=lambda a: (a.moment or _NEVER, a.order, min((f.item.path for f in a.files), default="")))
        at = _at(own, which, due)
        chosen.append(_chosen(own, at, due))
        for number, attempt in enumerate(own):
            fate = Fate.LATE if number > at and which is Which.ON_TIME else Fate.OLDER
            why = f"attempt {number + 1} of {len(own)}"
            others += [FileFate(f.item.path, fate, attempt.student.name, why) for f in attempt.files if number != at]
    return sorted(chosen, key=lambda c: (c.attempt.student.name, c.attempt.student.key)), others


def _at(own: list[Attempt], which: Which, due: datetime | None) -> int:
    if which is Which.FIRST:
        return 0
    if which is Which.ON_TIME and due is not None:
        return max((n for n, a in enumerate(own) if a.moment is None or a.moment <= due), default=len(own) - 1)
    return len(own) - 1


def _chosen(own: list[Attempt], at: int, due: datetime | None) -> Chosen:
    attempt = own[at]
    late: bool | None = attempt.flagged_late or None
    by = None
    if due is not None and attempt.moment is not None:
        late = attempt.moment > due
        by = attempt.moment - due if late else None
    return Chosen(attempt, at + 1, len(own), late, by)


def to_grade(attempt: Attempt) -> tuple[list[File], list[FileFate], bool]:
    """The files of an attempt that are handed on, what became of the others, and whether there is a notebook."""
    left: list[FileFate] = []
    good: list[File] = []
    student = attempt.student.name
    for file in attempt.files:
        fault = file.item.fault or paths.name_fault(file.name)
        if fault:
            left.append(
                FileFate(file.item.path, Fate.UNSAFE, student, f"its name {fault}" if fault[:2] != "is" else fault)
            )
        elif paths.ignored(PurePosixPath(file.name)):
            left.append(FileFate(file.item.path, Fate.HIDDEN, student))
        else:
            good.append(file)
    good, more = _without_clashes(good, student)
    left += more
    if any(file.name.lower().endswith(_NOTEBOOKS) for file in good):
        return good, left, True
    zips = [file for file in good if file.name.lower().endswith(".zip")]
    if len(zips) == 1:
        left += [FileFate(f.item.path, Fate.NO_NOTEBOOK, student, "beside a zip") for f in good if f is not zips[0]]
        return zips, left, True
    return good, left, False


def _without_clashes(files: list[File], student: str) -> tuple[list[File], list[FileFate]]:
    """Names that are one on some machines: the first stays."""
    if paths.clash([file.name for file in files]) is None:
        return files, []
    kept: list[File] = []
    left: list[FileFate] = []
    for number, file in enumerate(files):
        if number < MAX_COMPARED and paths.clash([*(f.name for f in kept), file.name]) is None:
            kept.append(file)
        else:
            left.append(FileFate(file.item.path, Fate.UNSAFE, student, "is there twice under one name"))
    return kept, left
