"""The version of a release as a tag in the course's git repository: what was handed out can be found again."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Assignment
from autograder.errors import AutograderError, Place

_SECONDS = 60.0


@dataclass(frozen=True)
class Tag:
    """A tag that there is, or is to be."""

    name: str
    new: bool


def tag_name(assignment: Assignment) -> str:
    """Such as `04-softmax-classifier/453971a684b6`."""
    return f"{assignment.slug}/{assignment.version()}"


def in_repository(course: Path) -> bool:
    """Whether the course is under version control, and git is installed."""
    return shutil.which("git") is not None and _git(course, "rev-parse", "--is-inside-work-tree").returncode == 0


def require_committed(course: Path, assignment: Assignment) -> None:
    """Refuse where the tag would not hold what is released.

    Raises:
        AutograderError: `not-committed`, naming the files.
    """
    parts = [f"{room}/{assignment.slug}" for room in ("assignments", "release", "solutions")]
    status = _git(course, "status", "--porcelain", "--untracked-files=all", "--", *parts)
    changed = [line[3:] for line in status.stdout.splitlines()]
    if status.returncode or changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise AutograderError(
            "not-committed",
            f"{assignment.slug} has changes that are not committed" if changed else "git cannot tell what is committed",
            where=Place(changed[0] + more) if changed else Place(str(course)),
            why=status.stderr.strip() or "A tag of the version would not hold what students get.",
            fix="commit them and release again, or leave the tag out with --no-tag",
        )


def tag(course: Path, assignment: Assignment, message: str) -> Tag:
    """Tag the commit that the course stands at, once for each version.

    Raises:
        AutograderError: `not-tagged`.
    """
    name = tag_name(assignment)
    if _git(course, "rev-parse", "--verify", "--quiet", f"refs/tags/{name}").returncode == 0:
        return Tag(name, new=False)
    made = _git(course, "tag", "--annotate", name, "--message", message)
    if made.returncode:
        raise AutograderError(
            "not-tagged",
            f"git could not make the tag {name}",
            where=Place(str(course)),
            why=f"It says: {made.stderr.strip()}",
            fix="mend that and release again: what is done already is not done twice",
        )
    return Tag(name, new=True)


def _git(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(course), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
