"""The part of a piece of code that can have an effect: what stands after a return, under `if False` or in a block that
does nothing is left out. Cautious: what may run, and may matter, stays."""

from __future__ import annotations

import ast
import copy
from typing import Any

_ENDING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_BODIES = ("body", "orelse", "finalbody", "handlers")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*_FUNCTIONS, ast.ClassDef)


def living(node: ast.AST) -> ast.AST:
    """A copy of `node` without its dead code, its imports, and mentions of which nothing is made."""
    return _Pruning().visit(copy.deepcopy(node))  # type: ignore[no-any-return]


class _Pruning(ast.NodeTransformer):
    def __init__(self) -> None:
        self._read: list[set[str] | None] = []
        """For each enclosing function, the names that it or a function within reads; None for a class, of whose names
        that cannot be told."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, _SCOPES):
            self._read.append(_names_read(node) if isinstance(node, _FUNCTIONS) else None)
        for field in _BODIES:
            body = getattr(node, field, None)
            if isinstance(body, list):
                setattr(node, field, self._block(body))
        for field, value in ast.iter_fields(node):
            if field not in _BODIES or not isinstance(value, list):
                _replace(node, field, [self.visit(v) if isinstance(v, ast.AST) else v for v in _listed(value)])
        if isinstance(node, _SCOPES):
            self._read.pop()
        return node

    def _block(self, body: list[Any]) -> list[Any]:
        kept: list[Any] = []
        for part in (part for statement in body for part in self._alive(statement)):
            kept.append(self.visit(part))
            if _ends(part):
                break
        return [part for part in kept if not _does_nothing(part)]

    def _alive(self, statement: Any) -> list[Any]:
        if isinstance(statement, ast.If | ast.While) and _constant(statement.test) is False:
            return list(statement.orelse)
        if isinstance(statement, ast.If) and _constant(statement.test) is True:
            return self._until_end(statement.body)
        if isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass):
            return []
        if isinstance(statement, ast.Expr) and _is_mention(statement.value):
            return []
        read = self._read[-1] if self._read else None
        if read is not None and isinstance(statement, ast.Assign) and _is_mention(statement.value):
            names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
            if len(names) == len(statement.targets) and not read & set(names):
                return []
        if read is not None and isinstance(statement, _FUNCTIONS) and statement.name not in read:
            return []  # defined in a function, and called by nobody
        return [statement]

    def _until_end(self, body: list[Any]) -> list[Any]:
        """The statements of a block that always runs."""
        return [part for statement in body for part in self._alive(statement)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _replace(node: ast.AST, field: str, values: list[Any]) -> None:
    setattr(node, field, values if isinstance(getattr(node, field), list) else values[0])


def _names_read(function: ast.AST) -> set[str]:
    """Names that a function reads, functions within included, or that are not its own."""
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            found.update(node.names)
    return found


def _constant(test: ast.expr) -> bool | None:
    """What a test is that is written out: `False`, `0`, `not True`; None where it has to be computed."""
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = _constant(test.operand)
        return None if inner is None else not inner
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return False if any(_constant(value) is False for value in test.values) else None
    return None


def _is_mention(value: ast.expr) -> bool:
    """A name, an attribute or a constant: nothing is done with it."""
    while isinstance(value, ast.Attribute):
        value = value.value
    return isinstance(value, ast.Name | ast.Constant)


def _ends(statement: Any) -> bool:
    """Nothing that follows it in its block can run."""
    if isinstance(statement, ast.If) and statement.body and statement.orelse:
        return any(map(_ends, statement.body)) and any(map(_ends, statement.orelse))
    return isinstance(statement, _ENDING)


def _does_nothing(statement: Any) -> bool:
    """A `with` whose block is empty, or has become so."""
    return isinstance(statement, ast.With | ast.AsyncWith) and not statement.body
