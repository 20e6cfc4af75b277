"""`autograder doctor`: what this machine can do, what is missing, and whether the walls hold here."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import errors_shown, json_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from autograder.grading.selftest import Probed
    from autograder.sandbox.levels import Offer
    from autograder.sandbox.machine import Machine, Missing

    Tried = Mapping[str, tuple[Probed, ...]]

_EXTRAS = {
    "check your own work": ("torch", "pip install torch"),
    "grade and report": ("sqlalchemy", 'pip install "autograder[grader]"'),
    "build releases": ("nbclient", 'pip install "autograder[instructor]"'),
}


@click.command()
@click.option("--quick", is_flag=True, help="Look only; do not try the walls with attacks.")
@json_option
def doctor(quick: bool, as_json: bool) -> None:
    """Say what this machine can do and what is missing, and try every level of its walls with real attacks.

    Exit code 1 where submissions cannot be graded here.
    """
    from autograder.sandbox.levels import best, offers
    from autograder.sandbox.machine import look, requirements_for_grading

    machine = look()
    missing = requirements_for_grading(machine)
    tasks = _tasks()
    levels = offers() if not missing else ()
    ready = not missing and all(ok for _, ok, _ in tasks[:2])
    with errors_shown(as_json):
        tried = _try([o.level for o in levels if o.missing is None]) if ready and not quick else {}
    sound = not missing and all(p.refused for probed in tried.values() for p in probed)
    if as_json:
        document = {
            "schema": 1,
            "version": importlib.metadata.version("autograder"),
            "can_grade": sound,
            "isolation": best(levels),
            "machine": asdict(machine),
            "gpus": _gpus(machine),
            "missing": [asdict(m) for m in missing],
            "levels": [asdict(offer) for offer in levels],
            "installed": {task: ok for task, ok, _ in tasks},
            "walls": {level: [asdict(p) for p in probed] for level, probed in tried.items()},
        }
        click.echo(json.dumps(document))
    else:
        _show(machine, missing, tasks, levels, tried)
    if not sound:
        raise click.exceptions.Exit(1)


def _tasks() -> list[tuple[str, bool, str]]:
    """What can be done with what is installed: the task, whether, and the command that would add it."""
    return [(task, importlib.util.find_spec(module) is not None, fix) for task, (module, fix) in _EXTRAS.items()]


def _gpus(machine: Machine) -> list[str]:
    """What submissions may be given: GPUs, or slices of them. In words, where there is one that cannot be used."""
    if not machine.gpu:
        return []
    from autograder.sandbox.gpu import open_gpus

    gpus = open_gpus()
    if gpus is None:
        return ["present, but NVIDIA's driver does not answer: try nvidia-smi"]
    try:
        return [str(device) for device in gpus.devices]
    finally:
        gpus.close()


def _try(levels: list[str]) -> Tried:
    from autograder.grading.selftest import bare_examiner, probe_walls
    from autograder.sandbox.levels import open_sandbox

    click.echo("trying the walls with real attacks; torch is loaded first, which takes some seconds", err=True)
    tried = {}
    with bare_examiner() as examiner:
        for level in levels:
            sandbox = open_sandbox(isolation=level)
            try:
                tried[level] = probe_walls(examiner, sandbox)
            finally:
                sandbox.close()
    return tried


def _show(
    machine: Machine,
    missing: list[Missing],
    tasks: list[tuple[str, bool, str]],
    levels: tuple[Offer, ...],
    tried: Tried,
) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    facts = Table(title="This machine", title_justify="left", show_header=False, box=None, padding=(0, 2, 0, 0))
    facts.add_row("system", f"{machine.system} {machine.kernel}, {machine.architecture}")
    facts.add_row("cores, memory", f"{machine.cores}, {machine.memory_bytes / 2**30:.0f} GB")
    facts.add_row("Landlock", f"version {machine.landlock_abi}" if machine.landlock_abi else "missing")
    facts.add_row("seccomp", "present" if machine.seccomp else "missing")
    facts.add_row("GPU", "; ".join(_gpus(machine)) or "none")
    for task, ok, fix in tasks:
        facts.add_row(task, "ready" if ok else escape(f"missing: {fix}"))
    console.print(facts)
    for m in missing:
        console.print(f"\ncannot grade here: {m.cause}\n  fix: {m.fix}", markup=False)
    if levels:
        _show_levels(console, levels)
    if tried:
        _show_walls(console, tried)


_LEVELS = {
    "process": "each submission in a locked process",
    "uid": "and with a user id of its own, in a file system and a network of its own",
    "container": "and inside a hardened container",
}


def _show_levels(console: Console, levels: tuple[Offer, ...]) -> None:
    from rich.table import Table

    from autograder.sandbox.levels import best

    strongest = best(levels)
    table = Table(
        title="\nLevels of isolation", title_justify="left", show_header=False, box=None, padding=(0, 2, 0, 0)
    )
    for offer in levels:
        state = "missing" if offer.missing else "used" if offer.level == strongest else "ready"
        table.add_row(offer.level, state, _LEVELS[offer.level])
    console.print(table)
    for offer in levels:
        if offer.missing:
            console.print(f"\n{offer.level}: {offer.missing.cause}\n  fix: {offer.missing.fix}", markup=False)


def _show_walls(console: Console, tried: Tried) -> None:
    from rich.table import Table

    table = Table(title="\nThe walls, tried", title_justify="left", box=None, padding=(0, 2, 0, 0))
    for title in ("attack", *tried, "stopped by"):
        table.add_column(title, no_wrap=True)
    for same in zip(*tried.values(), strict=True):
        table.add_row(same[0].name, *("refused" if p.refused else "ALLOWED" for p in same), same[0].wall)
    console.print(table)
    through = [(level, p) for level, probed in tried.items() for p in probed if not p.refused]
    for level, p in through:
        console.print(f"{level}: {p.name}: {p.how}", markup=False)
    console.print("\nThe walls do NOT hold: do not grade here." if through else "\nThe walls hold.")
