"""`@cell`: a check whose body runs as a cell of the notebook does."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import inspect
import io
from collections.abc import Callable, Iterable
from types import CodeType, FunctionType
from typing import Any, overload

from autograder.checks.cells.looking import attribute
from autograder.checks.cells.names import Globals, Names, own_equality
from autograder.checks.cells.source import (
    EQUAL,
    HOLDS,
    LOOKS,
    MODULE,
    body_of,
    caught,
    compiled,
    equal,
    evaluated,
    holds,
)
from autograder.checks.failure import declared
from autograder.checks.score import Score
from autograder.checks.spec import ATTRIBUTE, CELL

_Check = Callable[[Any], Any]


@overload
def cell(function: Callable[[], Any], /) -> _Check: ...
@overload
def cell(
    *, scores: bool = False, theirs: Iterable[str] = (), modules: Iterable[str] = ()
) -> Callable[[Callable[[], Any]], _Check]: ...
def cell(
    function: Callable[[], Any] | None = None,
    /,
    *,
    scores: bool = False,
    theirs: Iterable[str] = (),
    modules: Iterable[str] = (),
) -> _Check | Callable[[Callable[[], Any]], _Check]:
    """Run the body of a check as a cell of the student's notebook.

    Its free names are looked up in the check file, in Python's builtins, and then among the student's names as they
    were when the exercise's last cell had run. Names of the student's that it binds or deletes are changed for them
    until the check has ended. What it passes on may be changed in place. `env` is the mapping of all names. Two of the
    student's objects are equal where their own `__eq__` says so. Seeding random, numpy or torch seeds them for the
    student's code too.

    Args:
        function: the check; it takes no arguments.
        scores: the last statement, where it is an expression of which `float()` makes a number, is the points.
        theirs: names of builtins that the exercise asks the student to define.
        modules: those beside the notebook, which the check imports where the student's code runs.
    """
    if function is None:
        return lambda function: _checked(function, scores, frozenset(theirs), frozenset(modules))
    return _checked(function, scores, frozenset(theirs), frozenset(modules))


def _checked(function: Callable[[], Any], scores: bool, theirs: frozenset[str], modules: frozenset[str]) -> _Check:
    assert isinstance(function, FunctionType)
    body, path = body_of(function), function.__code__.co_filename
    last = body[-1].value if scores and isinstance(body[-1], ast.Expr) else None
    excepted = caught(body)
    code = compiled(body if last is None else body[:-1], path, modules)
    value = None if last is None else evaluated(last, path, modules)

    def run(student: Any) -> Score | None:
        with in_notebook(student, run, function.__globals__, theirs) as names:
            names.know(excepted)
            _execute(code, names)
            return None if value is None else _score(_execute(value, names), getattr(run, ATTRIBUTE).points)

    return named_as(function, run)


@contextlib.contextmanager
def in_notebook(student: Any, check: _Check, file: dict[str, Any], theirs: frozenset[str]) -> Any:
    """The names that a check of that file sees; while it lasts, equality is the student's own, and prints are kept."""
    spec = getattr(check, ATTRIBUTE, None)
    found: Globals = student.__autograder_globals__("" if spec is None else spec.exercise)
    names = Names(found, file, theirs)
    dict.update(names, {HOLDS: holds, EQUAL: equal, MODULE: found.module, LOOKS: attribute})
    token, caught = own_equality.set(True), declared.set({})
    try:
        with contextlib.redirect_stdout(io.StringIO()), found.seeding(), found.asking():
            yield names
    finally:
        declared.reset(caught)
        own_equality.reset(token)


def named_as(function: FunctionType, check: _Check) -> _Check:
    """`check` under the name of `function`, and known for a cell. Not with functools.wraps, by which pytest would see
    its signature."""
    setattr(check, CELL, True)
    check.__name__ = check.__qualname__ = function.__name__
    check.__doc__, check.__module__ = function.__doc__, function.__module__
    return check


def _execute(code: CodeType, names: Names) -> Any:
    result = eval(code, names)  # noqa: S307  the check's own code
    return asyncio.run(result) if code.co_flags & inspect.CO_COROUTINE else result


def _score(value: Any, points: float) -> Score | None:
    """What nbgrader makes of a test cell's last value: its number, or all points."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    if points == 0 or number != number:
        return None
    return Score(min(1.0, max(0.0, number / points)))
