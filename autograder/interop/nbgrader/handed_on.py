"""What cells of the notebook take from test cells above them: names that no other cell makes.

In nbgrader a test cell runs in the notebook, and whatever it binds is there for the cells below, and for functions of
the student's. Here tests run elsewhere; so a cell takes the test cell's place that makes those names, from what
students see of it.
"""

from __future__ import annotations

import builtins

from autograder.interop.foreign import ForeignCell
from autograder.interop.names import names_of
from autograder.interop.nbgrader.cells import Cell, shown_names
from autograder.interop.nbgrader.metadata import Marked, Role
from autograder.interop.nbgrader.tests import with_prelude

_THE_SHELLS = frozenset(("In", "Out", "_", "display", "exit", "get_ipython", "quit"))


def with_handed_on(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The cells, and behind each test cell one that makes what the notebook's own cells take from it."""
    others = [cell for cell in cells if cell.role is not Role.TEST]
    made = frozenset[str]().union(*(cell.names.binds for cell in others))
    needed = frozenset[str]().union(*(cell.names.needs for cell in others))
    wanted = needed - made - vars(builtins).keys() - _THE_SHELLS
    found: list[Cell] = []
    for index, cell in enumerate(cells):
        found.append(cell)
        statements = shown_names(cell).binding(wanted) if cell.role is Role.TEST else ()
        if statements:
            source = with_prelude(cells, index, "\n".join(one.source for one in statements), public=True)
            plain = ForeignCell(cell.foreign.number, "code", source)
            found.append(Cell(plain, Marked(Role.GIVEN), source, names_of(source)))
    return tuple(found)
