"""`autograder doctor`: what this machine can do, what is missing, and whether the walls hold here."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import json_option

if TYPE_CHECKING:
    from autograder.grading.selftest import Probed
    from autograder.sandbox.machine import Machine, Missing

_EXTRAS = {
    "check your own work": ("torch", "pip install torch"),
    "grade and report": ("sqlalchemy", 'pip install "autograder[grader]"'),
    "build releases": ("nbclient", 'pip install "autograder[instructor]"'),
}


@click.command()
@click.option("--quick", is_flag=True, help="Look only; do not try the walls with attacks.")
@json_option
def doctor(quick: bool, as_json: bool) -> None:
    """Say what this machine can do and what is missing, and try the walls with a dozen attacks.

    Exit code 1 where submissions cannot be graded here.
    """
    from autograder.sandbox.machine import look, requirements_for_grading

    machine = look()
    missing = requirements_for_grading(machine)
    tasks = _tasks()
    probed = [] if quick or missing or not all(ok for _, ok, _ in tasks[:2]) else _probe()
    sound = not missing and all(p.refused for p in probed)
    if as_json:
        document = {
            "schema": 1,
            "version": importlib.metadata.version("autograder"),
            "can_grade": sound,
            "isolation": "process" if not missing else None,
            "machine": {name: getattr(machine, name) for name in machine.__dataclass_fields__},
            "missing": [{"name": m.name, "cause": m.cause, "fix": m.fix} for m in missing],
            "installed": {task: ok for task, ok, _ in tasks},
            "walls": [{"attack": p.name, "refused": p.refused, "how": p.how} for p in probed],
        }
        click.echo(json.dumps(document))
    else:
        _show(machine, missing, tasks, probed)
    if not sound:
        raise click.exceptions.Exit(1)


def _tasks() -> list[tuple[str, bool, str]]:
    """What can be done with what is installed: the task, whether, and the command that would add it."""
    return [(task, importlib.util.find_spec(module) is not None, fix) for task, (module, fix) in _EXTRAS.items()]


def _probe() -> list[Probed]:
    from autograder.grading.selftest import probe_walls
    from autograder.sandbox.levels import open_sandbox

    click.echo("trying the walls with real attacks; torch is loaded first, which takes some seconds", err=True)
    sandbox = open_sandbox()
    try:
        return list(probe_walls(sandbox))
    finally:
        sandbox.close()


def _show(machine: Machine, missing: list[Missing], tasks: list[tuple[str, bool, str]], probed: list[Probed]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    facts = Table(title="This machine", title_justify="left", show_header=False, box=None, padding=(0, 2, 0, 0))
    facts.add_row("system", f"{machine.system} {machine.kernel}, {machine.architecture}")
    facts.add_row("cores, memory", f"{machine.cores}, {machine.memory_bytes / 2**30:.0f} GB")
    facts.add_row("Landlock", f"version {machine.landlock_abi}" if machine.landlock_abi else "missing")
    facts.add_row("seccomp", "present" if machine.seccomp else "missing")
    facts.add_row("GPU", "present; this version grades on the CPU" if machine.gpu else "none")
    for task, ok, fix in tasks:
        facts.add_row(task, "ready" if ok else escape(f"missing: {fix}"))
    console.print(facts)
    for m in missing:
        console.print(f"\ncannot grade here: {m.cause}\n  fix: {m.fix}", markup=False)
    if not probed:
        return
    walls = Table(title="\nThe walls, tried (isolation: process)", title_justify="left", box=None, expand=True)
    walls.add_column("attack", no_wrap=True, min_width=max(len(p.name) for p in probed))
    walls.add_column("", no_wrap=True, min_width=len("refused"))
    walls.add_column("how", no_wrap=True, overflow="ellipsis", ratio=1)
    for p in probed:
        walls.add_row(p.name, "refused" if p.refused else "ALLOWED", p.how)
    console.print(walls)
    held = all(p.refused for p in probed)
    console.print("\nThe walls hold." if held else "\nThe walls do NOT hold: do not grade here.")
