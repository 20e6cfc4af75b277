"""A cell of code on its way from the notebook to the worker."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from autograder.course import CodeCell
from autograder.course.syntax import Budget
from autograder.grading.alignment.expected import Expected
from autograder.grading.alignment.statements import Statement, bound, statements
from autograder.grading.alignment.surroundings import without_surroundings
from autograder.grading.alignment.typing import read_typed
from autograder.grading.notebook import RawCell

_HEADING = re.compile(r"\A(?:%%[^\n]*\n)?\s*# Exercise ([A-Za-z_]\w*)(?: \(|, continued)")
_DEFINED = re.compile(r"^(?:async[ \t]+def|def|class)[ \t]+([^\W\d]\w*)", re.MULTILINE)


@dataclass(frozen=True)
class Piece:
    """Some Python that a student's cell became."""

    number: int
    """As in CodeCell: the position among the notebook's code cells, from 1; what is added comes after the last."""
    source: str
    raw: RawCell
    exercise: str | None = None
    problem: str = ""
    statements: tuple[Statement, ...] = ()
    notes: tuple[str, ...] = ()
    release: int | None = None
    """Position among the release's cells, of one that was put back."""

    @cached_property
    def binds(self) -> frozenset[str]:
        """The names that it binds."""
        return bound(self.statements)

    @property
    def cell(self) -> CodeCell:
        """For the worker."""
        return CodeCell(self.number, self.source, self.exercise, self.problem)

    def answers(self, expected: Expected) -> frozenset[str]:
        """Names that exercises ask for and that it defines, stubs aside."""
        found = (s.binds for s in self.statements if not is_stub(s, expected))
        return frozenset(name for binds in found for name in binds if name in expected.owner)


def read_piece(number: int, cell: RawCell, expected: Expected, budget: Budget, beside: Collection[str] = ()) -> Piece:
    """The piece that a code cell is. `beside`: modules that were handed in beside the notebook."""
    done = read_typed(cell.source, budget, lambda source: holds_stubs(source, expected))
    source, notes = done.source, done.notes
    if source:
        known = expected.known_modules | set(beside) if expected.cells else None
        source, more = without_surroundings(source, known)
        notes += more
    piece = Piece(number, source, cell, cell.exercise, done.problem, notes=notes)
    return with_source(piece, source, expected)


def with_source(piece: Piece, source: str, expected: Expected) -> Piece:
    """The piece with another source, its statements read anew."""
    found = statements(source, expected.told_apart) if source and expected.exercises else ()
    return replace(piece, source=source, statements=found)


def without(piece: Piece, gone: Collection[Statement], expected: Expected) -> Piece:
    """The piece without these statements; the lines of the others stay where they are."""
    lines = piece.source.split("\n")
    for statement in gone:
        lines[statement.first - 1 : statement.last] = [""] * (statement.last - statement.first + 1)
    return with_source(piece, "\n".join(lines), expected)


def is_stub(statement: Statement, expected: Expected) -> bool:
    """Whether a statement stands as it was released, or does nothing but say that the answer is missing."""
    return statement.empty or (bool(statement.digest) and statement.digest in expected.stubs)


def holds_stubs(source: str, expected: Expected) -> bool:
    """Whether all that `source` defines of what is asked for are stubs, and there is something."""
    found = [s for s in statements(source, expected.owner) if s.binds & expected.owner.keys()]
    return bool(found) and all(is_stub(s, expected) for s in found)


def heading(source: str) -> str:
    """The exercise that the first line of a released cell names, or ""."""
    found = _HEADING.match(source)
    return found[1] if found else ""


def named(source: str) -> frozenset[str]:
    """Functions and classes of a source, read line by line: for cells that are no Python."""
    return frozenset(_DEFINED.findall(source))
