"""Calls from a check into a notebook in the same process: which argument came back changed in place.

Across the wire, each call says so by itself. Here the functions that a check gets, and the methods of the notebook's
own classes, are wrapped while the check runs.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from types import FunctionType
from typing import Any

import numpy as np
import torch
from torch import Tensor

from autograder.checks import Failure
from autograder.checks.properties import mutation
from autograder.wire.effects import contents, differs
from autograder.wire.leaves import same_bits
from autograder.wire.recorder import aside

_MAX_DEPTH = 20
_WRAPPED_PROTOCOLS = ("__init__", "__call__")


class CallWatch:
    """Wraps what is the notebook's for as long as a check runs."""

    def __init__(self) -> None:
        self.first: Failure | None = None
        self._inside = False
        self._replaced: list[tuple[type, str, FunctionType]] = []

    def begin(self, names: Mapping[str, Any]) -> None:
        """Wrap the methods of the classes among `names` that were defined there."""
        self.first = None
        home = names.get("__name__")
        for kind in {c for c in names.values() if isinstance(c, type) and c.__module__ == home}:
            for name, function in list(vars(kind).items()):
                if isinstance(function, FunctionType) and (not name.startswith("__") or name in _WRAPPED_PROTOCOLS):
                    called = kind.__name__ if name in ("forward", *_WRAPPED_PROTOCOLS) else name
                    setattr(kind, name, self.wrapped(function, called, bound=1))
                    self._replaced.append((kind, name, function))

    def end(self) -> None:
        """Put everything back."""
        while self._replaced:
            setattr(*self._replaced.pop())

    def wrapped(self, function: Callable[..., Any], name: str, bound: int = 0) -> Callable[..., Any]:
        """`function`, watched when it is called from outside the notebook. `bound`: arguments that are not counted."""

        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            if self._inside:
                return function(*args, **kwargs)
            given: list[tuple[int | str, Any]] = [*enumerate(args[bound:]), *kwargs.items()]
            with aside():
                before = [(place, [_Kept(part) for part in _parts(argument)]) for place, argument in given]
            self._inside = True
            try:
                result = function(*args, **kwargs)
            finally:
                self._inside = False
            with aside():
                changed = next((place for place, kept in before if any(part.changed for part in kept)), None)
            if changed is not None and self.first is None:
                self.first = mutation.changed_in_place(name, changed)
            return result

        return call


class _Kept:
    """A tensor, array or container as it was."""

    def __init__(self, value: Any) -> None:
        self._value = value
        is_tensor = isinstance(value, Tensor)
        self._content = value.detach().clone() if is_tensor else contents(value)
        self._version = value._version if is_tensor and not value.is_inference() else 0

    @property
    def changed(self) -> bool:
        """Whether it is so no longer."""
        if not isinstance(self._value, Tensor):
            return differs(self._value, self._content)
        version = 0 if self._value.is_inference() else self._value._version
        return version != self._version or not same_bits(torch, self._value, self._content)


def _parts(value: Any, depth: int = 0) -> Iterator[Any]:
    """All of an argument that can be changed in place. Not parameters, which are the model's own and made for it."""
    if isinstance(value, Tensor):
        if not isinstance(value, torch.nn.Parameter):
            yield value
        return
    if isinstance(value, list | set | dict | np.ndarray):
        yield value
    if isinstance(value, list | tuple | dict) and depth < _MAX_DEPTH:
        for part in value.values() if isinstance(value, dict) else value:
            yield from _parts(part, depth + 1)
