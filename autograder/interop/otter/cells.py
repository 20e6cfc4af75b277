"""What becomes of the cells of an otter notebook: text, code, solutions, answers."""

from __future__ import annotations

import re

from autograder.course.magics import as_python
from autograder.course.parsing import parse
from autograder.interop.beside import at_new_place
from autograder.interop.imported import NO_ANSWER, ImportedCell
from autograder.interop.otter.blocks import Part, Placed
from autograder.interop.otter.config import AssignmentConfig
from autograder.interop.otter.solutions import has_markers, ours, without_ignored
from autograder.interop.otter.source import Source


def cells_of(placed: Placed, source: Source, exercises: dict[str, str], data: dict[str, bytes]) -> list[ImportedCell]:
    """What becomes of one cell."""
    cell, question = placed.cell, placed.question
    if placed.part is Part.TESTS:
        return []
    text = at_new_place(cell.kind, without_ignored(cell.source), data)
    exercise = exercises.get(question.name) if question is not None else None
    if cell.kind != "code":
        return _text(placed, text, source, exercise)
    text = _seeded(text, placed, source.config)
    if placed.part is not Part.SOLUTION:
        plain = ours(text) if source.config.strip_everywhere else text
        return [ImportedCell("code", plain if is_python(plain) else f"%%python\n{plain}")]
    assert question is not None
    own = [p for p in source.blocks.cells if p.question is question and p.part is Part.SOLUTION]
    unmarked = not any(has_markers(p.cell.source) for p in own if p.cell.kind == "code")
    if question.name in source.manual:
        last = next(p for p in reversed(own) if p.cell.kind == "code")
        answers = placed is last and not any(p.cell.kind == "markdown" for p in own)
        return [ImportedCell("code", ours(text, whole=answers), exercise if answers else None)]
    return [ImportedCell("code", ours(text, whole=unmarked), exercise)]


def is_python(source: str) -> bool:
    """Whether a cell is Python: some show on purpose what happens when it is not. As `%%python` such a cell still shows
    it, on its own and without anybody's grading."""
    try:
        parse(as_python(source) or "")
    except SyntaxError:
        return False
    return True


def _text(placed: Placed, text: str, source: Source, exercise: str | None) -> list[ImportedCell]:
    """A text cell; of a question that a person grades, the solution's text is the answer to compare with."""
    cell, question = placed.cell, placed.question
    kept = [ImportedCell(cell.kind, text, None, cell.attachments)]
    tags = cell.metadata.get("tags")
    if question is None or placed.part is Part.TEXT or (isinstance(tags, list) and "otter_include" in tags):
        return kept
    manual = question.name in source.manual
    if placed.part is Part.PROMPT:
        return [] if manual else kept
    first = next(p for p in source.blocks.cells if p.question is question and p.part is Part.SOLUTION
        and p.cell.kind == "markdown")  # fmt: skip
    return [ImportedCell("markdown", text, exercise, cell.attachments)] if manual and placed is first else []


def with_answer(cells: list[ImportedCell], source: Source, name: str, exercise: str) -> list[ImportedCell]:
    """With a cell for the answer below the question's own text, which otter leaves to the student to find."""
    own = [p.cell.source for p in source.blocks.cells if p.question is not None and p.question.name == name]
    at = max((i for i, cell in enumerate(cells) if cell.source in own), default=len(cells) - 1) + 1
    return [*cells[:at], ImportedCell("markdown", NO_ANSWER, exercise), *cells[at:]]


def _seeded(text: str, placed: Placed, config: AssignmentConfig) -> str:
    """otter seeds before every cell when it grades. Here the cells do it themselves, in sight of students."""
    if config.seed is None:
        return text
    if config.seed_variable:
        return re.sub(
            rf"(?m)^(\s*){config.seed_variable}\s*=(?!=).*$", rf"\g<1>{config.seed_variable} = {config.seed}", text
        )
    if placed.part is Part.SOLUTION and "random" in text and "# SEED" not in text and not text.startswith("%%"):
        seed = config.seed
        return f"import random, numpy\n\nrandom.seed({seed})\nnumpy.random.seed({seed})\n{text}"
    return text
