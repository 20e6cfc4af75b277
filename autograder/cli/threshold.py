"""`autograder threshold`: thresholds of trained models, from the reference on many seeds."""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import cores, course_option, errors_shown, jobs_option, json_option, require_grading

if TYPE_CHECKING:
    from rich.table import Table

    from autograder.course import Assignment
    from autograder.grading.calibrate import Calibration


@click.group()
def threshold() -> None:
    """Find out which accuracy, loss or return may be asked for."""


@threshold.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option("--seeds", type=click.IntRange(3), default=20, show_default=True, help="Trainings of the reference.")
@click.option(
    "--trivial",
    metavar="NAME=VALUE",
    multiple=True,
    help="What a model reaches that has learnt nothing, as in accuracy=0.1. May be repeated.",
)
@jobs_option
@json_option
@course_option
def calibrate(
    slugs: tuple[str, ...],
    seeds: int,
    trivial: tuple[str, ...],
    jobs: int | None,
    as_json: bool,
    course: Path | None,
) -> None:
    """Train the reference of all assignments, or of those named, on many seeds, and propose thresholds.

    Full credit is proposed where 99.9 % of the reference's runs pass, with 95 % confidence. Nothing is changed.
    Assignments without trained models are passed over, where none is named.
    """
    with errors_shown(as_json):
        require_grading()
        from autograder.course import find_course, load_course

        baselines = _baselines(trivial)
        found = {}
        for assignment in load_course(find_course(course or Path.cwd()), slugs):
            found[assignment.slug] = _calibrated(assignment, seeds, jobs or cores(), baselines, named=bool(slugs))
            if not as_json and found[assignment.slug]:
                _print(assignment.slug, seeds, found[assignment.slug])
        if as_json:
            _print_json(seeds, found)


def _baselines(trivial: tuple[str, ...]) -> dict[str, float]:
    found = {}
    for given in trivial:
        name, separator, value = given.rpartition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            separator = ""
        if not separator or not name.strip():
            raise click.BadParameter(f"{given!r} is no NAME=VALUE, as in accuracy=0.1", param_hint="--trivial")
    return found


def _calibrated(
    assignment: Assignment, seeds: int, jobs: int, trivial: dict[str, float], *, named: bool
) -> tuple[Calibration, ...]:
    """Measure with a bar on a terminal. Nothing, where there is nothing to measure and nobody has asked for it."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress

    from autograder.errors import AutograderError
    from autograder.grading.attempt import open_grader
    from autograder.grading.calibrate import calibrate as measure

    columns = (*Progress.get_default_columns(), MofNCompleteColumn())  # the time that is left is among the first
    console = Console(stderr=True, highlight=False)
    with (
        open_grader(assignment, jobs=jobs, exact=True) as grader,
        Progress(*columns, console=console, disable=not sys.stderr.isatty(), transient=True) as bar,
    ):
        task = bar.add_task(assignment.slug, total=seeds)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        try:
            return measure(grader, seeds=seeds, jobs=jobs, trivial=trivial, progress=advance)
        except AutograderError as error:
            if error.code != "nothing-to-calibrate" or named:
                raise
            return ()


def _print(slug: str, seeds: int, found: tuple[Calibration, ...]) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=120)
    console.print(f"{slug}: the reference, trained on {seeds} seeds")
    if seeds < 20:
        console.print("Provisional: the fewer the seeds, the wider the margin. 20 or more are usual.")
    for check in dict.fromkeys(one.check for one in found):
        here = [one for one in found if one.check == check]
        seconds = statistics.fmean(here[0].seconds)
        console.print(f"\n{check} ({here[0].exercise}), {seconds:.1f} s for one seed")
        console.print(_table(here))
    strict = [f"{one.check}: {one.present.name}" for one in found if not one.safe]
    if strict:
        console.print(f"Asks for more than the reference is sure to reach: {', '.join(strict)}.")


def _table(found: list[Calibration]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("measured")
    for heading in ("mean", "SD", "worst", "full now", "proposed", "half now", "proposed"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("full credit now")
    for one in found:
        now = one.present
        table.add_row(
            now.name,
            *(f"{number:.4g}" for number in (one.mean, one.deviation, one.worst)),
            _bound(now.full, now.ceiling and now.ceiling[0]),
            _bound(one.full, one.ceiling and one.ceiling[0]),
            _bound(now.half, now.ceiling and now.ceiling[1]),
            _bound(one.half, one.ceiling and one.ceiling[1]),
            "safe" if one.safe else "too strict",
        )
    return table


def _bound(bound: float, ceiling: float | None) -> str:
    return f"{bound:.4g}" if ceiling is None else f"{bound:.4g} to {ceiling:.4g}"


def _print_json(seeds: int, found: dict[str, tuple[Calibration, ...]]) -> None:
    from autograder.grading.calibrate import tolerance_factor

    assignments = [
        {"assignment": slug, "measured": [one.as_dict() for one in calibrations]}
        for slug, calibrations in found.items()
    ]
    document = {"schema": 1, "seeds": seeds, "factor": round(tolerance_factor(seeds), 4), "assignments": assignments}
    click.echo(json.dumps(document, allow_nan=False))
