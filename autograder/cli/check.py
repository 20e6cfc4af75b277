"""`autograder check`: the public checks, for a student, in the terminal. Linux, macOS and Windows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import errors_shown, json_option

if TYPE_CHECKING:
    from autograder.course.released import Released
    from autograder.grading.self_check import SelfCheck


@click.command()
@click.argument("notebook", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--exercise", "exercises", multiple=True, metavar="NAME", help="Only this exercise. May be repeated.")
@json_option
def check(notebook: Path | None, exercises: tuple[str, ...], as_json: bool) -> None:
    """Run NOTEBOOK from top to bottom and check it with the public checks beside it, in public/.

    Without NOTEBOOK, the only notebook of this folder. Your code runs in a process of its own, as you.
    """
    with errors_shown(as_json):
        from autograder.course.released import read_released
        from autograder.grading.own_notebook import only_notebook

        path = notebook or only_notebook(Path.cwd(), "check")
        from autograder.grading.self_check import check_notebook

        result = check_notebook(path, exercises)
        if as_json:
            click.echo(json.dumps({"schema": 1, **result.as_dict()}, allow_nan=False))
        else:
            _show(result, read_released(path.resolve().parent))
    if not result.passed:
        raise click.exceptions.Exit(1)


def _show(result: SelfCheck, released: Released | None) -> None:
    from autograder.examiner.panel import Look, text

    colours = {Look.PASSED: "green", Look.ANSWERED: "green", Look.WRONG: "red"}
    for line, look in text(result.findings, released):
        mark, rest = (line[:9], line[9:]) if look is not None and len(line) > 9 else ("", line)
        click.echo(click.style(mark, fg=look and colours.get(look)) + rest)
    for note in result.told:
        click.echo(f"note: {plain_note(note)}")


def plain_note(note: str) -> str:
    """What was said of the notebook, which may quote it."""
    from autograder.course.text import one_line

    return one_line(note, limit=300)
