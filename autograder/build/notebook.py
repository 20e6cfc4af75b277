"""Rendering cells as the bytes of an .ipynb, the same on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.build.strip import Stripped
from autograder.course import Assignment, Exercise
from autograder.course.source import SourceCell
from autograder.course.written import marker

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"}
_HOW = "Double-click the cell below the hints, and write."
_STEPS = ("Hint 1: where to look", "Hint 2: how to go about it", "Hint 3: nearly there")


def student_notebook(assignment: Assignment, stripped: Stripped) -> bytes:
    """The notebook that students get, without outputs."""
    own = {
        "exercises": {e.name: {"points": e.points, "title": e.title} for e in assignment.manifest.exercises},
        "slug": assignment.slug,
        "version": assignment.version(),
    }
    return render(assignment.slug, cells_of(assignment, stripped.student), own)


def released_cells(assignment: Assignment, stripped: Stripped) -> list[dict[str, Any]]:
    """The cells that students get, by the ids that they have in the notebook."""
    return with_ids(assignment.slug, cells_of(assignment, stripped.student))


def cells_of(assignment: Assignment, cells: Sequence[SourceCell]) -> list[dict[str, Any]]:
    """The cells with headings, hints and check cells, and without directives."""
    last = {cell.exercise: index for index, cell in enumerate(cells) if cell.exercise}
    begun: set[str] = set()
    made: list[dict[str, Any]] = []
    for index, cell in enumerate(cells):
        if cell.exercise is None:
            made.append(_cell(cell, cell.source, cell.metadata))
            continue
        exercise = assignment.exercise(cell.exercise)
        if exercise.rubric:
            made += _answered_in_words(exercise, cell)
            continue
        heading = _heading(exercise, again=exercise.name in begun)
        begun.add(exercise.name)
        metadata = {**cell.metadata, "autograder": {"exercise": exercise.name}}
        made.append(_cell(cell, _headed(heading, cell.source), metadata))
        if last[cell.exercise] == index:
            if exercise.hints:
                made.append({"cell_type": "markdown", "metadata": {}, "source": _hints(exercise)})
            made.append(_code(f'check("{exercise.name}")', {"autograder": {"check": exercise.name}}))
    return made


def _answered_in_words(exercise: Exercise, cell: SourceCell) -> list[dict[str, Any]]:
    """What a person will look for, the hints, and the cell that the answer goes into."""
    how = "Write your code into the cell below." if cell.kind == "code" else _HOW
    parts = [
        f"### Your answer: {exercise.title}\n\n{points(exercise.points).capitalize()}, graded by a person. {how}",
        _folded("How it is graded", _levels(exercise)),
        *([_hints(exercise)] if exercise.hints else []),
    ]
    own = {**cell.metadata, "autograder": {"exercise": exercise.name}}
    source = cell.source if cell.kind == "code" else f"{marker(exercise.name)}\n{cell.source}"
    return [{"cell_type": "markdown", "metadata": {}, "source": "\n\n".join(parts)}, _cell(cell, source, own)]


def _levels(exercise: Exercise) -> str:
    assert exercise.rubric is not None
    return "\n".join(
        f"- **{level.capitalize()}** ({points(level.points(exercise.points))}): {' '.join(text.split())}"
        for level, text in exercise.rubric.levels
    )


def _folded(title: str, text: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{text.strip()}\n\n</details>"


def render(slug: str, cells: Sequence[Mapping[str, Any]], own: Mapping[str, Any]) -> bytes:
    """An .ipynb of format 4.5: sorted keys, cell ids from the slug and the position, `own` under "autograder"."""
    import nbformat  # takes a second

    notebook = {
        "cells": with_ids(slug, cells),
        "metadata": {"autograder": own, "kernelspec": KERNEL, "language_info": LANGUAGE},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    nbformat.validate(nbformat.from_dict(notebook))  # type: ignore[no-untyped-call]
    return as_bytes(notebook)


def with_ids(slug: str, cells: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The cells, each with the id of its position."""
    return [{**cell, "id": _cell_id(slug, number)} for number, cell in enumerate(cells)]


def as_bytes(value: object) -> bytes:
    """JSON with sorted keys, one space of indentation and a final newline, as Jupyter writes it."""
    return (json.dumps(_with_lines(value), indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def points(number: float) -> str:
    """Points in words, such as "1 point" or "2.5 points"."""
    return f"{number:g} point{'' if number == 1 else 's'}"


def _with_lines(value: object) -> object:
    """The notebook with each source as a list of lines, so that a diff of the release is readable."""
    if not isinstance(value, dict) or "cells" not in value:
        return value
    cells = [{**cell, "source": cell["source"].splitlines(keepends=True)} for cell in value["cells"]]
    return {**value, "cells": cells}


def _cell(cell: SourceCell, source: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    if cell.kind == "code":
        return _code(source, metadata)
    made = {"cell_type": cell.kind, "metadata": dict(metadata), "source": source}
    return {**made, "attachments": dict(cell.attachments)} if cell.attachments else made


def _code(source: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "metadata": dict(metadata), "outputs": [], "source": source}


def _heading(exercise: Exercise, *, again: bool) -> str:
    return (
        f"# Exercise {exercise.name}, continued" if again else f"# Exercise {exercise.name} ({points(exercise.points)})"
    )


def _headed(heading: str, source: str) -> str:
    if source.startswith("%%"):  # a cell magic must stay first
        magic, _, rest = source.partition("\n")
        return f"{magic}\n{heading}\n{rest}"
    return f"{heading}\n{source}"


def _hints(exercise: Exercise) -> str:
    return "\n\n".join(_folded(title, hint) for title, hint in zip(_STEPS, exercise.hints, strict=False))


def _cell_id(slug: str, number: int) -> str:
    return hashlib.sha256(f"{slug}/{number}".encode()).hexdigest()[:12]
