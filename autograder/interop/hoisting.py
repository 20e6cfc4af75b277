"""Which of a notebook's imports an imported check may do for itself: those of libraries that keep no state."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from autograder.checks.cells.libraries import STATELESS
from autograder.course.parsing import parse


def imports_of(source: str) -> dict[str, str]:
    """The names that a cell imports from stateless libraries, each with a statement that imports it alone."""
    found: dict[str, str] = {}
    for node in parse(source).body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] in STATELESS:
                    found[alias.asname or alias.name.split(".")[0]] = f"import {_alias(alias)}"
        elif isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] in STATELESS:
            for alias in node.names:
                if alias.name != "*":
                    found[alias.asname or alias.name] = f"from {node.module} import {_alias(alias)}"
    return found


def libraries_of(source: str) -> frozenset[str]:
    """The roots of all that a cell imports, wherever in it, as `numpy` in `import numpy.linalg as la`."""
    found = set[str]()
    for node in ast.walk(parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.split(".")[0])
    return frozenset(found)


def stars_of(source: str) -> tuple[str, tuple[str, ...]]:
    """A cell without its star imports, which no function may hold, line for line; and these, as statements."""
    lines = source.split("\n")
    stars: list[str] = []
    for node in parse(source).body:
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            stars.append(ast.unparse(node))
            for number in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                lines[number - 1] = "pass" if number == node.lineno else ""
    return "\n".join(lines), tuple(stars)


def head_of(imports: dict[str, str], needed: Iterable[str], stars: Iterable[str] = ()) -> str:
    """The head of a check file: the imports of `needed` names, star imports after them."""
    lines = sorted({imports[name] for name in needed if name in imports})
    return "\n".join([*lines, *dict.fromkeys(stars)])


def _alias(alias: ast.alias) -> str:
    return f"{alias.name} as {alias.asname}" if alias.asname else alias.name
