"""`autograder grade`: a folder of submissions into verdicts, recorded as they come."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import click

from autograder.cli.grade_engine import EngineAsked, EngineName
from autograder.cli.grade_options import Options
from autograder.cli.moment import Moment
from autograder.cli.shared import course_option, errors_shown, isolation_option, json_option, require_grading


@click.command()
@click.argument("slug")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--gradebook", metavar="URL", help="A SQLite file or a database URL. Default: gradebook.db in the course."
)
@click.option(
    "--feedback",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a page for each student and index.html into this folder when done.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be graded and what stands recorded. Runs nothing.")
@click.option("--only", multiple=True, metavar="NAME", help="Only this one, or those like 'a*'. May be repeated.")
@click.option("--failed-only", is_flag=True, help="Only those short of full marks, or with broken or lost checks.")
@click.option(
    "--since",
    type=Moment(),
    metavar="WHEN",
    help="Only what was changed since: 2026-11-20, 2026-11-20T14:00, or an age such as 90m, 36h, 7d.",
)
@click.option(
    "--resume/--no-resume", default=True, help="Go on where earlier batches were stopped, or take nothing from them."
)
@click.option("--again", is_flag=True, help="Grade anew, with another seed, what the gradebook holds already.")
@click.option(
    "--engine",
    "engine_name",
    type=EngineName(),
    default="local",
    metavar="NAME",
    help="This machine (local, the default), or a Ray cluster: ray, ray://HOST:PORT.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="How many at a time, on each machine. Default: one for each core.",
)
@click.option(
    "--gpus", type=click.IntRange(0), metavar="N", help="How many GPUs to use, on each machine. Default: all."
)
@isolation_option
@click.option(
    "--i-trust-submissions",
    is_flag=True,
    help="With --isolation none: yes, run them with the rights of this user, files and network and gradebook included.",
)
@click.option("--profile", is_flag=True, help="Measure where the time of each submission goes, and show it.")
@click.option(
    "--log",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Append what happens, one JSON object a line. Default: beside the gradebook, named .jsonl.",
)
@click.option("--all", "show_all", is_flag=True, help="Show every submission at the end, however many there are.")
@json_option
@course_option
def grade(
    slug: str,
    paths: tuple[Path, ...],
    course: Path | None,
    engine_name: str,
    jobs: int | None,
    gpus: float | None,
    isolation: str | None,
    i_trust_submissions: bool,
    **options: object,
) -> None:
    """Grade the submissions at PATH on assignment SLUG (a number such as 04 is enough).

    PATH is a notebook, a .py, a folder, a zip, or a folder of those, one for each student. A folder that holds the
    assignment's notebook is one submission.

    Every verdict is in the gradebook as soon as it exists. A batch that was stopped goes on where it was when the
    same command is given again. Ctrl-C finishes what is in flight; a second one stops at once.

    Exit codes: 0 done; 1 something has to be mended first; 2 mistyped; 3 done, but a check is broken; 4 done, but
    the platform lost checks; 130 stopped before the end.
    """
    asked = Options(**options)  # type: ignore[arg-type]
    engine = EngineAsked(engine_name, isolation, jobs, gpus)
    with errors_shown(asked.as_json):
        if (isolation == "none") != i_trust_submissions:
            raise click.UsageError(
                "--isolation none lets submissions read and change all that you can, the gradebook included: it needs "
                "--i-trust-submissions beside it, and nothing else does."
            )
        if gpus is not None and not gpus.is_integer() and (engine.local or not math.isfinite(gpus)):
            raise click.UsageError("--gpus: a part of a GPU can only be leased from a cluster, with --engine.")
        if engine.local and not asked.dry_run:
            require_grading(walls=isolation != "none")
        from autograder.cli.grade_wanted import named
        from autograder.course import find_course, load_course
        from autograder.grading.sources import find_submissions, with_unique_names

        root = find_course(course or Path.cwd())
        (assignment,) = load_course(root, (slug,))
        sources = with_unique_names(tuple(s for path in paths for s in find_submissions(path, assignment.slug)))
        asked = replace(asked, only=named(asked.only, sources))
        if asked.dry_run:
            from autograder.cli.grade_plan import show_plan

            show_plan(root, assignment, sources, asked)
            return
        from autograder.cli.grade_run import run_batch

        code = run_batch(root, assignment, sources, engine, asked)
    raise click.exceptions.Exit(code)
