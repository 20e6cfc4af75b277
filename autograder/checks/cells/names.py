"""The global names of a test cell: its own, those of the check file, the student's, and Python's."""

from __future__ import annotations

import builtins
import contextlib
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Any, Protocol

from autograder.checks.cells.looking import scope
from autograder.checks.failure import Failure

own_equality: ContextVar[bool] = ContextVar("own_equality", default=False)
"""Whether two objects of the student's are equal where their own `__eq__` says so. Elsewhere identity decides."""


class Globals(Protocol):
    """The student's global names, as a test cell finds and changes them."""

    def get(self, name: str) -> Any:
        """The object of that name. Raises Failure, with reason missing_name where there is none."""

    def has(self, name: str) -> bool:
        """Whether there is one."""

    def set(self, name: str, value: Any) -> bool:
        """Put another in its place until the check has ended; False where there is none, or that cannot be."""

    def remove(self, name: str) -> None:
        """Take the name away until the check has ended."""

    def builtins(self) -> Mapping[str, Any]:
        """What stands in for builtins that ask what an object is."""

    def module(self, name: str) -> Any:
        """The module of that name, where the student's code runs."""

    def asking(self) -> AbstractContextManager[None]:
        """While it lasts, the student's `input()` is the check's, which may have put another in its place."""

    def seeding(self) -> AbstractContextManager[None]:
        """While it lasts, what seeds the generators that all code shares seeds those of the student's too."""


class Missing(Failure, NameError):
    """A name that the student has not defined; `except NameError` catches it, as in a notebook."""


class Names(dict[str, Any]):
    """What a test cell runs in. Its own names are the dict's items.

    Raises:
        Missing: a name that is looked up exists nowhere.
    """

    def __init__(self, student: Globals, file: Mapping[str, Any], theirs: frozenset[str]) -> None:
        """`file`: names of the check file. `theirs`: names of builtins that the exercise asks the student to define."""
        super().__init__(__name__="__main__")
        self._student = student
        self._file = {name: value for name, value in file.items() if not _is_ours(name, value)}
        self._theirs = theirs
        instead = {**scope(self), **student.builtins()}
        self._instead = {name: value for name, value in instead.items() if name not in theirs}

    def __missing__(self, name: str) -> Any:
        if name in self._file:
            return self._file[name]
        if name in self._instead:
            return self._instead[name]
        # A student's own `all` or `len` must not decide what a check says.
        if name not in self._theirs and hasattr(builtins, name):
            raise KeyError(name)
        if name == "env":
            return self
        try:
            return self._student.get(name)
        except Failure as failure:
            if failure.reason == "missing_name":
                raise Missing(failure.message, failure.reason) from None
            raise

    def __setitem__(self, name: str, value: Any) -> None:
        if not name.startswith("_") and name not in self._file and self._student.set(name, value):
            self.pop(name, None)
        else:
            super().__setitem__(name, value)

    def __delitem__(self, name: str) -> None:
        if name not in self.keys() and self._is_students(name):
            self._student.remove(name)
        else:
            super().__delitem__(name)

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        return name in self.keys() or name in self._file or self._is_students(name)

    def get(self, name: str, default: Any = None) -> Any:
        """The object of that name, or `default`."""
        return self[name] if name in self else default  # noqa: SIM401  the dict's own get() asks nobody

    def know(self, names: Iterable[str]) -> None:
        """Have looked these names up, those of them that there are."""
        for name in names:
            with contextlib.suppress(KeyError, Missing):
                self[name]

    def _is_students(self, name: str) -> bool:
        return not name.startswith("_") and name not in self._file and self._student.has(name)


def _is_ours(name: str, value: Any) -> bool:
    """Whether a name of the check file is none of the cell's business."""
    module = getattr(value, "__module__", None)
    return name.startswith("__") or (isinstance(module, str) and module.startswith("autograder."))
