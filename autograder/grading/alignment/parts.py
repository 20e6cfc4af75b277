"""Cells in which definitions and imports stand beside what may fail: a file that is not there, a demonstration without
an end. They are run in parts, so that this takes nothing of the answer with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from autograder.course import CodeCell
from autograder.grading.alignment.pieces import Piece
from autograder.grading.alignment.statements import Statement
from autograder.grading.alignment.surroundings import LEAVE

MAX_PARTS = 50
"""Of one cell. Each has all of its lines, empty ones, above it."""


def run_cells(pieces: tuple[Piece, ...]) -> tuple[CodeCell, ...]:
    """The cells for the worker. Parts of a cell have its number, and their lines stand where they stood."""
    given = Counter(n for piece in pieces for s in piece.statements if not s.imports for n in s.binds)
    return tuple(part for piece in pieces for part in _parts(piece, given))


def _parts(piece: Piece, given: Mapping[str, int]) -> tuple[CodeCell, ...]:
    lines = piece.source.split("\n")
    starts = _starts([s for s in piece.statements if not lines[s.first - 1].startswith(LEAVE)], given)
    if not 0 < len(starts) < MAX_PARTS:
        return (piece.cell,)
    ends = [*(start - 1 for start in starts), len(lines)]
    return tuple(
        replace(piece.cell, source="\n".join([*[""] * start, *lines[start:end]]))
        for start, end in zip([0, *ends[:-1]], ends, strict=True)
    )


def _starts(found: list[Statement], given: Mapping[str, int]) -> list[int]:
    """Lines (from 1) with which another part begins: a definition or import below what may fail, and what may fail, or
    never end, below a definition."""
    starts: list[int] = []
    may_fail = defined = False
    last = 0
    for statement in found:
        parts = may_fail and _only_one(statement, given) if statement.quiet else defined
        if parts and statement.first > last:
            starts.append(statement.first)
            may_fail = defined = False
        may_fail = may_fail or not statement.quiet
        defined = defined or statement.defines
        last = statement.last
    return starts


def _only_one(statement: Statement, given: Mapping[str, int]) -> bool:
    """Whether nothing else gives its names a meaning: run or not, it takes no other definition's place."""
    most = 0 if statement.imports else 1
    defines = bool(statement.defines or statement.imports) and not statement.star
    return defines and all(given[name] <= most for name in statement.binds)
