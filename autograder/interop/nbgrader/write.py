"""An assignment of ours as nbgrader's notebooks: the source with its regions and metadata, and what is released."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from autograder.build.markers import Region
from autograder.build.notebook import cells_of, points, render
from autograder.build.strip import Stripped, is_answer
from autograder.course import Assignment, Exercise
from autograder.course.source import SourceCell
from autograder.interop.nbgrader.metadata import Role, metadata_of
from autograder.interop.nbgrader.regions import HIDDEN_TESTS, SOLUTION, split

CODE_STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
TEXT_STUB = "YOUR ANSWER HERE"
"""What nbgrader puts in the place of solutions, unless it is configured otherwise."""
_KEY = "autograder_role"
_UNSAFE = re.compile(r"[^A-Za-z0-9_\-]")


@dataclass(frozen=True)
class Notebooks:
    """Bytes of the two notebooks."""

    source: bytes
    release: bytes


def notebooks(assignment: Assignment, stripped: Stripped) -> Notebooks:
    """The notebook as its author keeps it for nbgrader, and as nbgrader would release it."""
    full = [_with_regions(cell, regions) for cell, regions in zip(stripped.source.cells, stripped.regions, strict=True)]
    cells = cells_of(assignment, full)
    graded = [e for e in assignment.manifest.exercises if e.rubric is None]
    cells += [_heading(), *(_graded(assignment, exercise) for exercise in graded)] if graded else []
    ready = _marked(assignment, cells)
    own = {"slug": assignment.slug, "version": assignment.version()}
    return Notebooks(
        render(assignment.slug, ready, own), render(assignment.slug, [_released(cell) for cell in ready], own)
    )


def _with_regions(cell: SourceCell, regions: tuple[Region, ...]) -> SourceCell:
    """The cell with nbgrader's markers around its solution, and without our stubs, which nbgrader has no place for."""
    if is_answer(cell):
        source = "\n".join([f"### {SOLUTION[0]}", cell.source.strip("\n"), f"### {SOLUTION[1]}"])
        return replace(cell, source=source, metadata={**cell.metadata, _KEY: Role.MANUAL.value})
    if not regions:
        return cell
    lines = cell.source.split("\n")
    kept: list[str] = []
    at = 0
    for region in regions:
        margin = lines[region.begin][: len(lines[region.begin]) - len(lines[region.begin].lstrip())]
        kept += [*lines[at : region.begin], f"{margin}### {SOLUTION[0]}", *(lines[i] for i in region.solution)]
        kept.append(f"{margin}### {SOLUTION[1]}")
        at = region.end + 1
    source = "\n".join([*kept, *lines[at:]])
    return replace(cell, source=source, metadata={**cell.metadata, _KEY: Role.SOLUTION.value})


def _heading() -> dict[str, Any]:
    text = "---\n## Points\n\nThe cells below are graded. Leave them as they are; write above this line."
    return {"cell_type": "markdown", "metadata": {_KEY: Role.LOCKED.value, "autograder": {}}, "source": text}


def _graded(assignment: Assignment, exercise: Exercise) -> dict[str, Any]:
    """The test cell of an exercise. What it binds begins with an underscore: the names above are the student's."""
    source = f"""# {exercise.title}: {points(exercise.points)}
from autograder.interop.nbgrader.kernel import points as _points

_hidden = False
### {HIDDEN_TESTS[0]}
_hidden = True
### {HIDDEN_TESTS[1]}
_points({assignment.slug!r}, {exercise.name!r}, {exercise.points!r}, hidden=_hidden)"""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {_KEY: Role.TEST.value, "autograder": {"checks": exercise.name}},
        "outputs": [],
        "source": source,
    }


def _marked(assignment: Assignment, cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells with nbgrader's metadata in place of our own note of their roles."""
    taken: dict[str, int] = {}
    made: list[dict[str, Any]] = []
    for cell in cells:
        rest = dict(cell["metadata"])
        noted = rest.pop(_KEY, None)
        if noted is None:
            made.append({**cell, "metadata": rest})
            continue
        role, own = Role(noted), rest.get("autograder", {})
        exercise = _of(assignment, own.get("exercise") or own.get("checks"))
        if role is Role.SOLUTION and exercise is not None and exercise.rubric is not None:
            role = Role.MANUAL
        worth = exercise.points if exercise is not None and role in (Role.TEST, Role.MANUAL) else 0.0
        # With a hyphen, these are like no exercise's name.
        name = exercise.name if exercise is not None else "the-points" if role is Role.LOCKED else "a-solution"
        grade_id = _unlike(test_cell(name) if role is Role.TEST else name, taken)
        if not own:
            rest.pop("autograder", None)
        marks = metadata_of(role, cell["cell_type"], cell["source"], grade_id, worth)
        made.append({**cell, "metadata": {**rest, **marks}})
    return made


def test_cell(exercise: str) -> str:
    """The grade_id of the cell that gives an exercise its points. A written exercise's is its own name."""
    return f"{exercise}-points"


def _of(assignment: Assignment, name: object) -> Exercise | None:
    return next((e for e in assignment.manifest.exercises if e.name == name), None)


def _unlike(name: str, taken: dict[str, int]) -> str:
    plain = _UNSAFE.sub("-", name)
    taken[plain] = taken.get(plain, 0) + 1
    return plain if taken[plain] == 1 else f"{plain}-{taken[plain]}"


def _released(cell: Mapping[str, Any]) -> dict[str, Any]:
    """The cell as `nbgrader generate_assignment` makes it: solutions and hidden tests taken out, checksum anew."""
    own = cell["metadata"].get("nbgrader")
    if own is None:
        return dict(cell)
    kind, source = cell["cell_type"], split(cell["source"], HIDDEN_TESTS).outside
    if own["solution"]:
        source = _stubbed(kind, source)
    role = next(r for r in (Role.TASK, Role.MANUAL, Role.TEST, Role.SOLUTION, Role.LOCKED) if _is(r, own))
    marks = metadata_of(role, kind, source, own["grade_id"], own.get("points", 0.0))
    return {**cell, "source": source, "metadata": {**cell["metadata"], **marks}}


def _is(role: Role, own: Mapping[str, Any]) -> bool:
    told = metadata_of(role, "", "", "")["nbgrader"]
    assert isinstance(told, dict)
    return all(told[key] == own[key] for key in ("grade", "solution", "locked", "task"))


def _stubbed(kind: str, source: str) -> str:
    stub = CODE_STUB if kind == "code" else TEXT_STUB
    kept: list[str] = []
    inside = False
    for line in source.split("\n"):
        if SOLUTION[0] in line:
            inside = True
            margin = line[: len(line) - len(line.lstrip())]
            kept += [margin + one for one in stub.split("\n")]
        elif SOLUTION[1] in line:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept)
