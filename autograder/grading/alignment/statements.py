"""What the statements of a cell bind and need, read from their syntax. Nothing is executed."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from autograder.course.parsing import as_syntax_error, parse

_BUILTINS = frozenset(dir(builtins)) | {"__name__", "__file__", "get_ipython", "display", "In", "Out", "_"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_NO_FUNCTIONS = (ast.Constant, ast.BinOp, ast.Compare, ast.List, ast.Dict, ast.Set, ast.JoinedStr, ast.ListComp)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class Statement:
    """One top-level statement of a cell."""

    first: int
    """Its first line, from 1, decorators included."""
    last: int
    binds: frozenset[str]
    needs: frozenset[str]
    """Names that it looks up when it runs; functions' bodies do not run then."""
    needs_later: frozenset[str]
    """Names that its functions look up when they are called."""
    looks_up: frozenset[str]
    """The same with Python's own names, such as sum."""
    spends: frozenset[str]
    """Names that it deletes, or gives to what is no function: a loop's variable, a number, what their function said."""
    defines: bool
    """A function or a class."""
    quiet: bool
    """Running it does nothing but bind names: an import, a definition, a constant, a docstring."""
    imports: tuple[str, ...]
    """Top-level modules that it imports."""
    star: bool
    """It imports all names of a module, whatever they are."""
    calls: str
    """The function that it calls by its name and does nothing else, or ""."""
    is_open: bool
    """It gives a name the value `...`, to be replaced."""
    empty: bool
    """A function that does nothing, or nothing but raise NotImplementedError."""
    unreached: bool
    """It holds a function that raises NotImplementedError above more statements, which never run."""
    digest: str
    """Equal for statements that are equal but for docstrings and layout; "" for those that nobody asks for."""


def statements(source: str, wanted: Collection[str] = ()) -> tuple[Statement, ...]:
    """The top-level statements of Python that compiles; none where it is nested too deeply to be read. Only those that
    bind one of the names `wanted` get a digest, which takes time."""
    try:
        with as_syntax_error():
            return tuple(_statement(node, wanted) for node in parse(source).body)
    except SyntaxError:  # the compiler knows a cell that it does not parse
        return ()


def bound(found: tuple[Statement, ...]) -> frozenset[str]:
    """All names that these statements bind."""
    return frozenset().union(*(statement.binds for statement in found))


def needed_at_once(found: tuple[Statement, ...]) -> frozenset[str]:
    """Names that must be there before a cell of these statements runs."""
    there: set[str] = set()
    needed: set[str] = set()
    for statement in found:
        needed |= statement.needs - there
        there |= statement.binds
    return frozenset(needed)


@dataclass
class _Names:
    binds: set[str] = field(default_factory=set)
    local: set[str] = field(default_factory=set)
    now: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    star: bool = False


def _statement(node: ast.stmt, wanted: Collection[str]) -> Statement:
    names = _names(node)
    first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
    return Statement(
        first=first,
        last=node.end_lineno or node.lineno,
        binds=frozenset(names.binds),
        needs=frozenset(names.now - names.local - _BUILTINS),
        needs_later=frozenset(names.later - names.local - names.binds - _BUILTINS),
        looks_up=frozenset(names.later - names.local - names.binds),
        spends=_spent(node) & frozenset(names.binds),
        defines=isinstance(node, (*_FUNCTIONS, ast.ClassDef)),
        quiet=_is_quiet(node),
        imports=_imports(node),
        star=names.star,
        calls=_called(node),
        is_open=isinstance(node, (ast.Assign, ast.AnnAssign)) and _is_ellipsis(node.value),
        empty=isinstance(node, _FUNCTIONS) and all(map(_says_nothing, _body(node))),
        unreached=any(
            isinstance(inner, _FUNCTIONS) and any(map(_is_open, inner.body[:-1])) for inner in ast.walk(node)
        ),
        digest=_digest(node) if any(name in wanted for name in names.binds) else "",
    )


def _is_quiet(node: ast.stmt) -> bool:
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass, ast.ClassDef, *_FUNCTIONS))


def _spent(node: ast.stmt) -> frozenset[str]:
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return _stored(node.target)
    if isinstance(node, ast.Delete):
        return frozenset().union(*map(_stored, node.targets))
    if not isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)) or node.value is None:
        return frozenset()
    stored = frozenset().union(*map(_stored, node.targets if isinstance(node, ast.Assign) else [node.target]))
    if isinstance(node.value, _NO_FUNCTIONS) and not _is_ellipsis(node.value):
        return stored
    called = (inner.func for inner in ast.walk(node.value) if isinstance(inner, ast.Call))
    return stored & {function.id for function in called if isinstance(function, ast.Name)}


def _stored(target: ast.expr) -> frozenset[str]:
    names = (inner for inner in ast.walk(target) if isinstance(inner, ast.Name))
    return frozenset(name.id for name in names if not isinstance(name.ctx, ast.Load))


def _imports(node: ast.stmt) -> tuple[str, ...]:
    if isinstance(node, ast.Import):
        return tuple(alias.name.split(".")[0] for alias in node.names)
    return ((node.module or "").split(".")[0],) if isinstance(node, ast.ImportFrom) and not node.level else ()


def _is_ellipsis(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is ...


def _called(node: ast.stmt) -> str:
    called = node.value.func if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
    return called.id if isinstance(called, ast.Name) else ""


def _body(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> list[ast.stmt]:
    """Without the docstring."""
    first = node.body[0]
    words = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return node.body[1:] if words else node.body


def _says_nothing(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or _is_open(node) or (isinstance(node, ast.Expr) and _is_ellipsis(node.value))


def _is_open(node: ast.stmt) -> bool:
    """Whether it raises NotImplementedError."""
    raised = node.exc if isinstance(node, ast.Raise) else None
    raised = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _digest(node: ast.stmt) -> str:
    for inner in ast.walk(node):
        if isinstance(inner, (ast.ClassDef, *_FUNCTIONS)):
            inner.body = _body(inner) or [ast.Pass()]
    return blake2b(ast.dump(node).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


# names ----------------------------------------------------------------------------------------------------------------

_Place = tuple[ast.AST, bool, bool]
"""A node, whether it runs later (in a function's body), and whether what it binds is not the module's."""


def _names(statement: ast.stmt) -> _Names:
    names = _Names()
    stack: list[_Place] = [(statement, False, False)]
    while stack:
        node, later, inner = stack.pop()
        rule = _RULES.get(type(node))
        if rule is not None:
            rule(node, later, inner, names)
        stack.extend(_below(node, later, inner))
    return names


def _below(node: ast.AST, later: bool, inner: bool) -> Iterator[_Place]:
    """The nodes below, each with when it runs and what its names belong to."""
    bodies: tuple[ast.AST, ...] = ()
    if isinstance(node, _FUNCTIONS):
        bodies, runs_later = tuple(node.body), True
    elif isinstance(node, ast.Lambda):
        bodies, runs_later = (node.body,), True
    elif isinstance(node, ast.ClassDef):
        bodies, runs_later = tuple(node.body), later
    else:
        inner = inner or isinstance(node, _COMPREHENSIONS)
        runs_later = later
    known = set(map(id, bodies))
    for child in ast.iter_child_nodes(node):
        yield (child, runs_later, True) if id(child) in known else (child, later, inner)


def _name(node: ast.AST, later: bool, inner: bool, names: _Names) -> None:
    assert isinstance(node, ast.Name)
    if isinstance(node.ctx, ast.Load):
        (names.later if later else names.now).add(node.id)
    else:
        (names.local if inner else names.binds).add(node.id)


def _defined(node: ast.AST, _later: bool, inner: bool, names: _Names) -> None:
    (names.local if inner else names.binds).add(node.name)  # type: ignore[attr-defined]


def _argument(node: ast.AST, _later: bool, _inner: bool, names: _Names) -> None:
    assert isinstance(node, ast.arg)
    names.local.add(node.arg)


def _imported(node: ast.AST, _later: bool, inner: bool, names: _Names) -> None:
    assert isinstance(node, (ast.Import, ast.ImportFrom))
    into = names.local if inner else names.binds
    for alias in node.names:
        if alias.name == "*":
            names.star = True
        else:
            into.add(alias.asname or alias.name.split(".")[0])


def _caught(node: ast.AST, _later: bool, _inner: bool, names: _Names) -> None:
    assert isinstance(node, ast.ExceptHandler)
    if node.name:
        names.local.add(node.name)


_RULES: dict[type[ast.AST], Callable[[ast.AST, bool, bool, _Names], None]] = {
    ast.Name: _name,
    ast.FunctionDef: _defined,
    ast.AsyncFunctionDef: _defined,
    ast.ClassDef: _defined,
    ast.arg: _argument,
    ast.Import: _imported,
    ast.ImportFrom: _imported,
    ast.ExceptHandler: _caught,
}
