"""Which of nbgrader's cells make an exercise: test cells belong to the solution cells before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from autograder.errors import AutograderError, Place
from autograder.interop.names import identifier, unlike
from autograder.interop.nbgrader.cells import Cell
from autograder.interop.nbgrader.metadata import Role

_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_MADE_UP = re.compile(r"cell-[0-9a-f]{16}")


@dataclass(frozen=True)
class Group:
    """One exercise: indices of cells in the notebook."""

    name: str
    title: str
    solutions: tuple[int, ...]
    """Of a manual answer or a task: that one cell."""
    tests: tuple[int, ...] = ()
    given: tuple[int, ...] = ()
    """Plain cells between a solution and its tests that make names which the tests need."""
    manual: bool = False

    @property
    def cells(self) -> tuple[int, ...]:
        """The code cells that belong to it."""
        return tuple(sorted((*self.solutions, *self.given)))


def groups_of(cells: tuple[Cell, ...], where: Place) -> tuple[Group, ...]:
    """The exercises, in the order of the notebook.

    Raises:
        AutograderError: `nothing-to-grade`.
    """
    taken: set[str] = set()
    found = [*_tested(cells, taken), *_manual(cells, taken)]
    if not found:
        raise AutograderError(
            "nothing-to-grade",
            "no cell of the notebook is worth points",
            where=where,
            why="An assignment has at least one exercise with points.",
            fix="give its test cells points in nbgrader's Create Assignment"
            if any(cell.role is Role.TEST for cell in cells)
            else "import the source of the assignment (in nbgrader's folder source/), not a notebook without metadata",
        )
    return tuple(sorted(found, key=lambda group: group.solutions[0]))


def _tested(cells: tuple[Cell, ...], taken: set[str]) -> list[Group]:
    runs = list(_runs(cells))
    worth = [sum(cells[i].marked.points for i in tests) for _, tests in runs]
    found: list[Group] = []
    waiting: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    for (solutions, tests), points in zip(runs, worth, strict=True):
        if points > 0 and (solutions or waiting[0]):
            own = (*waiting[0], *solutions)
            found.append(_group(cells, own, (*waiting[1], *tests), taken))
            waiting = ((), ())
        elif found:  # tests worth nothing look on beside the exercise before
            last = found[-1]
            more = _given(cells, solutions or last.solutions, tests)
            found[-1] = replace(
                last,
                solutions=(*last.solutions, *solutions),
                tests=(*last.tests, *tests),
                given=tuple(sorted({*last.given, *more})),
            )
        else:
            waiting = ((*waiting[0], *solutions), (*waiting[1], *tests))
    return found


def _runs(cells: tuple[Cell, ...]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Solution cells, each run with the test cells that follow it."""
    solutions: list[int] = []
    tests: list[int] = []
    for index, cell in enumerate(cells):
        if cell.role is Role.SOLUTION:
            if tests:
                yield tuple(solutions), tuple(tests)
                solutions, tests = [], []
            solutions.append(index)
        elif cell.role is Role.TEST:
            tests.append(index)
    if tests:
        yield tuple(solutions), tuple(tests)


def _group(cells: tuple[Cell, ...], solutions: tuple[int, ...], tests: tuple[int, ...], taken: set[str]) -> Group:
    last = solutions[-1]
    name = unlike(identifier(cells[last].marked.grade_id), taken)
    return Group(name, title_of(cells, last), solutions, tests, _given(cells, solutions, tests))


def _given(cells: tuple[Cell, ...], solutions: tuple[int, ...], tests: tuple[int, ...]) -> tuple[int, ...]:
    """The student's names are looked up as they are when the exercise's last cell has run."""
    needed = frozenset[str]().union(*(cells[i].names.needs for i in tests))
    between = range(solutions[-1] + 1, tests[-1])
    plain = (Role.GIVEN, Role.LOCKED)
    return tuple(i for i in between if cells[i].role in plain and cells[i].names.binds & needed)


def _manual(cells: tuple[Cell, ...], taken: set[str]) -> Iterator[Group]:
    for index, cell in enumerate(cells):
        if cell.role in (Role.MANUAL, Role.TASK) and cell.marked.points > 0:
            name = unlike(identifier(cell.marked.grade_id), taken)
            yield Group(name, title_of(cells, index), (index,), manual=True)


def title_of(cells: tuple[Cell, ...], index: int) -> str:
    """The nearest heading above the cell (or in it, of a task), else its grade_id in words."""
    for cell in reversed(cells[: index + 1]):
        if cell.foreign.kind == "markdown" and cell.role is not Role.MANUAL:
            headings = _HEADING.findall(cell.foreign.source)
            if headings:
                title = " ".join("".join(c for c in headings[-1] if c.isprintable()).split())[:120]
                if title:
                    return title
    grade_id = cells[index].marked.grade_id
    words = "" if _MADE_UP.fullmatch(grade_id) else grade_id.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:120] if words else f"Exercise in cell {index + 1}"
