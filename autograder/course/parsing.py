"""Python source -> its syntax tree, in whichever thread.

Up to Python 3.12 the interpreter counts in one place for all threads how deep a tree is that it builds. Where another
thread builds one meanwhile (a garbage collection in between is enough), `ast.parse` gives up with a SystemError.
"""

from __future__ import annotations

import ast
import threading
from typing import Literal, cast

_ONE_AT_A_TIME = threading.RLock()


def parse(source: str) -> ast.Module:
    """The tree of a module.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: as `ast.parse`.
    """
    return cast(ast.Module, _parse(source, "exec"))


def parse_expression(source: str) -> ast.expr:
    """The tree of one expression.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: as `ast.parse`.
    """
    return cast(ast.Expression, _parse(source, "eval")).body


def _parse(source: str, mode: Literal["exec", "eval"]) -> ast.AST:
    with _ONE_AT_A_TIME:
        try:
            return ast.parse(source, mode=mode)  # noqa: TID251 (the one place)
        except SystemError:  # the traceback module parses, too, and asks nobody
            return ast.parse(source, mode=mode)  # noqa: TID251
