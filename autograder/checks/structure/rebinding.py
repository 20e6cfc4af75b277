"""Top-level code that gives names another meaning without defining them: through the module's own dictionary, its
frame, or by changing what an imported package offers. `forbid` counts what it uses as used by everyone."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Iterator
from typing import TypeGuard

_REACHING = frozenset({"f_globals", "f_locals", "__globals__"})
"""Attributes that hold all of a module's names."""
_NAMESPACES = frozenset({"globals", "vars", "locals"})
_READING = frozenset({"copy", "get", "items", "keys", "values"})
_HARMLESS = frozenset({"print", "len", "list", "sorted", "set", "dir", "repr", "str", "dict"})
_RUNNING = frozenset({"exec", "eval"})
_WRITING = frozenset({"open", "write_text", "write_bytes"})


def hidden_in(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """What in a cell can rebind any name: the word for it, and where."""
    shown = _shown_namespaces(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _REACHING and id(node) not in shown:
            yield node.attr, node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            if "__main__" in names:
                yield "__main__", node
        elif isinstance(node, ast.Subscript) and _is_modules(node.value, tree) and not _is_elsewhere(node.slice):
            yield "sys.modules", node
        elif isinstance(node, ast.Call) and id(node) not in shown and not node.args and _called(node) in _NAMESPACES:
            yield _called(node), node
    for statement in tree.body:
        for node in outside_functions(statement):
            if isinstance(node, ast.Call) and _called(node) in _RUNNING:
                yield _called(node), node


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _is_modules(node: ast.AST, tree: ast.Module) -> bool:
    """Whether it is `sys.modules`, by whatever name sys goes in this cell."""
    imports = [alias for part in ast.walk(tree) if isinstance(part, ast.Import) for alias in part.names]
    names = {"sys"} | {alias.asname for alias in imports if alias.name == "sys" and alias.asname}
    return isinstance(node, ast.Attribute) and node.attr == "modules" and _root(node.value) in names


def _is_elsewhere(key: ast.AST) -> bool:
    """A module by its name, and not the notebook itself."""
    return isinstance(key, ast.Constant) and key.value != "__main__"


def _shown_namespaces(tree: ast.Module) -> set[int]:
    """Expressions, such as globals(), of which something is only read or shown."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in _HARMLESS:
            found.update(map(id, node.args))
        elif isinstance(node, ast.Compare):
            found.update(map(id, node.comparators))
        elif _reads(node):
            found.add(id(node.value))
    return found


def _reads(node: ast.AST) -> TypeGuard[ast.Subscript | ast.Attribute]:
    """Whether it takes something out of what stands before the bracket or the dot."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.ctx, ast.Load)
    return isinstance(node, ast.Attribute) and node.attr in _READING


def outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a piece of code that run when it is read, and not when a function of it is called."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from outside_functions(child)


def put_into_packages(tree: ast.Module, packages: frozenset[str]) -> Iterator[ast.expr]:
    """What is put, at whatever depth, into an imported package: the right-hand side of `torch.Tensor.mine = ...`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if node.value is not None and any(_inside(target) in packages for target in targets):
                yield node.value
        elif isinstance(node, ast.Call) and _last(node.func).strip("_") == "setattr" and len(node.args) == 3:
            yield from node.args[2:] if _root(node.args[0]) in packages else ()


def written_modules(trees: list[ast.Module], known: frozenset[str]) -> frozenset[str]:
    """Modules that are imported, are not handed in (`known`) nor installed, where the code may write such files."""
    if not any(_may_write_a_module(node) for tree in trees for node in ast.walk(tree)):
        return frozenset()
    return frozenset(name for tree in trees for name in _imported(tree) - known if not _is_installed(name))


def written_here(tree: ast.Module) -> tuple[str, str] | None:
    """Name and text of the module that a cell writes as it stands, as `%%writefile helper.py` does."""
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    names = {str(node.value).rsplit("/", 1)[-1][:-3] for node in constants if str(node.value).endswith(".py")}
    texts = [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _last(node.func) in ("write", "write_text") and len(node.args) == 1
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    ]
    return (names.pop(), texts[0]) if len(names) == len(texts) == 1 else None


def _may_write_a_module(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or _last(node.func) not in _WRITING:
        return False
    if _last(node.func) != "open":
        return True
    modes = [*node.args[1:2], *(word.value for word in node.keywords if word.arg == "mode")]
    reads = all(isinstance(mode, ast.Constant) and not set(str(mode.value)) & set("wax+") for mode in modes)
    path = node.args[0] if node.args else None
    data = isinstance(path, ast.Constant) and not str(path.value).endswith((".py", ".pyc", ".so", ".zip"))
    return not reads and not data


def _imported(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def _is_installed(name: str) -> bool:
    if name in sys.stdlib_module_names or name in sys.modules:
        return True
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def loose_names(statement: ast.stmt) -> Iterator[str]:
    """Top-level names that a statement binds in other ways than by = and def: for, with, except, match, :=."""
    for node in ast.walk(statement):
        if isinstance(node, ast.NamedExpr):
            yield node.target.id
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest
        elif isinstance(node, ast.For | ast.AsyncFor):
            yield from _stored(node.target)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            yield from _stored(node.optional_vars)


def global_names(statement: ast.stmt) -> Iterator[str]:
    """Top-level names that a function may bind again whenever it is called."""
    return (name for node in ast.walk(statement) if isinstance(node, ast.Global) for name in node.names)


def _stored(target: ast.AST) -> Iterator[str]:
    return (part.id for part in ast.walk(target) if isinstance(part, ast.Name))


def _inside(target: ast.AST) -> str:
    """The name whose object an assignment's target lies inside of; "" for a plain name."""
    return "" if isinstance(target, ast.Name) else _root(target) or ""


def _root(node: ast.AST) -> str | None:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _last(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
