"""`unittest.mock.patch` in a check that is a cell: what it replaces in a module is replaced for the student, too."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any
from unittest import mock

_PATCH: Any = type(mock.patch("builtins.print"))
Replace = Callable[[str, str, Any], Callable[[], None]]
"""Puts another in the place of the module's attribute, where the student's code runs; gives what puts it back."""


@contextlib.contextmanager
def patched_beside(replace: Replace) -> Iterator[None]:
    """While it lasts, a patch of a module's attribute is one there, too. `__main__` is the student's notebook."""
    enter, leave = _PATCH.__enter__, _PATCH.__exit__
    undo: dict[int, Callable[[], None]] = {}

    def entering(patcher: Any) -> Any:
        target = patcher.getter()
        if isinstance(target, ModuleType) and target.__name__ == "__main__":
            patcher.create = True
        new = enter(patcher)
        if isinstance(target, ModuleType):
            try:
                undo[id(patcher)] = replace(target.__name__, patcher.attribute, getattr(target, patcher.attribute))
            except BaseException:
                leave(patcher, None, None, None)
                raise
        return new

    def leaving(patcher: Any, *raised: Any) -> Any:
        try:
            undo.pop(id(patcher), _nothing)()
        finally:
            done = leave(patcher, *raised)
        return done

    _PATCH.__enter__, _PATCH.__exit__ = entering, leaving
    try:
        yield
    finally:
        _PATCH.__enter__, _PATCH.__exit__ = enter, leave


def _nothing() -> None:
    """A patch of what is no module's is not theirs."""
