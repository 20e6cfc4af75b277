"""`autograder build`: sources into releases and executed solutions."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from autograder.build import Built
    from autograder.errors import AutograderError


@click.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option(
    "--course",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The course's folder. Default: this one, or the nearest above it that holds assignments/.",
)
@click.option("--force", is_flag=True, help="Execute the solutions even where their sources did not change.")
@click.option("--json", "as_json", is_flag=True, help="Print what was built as JSON.")
def build(slugs: tuple[str, ...], course: Path | None, force: bool, as_json: bool) -> None:
    """Write release/ and solutions/ from the sources.

    Builds all assignments, or those named (a number such as 04 is enough). Where something is to be mended in one of
    them, that one is left as it was, the others are built, and the exit code is 1.
    """
    from rich.console import Console

    from autograder.build import build_assignment
    from autograder.course import find_course, load_course
    from autograder.errors import AutograderError

    out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)
    built: list[Built] = []
    failed: list[AutograderError] = []
    try:
        root = find_course(course or Path.cwd())
        assignments = load_course(root, slugs)
    except AutograderError as error:
        _finish(built, [error], as_json)
        return
    for assignment in assignments:
        with err.status(assignment.slug) as status:
            try:
                made = build_assignment(
                    assignment,
                    root,
                    force=force,
                    progress=lambda step, slug=assignment.slug: status.update(f"{slug}: {step}"),  # type: ignore[misc]
                )
            except AutograderError as error:
                failed.append(error)
                continue
        built.append(made)
        if not as_json:
            out.print(_summary(made), markup=False)
    _finish(built, failed, as_json)


def _summary(made: Built) -> str:
    release = "release written" if made.release_changed else "release unchanged"
    solution = "solution executed" if made.solution_executed else "solution current"
    return (
        f"{made.slug}  version {made.version}: {_count(made.exercises, 'exercise')}, {_count(made.points, 'point')}, "
        f"{made.public_checks} public and {made.hidden_checks} hidden checks; {release}, {solution}"
    )


def _count(number: float, what: str) -> str:
    return f"{number:g} {what}{'' if number == 1 else 's'}"


def _finish(built: list[Built], failed: list[AutograderError], as_json: bool) -> None:
    if as_json:
        click.echo(
            json.dumps({"schema": 1, "built": [asdict(b) for b in built], "errors": [e.as_dict() for e in failed]})
        )
    else:
        for error in failed:
            click.echo(error.render(), err=True)
    if failed:
        raise SystemExit(1)
