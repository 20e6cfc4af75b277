"""What students handed in, for whoever collects it. Names, zips and times are strangers' claims, and told as such."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.course.text import one_line
from autograder.errors import AutograderError, Place
from autograder.exchange.manifest import Manifest
from autograder.exchange.names import Claim, claim, rooms
from autograder.exchange.package import read_manifest
from autograder.grading import folder, paths
from autograder.grading.paths import Refused

MAX_LISTED = 100_000
_CLOCKS_DIFFER_SECONDS = 600


@dataclass(frozen=True)
class Arrival:
    """One submission as it lies in the exchange."""

    path: Path
    """A plain file when it was looked at; a zip that `autograder grade` takes, or what pretends to be one."""
    student: str
    """As the file's name claims."""
    time: datetime
    """UTC, when it was handed in, as the file's name claims."""
    arrived: datetime
    """UTC, when the file system had the file: evidence, as long as nobody copied the exchange."""
    attempt: int
    """From 1, among the arrivals of this student, by time."""
    size: int
    owner: str
    """The account that owns the file; "" where the system does not tell."""
    owner_differs: bool
    """The owner is known and is not the student. Means nothing where one account hands in for everybody."""
    manifest: Manifest | None
    """None where there is none that can be used; what it claims was not compared with the files."""
    doubts: tuple[str, ...]
    """For a person to look at; accuses nobody."""


def inbound(root: Path, slug: str) -> Iterator[Arrival]:
    """What was handed in for the assignment `slug` in the exchange at `root`, by student and then by time.

    Every zip's manifest is read, nothing else of it. Files that are being written, links, folders and whatever is not
    named like a submission are passed over. Nothing that a student can put there stops the others.

    Raises:
        AutograderError: `not-collecting`: there is no such folder; `unreadable-path`.
    """
    place = rooms(root, slug).inbound
    found: list[tuple[Claim, str, os.stat_result]] = []
    try:
        with os.scandir(place) as listing:
            for entry in listing:
                said = claim(entry.name)
                info = _look(entry) if said is not None else None
                if said is None or info is None or not stat.S_ISREG(info.st_mode):
                    continue
                found.append((said, entry.name, info))
                if len(found) > MAX_LISTED:
                    raise AutograderError(
                        "unreadable-path",
                        f"there are more than {MAX_LISTED:,} files here",
                        where=Place(str(place)),
                        fix="see whose they are (ls -l), and move aside those that nobody meant to hand in",
                    )
    except FileNotFoundError as error:
        raise not_collecting(slug, place) from error
    except OSError as error:
        raise AutograderError(
            "unreadable-path",
            f"cannot be listed: {error.strerror}",
            where=Place(str(place)),
            fix="check its permissions",
        ) from error
    number = 0
    last = ""
    for said, name, info in sorted(found, key=lambda one: (one[0].student, one[0].time, one[1])):
        number = number + 1 if said.student == last else 1
        last = said.student
        yield _arrival(place / name, slug, said, info, number)


def _look(entry: os.DirEntry[str]) -> os.stat_result | None:
    """What an entry is; None where it was taken away since the folder was listed, as its owner may."""
    try:
        return entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None


def not_collecting(slug: str, place: Path) -> AutograderError:
    """The error where an exchange has no place for an assignment."""
    return AutograderError(
        "not-collecting",
        f"this exchange does not collect {slug}",
        where=Place(str(place)),
        why="The folder is made when the assignment is released into the exchange.",
        fix="check the address of the exchange, or ask whoever runs the course",
    )


def arrived_at(info: os.stat_result) -> datetime:
    """When the file came to be as it is, in UTC: by the file server's clock, and not to be set by the file's owner."""
    return datetime.fromtimestamp(info.st_mtime if os.name == "nt" else info.st_ctime, UTC)


def _arrival(path: Path, slug: str, said: Claim, info: os.stat_result, attempt: int) -> Arrival:
    owner = _owner(info)
    differs = bool(owner) and owner != said.student
    doubts = [f"its file belongs to {one_line(owner)}"] if differs else []
    arrived = arrived_at(info)
    apart = (arrived - said.time).total_seconds()
    if abs(apart) > _CLOCKS_DIFFER_SECONDS:
        when = arrived.isoformat(timespec="seconds")
        doubts.append(f"the file system had it at {when}, {_span(apart)} than its name says")
    manifest = None
    try:
        manifest = _manifest(path, info.st_size)
    except ValueError as error:
        doubts.append(one_line(str(error), limit=200))
    else:
        doubts += _contradictions(manifest, slug, said)
    return Arrival(
        path=path,
        student=said.student,
        time=said.time,
        arrived=arrived,
        attempt=attempt,
        size=info.st_size,
        owner=owner,
        owner_differs=differs,
        manifest=manifest,
        doubts=tuple(doubts),
    )


def _manifest(path: Path, size: int) -> Manifest:
    if size > paths.MAX_TOTAL_BYTES:
        raise ValueError(f"the zip is larger than {paths.MAX_TOTAL_BYTES >> 20} MB")
    try:
        with os.fdopen(folder.open_file(path), "rb") as file:
            return read_manifest(file)
    except Refused as refused:
        raise ValueError(refused.message) from refused
    except OSError as error:
        raise ValueError(f"it cannot be read: {error.strerror}") from error


def _contradictions(manifest: Manifest, slug: str, said: Claim) -> list[str]:
    pairs = (("the student", manifest.student, said.student), ("the assignment", manifest.slug, slug))
    return [
        f"{what} is {one_line(inside)} in its manifest and {one_line(outside)} by its place"
        for what, inside, outside in pairs
        if inside != outside
    ]


def _span(seconds: float) -> str:
    size = abs(seconds)
    words = f"{size / 3600:.0f} h" if size >= 7200 else f"{size / 60:.0f} min"
    return f"{words} {'later' if seconds > 0 else 'earlier'}"


def _owner(info: os.stat_result) -> str:
    try:
        import pwd
    except ImportError:
        return ""  # Windows
    try:
        return pwd.getpwuid(info.st_uid).pw_name
    except KeyError:
        return f"uid {info.st_uid}"
