# ruff: noqa: D102  (the methods are those of ast.NodeVisitor)
"""Everything that a piece of the student's code uses: functions by their dotted path, operators, loops, other names."""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass

from autograder.checks.structure.definitions import Definitions, constant_text, imported

HIDING = frozenset({"eval", "exec", "compile", "__import__", "globals", "locals", "vars", "__builtins__"})
"""Builtins that can reach any function without naming it."""
HIDING_MODULES = frozenset({"importlib", "builtins", "ctypes", "sys.modules", "runpy", "pickle.loads", "marshal"})
HIDING_MODULES |= {
    "inspect.getmembers",
    "inspect.getattr_static",
    "gc.get_objects",
    "gc.get_referrers",
    "torch.overrides",
    "torch.jit.CompilationUnit",
    "sys._getframe",
    "_pickle",
    "pkgutil.resolve_name",
    "pydoc.locate",
    "logging.config",
    "code",
    "timeit",
    "cProfile",
    "profile",
    "bdb",
    "pdb.run",
    "pdb.runeval",
    "pdb.runcall",
}
_PLAIN_TYPES = frozenset({"bytes", "complex", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"})
"""Builtins whose methods, such as dict.fromkeys, reach nothing but their arguments."""
HIDING_ATTRIBUTES = frozenset({"__dict__", "__getattribute__", "__globals__", "__builtins__", "__subclasses__"})

_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_ByText = {"attrgetter", "methodcaller", "itemgetter"}


@dataclass(frozen=True)
class Use:
    """One use of something. `path` is the dotted path where it is known, else "?.name" with the last name."""

    kind: str
    """"name", "@", "loop", or "hidden" for code that could reach anything."""
    path: str
    line: int


class Usage(ast.NodeVisitor):
    """Collects `uses` and `reached`, the top-level names of the student's that the code refers to."""

    def __init__(self, definitions: Definitions) -> None:
        self.uses: list[Use] = []
        self.reached: set[str] = set()
        self._definitions = definitions
        self._scopes: list[dict[str, str | None]] = []
        self._own_attributes: set[str] = set()

    def _use(self, kind: str, path: str, node: ast.AST) -> None:
        self.uses.append(Use(kind, path, getattr(node, "lineno", 0)))

    # Scopes: a name that a function binds itself is neither a forbidden function nor a top-level definition.

    def _local(self, name: str) -> tuple[bool, str | None]:
        for scope in reversed(self._scopes):
            if name in scope:
                return True, scope[name]
        return False, None

    def _enter(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> None:
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        for default in [*arguments.defaults, *arguments.kw_defaults]:
            if default is not None:
                self.visit(default)
        for decorator in getattr(node, "decorator_list", ()):
            self.visit(decorator)
        scope: dict[str, str | None] = {argument.arg: None for argument in every if argument is not None}
        self._scopes.append(scope)
        body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
        outer: set[str] = set()
        for part in (inner for statement in body for inner in ast.walk(statement)):
            if isinstance(part, ast.Global):
                outer.update(part.names)
            elif isinstance(part, ast.Import | ast.ImportFrom):
                scope.update(imported(part))
            elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                scope.setdefault(part.id, None)
            elif isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                scope.setdefault(part.name, None)
        for name in outer:
            scope.pop(name, None)
        for part in (inner for statement in body for inner in ast.walk(statement)):
            if isinstance(part, ast.Assign) and len(part.targets) == 1 and isinstance(part.targets[0], ast.Name):
                path = self._resolve(part.value)
                if path is not None and scope.get(part.targets[0].id, "") is None:
                    scope[part.targets[0].id] = path
        for part in body:
            self.visit(part)
        self._scopes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._enter(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._enter(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._enter(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for part in ast.walk(node):
            if isinstance(part, ast.FunctionDef):
                self._own_attributes.add(part.name)
            elif isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store) and _is_self(part.value):
                self._own_attributes.add(part.attr)
        self.generic_visit(node)

    # What is used.

    def _resolve(self, node: ast.AST) -> str | None:
        if isinstance(node, ast.Name):
            bound, path = self._local(node.id)
            if bound:
                return path
            if self._definitions.of(node.id):
                return self._definitions.module(node.id)
            return f"builtins.{node.id}" if hasattr(builtins, node.id) else f"?.{node.id}"
        if isinstance(node, ast.Attribute):
            base = self._resolve(node.value)
            return None if base is None else f"{base}.{node.attr}"
        return None

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            return
        bound, path = self._local(node.id)
        if bound:
            if path is not None:
                self._use("name", path, node)
            return
        if self._definitions.of(node.id):
            self.reached.add(node.id)
            path = self._definitions.module(node.id)
            if path is not None:
                self._named(path, node)
            elif self._definitions.stars and not any(
                isinstance(found.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                for found in self._definitions.of(node.id)
            ):
                self._use("name", f"{min(self._definitions.stars)}.{node.id}", node)
            return
        if node.id in HIDING or node.id == "getattr":  # the call of getattr itself is looked at in visit_Call
            self._use("hidden", node.id, node)
        else:
            self._use("name", f"builtins.{node.id}" if hasattr(builtins, node.id) else f"?.{node.id}", node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in HIDING_ATTRIBUTES and not _is_self(node.value):
            self._use("hidden", node.attr, node)
        path = self._resolve(node)
        if path is not None:
            self._named(path, node)
        elif not (_is_self(node.value) and node.attr in self._own_attributes) and not self._in_own_module(node):
            self._use("name", f"?.{node.attr}", node)
        self.visit(node.value)

    def _in_own_module(self, node: ast.Attribute) -> bool:
        """`helper.softmax` of a module of the student's own, whose code is read as a whole where `helper` is used."""
        found = self._definitions.of(node.value.id) if isinstance(node.value, ast.Name) else ()
        return any(isinstance(definition.node, ast.Module) for definition in found)

    def _named(self, path: str, node: ast.AST) -> None:
        hidden = next((m for m in HIDING_MODULES if path == m or path.startswith(f"{m}.")), None)
        if hidden is not None and not _is_plain(path, node):
            self._use("hidden", path, node)
        else:
            self._use("name", path, node)

    def visit_Call(self, node: ast.Call) -> None:
        called = self._resolve(node.func) or ""
        if called == "builtins.getattr" and len(node.args) >= 2:
            name = self._text(node.args[1])
            base = self._resolve(node.args[0])
            if name is not None:
                self._use("name", f"{base or '?'}.{name}", node)
            elif not _is_self(node.args[0]):
                self._use("hidden", "getattr", node)
        elif called.split(".")[-1] in _ByText and node.args:
            name = self._text(node.args[0])
            self._use(*(("hidden", called) if name is None else ("name", f"?.{name}")), node)
        if called == "builtins.getattr":
            for part in (*node.args, *node.keywords):
                self.visit(part)
        else:
            self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if isinstance(node.value, ast.Attribute) and node.value.attr == "__dict__":
            name = self._text(node.slice)
            base = self._resolve(node.value.value)
            self._use(*(("hidden", "__dict__") if name is None else ("name", f"{base or '?'}.{name}")), node)
            if name is not None:
                self.visit(node.value.value)
                return
        self.generic_visit(node)

    def _text(self, node: ast.AST) -> str | None:
        if isinstance(node, ast.Name) and not self._local(node.id)[0]:
            return self._definitions.constant(node.id)
        return constant_text(node)

    def visit_Import(self, node: ast.Import) -> None:
        self._imports(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self._imports(node)

    def _imports(self, node: ast.Import | ast.ImportFrom) -> None:
        for _, path in imported(node):
            self._named(path, node)

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        for attribute in node.kwd_attrs:  # `case object(softmax=g)` takes an attribute out
            self._use("name", f"?.{attribute}", node)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if isinstance(node.op, ast.MatMult):
            self._use("@", "@", node)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.op, ast.MatMult):
            self._use("@", "@", node)
        self.generic_visit(node)

    def generic_visit(self, node: ast.AST) -> None:
        if isinstance(node, _LOOPS):
            self._use("loop", "loop", node)
        super().generic_visit(node)


def _is_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in {"self", "cls"}


def _is_plain(path: str, node: ast.AST) -> bool:
    """A builtin by its own name, or a method of a plain type's."""
    parts = path.split(".")
    by_name = len(parts) == 2 and isinstance(node, ast.Name)
    return parts[0] == "builtins" and (by_name or (len(parts) == 3 and parts[1] in _PLAIN_TYPES))
