"""Brightspace: `{number}-{number} - {name} - {date}/{file}`, or flat with ` - {file}`, and an index.html."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime

from autograder.interop.collect.attempts import Attempt, Fate, File, FileFate, Platform, Reading, Student, Wanted
from autograder.interop.collect.download import Download
from autograder.interop.collect.moments import moment_in

_WHENS = (
    r"[^\W\d]{3,12}\.? \d{1,2}, \d{4} \d{3,4} ?(?:[AaPp]\.?[Mm]\.?)?",
    # As other languages order it.
    r"(?:\d{4}-\d\d-\d\d|\d{1,2}\.? (?:de )?[^\W\d]{3,12}\.? (?:de )?\d{4}) [\dh: ]{3,7}(?:[AaPp]\.?[Mm]\.?)?",
)
_PLACES = tuple(
    re.compile(
        r"(?P<first>\d{1,20})-(?P<second>\d{1,20}) ?- (?P<name>[^/]{1,200}?) ?- "
        rf"(?P<when>{when})(?:/(?P<below>.+)| ?- (?P<flat>[^/]+))",
        re.DOTALL,
    )
    for when in _WHENS
)


def file_name(path: str) -> re.Match[str] | None:
    """The parts of a path: first, second, name, when, and below or flat."""
    found = (found for place in _PLACES if (found := place.fullmatch(path)) is not None)
    return min(
        found, key=lambda match: match.start("when"), default=None
    )  # what comes later is for the student to choose


def _recognises(download: Download) -> float:
    items = [item for item in download.items if item.path != "index.html"]
    return sum(file_name(item.path) is not None for item in items) / len(items) if items else 0


def _read(download: Download, _wanted: Wanted) -> Reading:
    parsed = [(item, file_name(item.path)) for item in download.items]
    matched = [found for _, found in parsed if found is not None]
    # One of the two numbers is the student's, the other the folder's, which is the same for all.
    by = "second" if len({f["first"] for f in matched}) == 1 < len({f["second"] for f in matched}) else "first"
    files: dict[tuple[Student, datetime | None, str], list[File]] = defaultdict(list)
    others: list[FileFate] = []
    for item, found in parsed:
        if found is None:
            fate = Fate.PLATFORM if item.path == "index.html" else Fate.STRANGE
            others.append(FileFate(item.path, fate))
            continue
        student = Student(found[by], found["name"].strip())
        files[student, moment_in(found["when"]), found["when"]].append(File(found["below"] or found["flat"], item))
    attempts = (Attempt(student, tuple(own), moment) for (student, moment, _), own in files.items())
    return Reading(tuple(attempts), tuple(others))


BRIGHTSPACE = Platform("brightspace", _recognises, _read)
