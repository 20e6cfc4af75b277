"""`autograder preview`: what students will see, before anything is written."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import course_option, errors_shown, json_option

if TYPE_CHECKING:
    from autograder.course import Assignment
    from autograder.report.preview import Preview


@click.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the notebook's page into this file. Default: one in the folder for temporary files.",
)
@click.option("--open", "opened", is_flag=True, help="Open the page in a browser.")
@json_option
@course_option
def preview(slugs: tuple[str, ...], html: Path | None, opened: bool, as_json: bool, course: Path | None) -> None:
    """Show what students will get of SLUG (a number such as 04 is enough), or of all assignments.

    Strips and scans as `build` does, and leaves release/ as it is.
    """
    with errors_shown(as_json):
        from autograder.course import find_course, load_course
        from autograder.report.preview import preview_of

        assignments = load_course(find_course(course or Path.cwd()), slugs)
        if html is not None and len(assignments) != 1:
            raise click.UsageError("--html: one file holds one assignment. Name it, such as 04.")
        shown = []
        for assignment in assignments:
            seen = preview_of(assignment)
            page = _written(seen, assignment, html)
            shown.append((seen, page))
            if not as_json:
                _print(seen, page)
            if opened:
                click.launch(page.as_uri())
        if as_json:
            click.echo(json.dumps({"schema": 1, "previews": [_document(seen, page) for seen, page in shown]}))


def _written(seen: Preview, assignment: Assignment, html: Path | None) -> Path:
    from autograder.errors import AutograderError, Place
    from autograder.report.preview import notebook_page

    path = html or Path(tempfile.mkdtemp(prefix="autograder-preview-")) / f"{assignment.slug}.html"
    try:
        return notebook_page(seen, path.absolute())
    except OSError as error:
        raise AutograderError(
            "preview-not-writable",
            "the page cannot be written",
            where=Place(str(path)),
            why=f"The system says: {error.strerror or error}.",
            fix="name a file in a folder that you may write to with --html",
        ) from error


def _document(seen: Preview, page: Path) -> dict[str, object]:
    told = asdict(seen)
    del told["notebook"]
    return {**told, "files": dict(seen.files), "page": str(page)}


def _print(seen: Preview, page: Path) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    points = sum(exercise.points for exercise in seen.exercises)
    console.print(Text.assemble((seen.title, "bold"), f"\n{seen.slug}, version {seen.version}, {points:g} points"))
    table = Table(box=box.SIMPLE, expand=True, pad_edge=False, header_style="dim")
    table.add_column("exercise", no_wrap=True, min_width=max(len(e.name) for e in seen.exercises))
    table.add_column("what it is about", no_wrap=True, ratio=1)
    for name in ("points", "hints", "public", "hidden", "cut"):
        table.add_column(name, justify="right", no_wrap=True, min_width=len(name))
    for e in seen.exercises:
        judged = ("in words", "") if e.written else (str(e.public), str(e.hidden))
        lines = str(e.solution_lines) if e.solution_lines else ""
        table.add_row(Text(e.name), Text(e.title), f"{e.points:g}", str(e.hints or ""), *judged, lines)
    console.print(table)
    console.print("public, hidden: checks; cut: lines of the solution that are taken out\n", style="dim")
    console.print("Students get, and nothing else:", style="dim")
    for path, size in seen.files:
        console.print(Text(f"  {path}  ").append(_size(size), style="dim"))
    console.print(Text.assemble("\nThe notebook as they will open it: ", str(page)), soft_wrap=True)


def _size(count: int) -> str:
    return f"{count:,} bytes" if count < 10_000 else f"{count / 1000:,.0f} kB"
