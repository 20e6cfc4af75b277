"""Names that a demonstration takes away from what is asked: `mse = mse(a, b)`, `for F in ...`, `sum = 0`. Such lines
stand below the answers, and the checks come after the whole notebook: they find what the answers knew by each name."""

from __future__ import annotations

import builtins
from collections import defaultdict
from dataclasses import dataclass

from autograder.course import CodeCell
from autograder.grading.alignment.expected import Expected
from autograder.grading.alignment.pieces import Piece, is_stub
from autograder.grading.alignment.statements import Statement

MAX_NAMES = 20


@dataclass(frozen=True)
class _Binding:
    at: int
    """Position of its cell."""
    piece: Piece
    statement: Statement

    @property
    def means(self) -> bool:
        return self.statement.defines or bool(self.statement.imports)


def names_back(pieces: tuple[Piece, ...], expected: Expected) -> tuple[tuple[CodeCell, ...], list[str]]:
    """What is to run after the last cell, and what is to be said of it."""
    bindings: dict[str, list[_Binding]] = defaultdict(list)
    last_use: dict[str, int] = {}
    for at, piece in enumerate(pieces):
        for statement in piece.statements:
            for name in () if is_stub(statement, expected) else statement.binds:
                bindings[name].append(_Binding(at, piece, statement))
            if statement.defines:
                last_use |= dict.fromkeys(statement.looks_up, at)
    cells: list[CodeCell] = []
    notes: list[str] = []
    for name, where in sorted(bindings.items()):
        if len(cells) == MAX_NAMES:
            break
        cell = _asked(name, where) if name in expected.owner else _used(name, where, last_use.get(name))
        if cell is not None:
            cells.append(cell)
            last = where[-1].piece.number
            notes.append(
                f"cell {last} gives the name {name} to something else: the checks still find what it was above"
            )
    return tuple(cells), notes


def _asked(name: str, where: list[_Binding]) -> CodeCell | None:
    """The definition of an exercise's name again, if what stands below it can be none."""
    last = max((number for number, one in enumerate(where) if one.means), default=None)
    after = where[last + 1 :] if last is not None else []
    if last is None or not after or not all(name in one.statement.spends for one in after):
        return None
    return _again(where[last])


def _used(name: str, where: list[_Binding], last_use: int | None) -> CodeCell | None:
    """The import of a name again, or the builtin, if all functions that use it stand above what took it."""
    imports = [number for number, one in enumerate(where) if one.statement.imports]
    after = where[imports[-1] + 1 :] if imports else where
    if last_use is None or not after or after[0].at <= last_use or any(one.means for one in after):
        return None
    if imports:
        return _again(where[imports[-1]])
    taken = f"if {name!r} in dir(): del {name}"  # an import of builtins hides something from checks that read the code
    return CodeCell(after[0].piece.number, taken) if hasattr(builtins, name) else None


def _again(binding: _Binding) -> CodeCell:
    """The statement, on its own lines."""
    found = binding.statement
    lines = binding.piece.source.split("\n")[found.first - 1 : found.last]
    return CodeCell(binding.piece.number, "\n".join([*[""] * (found.first - 1), *lines]))
