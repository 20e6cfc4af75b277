"""Moodle: `{Full name}_{participant}_assignsubmission_file/…`, or flat with the file's name; and its worksheet."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from autograder.errors import AutograderError, Place
from autograder.interop.collect.attempts import Attempt, Fate, File, FileFate, Platform, Reading, Student, Wanted
from autograder.interop.collect.download import Download
from autograder.interop.collect.moments import moment_in
from autograder.interop.collect.tables import table_rows

# The first number counts: what comes after it is for the student to choose.
_FOLDER = re.compile(
    r"(?P<name>[^/]{1,200}?)_(?P<id>\d{1,20})_assignsubmission_(?P<kind>[a-z]+)_?(?:/(?P<below>.+)|(?P<flat>[^/]+))",
    re.DOTALL,
)
_NUMBER = re.compile(r"(\d{1,20})\s*\Z")


@dataclass(frozen=True)
class Row:
    """A student in the grading worksheet."""

    name: str
    address: str
    moment: datetime | None


def file_name(path: str) -> re.Match[str] | None:
    """The parts of a path: name, id, kind, and below or flat."""
    return _FOLDER.fullmatch(path)


def read_worksheet(text: str) -> dict[str, Row]:
    """The rows of a grading worksheet, by participant. Headers are in the site's language, so columns are told by their
    place and content: identifier, full name, address; the first column of moments says when it was handed in.

    Raises:
        AutograderError: `bad-worksheet`.
    """
    try:
        table = table_rows(text)
    except ValueError as error:
        raise AutograderError(
            "bad-worksheet",
            "the grading worksheet cannot be read",
            where=Place("worksheet"),
            why=str(error),
            fix="download it from Moodle again, and give it as it is",
        ) from error
    rows = {number[1]: cells for cells in table if cells and (number := _NUMBER.search(cells[0]))}
    moments = _column_of_moments(list(rows.values()))
    return {number: _row(cells, moments) for number, cells in rows.items()}


def _column_of_moments(rows: list[list[str]]) -> int | None:
    """The first column that holds moments. What students type stands in these tables, too, so one cell is none."""
    for at in range(3, max(map(len, rows), default=0)):
        filled = [cells[at] for cells in rows if len(cells) > at and cells[at].strip() not in ("", "-")]
        if filled and 2 * sum(moment_in(cell) is not None for cell in filled) > len(filled):
            return at
    return None


def _row(cells: list[str], moments: int | None) -> Row:
    address = next((cell for cell in cells[1:5] if "@" in cell and " " not in cell), "")
    moment = moment_in(cells[moments]) if moments is not None and len(cells) > moments else None
    return Row(cells[1] if len(cells) > 1 else "", address, moment)


def _recognises(download: Download) -> float:
    found = [file_name(item.path) is not None for item in download.items]
    return sum(found) / len(found) if found else 0


def _read(download: Download, wanted: Wanted) -> Reading:
    rows = read_worksheet(wanted.worksheet) if wanted.worksheet else {}
    files: dict[Student, list[File]] = defaultdict(list)
    others: list[FileFate] = []
    for item in download.items:
        found = file_name(item.path)
        if found is None:
            others.append(FileFate(item.path, Fate.STRANGE))
            continue
        row = rows.get(found["id"])
        student = Student(found["id"], found["name"], (row.address,) if row and row.address else ())
        if found["kind"] != "file":
            others.append(FileFate(item.path, Fate.NO_NOTEBOOK, student.name, "words typed into the platform"))
            continue
        files[student].append(File(found["below"] or found["flat"], item))
    moments = {student: rows[student.key].moment for student in files if student.key in rows}
    return Reading(tuple(Attempt(s, tuple(own), moments.get(s)) for s, own in files.items()), tuple(others))


MOODLE = Platform("moodle", _recognises, _read)
