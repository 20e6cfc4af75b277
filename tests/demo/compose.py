"""A student's notebook out of a release: exercise cells filled in by the reference, by a specimen, or by given code."""

from __future__ import annotations

import ast
import copy
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.build import reference_cells
from autograder.course import Assignment
from autograder.errors import AutograderError, Place

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Kit:
    """What a student has (the release) and what a demo's author may look up (the reference, the specimens)."""

    course: Path
    assignment: Assignment

    @cached_property
    def release(self) -> Notebook:
        """The released notebook.

        Raises:
            AutograderError: `not-built`.
        """
        slug = self.assignment.slug
        path = self.course / "release" / slug / f"{slug}.ipynb"
        if not path.is_file():
            raise AutograderError(
                "not-built", "the release is missing", where=Place(str(path)), fix=f"run `autograder build {slug}`"
            )
        return dict(json.loads(path.read_text(encoding="utf-8")))

    @cached_property
    def reference(self) -> Mapping[str, list[str]]:
        """The sources of the reference's cells by exercise, in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for cell in reference_cells(self.assignment):
            if cell.exercise:
                found[cell.exercise].append(cell.source)
        return found

    def specimen(self, name: str) -> str:
        """The code of a specimen, its head (what is wrong, which verdict is promised) left out.

        Raises:
            AutograderError: `no-specimen`.
        """
        path = self.assignment.specimens / f"{name}.py"
        if not path.is_file():
            raise AutograderError("no-specimen", f"no specimen is called {name!r}", where=Place(str(path)))
        text = path.read_text(encoding="utf-8")
        first = next(node for node in ast.parse(text).body if not _is_docstring(node))
        return "\n".join(text.split("\n")[first.lineno - 1 :])

    def solved(self, *codes: str, only: Iterable[str] | None = None) -> Notebook:
        """The release with its exercises answered: by the definitions in `codes` where they name them, else by the
        reference; exercises that are not in `only` keep their stubs."""
        wanted = {e.name for e in self.assignment.manifest.exercises} if only is None else set(only)
        notebook = copy.deepcopy(self.release)
        nth: dict[str, int] = defaultdict(int)
        for cell in notebook["cells"]:
            exercise = _exercise(cell)
            if exercise is None or exercise not in wanted:
                continue
            source = self.reference[exercise][nth[exercise]]
            nth[exercise] += 1
            set_source(cell, source)
        for code in codes:
            _replace(notebook, code)
        return notebook


def source_of(cell: Mapping[str, Any]) -> str:
    """A cell's source as one text."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def set_source(cell: dict[str, Any], source: str) -> None:
    """Write the source as Jupyter does: a list of lines."""
    cell["source"] = source.splitlines(keepends=True)


def code_cell(source: str) -> dict[str, Any]:
    """A code cell that the student added."""
    cell: dict[str, Any] = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": []}
    set_source(cell, source)
    return cell


def exercise_cell(notebook: Notebook, exercise: str) -> dict[str, Any]:
    """The (first) cell of an exercise."""
    return next(cell for cell in notebook["cells"] if _exercise(cell) == exercise)


def as_bytes(notebook: Notebook) -> bytes:
    """The notebook as a file."""
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def _exercise(cell: Mapping[str, Any]) -> str | None:
    found = cell.get("metadata", {}).get("autograder", {}).get("exercise")
    return found if cell.get("cell_type") == "code" and isinstance(found, str) else None


def _replace(notebook: Notebook, code: str) -> None:
    """Put the definitions of `code` in the place of the notebook's own; what else it holds goes before the first."""
    definitions: dict[str, str] = {}
    rest: list[str] = []
    answered = {name for cell in notebook["cells"] if _exercise(cell) for name in _defined(source_of(cell))}
    lines = code.split("\n")
    for node in ast.parse(code).body:
        text = "\n".join(lines[_first_line(node) - 1 : node.end_lineno])
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in answered:
            definitions[node.name] = text
        else:
            rest.append(text)
    for cell in notebook["cells"]:
        mine = {name: definitions.pop(name) for name in list(definitions) if name in _defined(source_of(cell))}
        if _exercise(cell) and mine:
            before = "\n".join(rest) + "\n\n\n" if rest else ""
            rest = []
            set_source(cell, before + _with(source_of(cell), mine))


def _with(source: str, definitions: Mapping[str, str]) -> str:
    lines = source.split("\n")
    for node in reversed(ast.parse(source).body):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in definitions:
            lines[_first_line(node) - 1 : node.end_lineno] = definitions[node.name].split("\n")
    return "\n".join(lines)


def _defined(source: str) -> set[str]:
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return set()  # a cell with magics defines no exercise
    return {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def _first_line(node: ast.stmt) -> int:
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
    return min([node.lineno, *(d.lineno for d in decorators)])


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
