"""The student's cells as definitions: which top-level code a name stands for, read from the syntax and never run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from autograder.checks.structure.rebinding import (
    global_names,
    hidden_in,
    loose_names,
    outside_functions,
    put_into_packages,
    written_here,
    written_modules,
)

_BLOCKS = (ast.If, ast.Try, ast.For, ast.While, ast.With, ast.AsyncFor, ast.AsyncWith)
_ATTACHING = frozenset({"setattr", "delattr", "setitem"})
_ADDING = frozenset({"append", "update", "extend", "insert", "setdefault"})


@dataclass(frozen=True)
class Definition:
    """One place where a top-level name gets (part of) its meaning."""

    name: str
    node: ast.AST
    cell: int
    """Number of the cell, from 1."""
    text: str
    """The cell's source."""
    firm: bool
    """Replaces what the name meant before. Not firm: inside `if` or `try`, or adds to an object that exists."""
    module: str | None = None
    """For an import: the dotted path that the name stands for."""
    file: str = ""
    """The student's own module that it stands in; "" for a cell."""
    adds: bool = False
    """A call by which something may be put into the object of that name."""

    def line(self, number: int) -> str:
        """Line `number` (from 1) of the cell, stripped."""
        lines = self.text.splitlines()
        return lines[number - 1].strip() if 0 < number <= len(lines) else ""


class Definitions:
    """All top-level definitions of a submission, in the order in which the cells run."""

    def __init__(
        self,
        cells: tuple[str, ...],
        modules: Mapping[str, str] | None = None,
        parse: Callable[[str], ast.Module] = ast.parse,
    ) -> None:
        """`modules`: sources of the student's own modules, by their name, followed where a cell imports from them.
        `parse`: in place of `ast.parse`, which is not safe among threads.
        """
        self._parse = parse
        self._by_name: dict[str, list[Definition]] = {}
        self._modules = dict(modules or {})
        self._own: dict[str, str] = {}
        self._given = set(self._modules)
        self._later: dict[str, list[Definition]] = {}
        """What functions give names whenever they are called: no definition comes after them for sure."""
        self._trees: list[tuple[ast.Module, Definition]] = []
        self.stars: set[str] = set()
        """Packages of which everything was imported."""
        for number, text in enumerate(cells, start=1):
            self._read(text, number, "")

    def _tree(self, text: str) -> ast.Module | None:
        """What does not parse neither runs nor is imported, and defines nothing."""
        try:
            return self._parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    def _read(self, text: str, number: int, file: str) -> None:
        tree = self._tree(text)
        if tree is None:
            return
        self._trees.append((tree, Definition("", tree, number, text, firm=False, file=file)))
        written = written_here(tree)
        if written is not None and written[0] not in self._given:
            self._modules[written[0]] = written[1]
            self._given.add(written[0])
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                if any(alias.name == "*" for alias in node.names) and node.module not in self._given:
                    self.stars.add(node.module or "")
                self._follow(node.module or "")
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    self._follow(alias.name)
        for statement in tree.body:
            for name in loose_names(statement):
                self._add(Definition(name, statement, number, text, firm=False, file=file))
            for name in global_names(statement):
                later = Definition(name, statement, number, text, firm=False, file=file)
                self._later.setdefault(name, []).append(later)
            for found in _defined(statement, number, text, firm=not file):
                if found.adds and self.module(found.name) is not None:
                    continue  # a call of a package's function, as torch.allclose(f.weight, ...)
                own, _, part = (found.module or "").partition(".")
                if own in self._own:
                    self._bind(found.name, own, part)
                else:
                    self._add(replace(found, file=file))

    def _follow(self, path: str) -> None:
        """Read a module of the student's own that an import names, once. Its definitions add to those in the cells."""
        name = path.split(".")[0]
        text = self._modules.pop(name, None)
        if text is not None:
            self._own[name] = text
            self._read(text, 0, name)

    def _bind(self, bound: str, file: str, part: str) -> None:
        """`bound` stands for `part` of a module of the student's own, or for all of it."""
        if part and self.of(part):
            for found in self.of(part):
                self._add(replace(found, name=bound, firm=False))
            return
        text = self._own[file]
        tree = self._tree(text)
        if tree is not None:
            self._add(Definition(bound, tree, 0, text, firm=False, file=file))

    def _add(self, found: Definition) -> None:
        before = self._by_name.get(found.name, [])
        self._by_name[found.name] = [found] if found.firm else [*before, found]

    def rebinding(self) -> Iterator[tuple[str, ast.AST, Definition]]:
        """Code anywhere in the notebook that could give any name another meaning: the word for it, and where."""
        for tree, definition in self._trees:
            for what, node in hidden_in(tree):
                yield what, node, definition
        written = written_modules([tree for tree, _ in self._trees], frozenset(self._given))
        for tree, definition in self._trees:
            for node in ast.walk(tree):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    for _, path in imported(node):
                        if path.split(".")[0] in written:
                            yield f"import {path.split('.')[0]}", node, definition

    def shared(self) -> Iterator[Definition]:
        """What the student puts into an imported package, where all code may find it."""
        packages = frozenset(name for name, found in self._by_name.items() if any(f.module for f in found))
        for tree, definition in self._trees:
            for node in put_into_packages(tree, packages):
                yield replace(definition, node=node)

    def of(self, name: str) -> tuple[Definition, ...]:
        """What `name` may stand for when all cells have run."""
        return (*self._by_name.get(name, ()), *self._later.get(name, ()))

    def module(self, name: str) -> str | None:
        """The dotted path that `name` stands for, where it was imported or assigned from an import."""
        for found in self.of(name):
            if found.module is not None:
                return found.module
            if isinstance(found.node, ast.Assign | ast.AnnAssign) and found.node.value is not None:
                path = dotted(found.node.value)
                if path is not None and path.split(".")[0] != name:
                    root, _, rest = path.partition(".")
                    base = self.module(root)
                    if base is not None:
                        return f"{base}.{rest}" if rest else base
        return None

    def constant(self, name: str) -> str | None:
        """The text that `name` stands for, where it is assigned a constant string."""
        for found in self.of(name):
            if isinstance(found.node, ast.Assign):
                return constant_text(found.node.value)
        return None


def _defined(statement: ast.stmt, cell: int, text: str, *, firm: bool) -> Iterator[Definition]:
    if not isinstance(statement, _BLOCKS):
        for holder in _attached_by(statement):
            yield Definition(holder, statement, cell, text, firm=False, adds=True)
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield Definition(statement.name, statement, cell, text, firm)
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        for name, path in imported(statement):
            yield Definition(name, statement, cell, text, firm, module=path)
    elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                    whole = firm and not isinstance(statement, ast.AugAssign)
                    yield Definition(part.id, statement, cell, text, whole)
            root = _root(target)
            if root is not None and not isinstance(target, ast.Name):
                yield Definition(root, statement, cell, text, firm=False)
    elif isinstance(statement, _BLOCKS):
        for child in ast.iter_child_nodes(statement):
            inner = child.body if isinstance(child, ast.ExceptHandler) else [child]
            for part in inner:
                if isinstance(part, ast.stmt):
                    yield from _defined(part, cell, text, firm=False)


def _attached_by(statement: ast.stmt) -> Iterator[str]:
    """Names whose objects a top-level statement adds to: `setattr(tools, "ce", F.cross_entropy)`, `tools.append(...)`,
    and any method that is given a function, as in `tools.add(F.cross_entropy)` or `hooks.register(lambda: ...)`."""
    calls = [node for node in outside_functions(statement) if isinstance(node, ast.Call)]
    for call in calls:
        last = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        holders = call.args[:1] if last in _ATTACHING else []
        if isinstance(call.func, ast.Attribute):
            given = [*call.args, *(word.value for word in call.keywords)]
            if last in _ADDING or any(isinstance(value, ast.Attribute | ast.Lambda) for value in given):
                holders.append(call.func.value)
        yield from filter(None, map(_root, holders))


def _root(node: ast.AST) -> str | None:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def imported(statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """The names that an import binds, each with the dotted path it stands for."""
    for alias in statement.names:
        if isinstance(statement, ast.ImportFrom):
            if alias.name != "*":
                yield alias.asname or alias.name, f"{statement.module or ''}.{alias.name}"
        elif alias.asname:
            yield alias.asname, alias.name
        else:
            top = alias.name.split(".")[0]
            yield top, top


def dotted(node: ast.AST) -> str | None:
    """`torch.nn.functional` as text; None for anything but names joined by dots."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = dotted(node.value)
        return None if base is None else f"{base}.{node.attr}"
    return None


def constant_text(node: ast.AST) -> str | None:
    """The text of a constant string, also where constants are joined by + or in an f-string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = constant_text(node.left), constant_text(node.right)
        return None if left is None or right is None else left + right
    if isinstance(node, ast.JoinedStr):
        parts = [constant_text(v.value if isinstance(v, ast.FormattedValue) else v) for v in node.values]
        return None if None in parts else "".join(part for part in parts if part is not None)
    return None
