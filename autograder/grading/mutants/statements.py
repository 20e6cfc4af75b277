"""Steps that are missing, or come in the wrong order."""

from __future__ import annotations

import ast
from itertools import pairwise

from autograder.grading.mutants.code import QUIET, Change, Code, Edit, Found, called


def step_left_out(code: Code, node: ast.AST) -> Found:
    """A call that stands alone is left out, such as `optimizer.zero_grad()`."""
    if isinstance(node, ast.stmt) and _is_step(node):
        yield _without(code, node, f"without {_name(node) or 'the call'}")


def left_out(code: Code, node: ast.AST) -> Found:
    """An assignment to what exists already, or a `break`, is left out."""
    if isinstance(node, ast.AugAssign):
        yield _without(code, node, f"without changing {_short(code, node.target)}")
    elif isinstance(node, ast.Assign) and _again(code, node):
        yield _without(code, node, f"without setting {_short(code, node.targets[0])}")
    elif isinstance(node, ast.Break):
        yield _without(code, node, "without break")


def swapped(code: Code, node: ast.AST) -> Found:
    """Two calls, one after the other, change places."""
    for body in _bodies(node):
        for first, second in pairwise(body):
            if _is_step(first) and _is_step(second) and code.text(first) != code.text(second):
                (a, b), (c, d) = code.span(first), code.span(second)
                edits = (Edit(a, b, code.source[c:d]), Edit(c, d, code.source[a:b]))
                yield Change(f"{_name(second)} before {_name(first)}", edits)


def _without(code: Code, node: ast.stmt, words: str) -> Change:
    """The statement's lines go, where they hold nothing else and others are left; else it becomes `pass`."""
    start, end = code.span(node)
    line = code.source.rfind("\n", 0, start) + 1
    stop = code.source.find("\n", end)
    stop = len(code.source) if stop < 0 else stop + 1
    alone = not code.source[line:start].strip() and not code.source[end:stop].split("#")[0].strip()
    others = any(node in body and len(body) > 1 for body in _bodies(code.parent(node)))
    if alone and others:
        return Change(words, (Edit(line, stop, ""),))
    return Change(words, (Edit(start, end, "pass"),))


def _bodies(node: ast.AST) -> list[list[ast.stmt]]:
    found = [getattr(node, name, None) for name in ("body", "orelse", "finalbody")]
    return [body for body in found if isinstance(body, list)]


def _again(code: Code, node: ast.Assign) -> bool:
    """Whether all that is assigned exists before: without the assignment, the old value stays."""
    target = node.targets[0]
    if isinstance(target, ast.Subscript):
        return True
    function = next((n for n in code.above(node) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))), None)
    if isinstance(target, ast.Attribute):
        return function is not None and function.name != "__init__"
    if not isinstance(target, ast.Name) or function is None:
        return False
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    before = {argument.arg for argument in arguments}
    for other in ast.walk(function):
        if isinstance(other, ast.Name) and isinstance(other.ctx, ast.Store) and other.lineno < node.lineno:
            before.add(other.id)
    return target.id in before


def _is_step(node: ast.stmt) -> bool:
    """A call that stands alone and matters; but nothing works without `super().__init__()`."""
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return False
    return called(node.value) not in QUIET and called(node.value) != "__init__"


def _name(node: ast.stmt) -> str:
    return called(node.value) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else ""


def _short(code: Code, node: ast.AST) -> str:
    return code.text(node).split("\n")[0][:24]
