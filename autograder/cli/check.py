"""`autograder check`: the public checks, for a student, in the terminal. Linux, macOS and Windows."""

from __future__ import annotations

import json
from pathlib import Path

import click

from autograder.cli.shared import errors_shown, json_option


@click.command()
@click.argument("notebook", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--exercise", "exercises", multiple=True, metavar="NAME", help="Only this exercise. May be repeated.")
@json_option
def check(notebook: Path | None, exercises: tuple[str, ...], as_json: bool) -> None:
    """Run NOTEBOOK from top to bottom and check it with the public checks beside it, in public/.

    Without NOTEBOOK, the only notebook of this folder. Your code runs in a process of its own, as you.
    """
    with errors_shown(as_json):
        from autograder.grading.own_notebook import only_notebook

        path = notebook or only_notebook(Path.cwd(), "check")
        from autograder.grading.self_check import check_notebook

        result = check_notebook(path, exercises)
        if as_json:
            click.echo(json.dumps({"schema": 1, **result.as_dict()}, allow_nan=False))
        else:
            _show(result)
    if not result.passed:
        raise click.exceptions.Exit(1)


def _show(result: object) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    from autograder.course import Outcome
    from autograder.course.written import is_written
    from autograder.grading.self_check import SelfCheck

    assert isinstance(result, SelfCheck)
    console = Console(highlight=False)
    marks = {
        Outcome.PASSED: ("passed", "green"),
        Outcome.FAILED: ("not yet", "yellow"),
        Outcome.PENDING: ("answered", "green"),
    }
    for f in result.findings:
        mark, style = marks.get(f.outcome, ("could not be judged", "dim"))
        words = ", ".join(filter(None, (f.check.removeprefix("test_").replace("_", " "), f.device.words)))
        console.print(Text.assemble((f"{mark:>9}", style), f"  {f.exercise}: {words}"))
        if f.outcome is Outcome.PASSED:
            continue
        for text in filter(None, (f.message, f.detail, f.hint and f"hint: {f.hint}")):
            console.print(Padding(Text(text), (0, 0, 0, 11), expand=False))
    for note in (*result.notes, *result.stopped):
        console.print(Padding(Text(note, style="dim"), (0, 0, 0, 11), expand=False))
    ran = [f for f in result.findings if not is_written(f)]
    done = sum(f.outcome is Outcome.PASSED for f in ran)
    if ran:
        console.print(f"\n{done} of {len(ran)} public checks passed. The hidden checks try more.")
