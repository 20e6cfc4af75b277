"""Which checks can see a change of an answer: those that ask for a changed name, or for one that reaches it.

Told by the syntax, and on the safe side: where code may change more than the names that it defines, all checks can.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from autograder.checks.structure.definitions import Definitions, imported
from autograder.checks.structure.usage import Usage
from autograder.course import CodeCell
from autograder.course.parsing import parse


def changed_names(source: str, before: Iterable[CodeCell]) -> frozenset[str] | None:
    """The top-level names to which `source` gives another meaning than `before` does; None where more may change."""
    names: set[str] = set()
    known = {pair for cell in before for node in _statements(cell.source) for pair in _imports(node)}
    for node in _statements(source):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Assign) and all(isinstance(target, ast.Name) for target in node.targets):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            if any(alias.name == "*" for alias in node.names):
                return None
            names.update(name for name, path in _imports(node) if (name, path) not in known)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        else:
            return None
    return frozenset(names)


def checks_that_see(
    changed: frozenset[str] | None, cells: Iterable[CodeCell], asked: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """Of the checks in `asked`, those that can tell the changed answer from the one before.

    Args:
        changed: the names that changed, None for any.
        cells: of the changed answer.
        asked: the names that each check asks for.
    """
    definitions = Definitions(tuple(cell.source for cell in cells), parse=parse)
    if changed is None or any(definitions.rebinding()) or any(definitions.shared()):
        return tuple(asked)
    reach: dict[str, frozenset[str]] = {}
    return tuple(
        check
        for check, names in asked.items()
        if any(changed & reach.setdefault(name, _reached(name, definitions)) for name in sorted(names))
    )


def _reached(name: str, definitions: Definitions) -> frozenset[str]:
    """`name`, and every top-level name that its code leads to."""
    queue, seen = [name], {name}
    while queue:
        for definition in definitions.of(queue.pop()):
            usage = Usage(definitions)
            usage.visit(definition.node)
            queue += sorted(usage.reached - seen)
            seen |= usage.reached
    return frozenset(seen)


def _statements(source: str) -> list[ast.stmt]:
    return parse(source).body


def _imports(node: ast.stmt) -> list[tuple[str, str]]:
    return list(imported(node)) if isinstance(node, ast.Import | ast.ImportFrom) else []
