"""nbgrader: `submitted/{student}/{assignment}/…` with timestamp.txt, and what lies in an exchange's inbound folder."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime

from autograder.errors import AutograderError
from autograder.grading.paths import Refused, shown
from autograder.interop.collect.attempts import Attempt, Fate, File, FileFate, Platform, Reading, Student, Wanted
from autograder.interop.collect.download import Download, Item
from autograder.interop.collect.moments import moment_in

_TIMESTAMP = "timestamp.txt"
_SECRET = "submission_secret.txt"  # noqa: S105 (a file's name; nbgrader's receipt)
_INBOUND = re.compile(
    r"(?P<student>[^/+]{1,200})\+(?P<assignment>[^/+]{1,200})\+(?P<when>\d{4}-\d\d-\d\d[^/+]{0,40})(?:\+(?P<token>[^/]{0,100}))?",
    re.DOTALL,
)
_Place = tuple[str, str, str]
"""Student, assignment, and when, as an inbound folder says it."""


def inbound_name(name: str) -> re.Match[str] | None:
    """The parts of a folder's name in the exchange: student, assignment, when, token."""
    return _INBOUND.fullmatch(name)


def _root(download: Download) -> tuple[str, ...]:
    """Where the students' folders lie. A folder called submitted further down is a student's own."""
    if "submitted" in download.tops:
        return ("submitted",)
    top = download.tops[0] if len(download.tops) == 1 else ""
    wrapped = any(item.parts[:2] == (top, "submitted") for item in download.items)
    return (top, "submitted") if wrapped else ()


def _place(item: Item, root: tuple[str, ...]) -> tuple[_Place, str] | None:
    """Whose file it is, and its name below the submission's folder."""
    inbound = inbound_name(item.parts[0])
    if inbound is not None and len(item.parts) > 1:
        return (inbound["student"], inbound["assignment"], inbound["when"]), "/".join(item.parts[1:])
    if item.parts[: len(root)] != root:
        return None
    parts = item.parts[len(root) :]
    return ((parts[0], parts[1], ""), "/".join(parts[2:])) if len(parts) > 2 else None


def _recognises(download: Download) -> float:
    if not download.items:
        return 0
    inbound = sum(inbound_name(item.parts[0]) is not None for item in download.items) / len(download.items)
    submitted = 0.9 if _root(download) else 0
    stamped = any(item.parts[-1] == _TIMESTAMP and len(item.parts) == 3 for item in download.items)
    return max(inbound, submitted, 0.9 if stamped else 0)


def _read(download: Download, wanted: Wanted) -> Reading:
    root = _root(download)
    placed = [(item, _place(item, root)) for item in download.items]
    others = [FileFate(item.path, Fate.STRANGE) for item, place in placed if place is None]
    assignment = _assignment({place[0][1] for _, place in placed if place is not None}, wanted.assignment)
    files: dict[_Place, list[File]] = defaultdict(list)
    moments: dict[_Place, datetime | None] = {}
    for item, place in placed:
        if place is None:
            continue
        (student, own, _), name = place
        if own != assignment:
            others.append(FileFate(item.path, Fate.OTHER, student, f"of {shown(own)}"))
        elif name in (_TIMESTAMP, _SECRET):
            moments |= {place[0]: _stamp(item)} if name == _TIMESTAMP else {}
            others.append(FileFate(item.path, Fate.PLATFORM, student))
        else:
            files[place[0]].append(File(name, item))
    attempts = [
        Attempt(Student(place[0], place[0]), tuple(own), moments.get(place) or moment_in(place[2]))
        for place, own in files.items()
    ]
    return Reading(tuple(attempts), tuple(others))


def _assignment(there: set[str], wanted: str) -> str:
    if wanted in there or len(there) < 2:
        return wanted if wanted in there else next(iter(there), "")
    named = ", ".join(sorted(shown(name) for name in there)[:10])
    raise AutograderError(
        "which-assignment",
        f"there are submissions to {len(there)} assignments here, and none is called {wanted}",
        fix=f"name one with --assignment: {named}",
    )


def _stamp(item: Item) -> datetime | None:
    try:
        return moment_in(item.read(4096).decode("utf-8", "replace").strip())
    except Refused:
        return None


NBGRADER = Platform("nbgrader", _recognises, _read)
