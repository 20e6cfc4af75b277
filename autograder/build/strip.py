"""A source notebook as students get it (solutions replaced by stubs) and as the reference solves it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from autograder.build.markers import Region, find_regions
from autograder.course import Assignment, CodeCell, Submission
from autograder.course.magics import as_python
from autograder.course.parsing import parse
from autograder.course.source import SourceCell, SourceNotebook, read_source
from autograder.course.written import PLACEHOLDER, answer_in
from autograder.errors import AutograderError


@dataclass(frozen=True)
class Stripped:
    """One source notebook three ways, cell for cell."""

    source: SourceNotebook
    regions: tuple[tuple[Region, ...], ...]
    student: tuple[SourceCell, ...]
    solution: tuple[SourceCell, ...]


def strip(notebook: SourceNotebook) -> Stripped:
    """Take the solutions out, and prove that both ways of the notebook are still Python.

    Raises:
        AutograderError: as find_regions(); `bad-cell` or `bad-stub` where a cell no longer parses; `empty-answer`.
    """
    regions = find_regions(notebook)
    pairs = list(zip(notebook.cells, regions, strict=True))
    for cell in notebook.cells:
        _must_answer(cell)
    solution = tuple(_keep(cell, found, student=False) for cell, found in pairs)
    for cell in solution:
        _must_parse(cell, "bad-cell", "a cell is no Python", "mend the line")
    student = tuple(
        replace(cell, source=PLACEHOLDER, lines=cell.lines[:1]) if is_answer(cell) else _keep(cell, found, student=True)
        for cell, found in pairs
    )
    for (cell, found), stripped in zip(pairs, student, strict=True):
        shown = replace(stripped, lines=(cell.place(found[0].begin).line,) * len(stripped.lines)) if found else stripped
        _must_parse(
            shown, "bad-stub", "a cell is no Python once its solution is taken out", "give the solution a `# STUB`"
        )
    return Stripped(notebook, regions, student, solution)


def reference_cells(assignment: Assignment) -> tuple[CodeCell, ...]:
    """The code cells of the author's solution, as `verify` grades them."""
    return reference_submission(assignment).cells


def stub_cells(assignment: Assignment) -> tuple[CodeCell, ...]:
    """The code cells that a student starts from."""
    return _code_cells(strip(read_source(assignment.notebook)).student)


def reference_submission(assignment: Assignment) -> Submission:
    """The author's solution as if it were handed in: code cells, and the answers that a person grades by exercise."""
    cells = strip(read_source(assignment.notebook)).solution
    graded = {exercise.name for exercise in assignment.written}
    answers = tuple((cell.exercise or "", answer_in(cell.source)) for cell in cells if cell.exercise in graded)
    return Submission("reference", "", _code_cells(cells), answers=answers)


def reference_answers(assignment: Assignment) -> tuple[tuple[str, str], ...]:
    """The author's own answers in words, by exercise."""
    return reference_submission(assignment).answers


def is_answer(cell: SourceCell) -> bool:
    """Whether it holds the author's answer in words. All of it is secret."""
    return cell.kind == "markdown" and cell.exercise is not None


def _must_answer(cell: SourceCell) -> None:
    if is_answer(cell) and not answer_in(cell.source):
        raise AutograderError(
            "empty-answer",
            f"the cell of the written exercise {cell.exercise!r} holds no answer",
            where=cell.place(),
            why="Whoever grades has nothing to compare with. Nothing was written.",
            fix="write the answer that you would call excellent; students do not get it",
        )


def _code_cells(cells: tuple[SourceCell, ...]) -> tuple[CodeCell, ...]:
    found: list[CodeCell] = []
    for number, cell in enumerate((c for c in cells if c.kind == "code"), 1):
        python = as_python(cell.source)
        problem = "the cell is no Python" if python is None else ""
        found.append(CodeCell(number, python or "", cell.exercise, problem))
    return tuple(found)


def _keep(cell: SourceCell, regions: tuple[Region, ...], *, student: bool) -> SourceCell:
    """The cell's lines outside regions, and of each region the stub or the solution."""
    lines = cell.source.split("\n")
    kept: list[tuple[str, int | None]] = []
    at = 0
    for region in regions:
        kept += zip(lines[at : region.begin], cell.lines[at : region.begin], strict=True)
        if student:
            line = cell.lines[region.begin]
            kept += [(text, line) for text in _stub(lines, region, cell.exercise)]
        else:
            kept += [(lines[i], cell.lines[i]) for i in region.solution]
        at = region.end + 1
    kept += zip(lines[at:], cell.lines[at:], strict=True)
    return replace(cell, source="\n".join(text for text, _ in kept), lines=tuple(line for _, line in kept))


def _stub(lines: list[str], region: Region, exercise: str | None) -> list[str]:
    written = [_uncommented(lines[i]) for i in region.replacement]
    if any(line.strip() for line in written):
        return written
    opening = lines[region.begin]
    indentation = opening[: len(opening) - len(opening.lstrip())]
    argument = f'"{exercise}"' if exercise else ""
    return [
        f"{indentation}raise NotImplementedError({argument})" if argument else f"{indentation}raise NotImplementedError"
    ]


def _uncommented(line: str) -> str:
    text = line.lstrip()
    indentation = line[: len(line) - len(text)]
    text = text.removeprefix("#").removeprefix(" ")
    return (indentation + text).rstrip()


def _must_parse(cell: SourceCell, code: str, what: str, fix: str) -> None:
    source = as_python(cell.source) if cell.kind == "code" else None
    if source is None:
        return
    try:
        parse(source)
    except SyntaxError as error:
        line = error.lineno or 1
        raise AutograderError(
            code,
            f"{what}: {error.msg}",
            where=cell.place(line - 1),
            why="Students could not run it. Nothing was written.",
            fix=fix,
        ) from error
