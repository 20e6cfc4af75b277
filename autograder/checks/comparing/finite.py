"""`finite_like`: any values will do, of the right type, shape and dtype."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from autograder.checks.comparing.comparison import Close, same_finiteness


class FiniteLike(Close):
    """The right-hand side of `assert got == finite_like(example)`."""

    def __repr__(self) -> str:
        return "finite_like(...)"

    def _compare_values(self, got: Tensor, want: Tensor, where: str, allowed: Tensor | None, **_: bool) -> None:
        same_finiteness(got, torch.zeros_like(want), where)


def finite_like(example: Any) -> FiniteLike:
    """The right-hand side of `assert noise == finite_like(torch.zeros(3, 4))`: whatever is drawn, it is such a tensor.

    Type, shape and dtype are those of `example`, and every value is finite. What the values should be, another line
    of the check says; as the first line it makes the others safe to write.

    Args:
        example: a tensor or ndarray, or a tuple, list or dict of them, with any values.

    Raises:
        TypeError: the example is, or holds, anything else.
    """
    _only_tensors(example)
    return FiniteLike(example)


def _only_tensors(example: Any) -> None:
    if isinstance(example, dict):
        example = tuple(example.values())
    if isinstance(example, tuple | list):
        for part in example:
            _only_tensors(part)
    elif not isinstance(example, Tensor | np.ndarray):
        raise TypeError(f"finite_like() takes tensors and ndarrays, not {type(example).__name__}")
