"""A cell's `nbgrader` metadata, schema 3: what it says of the cell, and its checksum.

Format: nbgrader 0.9, docs/source/contributor_guide/metadata.rst, and the rules that its validator holds.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SCHEMA = 3
_GRADE_ID = re.compile(r"[A-Za-z0-9_\-]+")


class Role(StrEnum):
    """What a cell is to nbgrader."""

    SOLUTION = "autograded answer"
    TEST = "autograder tests"
    MANUAL = "manually graded answer"
    TASK = "manually graded task"
    LOCKED = "read-only"
    GIVEN = "plain"


_FLAGS = {
    Role.SOLUTION: (False, True, False),
    Role.TEST: (True, False, True),
    Role.MANUAL: (True, True, False),
    Role.TASK: (False, False, True),
    Role.LOCKED: (False, False, True),
}
"""grade, solution and locked of each."""


@dataclass(frozen=True)
class Marked:
    """What the metadata says."""

    role: Role
    grade_id: str = ""
    points: float = 0.0


class BadMetadata(ValueError):
    """Metadata that nbgrader itself would refuse; the text says why."""


def marked(kind: str, metadata: Mapping[str, object]) -> Marked:
    """The role of a cell of `kind`, from its whole metadata. Schemas 0 to 3 are read.

    Raises:
        BadMetadata: it contradicts itself.
    """
    own = metadata.get("nbgrader")
    if not isinstance(own, Mapping):
        return Marked(Role.GIVEN)
    grade, solution, locked, task = (bool(own.get(key, False)) for key in ("grade", "solution", "locked", "task"))
    if not (grade or solution or locked or task):
        return Marked(Role.GIVEN)
    role = (
        Role.TASK
        if task
        else Role.MANUAL
        if grade and solution
        else Role.TEST
        if grade
        else Role.SOLUTION
        if solution
        else Role.LOCKED
    )
    grade_id = own.get("grade_id")
    if not isinstance(grade_id, str) or not _GRADE_ID.fullmatch(grade_id) or len(grade_id) > 200:
        raise BadMetadata("its grade_id is missing, or holds other than letters, digits, _ and -")
    if role is Role.TASK and kind != "markdown":
        raise BadMetadata("a task is no text cell")
    if role in (Role.TEST, Role.SOLUTION) and kind != "code":
        raise BadMetadata(f"{role} in a {kind} cell")
    return Marked(role, grade_id, _points(own.get("points")) if grade or task else 0.0)


def _points(value: object) -> float:
    """Older schemas kept what stood in a text field."""
    try:
        points = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise BadMetadata(f"its points are {str(value)[:40]!r}") from None
    if not math.isfinite(points) or points < 0:
        raise BadMetadata(f"its points are {value!r}")
    return points


def metadata_of(role: Role, kind: str, source: str, grade_id: str, points: float = 0.0) -> dict[str, object]:
    """The cell's metadata for one of the roles but GIVEN, checksum and the locks that nbgrader adds included."""
    grade, solution, locked = _FLAGS[role]
    own: dict[str, object] = {
        "cell_type": kind,
        "checksum": checksum(role, kind, source, grade_id, points),
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": SCHEMA,
        "solution": solution,
        "task": role is Role.TASK,
    }
    if grade or role is Role.TASK:
        own["points"] = points
    return {"nbgrader": own, "deletable": False, **({"editable": False} if locked else {})}


def checksum(role: Role, kind: str, source: str, grade_id: str, points: float = 0.0) -> str:
    """MD5 (hex) over the source and what the metadata says; by it nbgrader sees what a student changed."""
    grade, solution, locked = _FLAGS[role]
    parts = [source, kind, str(grade), str(solution), str(locked), grade_id, *([str(float(points))] if grade else [])]
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()
