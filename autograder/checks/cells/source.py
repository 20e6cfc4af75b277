"""The body of a function as the statements of a cell, and an assertion that says what did not hold."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Callable
from types import CodeType
from typing import Any

from autograder.checks import explain
from autograder.checks.cells.libraries import BESIDE
from autograder.checks.cells.looking import is_special
from autograder.checks.failure import Failure

MAX_SHOWN = 300
HOLDS = "__autograder_holds__"
EQUAL = "__autograder_equal__"
MODULE = "__autograder_module__"
LOOKS = "__autograder_attribute__"


def body_of(function: Callable[..., Any]) -> list[ast.stmt]:
    """The statements of `function`, from its file.

    Raises:
        ValueError: the function takes arguments, or its source cannot be found.
    """
    code = function.__code__
    if code.co_argcount or code.co_kwonlyargcount:
        raise ValueError(f"{function.__name__} is a cell: it takes no arguments, for its free names are the student's")
    tree = ast.parse("".join(linecache.getlines(code.co_filename)), code.co_filename)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == function.__name__:
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            if code.co_firstlineno in (first, node.lineno):
                return node.body
    raise ValueError(f"the source of {function.__name__} cannot be found in {code.co_filename}")


def compiled(statements: list[ast.stmt], path: str, modules: frozenset[str] = frozenset()) -> CodeType:
    """The statements as a module's code whose bare assertions explain themselves; `modules` lie beside the notebook."""
    as_cell = _AsCell(modules)
    module = ast.Module(_flat([as_cell.visit(statement) for statement in statements]), type_ignores=[])
    code = compile(ast.fix_missing_locations(module), path, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    assert isinstance(code, CodeType)
    return code


def example(source: str, path: str, modules: frozenset[str]) -> CodeType:
    """The code of one example, whose values are shown as at the prompt."""
    imports = _Imports(modules)
    session = ast.Interactive(_flat([imports.visit(statement) for statement in ast.parse(source, path).body]))
    code = compile(ast.fix_missing_locations(session), path, "single", dont_inherit=True)
    assert isinstance(code, CodeType)
    return code


def caught(statements: list[ast.stmt]) -> frozenset[str]:
    """The names in `except` clauses. Which exception is one of theirs is asked when it is raised, before Python would
    look the name up."""
    found = set[str]()
    for node in (node for statement in statements for node in ast.walk(statement)):
        if isinstance(node, ast.ExceptHandler) and node.type is not None:
            found |= {part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)}
    return frozenset(found)


def evaluated(expression: ast.expr, path: str, modules: frozenset[str] = frozenset()) -> CodeType:
    """The expression's code."""
    tree = ast.fix_missing_locations(ast.Expression(_AsCell(modules).visit(expression)))
    code = compile(tree, path, "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    assert isinstance(code, CodeType)
    return code


class _Imports(ast.NodeTransformer):
    """Some libraries, and the modules that lie beside the notebook, are imported where the student's code runs."""

    def __init__(self, modules: frozenset[str]) -> None:
        self._modules = BESIDE | modules

    def visit_Import(self, node: ast.Import) -> ast.stmt | list[ast.stmt]:
        beside = [alias for alias in node.names if self._is_beside(alias.name)]
        if not beside:
            return node
        others = [alias for alias in node.names if alias not in beside]
        # `import a.b` binds a, `import a.b as c` binds a.b
        bound = [
            _bound(alias.asname, _module(alias.name))
            if alias.asname
            else _bound(alias.name.split(".")[0], _module(alias.name.split(".")[0]))
            for alias in beside
        ]
        imports: list[ast.stmt] = [ast.Import(others)] if others else []
        return [ast.copy_location(statement, node) for statement in (*imports, *bound)]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt | list[ast.stmt]:
        if node.level or not self._is_beside(node.module or "") or node.names[0].name == "*":
            return node
        return [
            ast.copy_location(
                _bound(alias.asname or alias.name, ast.Attribute(_module(node.module or ""), alias.name, ast.Load())),
                node,
            )
            for alias in node.names
        ]

    def _is_beside(self, module: str) -> bool:
        return module.split(".")[0] in self._modules


class _AsCell(_Imports):
    """`assert a == b` becomes a call that tells both sides; any other bare assert one that tells the condition."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load) or not is_special(node.attr):
            return node
        return ast.copy_location(ast.Call(_name(LOOKS), [node.value, ast.Constant(node.attr)], []), node)

    def visit_Assert(self, node: ast.Assert) -> ast.stmt:
        text = ast.Constant(ast.unparse(node.test))
        self.generic_visit(node)
        if node.msg is not None:
            return node
        match node.test:
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
                told = ast.Constant(not isinstance(right, ast.Constant | ast.List | ast.Tuple | ast.Dict | ast.Set))
                call = ast.Call(_name(EQUAL), [left, right, text, told], [])
            case _:
                call = ast.Call(_name(HOLDS), [node.test, text], [])
        return ast.copy_location(ast.Expr(call), node)


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _module(name: str) -> ast.expr:
    return ast.Call(_name(MODULE), [ast.Constant(name)], [])


def _bound(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def _flat(found: list[ast.stmt | list[ast.stmt]]) -> list[ast.stmt]:
    return [statement for one in found for statement in (one if isinstance(one, list) else [one])]


def holds(condition: Any, text: str) -> None:
    """As `assert condition`.

    Raises:
        Failure: it does not hold; with its text where students have the check anyway.
    """
    if not condition:
        raise _failure(f"`{_cut(text)}` does not hold" if explain.shown.get() else "")


def equal(left: Any, right: Any, text: str, tell_right: bool) -> None:
    """As `assert left == right`.

    Raises:
        Failure: it does not hold; with both sides where students have the check anyway.
    """
    if not left == right:  # noqa: SIM201  as the assertion had it: `!=` asks another method
        sides = f"the left side is {_cut(repr(left))}" + (f", the right side {_cut(repr(right))}" if tell_right else "")
        raise _failure(f"`{_cut(text)}` does not hold: {sides}" if explain.shown.get() else "")


def _failure(message: str) -> Failure:
    explained = explain.last()
    if explained is not None:
        return Failure(explained.message, explained.reason)
    return Failure(message or "a property that the exercise asks for does not hold")


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]} …"
