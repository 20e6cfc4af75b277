"""An assignment that another tool's source was understood to mean, before it is written: frozen, and of no tool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from autograder.course import Rubric

RUBRIC = Rubric(
    excellent="Complete and right.",
    meets="Right in the main; something is missing or not quite right.",
    revise="Not there yet, or mostly wrong.",
)
"""Of an answer in words whose original has none."""
NO_ANSWER = "The original gives no answer of its own."


class Style(StrEnum):
    """How the body of an imported check is written."""

    CELL = "cell"
    """Statements, as in a notebook's cell; `@cell` runs them over the student's names."""
    EXAMPLES = "examples"
    """A doctest (`>>>` lines and what they print); `@examples` runs it over the student's names."""


class NoteKind(StrEnum):
    """What became of something."""

    UNDERSTOOD = "understood"
    CHANGED = "changed"
    """Means the same, or nearly, and is written otherwise. The text says how it differs."""
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Note:
    """One thing that whoever imports should know, in a sentence."""

    kind: NoteKind
    text: str


@dataclass(frozen=True)
class ImportedCell:
    """A cell of the notebook. Code holds `# BEGIN SOLUTION`, `# STUB` and `# END SOLUTION` where it has a solution."""

    kind: str
    """code, markdown or raw"""
    source: str
    exercise: str | None = None
    """The exercise that it belongs to; of a written exercise: the cell of the answer."""
    attachments: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """Pictures that the text shows, as nbformat keeps them."""


@dataclass(frozen=True)
class ImportedExercise:
    """One thing to solve. With a rubric it is answered in words and has points of its own; without one, its points are
    the sum of its checks'."""

    name: str
    title: str
    defines: tuple[str, ...] = ()
    """Names that its solution defines at the top of its cells."""
    hints: tuple[str, ...] = ()
    rubric: Rubric | None = None
    points: float = 0.0
    """Of a written exercise."""


@dataclass(frozen=True)
class ImportedCheck:
    """One foreign test. `body` is written as it came, but for what a note says."""

    name: str
    """A Python name that begins with test_, unlike every other in the assignment."""
    exercise: str
    points: float
    body: str
    style: Style = Style.CELL
    scores: bool = False
    """A last expression that float() takes is the points."""
    seconds: float = 30.0
    hint: str = ""
    """What the other tool shows to a student who fails it."""


@dataclass(frozen=True)
class CheckFile:
    """A file of checks. What stands in `head` is found before the student's names."""

    name: str
    """Such as test_squares.py"""
    public: bool
    """Students get it."""
    checks: tuple[ImportedCheck, ...]
    head: str = ""
    """Imports of libraries without a state of their own, star imports, and helper functions of the checks."""


@dataclass(frozen=True)
class ImportedAssignment:
    """All that is written as assignments/<slug>/."""

    slug: str
    title: str
    cells: tuple[ImportedCell, ...]
    exercises: tuple[ImportedExercise, ...]
    """In the order of the notebook."""
    check_files: tuple[CheckFile, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    """POSIX paths below public/ or hidden/."""
    specimens: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Name (without .py) and source, promise included."""
    summary: str = ""
    requires: tuple[str, ...] = ()
    """Requirements of the notebook; empty: those of every assignment."""
    seconds: float = 300.0
    """Wall clock of one submission, cells and checks together."""
    notes: tuple[Note, ...] = ()

    def points_of(self, exercise: ImportedExercise) -> float:
        """What the exercise is worth."""
        if exercise.rubric is not None:
            return exercise.points
        checks = (check for file in self.check_files for check in file.checks)
        return sum(check.points for check in checks if check.exercise == exercise.name)
