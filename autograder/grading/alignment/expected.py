"""What a notebook should hold: the exercises of its assignment, and the cells as they were released."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from autograder.build import strip
from autograder.build.notebook import released_cells
from autograder.course import Assignment
from autograder.course.magics import as_python
from autograder.course.source import read_source
from autograder.grading.alignment.statements import Statement, statements

MAX_FILE_BYTES = 4 << 20
_PACKAGE = re.compile(r"[A-Za-z0-9_.-]+")


@dataclass(frozen=True)
class ReleaseCell:
    """A cell as it was released."""

    kind: str
    source: str
    exercise: str | None = None
    id: str = ""
    is_check: bool = False
    """It runs an exercise's public checks: nothing of the answer is in it."""

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Of a code cell."""
        return statements(self.python) if self.kind == "code" else ()

    @cached_property
    def python(self) -> str:
        """A code cell's source as plain Python."""
        return as_python(self.source) or ""


@dataclass(frozen=True)
class ExpectedExercise:
    """An exercise: what an answer defines, nothing where it is answered in words."""

    name: str
    defines: tuple[str, ...] = ()
    written: bool = False


@dataclass(frozen=True)
class Expected:
    """An assignment as its release shows it. Of nothing is known where `cells` is empty."""

    slug: str = ""
    exercises: tuple[ExpectedExercise, ...] = ()
    cells: tuple[ReleaseCell, ...] = ()
    modules: frozenset[str] = frozenset()
    """What it lets notebooks import, besides what its own cells import."""

    @cached_property
    def owner(self) -> dict[str, str]:
        """The exercise of each name that is asked for, or that its released cells define besides."""
        found = {
            name: cell.exercise
            for cell in self.cells
            if cell.exercise
            for statement in cell.statements
            if statement.defines or statement.is_open
            for name in statement.binds
        }
        return found | {name: exercise.name for exercise in self.exercises for name in exercise.defines}

    @cached_property
    def told_apart(self) -> frozenset[str]:
        """Names whose definitions are compared with those of the release."""
        given = (name for _, cell in self.given for found in cell.statements if found.defines for name in found.binds)
        return frozenset(self.owner) | frozenset(given)

    @cached_property
    def defines(self) -> dict[str, frozenset[str]]:
        """The names that each exercise asks for."""
        return {exercise.name: frozenset(exercise.defines) for exercise in self.exercises}

    @cached_property
    def written(self) -> frozenset[str]:
        """The exercises that are answered in words."""
        return frozenset(exercise.name for exercise in self.exercises if exercise.written)

    @cached_property
    def stubs(self) -> frozenset[str]:
        """Digests of the statements that an answer takes the place of."""
        code = [cell.python for cell in self.cells if cell.kind == "code" and cell.exercise]
        found = (statement for source in code for statement in statements(source, self.owner))
        return frozenset(statement.digest for statement in found if statement.digest)

    @cached_property
    def given(self) -> tuple[tuple[int, ReleaseCell], ...]:
        """The code cells that are nobody's exercise and no checks, with their positions among all cells."""
        return tuple(
            (index, cell)
            for index, cell in enumerate(self.cells)
            if cell.kind == "code" and not cell.exercise and not cell.is_check and cell.statements
        )

    @cached_property
    def known_modules(self) -> frozenset[str]:
        """Everything that its own cells import or that it lets notebooks import."""
        imported = (module for cell in self.cells for found in cell.statements for module in found.imports)
        return self.modules | frozenset(imported)


NOTHING = Expected()
"""Where no assignment is at hand: cells are read as they stand."""


def expected_of(assignment: Assignment) -> Expected:
    """What submissions to `assignment` should hold.

    Raises:
        AutograderError: its source notebook cannot be read.
    """
    if not assignment.notebook.is_file():
        return _without_cells(assignment)
    return _expected(assignment, assignment.signature())


@lru_cache(maxsize=16)
def _expected(assignment: Assignment, _signature: int) -> Expected:
    """The signature is there so that a changed source is read anew."""
    cells = released_cells(assignment, strip(read_source(assignment.notebook)))
    bare = _without_cells(assignment)
    return Expected(bare.slug, bare.exercises, tuple(_cell(cell) for cell in cells), bare.modules)


def _without_cells(assignment: Assignment) -> Expected:
    exercises = tuple(ExpectedExercise(e.name, e.names, e.rubric is not None) for e in assignment.manifest.exercises)
    environment = assignment.manifest.environment
    modules = frozenset(_package(text) for text in environment.requires)
    return Expected(assignment.slug, exercises, modules=modules)


def _package(requirement: str) -> str:
    found = _PACKAGE.match(requirement)
    return found[0].split(".")[0].replace("-", "_") if found else ""


def expected_in(release: Path) -> Expected:
    """What the release in folder `release` says of itself in assignment.json, as far as it can be read: a student may
    have changed or lost it, and what can be checked still is."""
    try:
        with (release / "assignment.json").open("rb") as file:
            told = json.loads(file.read(MAX_FILE_BYTES))
        exercises = tuple(
            ExpectedExercise(str(e["name"]), tuple(map(str, e["defines"])), bool(e.get("written")))
            for e in told["exercises"]
        )
        cells = tuple(_cell(cell) for cell in told.get("cells", []))
        modules = frozenset(_package(str(text)) for text in told.get("requires", []))
        return Expected(str(told["slug"]), exercises, cells, modules)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return NOTHING


def _cell(cell: dict[str, Any]) -> ReleaseCell:
    own = cell.get("metadata", {}).get("autograder", {})
    source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
    return ReleaseCell(str(cell["cell_type"]), source, own.get("exercise"), str(cell.get("id", "")), "check" in own)
