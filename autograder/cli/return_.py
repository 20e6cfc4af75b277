"""`autograder return`: feedback on what was graded, put into the exchange where each student finds their own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import course_exchange, course_option, errors_shown, json_option

if TYPE_CHECKING:
    from autograder.course import Assignment, Verdict
    from autograder.exchange import Arrival, Desk

MOST_NAMED = 20


@dataclass(frozen=True)
class _Done:
    """What became of the arrivals: returned, and those left, with the reason."""

    returned: tuple[str, ...]
    left: tuple[tuple[str, str], ...]


@click.command("return")
@click.argument("slug")
@click.option("--exchange", metavar="DIR", help="The exchange. Default: AUTOGRADER_EXCHANGE, else course.toml's.")
@click.option(
    "--gradebook", metavar="URL", help="A SQLite file or a database URL. Default: gradebook.db in the course."
)
@course_option
@json_option
def return_(slug: str, exchange: str | None, gradebook: str | None, course: Path | None, as_json: bool) -> None:
    """Put the feedback pages on SLUG into the exchange, each behind a name that only its student's receipt tells.

    A page goes to the very package that was graded: same student, same bytes. To return it once more, after marks or a
    regrade, takes the place of what was returned before.

    Exit codes: 0 done; 1 something has to be mended.
    """
    with errors_shown(as_json):
        from autograder.course import find_course, load_course
        from autograder.exchange import desk_at
        from autograder.gradebook import Gradebook
        from autograder.interop.collect import names_collected

        root = find_course(course or Path.cwd())
        (assignment,) = load_course(root, (slug,))
        desk = desk_at(course_exchange(exchange, root) or _nowhere())
        with Gradebook.open(gradebook or root / "gradebook.db", must_exist=True) as book:
            called = names_collected(root / "submissions" / assignment.slug)
            done = _give_back(assignment, book.latest(assignment.slug), desk, called)
        if as_json:
            left = [{"student": student, "why": why} for student, why in done.left]
            click.echo(json.dumps({"schema": 1, "returned": list(done.returned), "left": left}))
        else:
            _say(assignment, done)


def _nowhere() -> str:
    from autograder.errors import AutograderError

    raise AutograderError(
        "no-exchange", "nothing says which exchange", fix='--exchange DIR, or exchange = "…" in course.toml'
    )


def _give_back(assignment: Assignment, verdicts: tuple[Verdict, ...], desk: Desk, called: Mapping[str, str]) -> _Done:
    from autograder.cli.return_summary import summary_of
    from autograder.report.pages import feedback_page
    from autograder.report.rendering import render

    by_name = {verdict.submission: verdict for verdict in verdicts}
    returned: list[str] = []
    left: list[tuple[str, str]] = []
    arrivals = tuple(desk.inbound(assignment.slug))
    newest = {arrival.student: arrival for arrival in arrivals}
    for arrival in arrivals:
        verdict = next((by_name[name] for name in _names(arrival, called) if name in by_name), None)
        found = _bytes(arrival)
        if verdict is not None and found is not None and found[1] == verdict.digest:
            page = render("feedback.html", page=feedback_page(assignment, verdict)).encode()
            summary = summary_of(assignment, verdict).as_bytes()
            desk.give_back(assignment.slug, arrival.student, found[0], page, summary)
            returned.append(arrival.student)
        elif newest[arrival.student] == arrival:
            why = "never graded" if verdict is None else "what was graded under this name are other bytes"
            left.append((arrival.student, why))
    return _Done(tuple(dict.fromkeys(returned)), tuple((s, w) for s, w in left if s not in returned))


def _names(arrival: Arrival, called: Mapping[str, str]) -> tuple[str, ...]:
    """What a verdict on the arrival may go by: as `collect` called the student, or would, or graded where it lies."""
    from autograder.interop.collect.naming import safe_name

    safe = safe_name(arrival.student)
    known = called.get(arrival.student)
    return (*([known] if known else []), arrival.student, safe, f"{safe}-{safe}", arrival.path.stem)


def _bytes(arrival: Arrival) -> tuple[str, str] | None:
    """SHA-256 of the package, and of the work in it as the gradebook has it; None where intake would refuse it."""
    import hashlib
    import io

    from autograder.grading import archive, folder, paths
    from autograder.grading.intake import digest_of

    try:
        content = folder.read_file(arrival.path, paths.MAX_TOTAL_BYTES)
        return hashlib.sha256(content).hexdigest(), digest_of(archive.read_files(io.BytesIO(content)))
    except paths.Refused:
        return None


def _say(assignment: Assignment, done: _Done) -> None:
    from autograder.course.text import one_line

    count = len(done.returned)
    click.echo(f"{assignment.slug}: feedback for {count} student{'' if count == 1 else 's'} lies in the exchange")
    for student, why in done.left[:MOST_NAMED]:
        click.echo(f"  not for {one_line(student)}: {why}")
    if len(done.left) > MOST_NAMED:
        click.echo(f"  and {len(done.left) - MOST_NAMED} more")
