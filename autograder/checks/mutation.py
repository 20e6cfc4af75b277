"""`unchanged`: a student's function must leave its arguments as they were."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor

from autograder.checks.failure import Failure


@contextmanager
def unchanged(*arguments: Any) -> Iterator[None]:
    """Fail if the block changes any of `arguments`: tensors, arrays, or lists, tuples and dicts of them.

    Values, shape, dtype and a tensor's `_version` are compared, so that a change which is undone again is seen too.

    Raises:
        Failure: with reason mutated_input, naming the argument by its position.
    """
    before = [_snapshot(argument) for argument in arguments]
    yield
    for position, (argument, old) in enumerate(zip(arguments, before, strict=True), start=1):
        if _snapshot(argument) != old:
            which = "its argument" if len(arguments) == 1 else f"argument {position} of {len(arguments)}"
            raise Failure(
                f"the function changed {which} in place. The caller still needs it: look for `+=`, `x[...] = ...` or a "
                "method that ends in `_`, and work on a copy (`x.clone()`) or a new tensor.",
                "mutated_input",
            )


def _snapshot(value: Any) -> object:
    """Something comparable that differs whenever `value` was changed. Bits, not values: NaN stays NaN."""
    if isinstance(value, Tensor):
        bits = value.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()
        return ("tensor", tuple(value.shape), value.dtype, value._version, bits)
    if isinstance(value, np.ndarray):
        return ("array", value.shape, value.dtype.str, value.tobytes())
    if isinstance(value, list | tuple):
        return (type(value).__name__, [_snapshot(part) for part in value])
    if isinstance(value, dict):
        return ("dict", [(key, _snapshot(part)) for key, part in value.items()])
    return repr(value)
