"""A notebook as it was handed in -> its cells as they are run, its answers in words, and what was repaired.

Exercises are found by our id, then by the names that they define, then by their content. Nothing is guessed: a repair
is made where the notebook can be read in one way only, and each is told (docs/decisions/0015-repairs-not-guesses.md).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from autograder.course import CodeCell
from autograder.course.syntax import Budget
from autograder.grading.alignment.exercises import (
    answered_twice,
    never_reached,
    with_exercises,
    without_checks,
    without_late_stubs,
)
from autograder.grading.alignment.expected import NOTHING, Expected, expected_in, expected_of
from autograder.grading.alignment.given import changed_given, in_order, with_given
from autograder.grading.alignment.names_back import names_back
from autograder.grading.alignment.parts import run_cells
from autograder.grading.alignment.pieces import Piece, read_piece
from autograder.grading.alignment.surroundings import BEFORE_LEAVE, LEAVE
from autograder.grading.alignment.wholes import joined, retyped, salvaged
from autograder.grading.alignment.words import answer_cell, answers_in
from autograder.grading.notebook import RawCell, RawNotebook

__all__ = ["NOTHING", "Aligned", "Expected", "align", "expected_in", "expected_of"]

MAX_REPAIRED_CHARACTERS = 400_000
"""Of code in one notebook, ten times what any assignment needs. More is run as it stands: looking takes time."""
_Step = Callable[[tuple[Piece, ...], Expected], tuple[tuple[Piece, ...], list[str]]]


@dataclass(frozen=True)
class Aligned:
    """A notebook, ready to be run."""

    cells: tuple[CodeCell, ...]
    """In the order in which they run."""
    answers: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    answered: bool
    """Whether there is any answer at all, in code or in words."""


def align(raw: RawNotebook, expected: Expected = NOTHING, beside: Collection[str] = ()) -> Aligned:
    """The notebook as it is run. `beside`: names of modules that were handed in with it. Never raises."""
    budget = Budget()
    too_much = sum(len(cell.source) for cell in raw.code) > MAX_REPAIRED_CHARACTERS
    whole, expected = expected, replace(expected, exercises=(), cells=()) if too_much else expected
    pieces, words = _read(raw, expected, budget, beside)
    notes = [f"it was released as {raw.slug}, and this is {expected.slug}"] if _other_assignment(raw, expected) else []
    if expected.exercises:
        pieces, said = _whole(raw, pieces, expected, budget)
        notes += said
        steps: tuple[_Step, ...] = (with_exercises, without_late_stubs, with_given)
        for step in steps:
            pieces, said = step(pieces, expected)
            notes += said
        pieces, said = in_order(without_checks(pieces), expected)
        notes += said
        notes += [*answered_twice(pieces, expected), *never_reached(pieces, expected), *changed_given(pieces, expected)]
    if too_much:
        notes.append("there is so much code that the cells were read as they stand, and nothing was repaired")
    pieces = _with_leave(pieces)
    answers, said_of_words = answers_in(raw.cells, whole)
    spoken = [note for piece in sorted(pieces, key=lambda p: p.number) for note in _spoken(piece)]
    answered = bool(answers) or too_much or any(piece.answers(expected) for piece in pieces)
    back, said_of_names = names_back(pieces, expected) if expected.exercises else ((), [])
    notes += said_of_names
    return Aligned((*run_cells(pieces), *back), answers, (*notes, *words, *said_of_words, *spoken), answered)


def _read(
    raw: RawNotebook, expected: Expected, budget: Budget, beside: Collection[str]
) -> tuple[tuple[Piece, ...], list[str]]:
    """The code cells as pieces; one that answers in words and is no Python is left out."""
    pieces: list[Piece] = []
    notes: list[str] = []
    for number, cell in enumerate(raw.code, 1):
        piece = read_piece(number, cell, expected, budget, beside)
        exercise, _ = answer_cell(cell, expected)
        if piece.problem and exercise in expected.written:
            notes.append(f"cell {number}, the answer to {exercise}, is a code cell: it was read as words")
            continue
        pieces.append(piece)
    return tuple(pieces), notes


def _whole(
    raw: RawNotebook, pieces: tuple[Piece, ...], expected: Expected, budget: Budget
) -> tuple[tuple[Piece, ...], list[str]]:
    pieces, first = joined(pieces, expected, budget)
    pieces, second = salvaged(pieces, expected, budget)
    pieces, third = retyped(raw.cells, pieces, expected, budget)
    return pieces, [*first, *second, *third]


def _with_leave(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces, and before them what imports that may fail need."""
    if not any(LEAVE in piece.source for piece in pieces):
        return pieces
    number = max(piece.number for piece in pieces) + 1
    return (Piece(number, BEFORE_LEAVE, RawCell("")), *pieces)


def _other_assignment(raw: RawNotebook, expected: Expected) -> bool:
    return bool(raw.slug and expected.slug) and raw.slug != expected.slug


def _spoken(piece: Piece) -> tuple[str, ...]:
    told = tuple(f"cell {piece.number}: {note}" for note in piece.notes)
    return (*told, f"cell {piece.number} was not run: {piece.problem}") if piece.problem and not piece.source else told
