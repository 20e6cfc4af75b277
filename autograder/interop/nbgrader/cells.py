"""A notebook of nbgrader's, cell by cell: what each is, and the names that its code needs and binds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from autograder.course.magics import as_python
from autograder.errors import AutograderError, Place
from autograder.interop.foreign import ForeignCell, ForeignNotebook
from autograder.interop.names import CellNames, names_of
from autograder.interop.nbgrader.metadata import BadMetadata, Marked, Role, marked
from autograder.interop.nbgrader.regions import AUTOTEST, HIDDEN_TESTS, MARK_SCHEME, SOLUTION, BadRegions, split

_CALLED = {Role.SOLUTION: "a solution", Role.TEST: "a test cell", Role.MANUAL: "an answer", Role.TASK: "a task"}
_LANGUAGES = ("python", "python3", "ipython", "ipython3")


@dataclass(frozen=True)
class Cell:
    """One cell, understood."""

    foreign: ForeignCell
    marked: Marked
    python: str = ""
    """Its code as plain Python, without the markers of hidden tests; "" for text, and for other languages."""
    names: CellNames = field(default_factory=lambda: CellNames(()))

    @property
    def role(self) -> Role:
        """What it is to nbgrader."""
        return self.marked.role


def understood(notebook: ForeignNotebook) -> tuple[Cell, ...]:
    """Every cell of the notebook.

    Raises:
        AutograderError: `not-python`, `not-python-cell`, `autotest` or `bad-nbgrader-cell`, naming the cell.
    """
    _must_be_python(notebook)
    cells = tuple(_cell(notebook, foreign) for foreign in notebook.cells)
    seen: dict[str, Cell] = {}
    for cell in cells:
        first = seen.setdefault(cell.marked.grade_id, cell) if cell.marked.grade_id else cell
        if first is not cell:
            raise _bad(f"two cells have the grade_id {cell.marked.grade_id!r}", notebook.place(cell.foreign))
    return cells


def shown_names(cell: Cell) -> CellNames:
    """The names of what students see of a test cell: not of its hidden tests."""
    hidden = split(cell.foreign.source, HIDDEN_TESTS)
    return names_of(as_python(hidden.outside) or "") if hidden.found else cell.names


def _must_be_python(notebook: ForeignNotebook) -> None:
    kernel = notebook.metadata.get("kernelspec")
    language = kernel.get("language", "python") if isinstance(kernel, dict) else "python"
    if str(language).lower() not in _LANGUAGES:
        raise AutograderError(
            "not-python",
            f"the notebook is written in {str(language)[:40]!r}",
            where=Place(notebook.name),
            why="Only Python is graded here.",
        )


def _cell(notebook: ForeignNotebook, foreign: ForeignCell) -> Cell:
    where = notebook.place(foreign)
    try:
        found = marked(foreign.kind, foreign.metadata)
    except BadMetadata as error:
        raise _bad(str(error), where) from error
    try:
        for markers in (SOLUTION, HIDDEN_TESTS, MARK_SCHEME):
            split(foreign.source, markers)
        if foreign.kind != "code":
            return Cell(foreign, found)
        if found.role is Role.TEST and _autotests(foreign.source):
            raise _autotest(where)
        whole = split(foreign.source, HIDDEN_TESTS).whole if found.role is Role.TEST else foreign.source
        python = as_python(whole)
        if python is None:
            return Cell(foreign, found)
        return Cell(foreign, found, python, names_of(python))
    except BadRegions as error:
        raise _bad(str(error), where) from error
    except SyntaxError as error:
        if found.role in (Role.GIVEN, Role.LOCKED):
            return Cell(replace(foreign, kind="markdown", source=_quoted(foreign.source)), found)
        raise _no_python(found.role, error, where) from error


def _quoted(source: str) -> str:
    """Code that fails, to show that it does, as text."""
    fence = "```" if "```" not in source else "~~~~"
    return f"{fence}python\n{source}\n{fence}"


def _no_python(role: Role, error: SyntaxError, where: Place) -> AutograderError:
    return AutograderError(
        "not-python-cell",
        f"{_CALLED[role]} is no Python: {error.msg}",
        where=where,
        why="Nothing could be graded by it, and nothing was written.",
        fix="mend the cell, and import again",
    )


def _autotests(source: str) -> bool:
    return any(line.strip().startswith("#") and AUTOTEST in line for line in source.split("\n"))


def _autotest(where: Place) -> AutograderError:
    return AutograderError(
        "autotest",
        "a test cell whose tests nbgrader has yet to write (### AUTOTEST)",
        where=where,
        why="What they compare with comes from running the solution, which an import does not do.",
        fix="run `nbgrader generate_assignment --source_with_tests ASSIGNMENT`, and import what that writes into "
        "source_with_tests/",
    )


def _bad(what: str, where: Place) -> AutograderError:
    return AutograderError(
        "bad-nbgrader-cell",
        f"a cell that nbgrader would refuse: {what}",
        where=where,
        why="Nothing was written.",
        fix="`nbgrader generate_assignment` shows it too: mend the cell, and import again",
    )
