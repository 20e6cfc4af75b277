"""`autograder new`: a folder to begin with, which builds and verifies as it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.abc import Traversable
from importlib.resources import files
from pathlib import Path

import click

from autograder.cli.shared import course_option, errors_shown

_SUFFIX = ".template"
"""So that no tool takes a template for a source of this package."""


@click.group()
def new() -> None:
    """Write a folder to begin with."""


@new.command()
@click.argument("slug")
@click.option("--title", metavar="TEXT", help="The heading that students see. Default: made from SLUG.")
@course_option
def assignment(slug: str, title: str | None, course: Path | None) -> None:
    """Write assignments/SLUG: a small exercise that builds and verifies as it stands, to be changed into yours.

    SLUG is lower-case letters, digits and hyphens, such as 05-attention. Nothing that exists is overwritten. In a
    folder that is no course yet, assignments/ is made.
    """
    with errors_shown(as_json=False):
        root = _course(course)
        target = root / "assignments" / slug
        written = _write(target, slug, _checked(title) if title is not None else _title_of(slug))
    click.echo(f"{_shown(target)} is written, and is yours to change:")
    for name in written:
        click.echo(f"  {name}")
    there = "" if root == Path.cwd() else f" --course {_shown(root)}"
    click.echo("Next:")
    click.echo(f"  autograder verify {slug}{there}    # proves the checks")
    click.echo(f"  autograder build {slug}{there}     # writes what students get")


def _course(course: Path | None) -> Path:
    """The course's folder: the one named, the nearest above with assignments/, or this one."""
    from autograder.course import find_course
    from autograder.errors import AutograderError

    if course is not None:
        return course.resolve()
    try:
        return find_course(Path.cwd())
    except AutograderError:
        return Path.cwd()


def _write(target: Path, slug: str, title: str) -> list[str]:
    """Write the templates into `target`, which must not exist; their names.

    Raises:
        AutograderError: `bad-slug`, `already-there`, `not-writable`.
    """
    from autograder.course.assignment import SLUG
    from autograder.errors import AutograderError, Place

    if not SLUG.fullmatch(slug):
        raise AutograderError(
            "bad-slug",
            f"{slug!r} cannot name an assignment",
            why="The folder's name becomes file names and identifiers.",
            fix="use lower-case letters, digits and single hyphens, such as 05-attention",
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.mkdir()
        return [_fill(target, name, template, title) for name, template in _templates()]
    except FileExistsError as error:
        raise AutograderError(
            "already-there",
            f"there is a {slug} already",
            where=Place(str(target)),
            why="Nothing was written.",
            fix="choose another name, or move it away",
        ) from error
    except OSError as error:
        raise AutograderError(
            "not-writable",
            "the assignment cannot be written",
            where=Place(str(error.filename or target)),
            why=f"The system says: {error.strerror or error}.",
            fix="run the command in a folder that you may write to, or name one with --course DIR",
        ) from error


def _templates() -> list[tuple[str, Traversable]]:
    """Name in the assignment, and template, in the order in which one reads them."""
    found = dict(_below(files("autograder.cli") / "scaffold" / "assignment", ""))
    rooms = ("assignment.toml", "notebook.py", "public", "hidden", "specimens", "mutants.toml")
    return [(name, found[name]) for room in rooms for name in sorted(found) if name.split("/")[0] == room]


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(_SUFFIX):
            yield path + entry.name.removesuffix(_SUFFIX), entry


def _fill(target: Path, name: str, template: Traversable, title: str) -> str:
    text = template.read_text(encoding="utf-8")
    # What JSON writes between quotes, TOML reads there too.
    text = text.replace("@TITLE_AS_TOML@", json.dumps(title, ensure_ascii=False)).replace("@TITLE@", title)
    path = target / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return name


def _title_of(slug: str) -> str:
    """`05-self-attention` reads "Self attention"."""
    number, _, rest = slug.partition("-")
    words = (rest if number.isdigit() and rest else slug).replace("-", " ")
    return words[:1].upper() + words[1:]


def _checked(title: str) -> str:
    """The title, on one line.

    Raises:
        AutograderError: `bad-title`.
    """
    from autograder.errors import AutograderError

    if not title.strip() or not title.isprintable():
        raise AutograderError(
            "bad-title",
            f"{title!r} cannot be a title",
            why="It becomes one line of assignment.toml and a heading of the notebook.",
            fix="give one line of words",
        )
    return title.strip()


def _shown(path: Path) -> str:
    """`path` as seen from here, where it lies below."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
