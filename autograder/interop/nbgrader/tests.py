"""nbgrader's test cells as checks: one check for each, over the student's names, worth its points."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.course.parsing import parse
from autograder.interop.hoisting import head_of, imports_of, stars_of
from autograder.interop.imported import CheckFile, ImportedCheck
from autograder.interop.names import Statement, identifier, names_of, unlike
from autograder.interop.nbgrader.cells import Cell, shown_names
from autograder.interop.nbgrader.exercises import Group
from autograder.interop.nbgrader.metadata import Role
from autograder.interop.nbgrader.regions import HIDDEN_TESTS, split

CELL_SECONDS = 30.0
"""nbgrader's own limit for one cell."""


@dataclass(frozen=True)
class _Test:
    check: ImportedCheck
    public: bool
    imports: dict[str, str]
    stars: tuple[str, ...]


def check_files(cells: tuple[Cell, ...], groups: tuple[Group, ...]) -> tuple[CheckFile, ...]:
    """The checks of all test cells: a file of those that students see, and one of those that they do not."""
    taken: set[str] = set()
    found = [test for g in groups for index in g.tests for test in _tests(cells, index, g.name, taken)]
    rooms = {public: [test for test in found if test.public is public] for public in (True, False)}
    return tuple(_file(public, tests) for public, tests in rooms.items() if tests)


def _file(public: bool, tests: list[_Test]) -> CheckFile:
    imports = {name: line for test in tests for name, line in test.imports.items()}
    stars = tuple(star for test in tests for star in test.stars)
    needed = set[str]().union(*(names_of(test.check.body).needs for test in tests))
    name = "test_imported.py" if public else "test_imported_hidden.py"
    return CheckFile(name, public, tuple(t.check for t in tests), head_of(imports, sorted(needed), stars))


def _tests(cells: tuple[Cell, ...], index: int, exercise: str, taken: set[str]) -> list[_Test]:
    """The check of a test cell. One with hidden tests also has what students see of it, for no points."""
    cell = cells[index]
    hidden = split(cell.foreign.source, HIDDEN_TESTS)
    name = unlike(f"test_{identifier(cell.marked.grade_id, 'cell')}", taken)
    imports = _given_imports(cells, index)
    body, stars = stars_of(cell.python)
    body = with_prelude(cells, index, body)
    whole = ImportedCheck(name, exercise, cell.marked.points, body, scores=_scores(body), seconds=CELL_SECONDS)
    found = [_Test(whole, not hidden.found, imports, stars)]
    if hidden.found and names_of(hidden.outside).statements:
        shown, stars = stars_of(hidden.outside)
        shown = with_prelude(cells, index, shown, public=True)
        visible = ImportedCheck(unlike(f"{name}_as_shown", taken), exercise, 0.0, shown, seconds=CELL_SECONDS)
        found.append(_Test(visible, True, imports, stars))
    return found


def _given_imports(cells: tuple[Cell, ...], index: int) -> dict[str, str]:
    """What the cells above import from stateless libraries; a name that anything else binds is the student's."""
    found: dict[str, str] = {}
    for cell in cells:
        if cell.python and cell.role is not Role.TEST:
            imported = imports_of(cell.python) if cell.role is not Role.SOLUTION else {}
            for name in cell.names.binds - imported.keys():
                found[name] = ""
            for name, line in imported.items():
                if cell.foreign.number <= cells[index].foreign.number:
                    found[name] = line if found.get(name, line) == line else ""
    return {name: line for name, line in found.items() if line}


def with_prelude(cells: tuple[Cell, ...], index: int, body: str, *, public: bool = False) -> str:
    """The body below what it needs of earlier test cells: their functions, imports and values that no cell of the
    student's makes. `public`: of that, what students see."""
    theirs = frozenset[str]().union(*(c.names.binds for c in cells if c.role is not Role.TEST))
    wanted = names_of(body).needs - theirs
    chosen: list[Statement] = []
    for cell in reversed([c for c in cells[:index] if c.role is Role.TEST and c.python]):
        here = (shown_names(cell) if public else cell.names).binding(frozenset(wanted))
        here = tuple(one for one in here if not one.source.startswith("from ") or "import *" not in one.source)
        chosen = [*here, *chosen]
        for one in here:
            wanted = (wanted - one.binds) | (one.needs - theirs)
    return "\n".join([*(one.source for one in chosen), body]) if chosen else body


def _scores(body: str) -> bool:
    """Whether a notebook shows the value of the last statement, so that nbgrader reads points from it."""
    statements = parse(body).body
    if not statements or type(statements[-1]).__name__ != "Expr":
        return False
    last = next((line for line in reversed(body.split("\n")) if line.split("#", 1)[0].strip()), "")
    return not last.split("#", 1)[0].rstrip().endswith(";")
