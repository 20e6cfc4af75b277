"""`autograder build`: sources into releases and executed solutions."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import course_option

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.build import Built
    from autograder.cli.watching import Sources
    from autograder.errors import AutograderError


@click.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@course_option
@click.option("--force", is_flag=True, help="Execute the solutions even where their sources did not change.")
@click.option("--watch", is_flag=True, help="Then build again whenever a source is saved, until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="Print what was built as JSON.")
def build(slugs: tuple[str, ...], course: Path | None, force: bool, watch: bool, as_json: bool) -> None:
    """Write release/ and solutions/ from the sources.

    Builds all assignments, or those named (a number such as 04 is enough). Where something is to be mended in one of
    them, that one is left as it was, the others are built, and the exit code is 1.
    """
    from autograder.cli.watching import Sources
    from autograder.course import find_course
    from autograder.errors import AutograderError

    done = _Round(as_json)
    sources = None
    try:
        root = find_course(course or Path.cwd())
        sources = Sources(root)
        done = _build(root, slugs, force, as_json)
    except AutograderError as error:
        done.failed.append(error)
    done.tell()
    if watch and sources is not None:
        _keep_building(root, sources, slugs, as_json)
        return
    if done.failed:
        raise SystemExit(1)


@dataclass
class _Round:
    """What came of building once."""

    as_json: bool
    built: list[Built] = field(default_factory=list)
    failed: list[AutograderError] = field(default_factory=list)

    def tell(self) -> None:
        """The errors, or all of it as JSON; what was built is shown as it is built."""
        if self.as_json:
            built = [asdict(b) for b in self.built]
            click.echo(json.dumps({"schema": 1, "built": built, "errors": [e.as_dict() for e in self.failed]}))
            return
        for error in self.failed:
            click.echo(error.render(), err=True)


def _build(
    root: Path, slugs: tuple[str, ...], force: bool, as_json: bool, saved: frozenset[str] | None = None
) -> _Round:
    """Build those named; where `saved` is given, those of them that it names."""
    from rich.console import Console

    from autograder.build import build_assignment
    from autograder.course import load_course
    from autograder.errors import AutograderError

    out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)
    done = _Round(as_json)
    for assignment in load_course(root, slugs):
        if saved is not None and assignment.slug not in saved:
            continue
        with err.status(assignment.slug) as status:
            try:
                made = build_assignment(
                    assignment,
                    root,
                    force=force,
                    progress=lambda step, slug=assignment.slug: status.update(f"{slug}: {step}"),  # type: ignore[misc]
                )
            except AutograderError as error:
                done.failed.append(error)
                continue
        done.built.append(made)
        if not as_json:
            _show(out, made, timed=saved is not None)
    return done


def _keep_building(root: Path, sources: Sources, slugs: tuple[str, ...], as_json: bool) -> None:
    """Build again what was saved, until Ctrl-C. What cannot be built is told, and waited for."""
    from autograder.errors import AutograderError

    if not as_json:
        click.echo("watching the sources; Ctrl-C ends it", err=True)
    for saved in sources.saved():
        try:
            done = _build(root, slugs, False, as_json, saved)
        except AutograderError as error:
            done = _Round(as_json, failed=[error])
        if done.built or done.failed:
            done.tell()


def _show(out: Console, made: Built, *, timed: bool) -> None:
    from datetime import datetime

    when = f"{datetime.now():%H:%M:%S}  " if timed else ""
    out.print(f"{when}{_summary(made)}", markup=False)


def _summary(made: Built) -> str:
    release = "release written" if made.release_changed else "release unchanged"
    solution = "solution executed" if made.solution_executed else "solution current"
    return (
        f"{made.slug}  version {made.version}: {_count(made.exercises, 'exercise')}, {_count(made.points, 'point')}, "
        f"{made.public_checks} public and {made.hidden_checks} hidden checks; {release}, {solution}"
    )


def _count(number: float, what: str) -> str:
    return f"{number:g} {what}{'' if number == 1 else 's'}"
