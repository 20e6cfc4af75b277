"""Folders to begin with, from the templates in scaffold/. Nothing that exists is overwritten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.abc import Traversable
from importlib.resources import files
from pathlib import Path

from autograder.course.assignment import SLUG
from autograder.errors import AutograderError, Place

_SUFFIX = ".template"
"""So that no tool takes a template for a source of this package."""
_ORDER = ("course.toml", "README.md", "assignment.toml", "notebook.py", "public", "hidden", "specimens", "mutants.toml")
"""In which one reads what was written; dot files last."""


def write_assignment(target: Path, slug: str, title: str) -> list[str]:
    """Write a small assignment into the folder `target`, which must not exist; the names of its files.

    Raises:
        AutograderError: `bad-slug`, `already-there`, `not-writable`.
    """
    if not SLUG.fullmatch(slug):
        raise AutograderError(
            "bad-slug",
            f"{slug!r} cannot name an assignment",
            why="The folder's name becomes file names and identifiers.",
            fix="use lower-case letters, digits and single hyphens, such as 05-attention",
        )
    return _write("assignment", target, title)


def write_course(target: Path, title: str) -> list[str]:
    """Write what a course has beside its assignments into the folder `target`, which must not exist; the names.

    Raises:
        AutograderError: `already-there`, `not-writable`.
    """
    return _write("course", target, title)


def title_of(name: str) -> str:
    """`05-self-attention` reads "Self attention"."""
    number, _, rest = name.partition("-")
    words = (rest if number.isdigit() and rest else name).replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def checked_title(title: str) -> str:
    """The title, on one line.

    Raises:
        AutograderError: `bad-title`.
    """
    if not title.strip() or not title.isprintable():
        raise AutograderError(
            "bad-title",
            f"{title!r} cannot be a title",
            why="It becomes one line of TOML and a heading.",
            fix="give one line of words",
        )
    return title.strip()


def _write(kind: str, target: Path, title: str) -> list[str]:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.mkdir()
        return [_fill(target, name, template, title) for name, template in _templates(kind)]
    except FileExistsError as error:
        raise AutograderError(
            "already-there",
            f"there is a {target.name} already",
            where=Place(str(target)),
            why="Nothing was written.",
            fix="choose another name, or move it away",
        ) from error
    except OSError as error:
        raise AutograderError(
            "not-writable",
            f"the {kind} cannot be written",
            where=Place(str(error.filename or target)),
            why=f"The system says: {error.strerror or error}.",
            fix="choose a folder that you may write to",
        ) from error


def _templates(kind: str) -> list[tuple[str, Traversable]]:
    """Name in the new folder, and template, in the order in which one reads them."""
    found = dict(_below(files("autograder.cli") / "scaffold" / kind, ""))
    rooms = [*_ORDER, *sorted(name for name in found if name.startswith("."))]
    return [(name, found[name]) for room in rooms for name in sorted(found) if name.split("/")[0] == room]


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(_SUFFIX):
            # A template that began with a dot would be no part of a wheel, and would hide in a listing.
            name = entry.name.removesuffix(_SUFFIX)
            yield path + (f".{name.removeprefix('dot-')}" if name.startswith("dot-") else name), entry


def _fill(target: Path, name: str, template: Traversable, title: str) -> str:
    text = template.read_text(encoding="utf-8")
    # What JSON writes between quotes, TOML reads there too.
    text = text.replace("@TITLE_AS_TOML@", json.dumps(title, ensure_ascii=False)).replace("@TITLE@", title)
    path = target / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return name
