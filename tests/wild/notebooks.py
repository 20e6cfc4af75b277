"""A student's finished notebook, to be damaged: a release's cells with the reference's answers in them."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

from autograder.course import Assignment, load_course
from autograder.course.written import marker
from autograder.grading.alignment.expected import expected_of

ROOT = Path(__file__).resolve().parents[2]
Cell = dict[str, Any]


@cache
def assignment_of(number: str) -> Assignment:
    (assignment,) = load_course(ROOT, (number,))
    return assignment


@cache
def _cells(kind: str, slug: str) -> str:
    """The cells of what was built, without outputs and without the given cells that only demonstrate."""
    data = json.loads((ROOT / kind / slug / f"{slug}.ipynb").read_bytes())
    given = {cell.id: cell for _, cell in expected_of(assignment_of(slug)).given}
    kept = []
    for cell in data["cells"]:
        cell["source"] = "".join(cell["source"])
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
        said = given[cell["id"]].statements if cell["id"] in given else ()
        if all(s.quiet for s in said) or any(s.imports for s in said):
            kept.append(cell)
    return json.dumps(kept)


class Notebook:
    """Cells as JSON has them, by what they are, to be changed in place."""

    def __init__(self, number: str) -> None:
        self.assignment = assignment_of(number)
        self.slug = self.assignment.slug
        self.cells: list[Cell] = json.loads(_cells("solutions", self.slug))
        self.released: list[Cell] = json.loads(_cells("release", self.slug))
        self.metadata: Cell = {"autograder": {"slug": self.slug}, "kernelspec": {"name": "python3"}}
        self.format = (4, 5)

    def answer(self, exercise: str) -> Cell:
        """The (first) cell of an exercise."""
        return next(c for c in self.cells if c["metadata"].get("autograder", {}).get("exercise") == exercise)

    def stub(self, exercise: str) -> Cell:
        """The (first) cell of an exercise, as it was released."""
        found = (c for c in self.released if c["metadata"].get("autograder", {}).get("exercise") == exercise)
        return copy.deepcopy(next(found))

    def rubric(self, exercise: str) -> Cell:
        """The text above the cell for an answer in words."""
        return self.cells[self.cells.index(self.answer(exercise)) - 1]

    def unanswer(self, exercise: str) -> Cell:
        """The stub, in place of the answer; the answer's cell."""
        answer = self.answer(exercise)
        self.cells[self.cells.index(answer)] = self.stub(exercise)
        return answer

    def beside(self, exercise: str, *cells: Cell, before: bool = False) -> None:
        at = self.cells.index(self.answer(exercise)) + (0 if before else 1)
        self.cells[at:at] = cells

    @property
    def code(self) -> list[Cell]:
        return [c for c in self.cells if c["cell_type"] == "code"]

    @property
    def checks(self) -> list[Cell]:
        return [c for c in self.code if "check" in c["metadata"].get("autograder", {})]

    @property
    def imports(self) -> Cell:
        """The given cell that imports torch."""
        return next(c for c in self.code if "import torch" in c["source"])

    def bytes(self) -> bytes:
        major, minor = self.format
        whole = {"cells": self.cells, "metadata": self.metadata, "nbformat": major, "nbformat_minor": minor}
        return json.dumps(whole, indent=1, ensure_ascii=False).encode("utf-8", "surrogatepass")


def code(source: str, **own: object) -> Cell:
    """A cell that a student added."""
    return {"cell_type": "code", "execution_count": None, "metadata": dict(own), "outputs": [], "source": source}


def text(source: str) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def without_marker(cell: Cell, exercise: str) -> None:
    cell["source"] = cell["source"].replace(marker(exercise), "").lstrip("\n")
