"""otter's source notebook by its blocks: which cell is a question's text, its solution, its prompt, or a test."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from autograder.interop.foreign import ForeignCell
from autograder.interop.otter.config import BadConfig, Question, parse_yaml, question

_FENCE, _END_OF_FENCE = "```otter", "```"
_BOUNDARY = re.compile(r"#\s+(begin|end)\s+(question|prompt|solution|tests)\s*", re.IGNORECASE)
_CONFIG = re.compile(r"#\s+assignment\s+config\s*", re.IGNORECASE)
_IGNORED = re.compile(r"(##\s*ignore\s*##\s*|#\s*ignore\s*)", re.IGNORECASE)


class Part(StrEnum):
    """What a cell is in its question."""

    TEXT = "text"
    """Outside of any block: it stays as it is."""
    PROMPT = "prompt"
    SOLUTION = "solution"
    TESTS = "tests"


class BadBlocks(ValueError):
    """Blocks that otter itself would refuse. `cell` is where."""

    def __init__(self, what: str, cell: ForeignCell) -> None:
        super().__init__(what)
        self.cell = cell


@dataclass(frozen=True)
class Placed:
    """A cell and what it is."""

    cell: ForeignCell
    part: Part = Part.TEXT
    question: Question | None = None


@dataclass
class Blocks:
    """A notebook without its configuration cells and boundaries."""

    cells: list[Placed] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    """Of the assignment; later configuration cells win."""


def blocks_of(cells: Iterable[ForeignCell]) -> Blocks:
    """The notebook's blocks.

    Raises:
        BadBlocks: a block within another, out of place, or without end; YAML that is none; a name used twice.
    """
    found = Blocks()
    now: Question | None = None
    part = Part.TEXT
    last: ForeignCell | None = None
    for cell in _unfenced(cells):
        last = cell
        first = cell.source.split("\n", 1)[0]
        if _IGNORED.match(first):
            continue
        if cell.kind == "raw" and _CONFIG.match(first):
            found.settings |= _yaml(cell)
            continue
        boundary = _BOUNDARY.match(first) if cell.kind == "raw" else None
        if boundary is None:
            _refuse_misplaced(cell, first)
            found.cells.append(Placed(cell, part, now))
            continue
        begins, kind = boundary[1].lower() == "begin", boundary[2].lower()
        if kind == "question":
            if part is not Part.TEXT or begins == (now is not None):
                raise BadBlocks(f"{boundary[0].strip()!r} is out of place", cell)
            now = _question(cell, found.questions) if begins else None
        elif now is None or begins == (part is not Part.TEXT) or (not begins and part is not Part(kind)):
            raise BadBlocks(f"{boundary[0].strip()!r} is out of place", cell)
        else:
            part = Part(kind) if begins else Part.TEXT
    if now is not None and last is not None:
        raise BadBlocks(f"question {now.name!r} never ends", last)
    return found


def _refuse_misplaced(cell: ForeignCell, first: str) -> None:
    """Raises BadBlocks: a boundary in a cell where otter sees none. In code `# BEGIN SOLUTION` may stand on its own."""
    mark = _BOUNDARY.fullmatch(first)
    if mark and (cell.kind == "markdown" or (cell.kind == "code" and mark[2].lower() in ("question", "tests"))):
        raise BadBlocks(
            f"{first.strip()!r} stands in a {cell.kind} cell, and means something in a raw cell alone", cell
        )


def _question(cell: ForeignCell, known: list[Question]) -> Question:
    try:
        made = question(_yaml(cell))
    except BadConfig as error:
        raise BadBlocks(str(error), cell) from error
    if any(made.name == other.name for other in known):
        raise BadBlocks(f"two questions are called {made.name!r}", cell)
    known.append(made)
    return made


def _yaml(cell: ForeignCell) -> dict[str, Any]:
    try:
        return parse_yaml(cell.source)
    except BadConfig as error:
        raise BadBlocks(str(error), cell) from error


def _unfenced(cells: Iterable[ForeignCell]) -> Iterator[ForeignCell]:
    """The cells, where text holds ```otter blocks each of those as a raw cell of its own."""
    for cell in cells:
        if cell.kind != "markdown" or _FENCE not in cell.source:
            yield cell
            continue
        kept: list[str] = []
        inside = False
        for line in cell.source.split("\n"):
            if not inside and line.strip() == _FENCE:
                yield from _text(cell, kept)
                kept, inside = [], True
            elif inside and line.strip() == _END_OF_FENCE:
                yield replace(cell, kind="raw", source="\n".join(kept))
                kept, inside = [], False
            else:
                kept.append(line)
        if inside:
            raise BadBlocks("a block that begins with ```otter never ends", cell)
        yield from _text(cell, kept)


def _text(cell: ForeignCell, lines: list[str]) -> Iterator[ForeignCell]:
    if any(line.strip() for line in lines):
        yield replace(cell, source="\n".join(lines).strip("\n"))
