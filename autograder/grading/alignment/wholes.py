"""Cells that were divided, run together, or turned into text: read as the code that they plainly are."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace

from autograder.course.syntax import Budget, fault_of
from autograder.grading.alignment.expected import Expected
from autograder.grading.alignment.pieces import Piece, named, read_piece, with_source
from autograder.grading.alignment.typing import LITERAL, fenced
from autograder.grading.notebook import RawCell

_OPENS = re.compile(r"[ \t]+\S|[)\]}@]|(?:async|def|class)\b")
_CONTINUES = re.compile(r"[ \t)\]}#]|(?:else|elif|except|finally)\b|\Z")


def joined(pieces: tuple[Piece, ...], expected: Expected, budget: Budget) -> tuple[tuple[Piece, ...], list[str]]:
    """A function that was cut in two by a new cell is one again: the second half begins indented."""
    found: list[Piece] = []
    notes: list[str] = []
    for piece in pieces:
        first = next((line for line in piece.raw.source.split("\n") if line.strip()), "")
        before = found[-1] if found else None
        if before is not None and first[:1] in (" ", "\t") and _ends_open(before):
            source = f"{before.raw.source.rstrip()}\n{piece.raw.source}"
            whole = read_piece(before.number, replace(before.raw, source=source), expected, budget)
            if not whole.problem and whole.binds & expected.owner.keys():
                notes.append(f"cells {before.number} and {piece.number} were read as one: a definition was cut in two")
                found[-1] = whole
                continue
        found.append(piece)
    return tuple(found), notes


def _ends_open(piece: Piece) -> bool:
    """Whether its last unindented line begins a definition."""
    lines = [line for line in piece.raw.source.split("\n") if line.strip() and line[0] not in " \t#)"]
    return bool(lines) and lines[-1].startswith(("def ", "class ", "async def "))


def salvaged(pieces: tuple[Piece, ...], expected: Expected, budget: Budget) -> tuple[tuple[Piece, ...], list[str]]:
    """Of a cell that is no Python and holds several exercises: all of its definitions but those with the fault."""
    found: list[Piece] = []
    notes: list[str] = []
    for piece in pieces:
        owners = {expected.owner[name] for name in named(piece.raw.source) if name in expected.owner}
        if piece.problem and owners:
            source, lost, whole = _sound_blocks(piece.raw.source, budget)
            if lost and source.strip() and (whole or len(owners) > 1):
                notes.append(f"cell {piece.number}: lines {lost} were left out, where the fault is; the rest was run")
                found.append(with_source(piece, source, expected))
                continue
        found.append(piece)
    return tuple(found), notes


def _sound_blocks(source: str, budget: Budget) -> tuple[str, str, bool]:
    """The source without the top-level blocks that do not compile, the lines of those in words, and whether they are
    nothing but unindented lines: words, or a stray letter, which no definition has lost."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    lines = source.split("\n")
    starts = _block_starts(source, lines)
    lost: list[str] = []
    whole = True
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        if fault_of("\n".join(lines[start:end]), budget) is not None:
            lost.append(f"{start + 1} to {end}")
            whole = whole and not any(map(_OPENS.match, lines[start:end]))
            lines[start:end] = [""] * (end - start)
    text = "\n".join(lines)
    return ("", "", False) if fault_of(text, budget) is not None else (text, ", ".join(lost[:5]), whole)


def _block_starts(source: str, lines: list[str]) -> list[int]:
    """Indices of the lines with which a top-level statement may begin: unindented, and in no string."""
    inside: set[int] = set()
    for match in LITERAL.finditer(source):
        if "\n" in match.group().rstrip("\n"):
            first = source.count("\n", 0, match.start())
            inside |= set(range(first + 1, first + 1 + match.group().count("\n")))
    starts = [0]
    decorated = False
    for index, line in enumerate(lines):
        if index and index not in inside and not _CONTINUES.match(line) and not decorated:
            starts.append(index)
        decorated = line.startswith("@") if line.strip() else decorated
    return starts


def retyped(
    cells: tuple[RawCell, ...], pieces: tuple[Piece, ...], expected: Expected, budget: Budget
) -> tuple[tuple[Piece, ...], list[str]]:
    """Text and raw cells that hold an answer in code which no code cell holds, as code cells where they stand."""
    answered = frozenset().union(*(piece.answers(expected) for piece in pieces))
    by_number = {piece.number: piece for piece in pieces}
    added = max(by_number, default=0)
    found: list[Piece] = []
    notes: list[str] = []
    number = 0
    for cell in cells:
        if cell.kind == "code":
            number += 1
            if number in by_number:
                found.append(by_number[number])
            continue
        text = cell.source.replace("\r\n", "\n")
        source = textwrap.dedent(fenced(text) or text)
        asked = {name for name in named(source) if name in expected.owner}
        if not asked or asked <= answered or len(source) > 200_000:
            continue
        piece = read_piece(added + 1, RawCell(source, cell.exercise, "code", cell.id), expected, budget)
        if piece.problem and cell.exercise not in expected.defines:
            continue  # prose with an example in it
        if piece.answers(expected) - answered or piece.problem:
            added += 1
            kind = "text" if cell.kind == "markdown" else cell.kind
            what = ", ".join(sorted(asked))
            notes.append(f"a {kind[:20]} cell holds the code of {what}: it was read as code cell {added}")
            found.append(piece)
    return tuple(found), notes
