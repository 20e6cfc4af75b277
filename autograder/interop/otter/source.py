"""An otter notebook as it was understood, before it is put together."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.course.magics import as_python
from autograder.interop.foreign import ForeignNotebook
from autograder.interop.hoisting import libraries_of
from autograder.interop.otter.blocks import Blocks
from autograder.interop.otter.config import AssignmentConfig
from autograder.interop.otter.files import Beside
from autograder.interop.otter.tests import Tested


@dataclass(frozen=True)
class Source:
    """What was read."""

    notebook: ForeignNotebook
    blocks: Blocks
    config: AssignmentConfig
    tested: tuple[Tested, ...]
    manual: dict[str, str]
    """Questions that a person grades, and their exercises."""
    beside: Beside


def libraries(source: Source) -> frozenset[str]:
    """The roots of what the cells and the tests import."""
    found = frozenset[str]()
    for placed in source.blocks.cells:
        python = as_python(placed.cell.source) if placed.cell.kind == "code" else None
        try:
            found |= libraries_of(python or "")
        except SyntaxError:
            continue  # writing the assignment says what is wrong with the cell
    return found
