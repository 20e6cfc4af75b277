"""Written answers as a CSV that people grade in a spreadsheet, and what they wrote into it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from autograder.course import Assignment, Level, Mark
from autograder.course.text import one_line
from autograder.errors import AutograderError
from autograder.gradebook import Answered
from autograder.report.spreadsheet import BOM, line, words

COLUMNS = ("submission", "exercise", "title", "points", "answer", "answer_digest", "level", "comment")
NEEDED = ("submission", "exercise", "answer_digest", "level", "comment")
MOST_BYTES = 256 << 20
MOST_IN_COMMENT = 10_000
_LEVELS = ", ".join(Level)
_EXPORT = "export anew, and copy your levels and comments into it"


def answers_csv(assignment: Assignment, answers: Iterable[Answered], *, anonymous: bool = False) -> str:
    """A row for each answer, with the level and comment that it has (RFC 4180: commas, CRLF, text quoted), no cell of
    which a spreadsheet takes for a formula. Answers that are not there have none.

    `anonymous`: without names, a row for the same words of several students, and in an order that tells no names.
    """
    given = [one for one in answers if one.answer]
    order = list(dict.fromkeys(one.exercise for one in given))
    if anonymous:
        given.sort(key=lambda one: (order.index(one.exercise), one.digest))
    file = io.StringIO(newline="")
    file.write(BOM)
    rows = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    titles = {e.name: e.title for e in assignment.manifest.exercises}
    for same in same_words(given) if anonymous else ([one] for one in given):
        one = same[0]
        agreed = {(m.mark.level, m.mark.comment) if m.mark else None for m in same}
        said = one.mark if len(agreed) == 1 else None
        rows.writerow(
            [
                "" if anonymous else line(one.submission),
                line(one.exercise),
                line(titles.get(one.exercise, "")),
                one.points,
                words(one.answer),
                one.digest,
                said.level.value if said else "",
                words(said.comment) if said else "",
            ]
        )
    return file.getvalue()


def same_words(answers: Iterable[Answered]) -> list[list[Answered]]:
    """Answers to the same exercise with the same words together, in the order of their first."""
    groups: dict[tuple[str, str], list[Answered]] = {}
    for one in answers:
        groups.setdefault((one.exercise, one.digest), []).append(one)
    return list(groups.values())


@dataclass(frozen=True)
class Problem:
    """Why a row was not taken."""

    row: int
    """As a spreadsheet numbers it: the headings are row 1."""
    what: str
    fix: str

    @property
    def text(self) -> str:
        """On two lines, as errors are."""
        return f"row {self.row}: {self.what}\n  fix: {self.fix}"


@dataclass
class Taken:
    """What came of a file."""

    marks: list[Mark] = field(default_factory=list)
    """To be recorded. Those that say what stands already are not among them."""
    unchanged: int = 0
    empty: int = 0
    """Rows without a level."""
    problems: list[Problem] = field(default_factory=list)


def marks_in(content: bytes, assignment: Assignment, answers: Sequence[Answered], *, by: str = "") -> Taken:
    """The marks that the bytes of a CSV give to `answers`. Rows that cannot be taken are told, and stop no other.

    A row without a submission holds for everybody with exactly these words.

    Raises:
        AutograderError: `bad-marks-file`: not the bytes of such a CSV at all.
    """
    taken = Taken()
    index = _Index(assignment, answers)
    chosen: dict[tuple[str, str], tuple[int, Level, str, Answered]] = {}
    refused: set[tuple[str, str]] = set()
    for number, cells in _rows(content):
        found = index.read(number, cells)
        if found is None:
            taken.empty += 1
            continue
        if isinstance(found, Problem):
            taken.problems.append(found)
            continue
        level, comment, meant = found
        for one in meant:
            key = (one.submission, one.exercise)
            before = chosen.setdefault(key, (number, level, comment, one))
            if before[1:3] != (level, comment):
                refused.add(key)
                what = f"it says something else of the same answer than row {before[0]}; neither was taken"
                problem = Problem(number, what, "leave one of the two rows")
                taken.problems += [problem] if problem not in taken.problems else []
    for key, (number, level, comment, one) in chosen.items():
        if key in refused:
            continue
        if one.mark and _says(one.mark, level, comment):
            taken.unchanged += 1
            continue
        if one.mark and any(_says(mark, level, comment) for mark in one.before):
            taken.problems.append(_stale(number, one, level, one.mark))
            continue
        taken.marks.append(Mark(one.submission, assignment.slug, one.exercise, one.digest, level, comment, by))
    return taken


def _says(mark: Mark, level: Level, comment: str) -> bool:
    return mark.level is level and comment in (mark.comment.strip(), words(mark.comment))


def _stale(number: int, one: Answered, level: Level, now: Mark) -> Problem:
    """A file that was imported or exported before somebody changed their mind takes nothing back by itself."""
    name = one_line(one.submission, limit=60)
    by = f", by {one_line(now.by, limit=60)}" if now.by else ""
    return Problem(
        number,
        f"{name} was given {level} with this comment before, and {now.level} since{by}",
        f"if it is to be {level} again: autograder mark {now.assignment} {name} {one.exercise} {level}",
    )


class _Index:
    """The answers that there are, and what a row means by them."""

    def __init__(self, assignment: Assignment, answers: Sequence[Answered]) -> None:
        self._exercises = [e.name for e in assignment.written]
        self._named: dict[tuple[str, str], list[Answered]] = {}
        self._alike: dict[tuple[str, str], list[Answered]] = {}
        for one in answers:
            self._named.setdefault((line(one.submission).strip(), one.exercise), []).append(one)
            if one.answer:
                self._alike.setdefault((one.exercise, one.digest), []).append(one)
        self._names = sorted({name for name, _ in self._named})

    def read(self, number: int, cells: Mapping[str, str]) -> Problem | tuple[Level, str, list[Answered]] | None:
        """What a row says and of whom; None where it says nothing yet."""
        said, comment = cells["level"].strip().casefold(), cells["comment"].replace("\r\n", "\n").strip()
        if not said:
            fix = f"write {_LEVELS} into level, or remove the comment"
            return Problem(number, "a comment, and no level", fix) if comment else None
        if said not in list(Level):
            return Problem(number, f"{one_line(said, limit=40)!r} is no level", f"write one of: {_LEVELS}")
        if len(comment) > MOST_IN_COMMENT:
            return Problem(number, f"the comment has {len(comment):,} characters", f"keep to {MOST_IN_COMMENT:,}")
        exercise = cells["exercise"].strip()
        if exercise not in self._exercises:
            fix = f"write one of: {', '.join(self._exercises)}"
            return Problem(number, f"no written exercise is called {one_line(exercise, limit=60)!r}", fix)
        digest = cells["answer_digest"].strip().casefold()
        meant = self._meant(number, cells["submission"].strip(), exercise, digest)
        return meant if isinstance(meant, Problem) else (Level(said), comment, meant)

    def _meant(self, number: int, name: str, exercise: str, digest: str) -> Problem | list[Answered]:
        if not name:
            meant = self._alike.get((exercise, digest), [])
            return meant or Problem(number, "nobody's answer has these words any more", _EXPORT)
        of_name = self._named.get((name, exercise), [])
        if not of_name:
            close = ", ".join(get_close_matches(name, self._names))
            what = f"no submission with this exercise goes by the name {one_line(name, limit=60)!r}"
            return Problem(number, what, f"write one of: {close}" if close else _EXPORT)
        meant = [one for one in of_name if one.answer and one.digest == digest]
        if not meant:
            what = f"the answer of {one_line(name, limit=60)} has changed since it was exported"
            return Problem(number, what, "export anew, and grade the new one: it waits")
        if len(meant) > 1:
            what = f"{len(meant)} submissions look like {one_line(name, limit=60)}"
            return Problem(number, what, f"grade each alone: autograder mark SLUG STUDENT {exercise} LEVEL")
        return meant


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows by the names of their columns, numbered as a spreadsheet does; empty ones left out."""
    text = _text(content)
    first = text.split("\n", 1)[0]
    for separator in (",", ";", "\t"):
        heads = [head.strip().casefold() for head in next(csv.reader([first], delimiter=separator), [])]
        if set(NEEDED) <= set(heads):
            break
    else:
        raise _bad(
            f"Its first row lacks {', '.join(name for name in NEEDED if name not in first.casefold())}",
            "keep the row of headings that --export wrote",
        )
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(rows, 1):
            if number > 1 and any(cell.strip() for cell in cells):
                yield number, dict.fromkeys(heads, "") | dict(zip(heads, cells, strict=False))
    except csv.Error as error:
        raise _bad(f"Near line {rows.line_num}: {error}", "save it as CSV once more") from error


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise _bad(f"It has {len(content) >> 20} MB", "import the file that --export wrote")
    if content.startswith(b"PK"):
        raise _bad("It is a workbook", "save the sheet as CSV UTF-8")
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _bad(f"It is not UTF-8: {error.reason} at byte {error.start}", "save the sheet as CSV UTF-8") from error


def _bad(why: str, fix: str) -> AutograderError:
    return AutograderError("bad-marks-file", "the file holds no marks that can be read", why=f"{why}.", fix=fix)
