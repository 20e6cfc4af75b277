"""All mutants of an assignment's reference solution, and a choice of different ones. Nothing is run."""

from __future__ import annotations

import ast
import re
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from autograder.build import Stripped, strip
from autograder.course import Assignment
from autograder.course.magics import as_python
from autograder.course.parsing import as_syntax_error, parse
from autograder.course.source import read_source
from autograder.grading.mutants.code import Change, Code
from autograder.grading.mutants.mutant import Mutant, diff_of, hunk_of
from autograder.grading.mutants.operators import OPERATORS

MOST = 12
"""Mutants of one exercise, unless another number is asked for."""


_AGAIN, _SAME_DEFINITION, _SAME_LINE = 14, 3, 4
"""How many places in the table of operators a mutant falls back for each that was chosen and is like it."""


@dataclass(frozen=True)
class SolutionCell:
    """A code cell of the reference and which of its lines (from 1) the student has to write."""

    number: int
    source: str
    exercise: str
    open_lines: frozenset[int]
    shown_lines: tuple[int | None, ...] = ()
    """The line in the author's file of each line of the cell."""


def mutants_of(assignment: Assignment, most: int | None = MOST) -> tuple[Mutant, ...]:
    """At most `most` mutants of each exercise (None: all), in the order of the notebook; the same every time.

    Raises:
        AutograderError: the source notebook cannot be read.
    """
    graded = {exercise.name for exercise in assignment.written}  # by a person: no check would catch a mutant of them
    cells = [c for c in solution_cells(strip(read_source(assignment.notebook))) if c.exercise not in graded]
    found = _named([mutant for cell in cells for mutant in mutants_of_cell(cell)])
    chosen: set[str] = set()
    for exercise in {mutant.exercise for mutant in found}:
        of_one = [mutant for mutant in found if mutant.exercise == exercise]
        chosen |= {mutant.name for mutant in choose(of_one, most)}
    return tuple(mutant for mutant in found if mutant.name in chosen)


def solution_cells(stripped: Stripped) -> tuple[SolutionCell, ...]:
    """The exercises' cells that hold a part of a solution."""
    found: list[SolutionCell] = []
    code = zip(stripped.source.cells, stripped.regions, stripped.solution, strict=True)
    for number, (_, regions, solution) in enumerate((triple for triple in code if triple[0].kind == "code"), 1):
        source = as_python(solution.source)
        if not regions or not solution.exercise or source is None:
            continue
        open_lines: set[int] = set()
        gone = 0  # lines of the cell so far that the reference does not have: markers and stubs
        for region in regions:
            gone += 1
            open_lines |= {line + 1 - gone for line in region.solution}
            gone += region.end - region.solution.stop + 1
        found.append(SolutionCell(number, source, solution.exercise, frozenset(open_lines), solution.lines))
    return tuple(found)


def mutants_of_cell(cell: SolutionCell) -> Iterator[Mutant]:
    """Every mutant of a cell, in the order of the text; no two compile to the same."""
    try:
        with as_syntax_error():
            code = Code(cell.source, cell.open_lines)
    except (SyntaxError, tokenize.TokenError):
        return
    seen = {ast.dump(code.tree)}
    for node in code.nodes:
        for operator in OPERATORS:
            for change in operator.find(code, node):
                mutant = _mutant(cell, code, operator.name, change, seen)
                if mutant is not None:
                    yield mutant


def choose(mutants: list[Mutant], most: int | None) -> list[Mutant]:
    """At most `most` of them: quiet mistakes first, but other kinds and other lines before more of the same."""
    if most is None or len(mutants) <= most:
        return mutants
    rank = {operator.name: index for index, operator in enumerate(OPERATORS)}
    kinds: Counter[str] = Counter()
    definitions: Counter[str] = Counter()
    lines: Counter[tuple[int, int]] = Counter()
    left = list(mutants)
    chosen: list[Mutant] = []
    while left and len(chosen) < most:
        best = min(
            left,
            key=lambda m: (
                rank[m.operator]
                + _AGAIN * kinds[_kind(m)]
                + _SAME_DEFINITION * definitions[m.definition]
                + _SAME_LINE * lines[m.cell, m.line]
            ),
        )
        left.remove(best)
        chosen.append(best)
        kinds[_kind(best)] += 1
        definitions[best.definition] += 1
        lines[best.cell, best.line] += 1
    return chosen


def _kind(mutant: Mutant) -> str:
    """Each step of a training loop is one of its own."""
    return mutant.before if mutant.operator == "step-left-out" else mutant.operator


def _mutant(cell: SolutionCell, code: Code, operator: str, change: Change, seen: set[str]) -> Mutant | None:
    """The mutant, unless it touches what the student is given, is no Python, or is there already."""
    edits = sorted(change.edits, key=lambda edit: edit.start)
    for edit in edits:
        touched = range(code.line_of(edit.start), code.line_of(max(edit.end - 1, edit.start)) + 1)
        if not all(line in cell.open_lines for line in touched):
            return None
    source = cell.source
    for edit in reversed(edits):
        source = source[: edit.start] + edit.text + source[edit.end :]
    shape = _shape(source)
    if shape is None or shape in seen:
        return None
    seen.add(shape)
    hunk = hunk_of(cell.source, source)
    before, after = hunk.stripped
    line = hunk.first + 1
    shown = cell.shown_lines[hunk.first] if hunk.first < len(cell.shown_lines) else None
    return Mutant(
        name=f"{cell.exercise}:{line}-{_slug(change.words)}",
        exercise=cell.exercise,
        definition=_definition(code, line),
        operator=operator,
        line=line,
        before=before,
        after=after,
        diff=diff_of(cell.source, hunk, cell.exercise, change.words, shown or line),
        cell=cell.number,
        source=source,
    )


def _shape(source: str) -> str | None:
    """The tree of a source as text, or None where it does not compile."""
    try:
        with warnings.catch_warnings(), as_syntax_error():
            warnings.simplefilter("ignore")  # such as "int object is not callable"
            tree = parse(source)
            compile(tree, "<mutant>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
            return ast.dump(tree)
    except SyntaxError:
        return None


def _definition(code: Code, line: int) -> str:
    for node in code.tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            if first <= line <= (node.end_lineno or node.lineno):
                return node.name
    return ""


def _named(mutants: list[Mutant]) -> list[Mutant]:
    """The mutants with a number behind each name that was taken."""
    taken: Counter[str] = Counter()
    named: list[Mutant] = []
    for mutant in mutants:
        taken[mutant.name] += 1
        again = taken[mutant.name]
        named.append(mutant if again == 1 else replace(mutant, name=f"{mutant.name}-{again}"))
    return named


def _slug(words: str) -> str:
    plain = re.sub(r"(?<![\w])-(?=\d)", "minus ", words).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "changed"
