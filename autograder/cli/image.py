"""`autograder image`: build the image that submissions are graded in, and show which one is at hand."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import errors_shown, json_option

if TYPE_CHECKING:
    from autograder.sandbox.engine.find import Engine
    from autograder.sandbox.engine.image import Image

_DEFAULT_BASE = "python:3.12-slim"
_WIDEST = 110


@click.group()
def image() -> None:
    """Build the image that submissions are graded in, or show it.

    It holds the libraries that submissions may import, and nothing of a course: changing an assignment rebuilds
    nothing. Docker or Podman must be running; see docs/container.md.
    """


@image.command()
@click.option("--base", metavar="IMAGE", default=_DEFAULT_BASE, show_default=True, help="What it is built on.")
@click.option(
    "--wheels",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Install from the wheels in this folder, without any network.",
)
@click.option("--tag", metavar="NAME", help="A further name for the image.")
@json_option
def build(base: str, wheels: Path | None, tag: str | None, as_json: bool) -> None:
    """Build the image of the installed autograder. One that is there already is not built again."""
    from autograder.sandbox.engine.build import build_image

    with errors_shown(as_json):
        engine = _engine()
        made, built = build_image(engine, base=base, wheels=wheels, tag=tag, progress=_progress())
    if as_json:
        click.echo(json.dumps({"schema": 1, "built": built, "image": made.as_dict()}))
        return
    click.echo(f"{'built' if built else 'unchanged'}: {made.tags[0]}, {made.size / 2**30:.1f} GB, {made.id}")


@image.command()
@json_option
def show(as_json: bool) -> None:
    """Show the image that submissions are graded in, and what it holds. Exit code 1 where there is none that fits."""
    from autograder.sandbox.engine.image import images, versions_inside

    with errors_shown(as_json):
        engine = _engine()
        held = images(engine)
        versions = versions_inside(engine, held[0]) if held and held[0].fits else {}
    fits = bool(held and held[0].fits)
    if as_json:
        document = {
            "schema": 1,
            "engine": {"kind": engine.kind, "version": engine.version, "rootless": engine.rootless},
            "fits": fits,
            "build": None if fits else "autograder image build",
            "images": [one.as_dict() for one in held],
            "versions": versions,
        }
        click.echo(json.dumps(document))
    else:
        _show(engine, held, versions)
    if not fits:
        raise click.exceptions.Exit(1)


def _engine() -> Engine:
    from autograder.errors import AutograderError
    from autograder.sandbox.engine.find import find_engine

    engine = find_engine()
    if engine is None:
        raise AutograderError(
            "no-engine",
            "no container engine runs on this machine",
            why="There is no socket of Docker's or Podman's.",
            fix="install Docker or Podman; on Debian and Ubuntu: sudo apt install docker.io",
        )
    return engine


def _progress() -> Callable[[str], None]:
    """Steps as lines of their own. What is said in between goes into one line that is written over, on a terminal."""
    terminal = sys.stderr.isatty()

    def show_line(line: str) -> None:
        if line.startswith(("Step ", "STEP ", "fetching ")):
            click.echo(("\r\x1b[K" if terminal else "") + line[:_WIDEST], err=True)
        elif terminal:
            click.echo("\r\x1b[K" + line[:_WIDEST], nl=False, err=True)

    return show_line


def _show(engine: Engine, held: list[Image], versions: dict[str, str]) -> None:
    click.echo(f"{engine.kind} {engine.version}{', rootless' if engine.rootless else ''}")
    for one in held:
        state = "fits this autograder" if one.fits else "of another autograder"
        click.echo(f"\n{one.tags[0] if one.tags else 'without a name'}: {state}")
        click.echo(f"  {one.id}" + (f"\n  {one.digest}" if one.digest else ""))
        click.echo(f"  {one.size / 2**30:.1f} GB, on {one.base}, built {one.created[:10]} by autograder {one.version}")
    if versions:
        inside = ", ".join(f"{name} {version}" for name, version in versions.items())
        click.echo("\n" + textwrap.fill(inside, _WIDEST, initial_indent="  ", subsequent_indent="  "))
    if not (held and held[0].fits):
        click.echo("\nno image of this autograder's is at hand\n  fix: autograder image build")
