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
    from autograder.grading.verify import Proof


@click.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option(
    "--specimens",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="More specimens, from elsewhere.",
)
@click.option("--seeds", type=click.IntRange(1), default=3, show_default=True, help="Seeds for the reference.")
@jobs_option
@json_option
@course_option
def verify(
    slugs: tuple[str, ...],
    specimens: Path | None,
    seeds: int,
    jobs: int | None,
    as_json: bool,
    course: Path | None,
) -> None:
    """Prove the checks of all assignments, or of those named.

    The reference must get full marks on every seed, the untouched stub (almost) nothing, and every specimen must fail
    the exercises that it promises to fail and no other. Exit code 1 where a promise was not kept.
    """
    with errors_shown(as_json):
        require_grading()
        from autograder.course import find_course, load_course

        root = find_course(course or Path.cwd())
        results = {}
        for assignment in load_course(root, slugs):
            start = time.perf_counter()
            proofs = _verify(assignment, seeds, jobs or cores(), specimens)
            results[assignment.slug] = proofs
            if not as_json:
                _summary(assignment, proofs, time.perf_counter() - start)
        if as_json:
            kept = all(p.kept for proofs in results.values() for p in proofs)
            documents = [{"assignment": slug, "proofs": [p.as_dict() for p in ps]} for slug, ps in results.items()]
            click.echo(json.dumps({"schema": 1, "kept": kept, "assignments": documents}, allow_nan=False))
    if not all(p.kept for proofs in results.values() for p in proofs):
        raise click.exceptions.Exit(1)


def _verify(assignment: Assignment, seeds: int, jobs: int, specimens: Path | None) -> list[Proof]:
    from rich.console import Console
    from rich.progress import Progress

    from autograder.grading.attempt import open_grader
    from autograder.grading.specimen import load_specimens
    from autograder.grading.verify import verify as prove

    total = (
        seeds + 1 + len(load_specimens(assignment)) + (len(load_specimens(assignment, specimens)) if specimens else 0)
    )
    proofs: list[Proof] = []
    console = Console(stderr=True, highlight=False)
    with (
        open_grader(assignment, jobs=jobs) as grader,
        Progress(console=console, disable=not sys.stderr.isatty()) as bar,
    ):
        task = bar.add_task(assignment.slug, total=total)
        for proof in prove(grader, seeds=seeds, jobs=jobs, specimens=specimens):
            proofs.append(proof)
            bar.advance(task)
            if not proof.kept:
                console.print(f"[bold]{proof.kind} {proof.name}[/] ({proof.promise})", markup=True)
                for problem in proof.problems:
                    console.print(f"    {problem}", markup=False)
    return proofs


def _summary(assignment: Assignment, proofs: list[Proof], seconds: float) -> None:
    counts = {kind: [p for p in proofs if p.kind == kind] for kind in ("reference", "stub", "specimen")}
    wrong = [p for p in counts["specimen"] if not p.promise.startswith("full")]
    right = [p for p in counts["specimen"] if p.promise.startswith("full")]
    broken = [p for p in proofs if not p.kept]
    mark = "green" if not broken else "NOT green"
    stub = ", ".join(f"{p.points:g} of {p.max_points:g}" for p in counts["stub"])
    click.echo(
        f"{assignment.slug}: {mark} in {seconds:.0f} s: reference full on {_kept(counts['reference'])} seeds; "
        f"stub {stub}; {_kept(wrong)} wrong answers caught; {_kept(right)} right answers accepted"
    )


def _kept(proofs: list[Proof]) -> str:
    return f"{sum(p.kept for p in proofs)} of {len(proofs)}"
