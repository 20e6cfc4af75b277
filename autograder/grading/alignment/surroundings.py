"""What belongs to the place where a notebook was written and not to the answer: Colab's drive, modules of another
machine. Such statements must not take the rest of their cell with them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection

from autograder.course.parsing import parse
from autograder.course.syntax import printable

LEAVE = "with _contextlib.suppress(ImportError): "
"""Stands before an import that may fail: on its line, so that the lines below keep their numbers."""
BEFORE_LEAVE = "import contextlib as _contextlib"
"""What must have run before. No call of `__import__`: to checks that read the code, that hides something."""
_ALWAYS = frozenset({"autograder", "IPython", "google", "__future__"})
_FOREIGN = "is none of the assignment's modules: where it is missing, the rest of the cell is run without it"


def without_surroundings(source: str, known: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    """The cell (Python that compiles) with as many lines as before, and a note for each line that was changed.

    `known`: modules that an assignment provides; None where that is not known, and imports stay as they are.
    """
    if "import" not in source and "dbutils" not in source:
        return source, ()
    try:
        body = parse(source).body
    except SyntaxError:  # the compiler knows a cell that it does not parse
        return source, ()
    lines = source.split("\n")
    taken = [line for node in body for line in {node.lineno, node.end_lineno or node.lineno}]
    alone = [node for node in body if node.col_offset == 0 and taken.count(node.lineno) == 1]
    notes = _without_host(alone, lines)
    if known is not None and len(body) > 1:
        notes += _with_leave(alone, lines, known)
    return "\n".join(lines), tuple(notes)


def _without_host(body: list[ast.stmt], lines: list[str]) -> list[str]:
    """Blank imports of Colab's own module and calls of what they bind, which mean nothing here."""
    notes: list[str] = []
    names = {"dbutils"}
    for node in body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("google.colab"):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Import) and all(alias.name.startswith("google.colab") for alias in node.names):
            names |= {alias.asname or "google" for alias in node.names}
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _root(node.value.func) in names):
            continue
        notes.append(f"`{_shown(lines, node)}` was ignored")
        _blank(lines, node, "pass")
    return notes


def _with_leave(body: list[ast.stmt], lines: list[str], known: Collection[str]) -> list[str]:
    """Let imports of other modules fail on their own."""
    notes: list[str] = []
    for node in body:
        if isinstance(node, ast.Import):
            modules = [alias.name.split(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules = [(node.module or "").split(".")[0]]
        else:
            continue
        line = lines[node.lineno - 1]
        if any(name not in known and name not in _ALWAYS and name not in sys.stdlib_module_names for name in modules):
            if not line.startswith(("import ", "from ")):
                continue
            notes.append(f"`{_shown(lines, node)}` {_FOREIGN}")
            lines[node.lineno - 1] = f"{LEAVE}{line}"
    return notes


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _blank(lines: list[str], node: ast.stmt, text: str) -> None:
    lines[node.lineno - 1] = text
    for index in range(node.lineno, node.end_lineno or node.lineno):
        lines[index] = ""


def _shown(lines: list[str], node: ast.stmt) -> str:
    text = printable(lines[node.lineno - 1].strip().replace("`", "'"))
    return text if len(text) <= 60 else text[:57] + "..."
