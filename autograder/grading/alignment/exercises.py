"""Whose cells they are: by our id, then by the names that they define, then by what stands in them."""

from __future__ import annotations

from dataclasses import replace

from autograder.grading.alignment.expected import Expected
from autograder.grading.alignment.pieces import Piece, heading, is_stub, named, without
from autograder.grading.alignment.statements import bound

LIKE = 0.6
"""So much of a released cell's lines must stand in a cell that is taken for it."""


def with_exercises(pieces: tuple[Piece, ...], expected: Expected) -> tuple[tuple[Piece, ...], list[str]]:
    """The pieces with the exercises that they belong to, and notes where the id said otherwise or a name is wrong."""
    found: list[Piece] = []
    notes: list[str] = []
    for piece in pieces:
        exercise, note = _exercise(piece, expected)
        notes += [f"cell {piece.number}: {note}"] if note else []
        found.append(replace(piece, exercise=exercise))
    return tuple(found), [*notes, *_renamed(found, expected)]


def _exercise(piece: Piece, expected: Expected) -> tuple[str | None, str]:
    claimed = piece.raw.exercise if piece.raw.exercise in expected.defines else None
    names = piece.binds if piece.statements else named(piece.raw.source)
    owners = {expected.owner[name]: None for name in sorted(names) if name in expected.owner}
    if claimed and (claimed in owners or not owners):
        return claimed, ""
    if owners:
        titled = heading(piece.raw.source)
        chosen = titled if titled in owners else next(iter(owners))
        return chosen, f"it has the id of {claimed}, but defines {chosen}: it was read as that" if claimed else ""
    titled = heading(piece.raw.source)
    return (titled if titled in expected.defines else _alike(piece, expected)), ""


def _alike(piece: Piece, expected: Expected) -> str | None:
    """The exercise whose released cell this one is like, if it is like one only."""
    lines = set(_lines(piece.raw.source))
    if len(lines) < 3:
        return None
    like = set()
    for cell in expected.cells:
        released = _lines(cell.source) if cell.kind == "code" and cell.exercise else []
        if released and sum(line in lines for line in released) >= LIKE * len(released):
            like.add(cell.exercise)
    return next(iter(like)) if len(like) == 1 else None


def _lines(source: str) -> list[str]:
    return [line.strip() for line in source.split("\n") if line.strip()]


def _renamed(pieces: list[Piece], expected: Expected) -> list[str]:
    """A cell of an exercise whose names nothing defines, and that defines something else: a renamed function."""
    released = frozenset(n for c in expected.cells if c.exercise for s in c.statements if s.defines for n in s.binds)
    there = frozenset().union(*(piece.binds for piece in pieces))
    notes = []
    for piece in pieces:
        missing = (expected.defines.get(piece.exercise or "", frozenset()) & released) - there
        others = sorted(n for s in piece.statements if s.defines for n in s.binds if n not in expected.owner)
        if missing and others:
            where = f"cell {piece.number}: it belongs to {piece.exercise}"
            notes.append(
                f"{where} and defines {', '.join(others[:3])}; the checks look for {', '.join(sorted(missing))}"
            )
    return notes


def without_late_stubs(pieces: tuple[Piece, ...], expected: Expected) -> tuple[tuple[Piece, ...], list[str]]:
    """The pieces without stubs that stand below an answer to the same name, which they would take the place of."""
    by_given = frozenset().union(*(bound(cell.statements) for _, cell in expected.given))
    answered: dict[str, int] = {}
    found: list[Piece] = []
    notes: list[str] = []
    for piece in pieces:
        gone = []
        for statement in piece.statements:
            asked = statement.binds & expected.owner.keys()
            if not asked:
                continue
            if not is_stub(statement, expected):
                asked = asked if statement.defines else asked - by_given  # a demonstration may use the name, too
                answered |= dict.fromkeys(asked, piece.number)
            elif asked <= answered.keys():
                gone.append(statement)
                name = min(asked)
                notes.append(
                    f"cell {piece.number}: {name} stands there without an answer, below the answer in cell "
                    f"{answered[name]}: the answer counts"
                )
        found.append(without(piece, gone, expected) if gone else piece)
    return tuple(found), notes


def never_reached(pieces: tuple[Piece, ...], expected: Expected) -> list[str]:
    """Of answers that stand below the `raise` of their stub: that this line is to go."""
    return [
        f"cell {piece.number}: {min(asked)} raises NotImplementedError above code that is therefore never run: delete "
        "that line"
        for piece in pieces
        for statement in piece.statements
        if statement.unreached and not is_stub(statement, expected)
        if (asked := statement.binds & expected.owner.keys())
    ]


def without_checks(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces with nothing to run in cells that only call the notebook's own check(): the checks come to them."""
    own = any("check" in s.binds and not s.imports for piece in pieces for s in piece.statements)
    if own:
        return pieces
    return tuple(
        replace(piece, source="", statements=())
        if piece.statements and all(s.calls == "check" for s in piece.statements)
        else piece
        for piece in pieces
    )


def answered_twice(pieces: tuple[Piece, ...], expected: Expected) -> list[str]:
    """Of names that several cells define differently: that the last of them counts."""
    cells: dict[str, dict[int, str]] = {}
    runs = {piece.number: piece.raw.run or 0 for piece in pieces}
    for piece in pieces:
        for statement in piece.statements:
            if statement.digest and statement.defines and not is_stub(statement, expected):
                for name in statement.binds & expected.owner.keys():
                    cells.setdefault(name, {})[piece.number] = statement.digest
    notes = []
    for name, where in cells.items():
        if len(set(where.values())) < 2:
            continue
        *others, last = where
        ran_last = max(where, key=lambda number: runs[number])
        later = f", though cell {ran_last} was run last" if runs[ran_last] > runs[last] else ""
        listed = ", ".join(map(str, others[:5]))
        notes.append(f"{name} is defined in cells {listed} and {last}: the last, cell {last}, counts{later}")
    return notes
