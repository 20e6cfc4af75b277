"""`@examples`: a check whose docstring is a session at the prompt, as doctest and otter-grader have it."""

from __future__ import annotations

import contextlib
import doctest
import io
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from types import FunctionType
from typing import Any, overload

import numpy

from autograder.checks import explain
from autograder.checks.cells import source
from autograder.checks.cells.cell import in_notebook, named_as
from autograder.checks.cells.names import Names
from autograder.checks.failure import Failure, StudentError

MAX_SHOWN = 300
_CHECKER = doctest.OutputChecker()

_Check = Callable[[Any], None]


@overload
def examples(function: Callable[[], Any], /) -> _Check: ...
@overload
def examples(*, theirs: Iterable[str] = (), modules: Iterable[str] = ()) -> Callable[[Callable[[], Any]], _Check]: ...
def examples(
    function: Callable[[], Any] | None = None, /, *, theirs: Iterable[str] = (), modules: Iterable[str] = ()
) -> _Check | Callable[[Callable[[], Any]], _Check]:
    """Run the examples in the function's docstring over the student's names, as `cell` finds them.

    What is printed, by the student's code too, counts as output; so does the value of an expression, as its `repr`.
    doctest's directives hold. Expected errors are compared by type and message.

    Args:
        function: the check; it takes no arguments.
        theirs: names of builtins that the exercise asks the student to define.
        modules: those beside the notebook, which the check imports where the student's code runs.

    Raises:
        ValueError: the docstring holds no example.
    """
    if function is None:
        return lambda function: _checked(function, frozenset(theirs), frozenset(modules))
    return _checked(function, frozenset(theirs), frozenset(modules))


def _checked(function: Callable[[], Any], theirs: frozenset[str], modules: frozenset[str]) -> _Check:
    assert isinstance(function, FunctionType)
    parsed = doctest.DocTestParser().get_examples(function.__doc__ or "", function.__name__)
    if not parsed:
        raise ValueError(f"the docstring of {function.__name__} holds no example: >>> begins one")

    def run(student: Any) -> None:
        with in_notebook(student, run, function.__globals__, theirs) as names:
            for example in parsed:
                _try(example, names, function.__code__.co_filename, modules)

    return named_as(function, run)


def _try(example: doctest.Example, names: Names, path: str, modules: frozenset[str]) -> None:
    """Raises Failure: the example gives something else."""
    flags = 0
    for flag, on in example.options.items():
        flags = flags | flag if on else flags & ~flag
    if flags & doctest.SKIP:
        return
    output = io.StringIO()
    values: list[tuple[str, str]] = []
    try:
        with contextlib.redirect_stdout(output), _shown(values):
            exec(source.example(example.source, path, modules), names)  # noqa: S102  the check's own code
    except Exception as error:
        if example.exc_msg is None:
            raise
        got, want = _words(error), example.exc_msg
        if flags & doctest.IGNORE_EXCEPTION_DETAIL:
            got, want = got.split(":", 1)[0].strip() + "\n", want.split(":", 1)[0].strip() + "\n"
    else:
        got, want = output.getvalue(), example.want if example.exc_msg is None else example.exc_msg
    if not _CHECKER.check_output(want, got, flags) and not _CHECKER.check_output(want, _before(got, values), flags):
        raise Failure(_mismatch(example.source, got, want))


def _words(error: Exception) -> str:
    """The error as the last line of a traceback has it."""
    if isinstance(error, StudentError):
        return f"{error.words}\n"
    return traceback.format_exception_only(error)[-1]


@contextlib.contextmanager
def _shown(values: list[tuple[str, str]]) -> Iterator[None]:
    """Values are printed, as at the prompt; and kept, as they look now and as they looked before numpy 2."""

    def show(value: Any) -> None:
        if value is not None:
            values.append(_repr(value))
            print(values[-1][0])

    before = sys.displayhook
    sys.displayhook = show
    try:
        yield
    finally:
        sys.displayhook = before


def _repr(value: Any) -> tuple[str, str]:
    theirs = getattr(type(value), "__autograder_repr__", None)
    if theirs is not None:
        return (str(theirs(value)),) * 2
    with numpy.printoptions(legacy="1.25"):
        older = repr(value)
    return repr(value), older


def _before(got: str, values: list[tuple[str, str]]) -> str:
    """The output as it was before numpy 2: many a test was recorded when True was not yet `np.True_`."""
    done = ""
    for now, older in values:
        passed, _, got = got.partition(f"{now}\n")
        done += f"{passed}{older}\n"
    return done + got


def _mismatch(code: str, got: str, want: str) -> str:
    if not explain.shown.get():
        return "an example of the exercise gives another result"
    found, due = (_cut(text.strip()) or "nothing" for text in (got, want))
    return f"`{_cut(code.strip())}` gives {found}, where {due} is due"


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]} …"
