"""A student's function must leave its arguments as they were: `unchanged`, and what the examiner reports to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor

from autograder.checks.failure import Failure

_LOOK_FOR = "look for `+=`, `x[...] = ...` or a method that ends in `_`"
_reported: list[Any] = []
"""Arrays and containers whose copies the student's code changed in the present check."""


def changed_in_place(name: str, argument: int | str) -> Failure:
    """The finding for a call that changed one of its arguments: `argument` is its position from 0, or its name."""
    which = f"`{argument}`" if isinstance(argument, str) else str(argument)
    said = f"`{name}` changed its argument {which} in place, and must leave it as it was"
    return Failure(f"{said}: {_LOOK_FOR}", "mutated_input")


def report(value: Any) -> None:
    """The student's code changed its own copy of `value`, which itself stays as it is: `unchanged` is to fail."""
    if not isinstance(value, Tensor):
        _reported.append(value)
    elif not value.is_inference():
        torch.autograd.graph.increment_version(value)


def forget() -> None:
    """Another check begins."""
    _reported.clear()


@contextmanager
def unchanged(*arguments: Any) -> Iterator[None]:
    """Fail if the block changes any of `arguments`: tensors, arrays, modules, or lists, tuples and dicts of them.

    Values, shape, dtype and a tensor's `_version` are compared, so that a change which is undone again is seen too. Of
    a module, here or in the student's process, the values of its parameters and buffers are.

    Raises:
        Failure: with reason mutated_input, naming the argument by its position.
    """
    before, start = [_snapshot(argument) for argument in arguments], len(_reported)
    yield
    reported = _reported[start:]
    for position, (argument, old) in enumerate(zip(arguments, before, strict=True), start=1):
        if _snapshot(argument) != old or any(_holds(argument, value) for value in reported):
            which = "its argument" if len(arguments) == 1 else f"argument {position} of {len(arguments)}"
            if _is_module(argument):
                raise Failure(f"the function changed the model, {which}: {_MODEL}", "mutated_input")
            raise Failure(
                f"the function changed {which} in place. The caller still needs it: {_LOOK_FOR}, and work on a copy "
                "(`x.clone()`) or a new tensor.",
                "mutated_input",
            )


_MODEL = (
    "its parameters or buffers are not what they were. Is it trained where it should be evaluated, or evaluated in "
    "train mode, where running statistics move?"
)


def _holds(argument: Any, value: Any) -> bool:
    """Whether `value` is `argument`, lies in it, or is a view of an array that does."""
    if argument is value:
        return True
    if isinstance(argument, np.ndarray) and isinstance(value, np.ndarray):
        return np.may_share_memory(argument, value)
    if isinstance(argument, dict):
        return any(_holds(part, value) for part in argument.values())
    return isinstance(argument, list | tuple) and any(_holds(part, value) for part in argument)


def _snapshot(value: Any) -> object:
    """Something comparable that differs whenever `value` was changed. Bits, not values: NaN stays NaN."""
    if isinstance(value, Tensor):
        bits = (
            value.detach()
            .cpu()
            .clone(memory_format=torch.contiguous_format)
            .reshape(-1)
            .view(torch.uint8)
            .numpy()
            .tobytes()
        )
        version = 0 if value.is_inference() else value._version
        return ("tensor", tuple(value.shape), value.dtype, version, bits)
    if isinstance(value, np.ndarray):
        return ("array", value.shape, value.dtype.str, value.tobytes())
    if _is_module(value):
        parts = [*value.named_parameters(), *value.named_buffers()]
        return ("module", [(name, _snapshot(part.detach().clone())) for name, part in parts])
    if isinstance(value, list | tuple):
        return (type(value).__name__, [_snapshot(part) for part in value])
    if isinstance(value, dict):
        return ("dict", [(key, _snapshot(part)) for key, part in value.items()])
    return repr(value)


def _is_module(value: Any) -> bool:
    """A module, or an object in the student's process, which had better be one."""
    return isinstance(value, torch.nn.Module) or hasattr(type(value), "__autograder_type__")
