"""otter's format before raw cells (its v0, and jassign's) as the one of today: cells between raw boundary cells.

There a question is a text cell with a block of code that begins with BEGIN QUESTION. Its answer is in the cells below,
and its tests are the code cells after these whose first line says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from autograder.interop.foreign import ForeignCell

_BEGIN = re.compile(r"BEGIN (QUESTION|ASSIGNMENT)\s*")
_FENCE = "```"
_TEST = re.compile(r"(##\s*(hidden\s*)?test\s*##|#\s*(hidden\s*)?test)", re.IGNORECASE)


def renewed(cells: Iterable[ForeignCell]) -> tuple[ForeignCell, ...]:
    """The cells with today's boundaries; as they are where the notebook is in today's format."""
    given = tuple(cells)
    if not any(_block(cell) for cell in given):
        return given
    everywhere = replace(given[0], kind="raw", source="# ASSIGNMENT CONFIG\nstrip_solutions_from_all_cells: true")
    return (everywhere, *_renewed(given))


def _renewed(cells: Iterable[ForeignCell]) -> Iterator[ForeignCell]:
    part = ""
    last: ForeignCell | None = None
    for cell in cells:
        block = _block(cell)
        tests = part in ("solution", "tests") and cell.kind == "code" and _TEST.match(cell.source.split("\n", 1)[0])
        ends = part and (block or (not tests and (part == "tests" or (part == "solution" and cell.kind != "code"))))
        if ends and last is not None:
            yield from _ended(last, part)
            part = ""
        if block:
            kind, settings, text = block
            raw = f"# {'BEGIN QUESTION' if kind == 'QUESTION' else 'ASSIGNMENT CONFIG'}\n{settings}"
            yield replace(cell, kind="raw", source=raw)
            yield from [replace(cell, source=text)] if text.strip() else []
            part = "question" if kind == "QUESTION" else ""
        elif tests:
            yield from _raw(cell, *(["# END SOLUTION", "# BEGIN TESTS"] if part == "solution" else []))
            yield _test(cell)
            part = "tests"
        else:
            yield from _raw(cell, *(["# BEGIN SOLUTION"] if part == "question" else []))
            yield cell
            part = "solution" if part == "question" else part
        last = cell
    if part and last is not None:
        yield from _ended(last, part)


def _ended(cell: ForeignCell, part: str) -> Iterator[ForeignCell]:
    yield from _raw(cell, *([] if part == "question" else [f"# END {part.upper()}"]), "# END QUESTION")


def _raw(cell: ForeignCell, *sources: str) -> Iterator[ForeignCell]:
    return (replace(cell, kind="raw", source=source) for source in sources)


def _test(cell: ForeignCell) -> ForeignCell:
    first, _, rest = cell.source.partition("\n")
    return replace(cell, source=f"# HIDDEN\n{rest}" if "hidden" in first.lower() else rest)


def _block(cell: ForeignCell) -> tuple[str, str, str] | None:
    """What begins in the block of a text cell, the YAML below it, and the rest of the text."""
    lines = cell.source.split("\n")
    for number, line in enumerate(lines[1:], 1):
        begins = _BEGIN.fullmatch(line)
        if cell.kind == "markdown" and begins and lines[number - 1].strip() == _FENCE:
            end = next((n for n in range(number, len(lines)) if lines[n].strip() == _FENCE), len(lines))
            rest = "\n".join([*lines[: number - 1], *lines[end + 1 :]])
            return begins[1], "\n".join(lines[number + 1 : end]), rest.strip("\n")
    return None
