"""`autograder release`: verify, build, hand out, tag the version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import (
    cores,
    course_exchange,
    course_option,
    errors_shown,
    jobs_option,
    json_option,
    require_grading,
)

if TYPE_CHECKING:
    from autograder.course import Assignment


@dataclass(frozen=True)
class _Asked:
    exchange: str
    seeds: int
    jobs: int
    tagged: bool
    as_json: bool


@click.command()
@click.argument("slug")
@click.option(
    "--exchange",
    metavar="DIR",
    help="The folder to hand out through. Default: AUTOGRADER_EXCHANGE, or what course.toml says.",
)
@click.option("--seeds", type=click.IntRange(1), default=20, show_default=True, help="Seeds for the reference.")
@click.option("--no-tag", is_flag=True, help="Make no tag in the course's git repository.")
@jobs_option
@json_option
@course_option
def release(
    slug: str, exchange: str | None, seeds: int, no_tag: bool, jobs: int | None, as_json: bool, course: Path | None
) -> None:
    """Hand out assignment SLUG (a number such as 04 is enough), once it is proven.

    Builds, verifies as `verify` does, copies release/SLUG to the exchange where there is one, and tags the version in
    the course's git repository. The first of these that fails ends it. Releasing the same again changes nothing;
    another version is laid beside the earlier one.
    """
    with errors_shown(as_json):
        require_grading()
        from autograder.course import find_course, load_course

        root = find_course(course or Path.cwd())
        (assignment,) = load_course(root, (slug,))
        chosen = course_exchange(exchange, root)
        done = _release(root, assignment, _Asked(chosen, seeds, jobs or cores(), not no_tag, as_json))
        if as_json:
            click.echo(json.dumps({"schema": 1, **done}))


def _release(root: Path, assignment: Assignment, asked: _Asked) -> dict[str, object]:
    """What was done, for `--json`."""
    from autograder.build import build_assignment, tag
    from autograder.exchange import desk_at

    say = (lambda _: None) if asked.as_json else click.echo
    desk = desk_at(asked.exchange) if asked.exchange else None  # a wrong address is told before minutes are spent
    built = build_assignment(assignment, root)
    say(f"built      release/{assignment.slug}, version {built.version}")
    tagged = asked.tagged and tag.in_repository(root)
    if tagged:
        tag.require_committed(root, assignment)
    headline = _proven(assignment, asked)
    say(f"verified   {headline}")
    place = desk.publish(root / "release" / assignment.slug) if desk is not None else None
    say(f"handed out {place}" if place else "handed out nowhere: no exchange is named; release/ is yours to hand out")
    made = tag.tag(root, assignment, f"{assignment.manifest.title}: {headline}") if tagged else None
    if made is not None:
        say(f"tagged     {made.name}" + ("" if made.new else ", as before"))
    elif asked.tagged:
        say("not tagged: the course is in no git repository")
    return {
        "slug": assignment.slug,
        "version": built.version,
        "verified": headline,
        "place": None if place is None else str(place),
        "tag": None if made is None else made.name,
    }


def _proven(assignment: Assignment, asked: _Asked) -> str:
    """The headline of a green proof.

    Raises:
        AutograderError: `not-proven`.
    """
    from autograder.cli.verify import print_verification, prove_plan
    from autograder.errors import AutograderError, Place
    from autograder.grading.verify import plan_verification
    from autograder.report.verification import findings

    verified = prove_plan(plan_verification(assignment, seeds=asked.seeds), asked.jobs)
    if not verified.green:
        if not asked.as_json:
            print_verification(verified)
        raise AutograderError(
            "not-proven",
            f"{assignment.slug} is not green, and was not handed out",
            where=Place(str(assignment.root)),
            why="A check, a specimen or the solution does not keep what it promises.",
            fix=f"mend what `autograder verify {assignment.slug}` names",
        )
    return findings(verified).headline
