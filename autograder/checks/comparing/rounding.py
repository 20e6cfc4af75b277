"""Monte Carlo arithmetic: a function run again as if every operation had rounded otherwise.

Every operand of every operation that rounds is changed by one unit in its last place, up or down at random; how much
the results scatter is how ill-conditioned they are, element by element, with the cancellation on the way. After
D. S. Parker, Monte Carlo Arithmetic, UCLA CSD-970002 (1997), and J. Vignes, A stochastic arithmetic for reliable
scientific computation, Mathematics and Computers in Simulation 35 (1993).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from autograder.checks.comparing.tolerance import FREE_TERMS

_CHOOSING = """
eq ne lt le gt ge max min amax amin argmax argmin maximum minimum sort argsort topk clamp clamp_min clamp_max relu
where abs neg sign gather index select index_select masked_select masked_fill take cat stack clone copy copy_ _to_copy
floor ceil round trunc isnan isinf isfinite isposinf isneginf nonzero flip roll fill_ zero_ index_put_ scatter
masked_fill_ _local_scalar_dense equal zeros_like ones_like empty_like full_like new_zeros new_empty tril triu
embedding constant_pad_nd repeat threshold one_hot bitwise_not logical_not logical_and logical_or any all
"""
_EXACT = frozenset(_CHOOSING.split())
"""Operations that only choose, compare or move numbers. Rounded each for itself, x and x.amax() would never be
equal."""

_PRODUCTS = {
    "aten::mm": 0, "aten::bmm": 0, "aten::dot": 0, "aten::vdot": 0, "aten::mv": 0,
    "aten::addmm": 1, "aten::addmv": 1, "aten::baddbmm": 1, "aten::addbmm": 1,
}  # fmt: skip
"""Products, and which argument has the summed dim last."""


class Rounding(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """While it is entered, operations on float64 tensors round as if they were of a narrower dtype.

    Args:
        unit: relative size of a rounding, such as 1.2e-7 for float32.
        seed: another seed, other roundings.
    """

    def __init__(self, unit: float, seed: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._unit = unit
        self._generator = torch.Generator().manual_seed(seed)

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """No: to skip the compiler, torch would first import it, for seconds."""
        return False

    def __torch_dispatch__(
        self, func: Any, types: Sequence[type], args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run one operation, on operands that are rounded at random."""
        kwargs = kwargs or {}
        if func.is_view or func.namespace != "aten" or func._schema.name[6:] in _EXACT:
            return func(*args, **kwargs)
        unit = self._unit * math.sqrt(max(1.0, _terms(func, args) / FREE_TERMS))
        written = {i for i, argument in enumerate(func._schema.arguments) if argument.is_write}
        operands = [arg if i in written else self._rounded(arg, unit) for i, arg in enumerate(args)]
        plain = _PLAIN.get(func)
        if plain is not None:
            return plain(lambda value: self._rounded(value, unit), *operands)
        return func(*operands, **kwargs)

    def _rounded(self, value: Any, unit: float) -> Any:
        if isinstance(value, list | tuple):
            return type(value)(self._rounded(one, unit) for one in value) if type(value) in (list, tuple) else value
        if not isinstance(value, Tensor) or value.dtype not in (torch.float64, torch.complex128):
            return value
        up = torch.randint(0, 2, value.shape, dtype=torch.float64, generator=self._generator)
        return value * (1 + unit * (2 * up.to(value.device) - 1))


def _log_softmax(rounded: Callable[[Tensor], Tensor], x: Tensor, dim: int, *_: Any) -> Tensor:
    """As it is written down: the fused kernel is more precise than the formula that a student may write."""
    return rounded(x) - rounded(x.logsumexp(dim, keepdim=True)) if x.ndim else torch.zeros_like(x)


_PLAIN: dict[Any, Callable[..., Tensor]] = {torch.ops.aten._log_softmax.default: _log_softmax}
"""Fused operations, in the plain form whose rounding is to be measured."""


def _terms(func: Any, args: tuple[Any, ...]) -> float:
    """About how many terms the operation adds up into each result."""
    if torch.Tag.pointwise in func.tags:
        return 1.0
    name = func._schema.name
    if name in _PRODUCTS:
        operand = args[_PRODUCTS[name]]
        return float(operand.shape[-1]) if operand.ndim else 1.0
    if name == "aten::convolution":
        return float(args[1].numel() / max(1, args[1].shape[0]))
    if name.startswith(_SUMS) and args and isinstance(args[0], Tensor):
        place = next((i for i, argument in enumerate(func._schema.arguments) if argument.name == "dim"), len(args))
        dims = args[place] if place < len(args) else None
        shape = args[0].shape
        if dims is None or dims == []:
            return float(max(1, args[0].numel()))
        return float(max(1, math.prod(shape[dim] for dim in ([dims] if isinstance(dims, int) else dims) if shape)))
    return 1.0


_SUMS = (
    "aten::sum",
    "aten::nansum",
    "aten::mean",
    "aten::logsumexp",
    "aten::var",
    "aten::std",
    "aten::cumsum",
    "aten::norm",
    "aten::linalg_vector_norm",
    "aten::_softmax",
)
