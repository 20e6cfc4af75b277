"""Blackboard: a flat zip, `{assignment}_{username}_attempt_{date}_{file}`, and a text for each that says whose."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime

from autograder.grading.paths import Refused
from autograder.interop.collect.attempts import Attempt, Fate, File, FileFate, Platform, Reading, Student, Wanted
from autograder.interop.collect.download import Download, Item

MAX_TEXT_BYTES = 1 << 20
# The first date counts: what comes after it is for the student to choose.
_ATTEMPT = re.compile(
    r"(?P<before>[^/]{1,240}?)_attempt_(?P<when>\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)(?:_(?P<file>[^/]+)|(?P<text>\.txt))",
    re.DOTALL,
)
_NAME = re.compile(
    r"^[^:\n]{1,40}:[ \t]*(?P<name>[^\n]{1,200}?)[ \t]*\((?P<user>[^()\n]{1,100})\)[ \t]*$", re.MULTILINE
)


def file_name(path: str) -> re.Match[str] | None:
    """The parts of a name: before (assignment and username), when, and file or text."""
    return _ATTEMPT.fullmatch(path)


def _recognises(download: Download) -> float:
    found = [file_name(item.path) is not None for item in download.items]
    return sum(found) / len(found) if found else 0


def _read(download: Download, _wanted: Wanted) -> Reading:
    parsed = [(item, file_name(item.path)) for item in download.items]
    others = [FileFate(item.path, Fate.STRANGE) for item, found in parsed if found is None]
    texts = ((found["before"], item) for item, found in parsed if found is not None and found["text"])
    known = {before: who for before, item in texts if (who := _who(item, before)) is not None}
    prefixes = {before[: -len(user)] for before, (_, user) in known.items()}
    files: dict[tuple[Student, str], list[File]] = defaultdict(list)
    for item, found in parsed:
        if found is None:
            continue
        student = _student(found["before"], known.get(found["before"]), prefixes)
        if found["text"]:
            others.append(FileFate(item.path, Fate.PLATFORM, student.name))
        else:
            files[student, found["when"]].append(File(found["file"], item))
    attempts = (Attempt(student, tuple(own), _moment(when)) for (student, when), own in files.items())
    return Reading(tuple(attempts), tuple(others))


def _moment(when: str) -> datetime | None:
    try:
        return datetime.strptime(when, "%Y-%m-%d-%H-%M-%S").astimezone()
    except (ValueError, OverflowError):
        return None


def _who(item: Item, before: str) -> tuple[str, str] | None:
    """Name and username, from the text of an attempt: the one that its own name ends with, for the text also holds what
    the student wrote."""
    try:
        text = item.read(MAX_TEXT_BYTES).decode("utf-8-sig", "replace")
    except Refused:
        return None
    named = ((found["name"], found["user"]) for found in _NAME.finditer(text.replace("\r\n", "\n")[:2000]))
    return next((who for who in named if before.endswith(f"_{who[1]}")), None)


def _student(before: str, who: tuple[str, str] | None, prefixes: set[str]) -> Student:
    """Both the assignment and the username may hold underscores: the texts tell where the one ends."""
    if who is not None:
        return Student(who[1], who[0])
    for prefix in sorted(prefixes, key=len, reverse=True):
        if before.startswith(prefix) and before != prefix:
            return Student(before[len(prefix) :], before[len(prefix) :])
    user = before.rpartition("_")[2] or before
    return Student(user, user)


BLACKBOARD = Platform("blackboard", _recognises, _read)
