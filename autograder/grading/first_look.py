"""What can be told of a notebook without running it: what is open, what it needs, paths of one machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from autograder.course import Submission
from autograder.course.parsing import parse
from autograder.course.released import Released, ReleasedExercise

MOST = 20
"""Of each kind of remark."""
_OF_ONE_MACHINE = re.compile(r"(?:/(?:home|Users|content|kaggle|mnt|root|workspaces)/|[A-Za-z]:[\\/]|~/)[^\s\"']")


@dataclass(frozen=True)
class FirstLook:
    """Remarks on a notebook, each for the student to read."""

    open: tuple[str, ...]
    """Exercises that nothing was written for: the stub stands, or the place for the words is empty."""
    gone: tuple[tuple[str, str], ...]
    """Exercises and the name that no cell defines any more."""
    modules: tuple[str, ...]
    """Modules that the notebook imports and that lie beside it, by file or folder name."""
    paths: tuple[tuple[int, str], ...]
    """Code cells (from 1) and paths in them that exist on one machine only."""


def first_look(submission: Submission, released: Released | None, beside: Collection[str]) -> FirstLook:
    """Look at the cells of `submission`. `beside`: names of the files and folders in the notebook's folder."""
    trees = tuple(_trees(submission))
    defined = _defined(tree for _, tree in trees)
    exercises = released.exercises if released is not None else ()
    answered = {name for name, _ in submission.answers}
    still_open = [e.name for e in exercises if (e.name not in answered if e.written else _is_stub(e, defined))]
    gone = [(e.name, name) for e in exercises if not e.written for name in e.defines if name not in defined]
    modules = dict.fromkeys(
        entry
        for name in _imported(tree for _, tree in trees)
        for entry in (f"{name}.py", name)
        if entry in beside and (entry.endswith(".py") or "." not in entry)
    )
    paths = dict.fromkeys((number, path) for number, tree in trees for path in _paths(tree))
    return FirstLook(tuple(still_open), tuple(gone), tuple(modules)[:MOST], tuple(paths)[:MOST])


def _trees(submission: Submission) -> Iterator[tuple[int, ast.Module]]:
    for cell in submission.cells:
        try:
            yield cell.number, parse(cell.source)
        except SyntaxError:
            continue  # that the cell does not parse is said where it is run


def _defined(trees: Iterable[ast.Module]) -> dict[str, ast.AST]:
    """What the cells define at the top, the last definition of each name."""
    found: dict[str, ast.AST] = {}
    for tree in trees:
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found[node.name] = node
            elif isinstance(node, ast.Import | ast.ImportFrom):
                found |= {(a.asname or a.name).split(".")[0]: node for a in node.names}
            else:
                names = (n for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
                found |= {name.id: node for name in names}
    return found


def _is_stub(exercise: ReleasedExercise, defined: dict[str, ast.AST]) -> bool:
    """Whether a definition of the exercise still raises the release's NotImplementedError("name")."""
    return any(_raises(defined[name], exercise.name) for name in exercise.defines if name in defined)


def _raises(node: ast.AST, name: str) -> bool:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Raise) and isinstance(inner.exc, ast.Call):
            call = inner.exc
            known = isinstance(call.func, ast.Name) and call.func.id == "NotImplementedError"
            if known and [a.value for a in call.args if isinstance(a, ast.Constant)] == [name]:
                return True
    return False


def _imported(trees: Iterable[ast.Module]) -> Iterator[str]:
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.split(".")[0]


def _paths(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and len(text) <= 300 and _OF_ONE_MACHINE.match(text):
            yield text
