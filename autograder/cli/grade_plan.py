"""`autograder grade --dry-run`: what would be graded, what stands recorded, what cannot be read."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.grade_wanted import wanted_of
from autograder.course.text import one_line
from autograder.errors import AutograderError
from autograder.gradebook import Gradebook
from autograder.grading.batch import Foreseen, Prospect, plan_batch

if TYPE_CHECKING:
    from autograder.cli.grade_options import Options
    from autograder.course import Assignment
    from autograder.grading.sources import Source

MOST_NAMES = 10
"""Of each kind that are named, without `--all`. Those whose verdict stands are only named with it."""
_WORDS = {
    Prospect.GRADE: "to be graded",
    Prospect.SAME_BYTES: "same bytes as another, whose verdict they get",
    Prospect.RECORDED: "recorded before",
    Prospect.REFUSED: "handed in what cannot be graded, and are told so",
    Prospect.UNREAD: "cannot be read here, which is no fault of theirs",
}


def show_plan(root: Path, assignment: Assignment, sources: tuple[Source, ...], asked: Options) -> None:
    """Print what a batch would do with `sources`. Nothing is run, and nothing is written.

    Raises:
        AutograderError: as the batch would.
    """
    with _gradebook(asked.gradebook or root / "gradebook.db") as book:
        foreseen = plan_batch(book, sources, assignment, wanted=wanted_of(asked))
        if asked.as_json:
            _print_json(assignment, foreseen)
        else:
            _print_counts(assignment, foreseen, len(sources), None if asked.show_all else MOST_NAMES)


@contextlib.contextmanager
def _gradebook(place: str | Path) -> Iterator[Gradebook]:
    """The gradebook; an empty one for the moment where there is none yet, since looking must not make one."""
    with contextlib.ExitStack() as stack:
        try:
            book = Gradebook.open(place, must_exist=True)
        except AutograderError as error:
            if error.code != "no-gradebook":
                raise
            book = Gradebook.open(Path(stack.enter_context(tempfile.TemporaryDirectory())) / "gradebook.db")
        yield stack.enter_context(book)


def _print_counts(assignment: Assignment, foreseen: Iterable[Foreseen], total: int, most: int | None) -> None:
    counts: Counter[Prospect] = Counter()
    named: dict[Prospect, list[str]] = {prospect: [] for prospect in Prospect}
    for one in foreseen:
        counts[one.prospect] += 1
        if most is None or (len(named[one.prospect]) < most and one.prospect is not Prospect.RECORDED):
            why = f": {one_line(one.why, limit=200)}" if one.why else ""
            named[one.prospect].append(f"{one_line(one.name, limit=80)}{why}")
    digits = len(str(max(total, 1)))
    click.echo(f"{assignment.slug}, version {assignment.version()}, {total} submissions; nothing was run")
    for prospect in Prospect:
        if counts[prospect] or prospect is Prospect.GRADE:
            click.echo(f"{counts[prospect]:>{digits + 2}}  {_WORDS[prospect]}")
            _print_names(sorted(named[prospect]), counts[prospect], " " * (digits + 6))
    if total > counts.total():
        click.echo(f"{total - counts.total():>{digits + 2}}  not chosen")


def _print_names(names: list[str], count: int, indent: str) -> None:
    for name in names:
        click.echo(f"{indent}{name}")
    if count > len(names) > 0:
        click.echo(f"{indent}and {count - len(names)} more; --all names them")


def _print_json(assignment: Assignment, foreseen: Iterable[Foreseen]) -> None:
    """One document, written submission by submission."""
    head = json.dumps({"schema": 1, "assignment": assignment.slug, "version": assignment.version()})
    click.echo(f'{head[:-1]}, "submissions": [', nl=False)
    for place, one in enumerate(foreseen):
        entry = {"submission": one.name, "prospect": one.prospect.name.lower(), "why": one.why}
        click.echo(f"{', ' if place else ''}{json.dumps(entry)}", nl=False)
    click.echo("]}")
