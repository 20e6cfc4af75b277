"""Python source -> its syntax tree, in whichever thread.

Up to Python 3.12 the interpreter counts in one place for all threads how deep a tree is that it builds. Where another
thread builds one meanwhile (a garbage collection in between is enough), `ast.parse` gives up with a SystemError.
"""

from __future__ import annotations

import ast
import contextlib
import threading
from collections.abc import Iterator
from typing import Literal, cast

_ONE_AT_A_TIME = threading.RLock()


class TooDeep(SyntaxError):
    """Python that is nested more deeply than the interpreter follows."""


@contextlib.contextmanager
def as_syntax_error() -> Iterator[None]:
    """Around whatever reads the text of Python: there is one error for all that may be wrong with it.

    Raises:
        SyntaxError: as the interpreter raises it, and in place of its ValueError (half of a character, a NUL) and
            OverflowError.
        TooDeep: in place of its RecursionError and MemoryError.
    """
    try:
        yield
    except (RecursionError, MemoryError) as error:
        raise TooDeep("the code is nested too deeply to be read") from error
    except (ValueError, OverflowError) as error:
        raise SyntaxError(str(error)) from error


def parse(source: str) -> ast.Module:
    """The tree of a module.

    Raises:
        SyntaxError: it is no Python, or none that the interpreter can read (see `as_syntax_error`).
    """
    return cast(ast.Module, _parse(source, "exec"))


def parse_expression(source: str) -> ast.expr:
    """The tree of one expression.

    Raises:
        SyntaxError: as `parse`.
    """
    return cast(ast.Expression, _parse(source, "eval")).body


def _parse(source: str, mode: Literal["exec", "eval"]) -> ast.AST:
    with _ONE_AT_A_TIME, as_syntax_error():
        try:
            return ast.parse(source, mode=mode)  # noqa: TID251 (the one place)
        except SystemError:  # the traceback module parses, too, and asks nobody
            return ast.parse(source, mode=mode)  # noqa: TID251
