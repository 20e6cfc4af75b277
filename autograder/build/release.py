"""The files of a release: the stripped notebook, the public checks, and what a student reads first."""

from __future__ import annotations

from pathlib import Path

from autograder.build.notebook import as_bytes, points, released_cells, student_notebook
from autograder.build.strip import Stripped
from autograder.build.write import is_cache
from autograder.course import Assignment, Settings, load_settings
from autograder.course.source import shown
from autograder.errors import AutograderError, Place

_TEXT = (".py", ".md", ".txt", ".csv", ".json", ".toml", ".cfg", ".ini", ".yaml", ".yml")


def release_files(assignment: Assignment, stripped: Stripped) -> dict[str, bytes]:
    """Everything that students get, by POSIX path. The same bytes from the same source on every machine.

    Raises:
        AutograderError: `link-in-public`; `bad-course`; `name-taken` where the notebook would overwrite a public file.
    """
    settings = load_settings(assignment.course)
    files = {
        f"{assignment.slug}.ipynb": student_notebook(assignment, stripped),
        "README.md": _readme(assignment, settings).encode(),
        "assignment.json": _for_check(assignment, stripped, settings),
        "requirements.txt": "\n".join(("autograder", *assignment.manifest.environment.requires, "")).encode(),
    }
    files.update(public_files(assignment))
    return dict(sorted(files.items()))


def public_files(assignment: Assignment) -> dict[str, bytes]:
    """The files of public/, text with plain line ends."""
    found: dict[str, bytes] = {}
    for path in sorted(assignment.public.rglob("*")):
        relative = path.relative_to(assignment.root)
        if is_cache(relative):
            continue
        if path.is_symlink():
            raise AutograderError(
                "link-in-public",
                "a link among the public files",
                where=Place(shown(path)),
                why="It may lead to what students must not see.",
                fix="put the file itself there",
            )
        if path.is_file():
            content = path.read_bytes()
            text = path.suffix in _TEXT
            found[relative.as_posix()] = content.replace(b"\r\n", b"\n") if text else content
    return found


def _for_check(assignment: Assignment, stripped: Stripped, settings: Settings) -> bytes:
    """What the student's own `check` and `submit` have to know."""
    told = ("cell_type", "id", "metadata", "source")
    cells = [{key: cell[key] for key in told} for cell in released_cells(assignment, stripped)]
    limits, due = assignment.manifest.limits, settings.due.get(assignment.slug)
    exercises = [
        {
            "defines": list(e.names),
            "hints": list(e.hints),
            "name": e.name,
            "points": e.points,
            "title": e.title,
            "written": e.rubric is not None,
        }
        for e in assignment.manifest.exercises
    ]
    return as_bytes(
        {
            "cells": cells,
            "due": due and due.isoformat(),
            "exchange": settings.exchange or None,
            "exercises": exercises,
            "limits": {
                "cell_seconds": limits.cell_seconds,
                "memory_mb": limits.memory_mb,
                "seconds": limits.seconds,
            },
            "requires": list(assignment.manifest.environment.requires),
            "schema": 1,
            "slug": assignment.slug,
            "title": assignment.manifest.title,
            "version": assignment.version(),
        }
    )


def _readme(assignment: Assignment, settings: Settings) -> str:
    slug, manifest = assignment.slug, assignment.manifest
    rows = "\n".join(
        f"| `{e.name}` | {_cell(e.title)}{', in words' if e.rubric else ''} | {e.points:g} |"
        for e in manifest.exercises
    )
    summary = f"{manifest.summary.strip()}\n\n" if manifest.summary.strip() else ""
    first = next((e.name for e in manifest.exercises if not e.rubric), manifest.exercises[0].name)
    return f"""# {manifest.title}

{summary}{points(assignment.points).capitalize()} in all.

| exercise | what it is about | points |
|---|---|---|
{rows}

## Install

Python 3.11 or newer, on Linux, macOS or Windows. In this folder:

    python -m venv .venv
    . .venv/bin/activate            (Windows: .venv\\Scripts\\activate)
    python -m pip install -r requirements.txt jupyterlab

## Work

Open the notebook with `jupyter lab {slug}.ipynb` and go through it from top to bottom. Each exercise is one cell, or
a few, headed `# Exercise …`; replace the line `raise NotImplementedError(…)` with your answer. Keep the names and the
arguments of the functions. You may add cells of your own anywhere.
{_WORDS if assignment.written else ""}
## Check

The cell below an exercise, such as `check("{first}")`, tells you at once what is right and what is not. In a terminal,
`autograder check {slug}.ipynb` checks the whole notebook. These public checks are a part of the checks that count: they
look at shapes, types and a few values. The others try your code on more inputs than you see here.

In Colab, upload the zip of this folder beside the notebook, and run `check.setup("NAME.zip")` once.

If you are stuck, open the hints below the exercise, one step at a time.

## Hand in

{_hand_in(assignment, settings)} An
exercise that fails costs its own points only: hand in what you have.
"""


def _hand_in(assignment: Assignment, settings: Settings) -> str:
    if settings.exchange:
        return (
            "Restart the kernel and run all cells once more, and save. `autograder submit` in this folder hands it in\n"
            "and gives you a receipt; `autograder feedback` shows what came back."
        )
    return (
        "Restart the kernel and run all cells once more, save, and hand in "
        f"`{assignment.slug}.ipynb` where your course collects it.\n"
        "`autograder submit --save FILE.zip` looks at it once more, and makes a file to upload."
    )


_WORDS = """
Exercises in words have a text cell for your answer, below the words *Your answer*. Double-click it, and write in place
of the line that stands there. A person grades these answers, by the rubric above the cell.
"""


def _cell(text: str) -> str:
    """Text that cannot break out of a table's cell."""
    return " ".join(text.split()).replace("|", "\\|")


def folder(course: Path, assignment: Assignment) -> Path:
    """Where the release lies."""
    return course / "release" / assignment.slug
