"""Cells that students are given: put back where they were deleted and are needed; run before what needs them."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.grading.alignment.expected import Expected, ReleaseCell
from autograder.grading.alignment.pieces import Piece
from autograder.grading.alignment.statements import bound, needed_at_once, statements
from autograder.grading.notebook import RawCell

_MOST_MOVED = 200


def with_given(pieces: tuple[Piece, ...], expected: Expected) -> tuple[tuple[Piece, ...], list[str]]:
    """The pieces, and each given cell that is not there, if answers need a name of it that nothing else binds.

    A given cell that was changed stays as it is; the released one runs before it where a name is missing otherwise.
    """
    notes: list[str] = []
    left = [(index, cell) for index, cell in expected.given if not _stands(cell, pieces)]
    while left:
        missing = _needed(pieces) - frozenset().union(*(piece.binds for piece in pieces))
        chosen = next(((i, c) for i, c in left if bound(c.statements) & missing), None)
        if chosen is None and missing:
            chosen = next(((i, c) for i, c in left if any(s.star for s in c.statements)), None)
        if chosen is None:
            break
        left.remove(chosen)
        pieces = _inserted(pieces, *chosen, expected)
        names = ", ".join(sorted(bound(chosen[1].statements) & missing)[:3]) or "names"
        notes.append(f"the given cell with {names} was not there or was changed: it was put back as released")
    return pieces, notes


def _stands(cell: ReleaseCell, pieces: Iterable[Piece]) -> bool:
    """Whether the given cell is there, unchanged, and runs."""
    source = _plain(cell.source)
    return any(_plain(piece.raw.source) == source and not piece.problem for piece in pieces)


def _plain(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def _needed(pieces: Iterable[Piece]) -> frozenset[str]:
    """Names that answers look up: when their cells run, and when functions and classes of theirs are called."""
    needed: set[str] = set()
    for piece in pieces:
        for statement in piece.statements:
            if statement.defines or piece.exercise:
                needed |= statement.needs | statement.needs_later
    return frozenset(needed)


def _inserted(pieces: tuple[Piece, ...], index: int, cell: ReleaseCell, expected: Expected) -> tuple[Piece, ...]:
    """The pieces with a given cell before the first that comes after it in the release."""
    number = max((piece.number for piece in pieces), default=0) + 1
    piece = Piece(number, cell.python, RawCell(cell.source), statements=cell.statements, release=index)
    places = [_position(other, expected) for other in pieces]
    at = next((n for n, place in enumerate(places) if place is not None and place > index), len(pieces))
    return (*pieces[:at], piece, *pieces[at:])


def _position(piece: Piece, expected: Expected) -> int | None:
    """Where the piece stands among the release's cells."""
    if piece.release is not None:
        return piece.release
    if piece.raw.id:
        for index, cell in enumerate(expected.cells):
            if cell.id == piece.raw.id:
                return index
    source = _plain(piece.raw.source)
    for index, cell in enumerate(expected.cells):
        same = (piece.exercise and cell.exercise == piece.exercise) or _plain(cell.source) == source
        if cell.kind == "code" and same:
            return index
    return None


def in_order(pieces: tuple[Piece, ...], expected: Expected) -> tuple[tuple[Piece, ...], list[str]]:
    """The pieces, those first that a definition needs as soon as it is read: an import or a base class that was moved
    below. Only cells that do nothing but define are moved, and only where one alone binds what is missing, or one of
    them is as it was given."""
    given = frozenset(_plain(cell.source) for _, cell in expected.given)
    order = list(pieces)
    notes: list[str] = []
    at = moved = 0
    there: set[str] = set()
    while at < len(order):
        piece = order[at]
        later = _one_that_binds(_lacking(piece, there), order, at, given) if moved < _MOST_MOVED else None
        if later is None:
            there |= piece.binds
            at += 1
            continue
        moved += 1
        needed = order.pop(later)
        names = ", ".join(sorted(needed.binds & _lacking(piece, there))[:3])
        notes.append(f"cell {needed.number} was run before cell {piece.number}, which needs {names}")
        order.insert(at, needed)
    return tuple(order), notes


def _lacking(piece: Piece, there: set[str]) -> frozenset[str]:
    """What a cell with definitions would look up in vain."""
    if not any(statement.defines for statement in piece.statements):
        return frozenset()
    return needed_at_once(piece.statements) - there


def _one_that_binds(names: frozenset[str], order: list[Piece], at: int, given: frozenset[str]) -> int | None:
    """The one later cell that binds one of the names, if it does nothing else but define."""
    if not names or any(s.star for piece in order[:at] for s in piece.statements):
        return None
    for name in sorted(names):
        found = [n for n in range(at + 1, len(order)) if name in order[n].binds]
        found = [n for n in found if _plain(order[n].raw.source) in given] or found
        alike = len({_plain(order[n].raw.source) for n in found}) == 1
        if alike and all(statement.quiet for statement in order[found[0]].statements):
            return found[0]
    return None


def changed_given(pieces: tuple[Piece, ...], expected: Expected) -> list[str]:
    """Given functions and classes that the student changed, for whoever looks at the verdict."""
    found = (s for _, cell in expected.given for s in statements(cell.python, expected.told_apart) if s.defines)
    released = {name: statement.digest for statement in found for name in statement.binds}
    notes = []
    for piece in pieces:
        changed = (s for s in piece.statements if s.defines)
        names = sorted(n for s in changed for n in s.binds if s.digest != released.get(n, s.digest))
        if names:
            notes.append(f"cell {piece.number} defines {', '.join(names[:3])}, which was given, in its own way")
    return notes
