"""The student's global names for a check that is a cell: found, replaced and removed where they live."""

from __future__ import annotations

import builtins
import contextlib
import importlib
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np
import torch

from autograder.checks import Failure
from autograder.checks.cells.libraries import STATELESS
from autograder.checks.cells.looking import KIND, LOOKING
from autograder.checks.failure import exception_class
from autograder.examiner.handle import StudentHandle
from autograder.examiner.patching import patched_beside
from autograder.wire.frames import Unsendable

if TYPE_CHECKING:
    from autograder.examiner.session import Session

_LOOKED_UP_ONCE = ("builtin_function_or_method", "function", "module", "type")
_MISSING = object()


class FarGlobals:
    """Those of a worker, as they were when an exercise's last cell had run. What its code prints is printed here."""

    def __init__(self, session: Session, exercise: str) -> None:
        self._session = session
        self._exercise = exercise
        self._known: dict[str, Any] = {}
        self._changed: dict[str, bool] = {}
        """Names that the check has replaced (True) or removed."""
        session.echoes = True

    def get(self, name: str) -> Any:
        """The object of that name, or a handle on it."""
        if name in self._known:
            return self._known[name]
        found = self._session.find(name, self._exercise)
        if isinstance(found, StudentHandle) and found._type in _LOOKED_UP_ONCE:
            found = self._known[name] = self._here(found)
        return found

    def _here(self, found: StudentHandle) -> Any:
        """What stands for it in this process: for an exception a class, for a library the library; else the handle."""
        if found._type == "module":
            return self._library(found)
        lineage = [str(one) for one in self._ancestry("lineage", found)] if found._type == "type" else []
        return _exceptions(lineage) if "builtins.BaseException" in lineage else found

    def _library(self, module: StudentHandle) -> Any:
        """This process's own library, where the student imported one that is the same anywhere: what it compares is
        here."""
        path = self._session.ask("getattr", module, "__name__")
        root = path.partition(".")[0] if isinstance(path, str) else ""
        if root in STATELESS and (path == root or path in sys.modules):
            with contextlib.suppress(ImportError):
                return importlib.import_module(path)
        return module

    def has(self, name: str) -> bool:
        """Whether there is one."""
        if name in self._changed:
            return True  # a name that was removed is put back by the check, as the student's
        return self._session.ask("has", name, self._exercise) is True

    def set(self, name: str, value: Any) -> bool:
        """Put another in its place; False where there is none, now or when the exercise ended, or it cannot cross."""
        if not self.has(name) and self._session.ask("has", name) is not True:
            return False
        try:
            self._session.alter("assign", name, value)
        except Unsendable:
            return False
        self._known.pop(name, None)
        self._changed[name] = True
        return True

    def remove(self, name: str) -> None:
        """Take the name away."""
        if self._changed.get(name) is False:
            raise KeyError(name)
        self._session.alter("remove", name)
        self._known.pop(name, None)
        self._changed[name] = False

    def builtins(self) -> Mapping[str, Any]:
        """Those that look at what a handle stands for."""
        return {
            **LOOKING,
            "isinstance": self._isinstance,
            "issubclass": self._issubclass,
            "repr": self._repr,
            "open": self._open,
        }

    def module(self, name: str) -> Any:
        """The worker's own module of that name."""
        return self._session.ask("module", name)

    @contextlib.contextmanager
    def asking(self) -> Iterator[None]:
        """While it lasts, the student's `input()` asks here: where nobody answers, unless the check does."""

        def ask(*prompt: Any) -> Any:
            return builtins.input(*prompt)

        self._session.alter("assign", "input", ask)
        with patched_beside(self._replace):
            yield

    def _replace(self, module: str, name: str, value: Any) -> Callable[[], None]:
        """Put `value` in the place of what that module of theirs has; where it cannot cross, theirs stays."""
        if module == "__main__":
            before = self.get(name)
            self.set(name, value)
            return lambda: self._put_back(lambda: self.set(name, before))
        there = self.module(module)
        before = getattr(there, name)
        with contextlib.suppress(Unsendable):
            setattr(there, name, value)
        return lambda: self._put_back(lambda: setattr(there, name, before))

    def _put_back(self, put: Callable[[], Any]) -> None:
        """Do it, unless there is no student's process any more."""
        if self._session.fault is None:
            put()

    @contextlib.contextmanager
    def seeding(self) -> Iterator[None]:
        """While it lasts, the worker's generators are put where a seed puts ours."""
        build = self._session.build
        seed_torch = build(torch.manual_seed)  # which is patched below, and then is nothing of torch's
        told = (
            (random, "seed", lambda: build(random.setstate)(random.getstate())),
            (np.random, "seed", lambda: build(np.random.set_state)(np.random.get_state())),
            (torch, "manual_seed", lambda: seed_torch(torch.initial_seed())),
        )
        with contextlib.ExitStack() as patches:
            for module, name, tell in told:
                patches.enter_context(patch.object(module, name, _then(getattr(module, name), tell)))
            yield

    def _isinstance(self, obj: Any, kind: Any, /) -> bool:
        return any(self._is_one(obj, one) for one in _kinds(kind))

    def _is_one(self, obj: Any, kind: Any) -> bool:
        if isinstance(kind, StudentHandle):
            return self._session.ask("isinstance", obj, kind) is True
        if not isinstance(obj, StudentHandle):
            return builtins.isinstance(obj, kind)
        return _path(kind) in self._ancestry("ancestry", obj) or builtins.isinstance(obj, kind)

    def _issubclass(self, obj: Any, kind: Any, /) -> bool:
        if not isinstance(obj, StudentHandle):
            return builtins.issubclass(obj, kind)
        own = self._ancestry("lineage", obj)
        return any(
            self._session.ask("issubclass", obj, one) is True if isinstance(one, StudentHandle) else _path(one) in own
            for one in _kinds(kind)
        )

    def _ancestry(self, op: str, obj: StudentHandle) -> list[Any]:
        told = self._session.ask(op, obj)
        return told if type(told) is list else []

    def _open(self, *args: Any, **kwargs: Any) -> Any:
        """A file of the student's process, where their code looks for it."""
        return self.module("builtins").open(*args, **kwargs)

    def _repr(self, obj: Any, /) -> str:
        return obj.__autograder_repr__() if isinstance(obj, StudentHandle) else builtins.repr(obj)


class LocalGlobals:
    """Those of the notebook in this process, as they are now."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names
        self._before: dict[str, Any] = {}

    def get(self, name: str) -> Any:
        """The object of that name."""
        if name not in self._names:
            raise Failure(f"`{name}` is not defined yet: run the cell that defines it", "missing_name")
        return self._names[name]

    def has(self, name: str) -> bool:
        """Whether there is one."""
        return name in self._names or name in self._before

    def set(self, name: str, value: Any) -> bool:
        """Put another in its place; False where there is none."""
        if not self.has(name):
            return False
        self._before.setdefault(name, self._names.get(name, _MISSING))
        self._names[name] = value
        return True

    def remove(self, name: str) -> None:
        """Take the name away."""
        self._before.setdefault(name, self._names.get(name, _MISSING))
        del self._names[name]

    def restore(self) -> None:
        """Put back what was replaced or removed."""
        for name, value in self._before.items():
            if value is _MISSING:
                self._names.pop(name, None)
            else:
                self._names[name] = value
        self._before.clear()

    def builtins(self) -> Mapping[str, Any]:
        """None: the objects themselves are here."""
        return MappingProxyType({})

    def module(self, name: str) -> Any:
        """The module of that name."""
        return importlib.import_module(name)

    def asking(self) -> contextlib.AbstractContextManager[None]:
        """Nothing is to be done: there is one `input`."""
        return contextlib.nullcontext()

    def seeding(self) -> contextlib.AbstractContextManager[None]:
        """Nothing is to be done: the generators are the same."""
        return contextlib.nullcontext()


def _then(seed: Callable[..., Any], tell: Callable[[], Any]) -> Callable[..., Any]:
    def both(*args: Any, **kwargs: Any) -> Any:
        result = seed(*args, **kwargs)
        tell()
        return result

    return both


def _kinds(kind: Any) -> tuple[Any, ...]:
    """The types that `kind`, a type or a tuple of them, consists of."""
    if isinstance(kind, tuple):
        return tuple(one for part in kind for one in _kinds(part))
    return (type,) if kind is KIND else (kind,)


def _exceptions(lineage: list[str]) -> type[Exception]:
    """What stands for the first of these classes, each derived from those behind it. The student's bases come first."""
    names = [path.rpartition(".")[2] for path in lineage]
    theirs = [place for place, path in enumerate(lineage) if not path.startswith("builtins.")]
    found = [exception_class(names[place], names[place + 1 :]) for place in reversed(theirs)]
    return found[-1]


def _path(kind: Any) -> str:
    return f"{getattr(kind, '__module__', '')}.{getattr(kind, '__qualname__', '')}"
