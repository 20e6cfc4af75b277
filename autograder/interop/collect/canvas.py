"""Canvas: a flat zip, `{sortable name}[_LATE]_{user id}_{attachment id}_{file}`; `[LATE_]anon_{id}_…` if anonymous."""

from __future__ import annotations

import re
from collections import defaultdict

from autograder.interop.collect.attempts import Attempt, Fate, File, FileFate, Platform, Reading, Student, Wanted
from autograder.interop.collect.download import Download

_NAMED = re.compile(
    r"(?P<name>[^/]{1,200}?)(?P<late>_LATE)?_(?P<user>\d{1,20})_(?:(?P<attachment>\d{1,20})_(?P<file>[^/]+)|text\.html)",
    re.DOTALL,
)
_ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?(?P<name>anon)_(?P<user>[A-Za-z0-9]{1,40})_(?:(?P<attachment>\d{1,20})_(?P<file>[^/]+)|text\.html)",
    re.DOTALL,
)
_AGAIN = re.compile(r"-\d{1,3}(?=\.[A-Za-z0-9]+\Z)")
"""Canvas numbers the files of later attempts."""


def file_name(name: str) -> re.Match[str] | None:
    """The parts of a name: name, late, user, attachment, file."""
    return _ANONYMOUS.fullmatch(name) or _NAMED.fullmatch(name)


def _recognises(download: Download) -> float:
    flat = [item.path for item in download.items]
    return sum(file_name(path) is not None for path in flat) / len(flat) if flat else 0


def _read(download: Download, _wanted: Wanted) -> Reading:
    files: dict[Student, list[tuple[int, File]]] = defaultdict(list)
    late: set[Student] = set()
    others: list[FileFate] = []
    for item in download.items:
        found = file_name(item.path)
        if found is None:
            others.append(FileFate(item.path, Fate.STRANGE))
            continue
        anonymous = found["name"] == "anon"
        student = Student(found["user"], f"anonymous {found['user']}" if anonymous else found["name"])
        if found["file"] is None:
            others.append(FileFate(item.path, Fate.NO_NOTEBOOK, student.name, "words typed into the platform"))
            continue
        files[student].append((int(found["attachment"]), File(found["file"], item)))
        late |= {student} if found["late"] else set()
    attempts = []
    for student, own in files.items():
        kept: dict[str, File] = {}
        for _, file in sorted(own, key=lambda pair: (pair[0], pair[1].name)):
            again = _AGAIN.sub("", file.name)
            if again in kept:
                others.append(FileFate(kept[again].item.path, Fate.OLDER, student.name))
            kept[again] = file
        attempts.append(Attempt(student, tuple(kept.values()), flagged_late=student in late))
    return Reading(tuple(attempts), tuple(others))


CANVAS = Platform("canvas", _recognises, _read)
