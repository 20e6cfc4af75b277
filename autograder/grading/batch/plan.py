"""What a batch would do, without doing it: every chosen submission is read, and nothing is run or written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from autograder.course import Assignment, Rejected
from autograder.gradebook import Gradebook
from autograder.grading.batch.ahead import Ahead
from autograder.grading.batch.choosing import chosen
from autograder.grading.batch.wanted import Wanted
from autograder.grading.sources import Source

_AT_ONCE = 32


class Prospect(StrEnum):
    """What would become of a submission."""

    GRADE = "grade"
    SAME_BYTES = "same bytes as another"
    """It would get the verdict of another with the same bytes."""
    RECORDED = "recorded before"
    REFUSED = "cannot be graded"
    """The student's doing: it would get a verdict that says why."""
    UNREAD = "cannot be read"
    """The platform's fault."""


@dataclass(frozen=True)
class Foreseen:
    """One submission and what would become of it. `why` is for the two that cannot be."""

    name: str
    prospect: Prospect
    why: str = ""


def plan_batch(
    book: Gradebook,
    sources: tuple[Source, ...],
    assignment: Assignment,
    *,
    wanted: Wanted | None = None,
    environment: str | None = None,
) -> Iterator[Foreseen]:
    """What `grade_batch` would do with each of the chosen sources, in no certain order; memory stays flat.

    `environment`: for which verdicts stand. None, where no engine is there to ask: that of the newest batch with these
    checks. Where it has changed since, all that stands recorded would be graded.

    Raises:
        AutograderError: as grade_batch.
    """
    wanted = wanted or Wanted()
    version = assignment.version()
    if environment is None:
        environment = book.journal.newest_environment(assignment.slug, version)
    todo = chosen(sources, wanted, book, assignment.slug)
    again = wanted.again or not wanted.resume
    standing = partial(book.standing, assignment.slug, version, environment)
    ahead = Ahead(todo, assignment, book.course_key(), standing, again=again)
    while (looked := ahead.look(_AT_ONCE)) is not None:
        yield from (Foreseen(name, Prospect.RECORDED) for name, _ in looked.recorded)
        alike = (*looked.waiting, *(name for name, _ in looked.same_bytes))
        yield from (Foreseen(name, Prospect.SAME_BYTES) for name in alike)
        yield from (Foreseen(name, Prospect.UNREAD, why) for name, why in looked.unread)
        for work in looked.todo:
            refused = isinstance(work.submission, Rejected)
            why = work.submission.message if isinstance(work.submission, Rejected) else ""
            yield Foreseen(work.submission.name, Prospect.REFUSED if refused else Prospect.GRADE, why)
            ahead.forget(work)
