"""`autograder verify`: the release gate, every promise of an assignment tried."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import cores, course_option, errors_shown, jobs_option, json_option, require_grading

if TYPE_CHECKING:
    from autograder.course import Assignment
    from autograder.grading.verify import Plan, Verification


@click.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option("--seeds", type=click.IntRange(1), default=20, show_default=True, help="Seeds for the reference.")
@click.option(
    "--specimens",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="More specimens, from elsewhere.",
)
@click.option("--repeats", type=click.IntRange(1), default=1, show_default=True, help="Seeds for each specimen.")
@click.option(
    "--mutants",
    metavar="N",
    type=click.IntRange(0),
    default=12,
    show_default=True,
    help="Mutants of the solution for each exercise; 0: none.",
)
@click.option(
    "--exercise",
    "exercises",
    metavar="NAME",
    multiple=True,
    help="Try the wrong answers to this exercise only. May be repeated. No proof for a release, but quick.",
)
@click.option("--all-mutants", is_flag=True, help="Every mutant that can be made.")
@click.option(
    "--survivors",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    default=3.0,
    show_default=True,
    help="How many of the mutants may survive.",
)
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report, with the matrix of checks and wrong answers, into this file.",
)
@jobs_option
@json_option
@course_option
def verify(
    slugs: tuple[str, ...],
    seeds: int,
    specimens: Path | None,
    repeats: int,
    mutants: int,
    exercises: tuple[str, ...],
    all_mutants: bool,
    survivors: float,
    html: Path | None,
    jobs: int | None,
    as_json: bool,
    course: Path | None,
) -> None:
    """Prove the checks of all assignments, or of those named.

    The reference must get full marks on every seed, the untouched stub (almost) nothing, every specimen must fail the
    exercises that it promises to fail and no other, and hardly a mutant (the solution with one small mistake) may
    survive. Exit code 1 where an assignment is not green.
    """
    with errors_shown(as_json):
        require_grading()
        from autograder.course import find_course, load_course
        from autograder.grading.verify import plan_verification

        def plan(assignment: Assignment) -> Plan:
            return plan_verification(
                assignment,
                seeds=seeds,
                repeats=repeats,
                specimens=specimens,
                mutants=None if all_mutants else mutants,
                most_survivors=survivors / 100,
                exercises=exercises,
            )

        # A mistake in any of them is told before the first minute is spent.
        plans = [plan(assignment) for assignment in load_course(find_course(course or Path.cwd()), slugs)]
        verified = []
        for planned in plans:
            verified.append(prove_plan(planned, jobs or cores()))
            if not as_json:
                print_verification(verified[-1])
        if as_json:
            _print_json(verified)
        if html is not None:
            _write(verified, html)
    if not all(v.green for v in verified):
        raise click.exceptions.Exit(1)


def prove_plan(plan: Plan, jobs: int) -> Verification:
    """Try all of the plan, with a bar on a terminal."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress

    from autograder.grading.attempt import open_grader
    from autograder.grading.verify import conclude
    from autograder.grading.verify import verify as prove

    columns = (*Progress.get_default_columns(), MofNCompleteColumn())  # the time that is left is among the first
    start = time.perf_counter()
    proofs = []
    console = Console(stderr=True, highlight=False)
    with (
        open_grader(plan.assignment, jobs=jobs) as grader,
        Progress(*columns, console=console, disable=not sys.stderr.isatty(), transient=True) as bar,
    ):
        task = bar.add_task(plan.assignment.slug, total=len(plan))
        for proof in prove(plan, grader, jobs=jobs):
            proofs.append(proof)
            bar.advance(task)
        return conclude(plan, grader, proofs, time.perf_counter() - start)


def print_verification(verified: Verification) -> None:
    """The report, in the terminal."""
    from rich.console import Console

    from autograder.report import terminal_verification

    Console(highlight=False).print(terminal_verification(verified))


def _print_json(verified: list[Verification]) -> None:
    from autograder.report import verification_document

    click.echo(json.dumps(verification_document(verified), allow_nan=False))


def _write(verified: list[Verification], html: Path) -> None:
    from autograder.report import write_verification

    click.echo(f"report: {write_verification(verified, html)}", err=True)
