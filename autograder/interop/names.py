"""Which names a cell needs and which it binds, read from its source. Runs nothing."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.course.parsing import as_syntax_error, parse

_LOOKS = ("assert", "check", "display", "ok_", "print", "raises", "show", "test")
"""In the names of functions that look at what they are given, and change nothing."""


@dataclass(frozen=True)
class Statement:
    """One statement at the top of a cell."""

    source: str
    needs: frozenset[str]
    """Names that must be there before it runs, or before a function that it defines is called."""
    binds: frozenset[str]
    changes: frozenset[str] = frozenset()
    """Names whose objects it may change in place, as `stack.push(1)` does. What only asserts or prints changes none."""


@dataclass(frozen=True)
class CellNames:
    """A cell's statements, in order."""

    statements: tuple[Statement, ...]

    @property
    def binds(self) -> frozenset[str]:
        """All names that the cell binds."""
        return frozenset[str]().union(*(one.binds for one in self.statements))

    @property
    def needs(self) -> frozenset[str]:
        """The names that must be there before the cell runs."""
        bound, needed = set[str](), set[str]()
        for one in self.statements:
            needed |= one.needs - bound
            bound |= one.binds
        return frozenset(needed)

    def binding(self, names: frozenset[str]) -> tuple[Statement, ...]:
        """The statements that give `names` their values or change them, and those of this cell that they need
        themselves, in order."""
        bound = self.binds & names
        wanted, chosen = set(names), list[Statement]()
        for one in reversed(self.statements):
            if one.binds & wanted or one.changes & bound:
                chosen.append(one)
                wanted |= one.needs
        return tuple(reversed(chosen))


def names_of(source: str) -> CellNames:
    """The names of a cell of plain Python.

    Raises:
        SyntaxError: it is none.
    """
    with as_syntax_error():
        return CellNames(tuple(_statement(source, node) for node in parse(source).body))


def _statement(source: str, node: ast.stmt) -> Statement:
    text = segment(source, node)
    refers, binds = _of(symtable.symtable(text, "<cell>", "exec"))
    deleted = {t.id for d in ast.walk(node) if isinstance(d, ast.Delete) for t in d.targets if isinstance(t, ast.Name)}
    compound = hasattr(node, "body")  # what a loop or a `with` binds is there when its body runs
    needs = frozenset((refers - binds if compound else refers) | deleted)
    return Statement(text, needs, frozenset(binds), frozenset(_changes(node)))


def _changes(node: ast.stmt) -> set[str]:
    match node:
        case ast.Expr(value=ast.Call(func=function) as call):
            called = ast.unparse(function).lower()
            return set() if any(word in called for word in _LOOKS) else _names_in(call)
        case ast.Assign(targets=targets):
            return set[str]().union(*(_names_in(t) for t in targets if isinstance(t, ast.Attribute | ast.Subscript)))
        case ast.AugAssign(target=target):
            return _names_in(target)
        case ast.For() | ast.With() if not any(isinstance(inner, ast.Assert) for inner in ast.walk(node)):
            return set[str]().union(*(_changes(inner) for inner in node.body))
        case _:
            return set()


def _names_in(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def segment(source: str, node: ast.stmt) -> str:
    """The lines of a statement at the top of a cell, decorators included. Of several on a line, that one alone."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    text = ast.get_source_segment(source, node) or ""
    above = source.split("\n")[min([node.lineno, *(d.lineno for d in decorators)]) - 1 : node.lineno - 1]
    return "\n".join([*above, text])


def _of(table: symtable.SymbolTable) -> tuple[set[str], set[str]]:
    refers, binds = set[str](), set[str]()
    for symbol in table.get_symbols():
        if symbol.is_referenced():
            refers.add(symbol.get_name())
        if symbol.is_assigned() or symbol.is_imported():
            binds.add(symbol.get_name())
    for inner in _below(table):
        for symbol in inner.get_symbols():
            if symbol.is_global() and symbol.is_referenced():
                refers.add(symbol.get_name())
            if symbol.is_declared_global() and symbol.is_assigned():
                binds.add(symbol.get_name())
    return refers, binds


def _below(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _below(child)


def identifier(text: str, default: str = "exercise") -> str:
    """`text` as a Python name: other characters become underscores."""
    name = "".join(c if c.isascii() and (c.isalnum() or c == "_") else "_" for c in text).strip("_")
    if not name:
        return default
    return f"{default}_{name}" if name[0].isdigit() else name


def unlike(name: str, taken: set[str]) -> str:
    """`name`, or with the first number behind it that nobody has taken; it is taken then."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    taken.add(found)
    return found


def slug_of(text: str, default: str = "assignment") -> str:
    """`text` as an assignment's folder: lower-case letters, digits, single hyphens."""
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in text.lower())
    return "-".join(part for part in plain.split("-") if part)[:80].strip("-") or default
