"""`close_to`: the expected value from a float64 reference, and a tolerance measured where the reference is
ill-conditioned."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from autograder.checks.comparing.comparison import Close, Measured
from autograder.checks.comparing.rounding import Rounding
from autograder.checks.comparing.tolerance import CEILING, FREE_TERMS, Bounds, allowance, magnitudes, tolerance_for

DRAWS = 8
"""Runs with other roundings. With eight, the scatter is told to within a factor of three (999 times of 1,000)."""

FACTOR = 8.0
"""How many times the scatter is allowed. A unit in the last place is two roundings."""

UNMEASURED = 16.0
"""By how much the part that goes with the scale shrinks, since cancellation is measured."""

_NARROW = (torch.float16, torch.bfloat16)


def close_to(fn: Callable[..., Any], *inputs: Any, terms: int = 1, magnitude: float | Tensor | None = None) -> Close:
    """The right-hand side of `assert student.f(x, w) == close_to(f, x, w)`: what `fn` gives in float64.

    `fn` is run on float64 copies of the floating inputs, and its result is rounded to the dtype that it gives for the
    inputs as they are. It is then run eight times more, with every operation rounded at random in the inputs'
    precision, see `rounding.Rounding`: each element is allowed a part of the default tolerance and 8 times what it
    scatters. So logits of 5000 need no tolerance of their own, and an ill-conditioned element does not loosen its
    neighbours.

    Write `fn` the plain way: what cancels out in it may cancel out in a student's code. A fused kernel hides that; say
    `magnitude=` then.

    Args:
        fn: the reference: a deterministic function of `inputs` alone. Gives a tensor, ndarray or number, or a tuple,
            list or dict of them. Tensors that require gradients still do in the copies, so it may differentiate.
        inputs: tensors, ndarrays, numbers, tuples, lists and dicts of them, or anything else, which is passed on.
        terms: how many terms are summed into each value, beyond what the operations of `fn` show.
        magnitude: as in `close`; 0 for the relative part and the scatter alone.

    Raises:
        ValueError: `magnitude` or `terms` make no sense.
    """
    bounds = Bounds(terms=terms, magnitude=magnitude)
    exact = fn(*_wide(inputs))
    kinds = _as_given(fn, inputs)
    unit = _unit(inputs, kinds)
    drawn = []
    for seed in range(DRAWS):
        with Rounding(unit, seed):
            drawn.append(fn(*_wide(inputs)))
    growth = FACTOR * math.sqrt(max(1.0, terms / FREE_TERMS))
    return Close(_measured(exact, drawn, kinds, bounds, growth, _promoted(inputs)), bounds, _sizes(inputs))


def _wide(value: Any) -> Any:
    """A copy with float64 in place of narrower floats; nothing is shared with the original."""
    return _copied(value, wide=True)


def _copied(value: Any, *, wide: bool) -> Any:
    if isinstance(value, Tensor):
        copy = value.detach().clone()
        if wide and copy.is_complex():
            copy = copy.to(torch.complex128)
        elif wide and copy.is_floating_point():
            copy = copy.double()
        return copy.requires_grad_(value.requires_grad)
    if isinstance(value, np.ndarray):
        kinds = {"f": np.float64, "c": np.complex128} if wide else {}
        return value.astype(kinds.get(value.dtype.kind, value.dtype))
    if type(value) in (tuple, list):
        return type(value)(_copied(one, wide=wide) for one in value)
    if type(value) is dict:
        return {key: _copied(one, wide=wide) for key, one in value.items()}
    return value


def _as_given(fn: Callable[..., Any], inputs: tuple[Any, ...]) -> Any:
    """What `fn` gives for the inputs in their own dtypes, for its dtypes; None where it does not run in them."""
    try:
        return fn(*_copied(inputs, wide=False))
    except (RuntimeError, NotImplementedError, TypeError, IndexError, ValueError):
        return None  # such as an operation that a CPU has not for float16


def _leaves(value: Any) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value]
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufc":
        return [torch.from_numpy(np.ascontiguousarray(value))]
    if isinstance(value, dict):
        value = tuple(value.values())
    return [leaf for one in value for leaf in _leaves(one)] if isinstance(value, tuple | list) else []


def _floating(value: Any) -> list[torch.dtype]:
    return [leaf.dtype for leaf in _leaves(value) if leaf.is_floating_point() or leaf.is_complex()]


def _promoted(inputs: tuple[Any, ...]) -> torch.dtype | None:
    found: torch.dtype | None = None
    for dtype in _floating(inputs):
        found = dtype if found is None else torch.promote_types(found, dtype)
    return found


def _unit(inputs: tuple[Any, ...], kinds: Any) -> float:
    """A unit in the last place of the narrowest dtype at work."""
    dtypes = _floating(inputs) or _floating(kinds) or [torch.float32]
    return max(torch.finfo(dtype).eps for dtype in dtypes)


def _sizes(inputs: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple({size for leaf in _leaves(inputs) for size in (*leaf.shape, leaf.numel())})


def _measured(
    exact: Any, drawn: list[Any], kinds: Any, bounds: Bounds, growth: float, promoted: torch.dtype | None
) -> Any:
    if isinstance(exact, tuple | list):
        parts = [
            _measured(one, [d[i] for d in drawn], kinds[i] if kinds is not None else None, bounds, growth, promoted)
            for i, one in enumerate(exact)
        ]
        return parts if type(exact) is list else tuple(parts)
    if isinstance(exact, dict):
        return {
            key: _measured(one, [d[key] for d in drawn], kinds and kinds[key], bounds, growth, promoted)
            for key, one in exact.items()
        }
    if isinstance(exact, Tensor):
        return _tensor(exact.detach(), drawn, kinds, bounds, growth, promoted)
    if isinstance(exact, np.ndarray) and exact.dtype.kind in "fc":
        kind = torch.from_numpy(kinds) if kinds is not None else None
        arrays = [torch.from_numpy(np.asarray(one)) for one in drawn]
        leaf = _tensor(torch.from_numpy(exact), arrays, kind, bounds, growth, promoted)
        return Measured(leaf.value.numpy(), leaf.allowed)
    if isinstance(exact, float) and math.isfinite(exact):
        want = torch.tensor(exact, dtype=torch.float64)
        scatter = _scatter(want, [torch.tensor(float(one), dtype=torch.float64) for one in drawn])
        return Measured(exact, _base(want, bounds, number=True) + growth * scatter)
    return exact


def _tensor(
    exact: Tensor, drawn: list[Any], kind: Any, bounds: Bounds, growth: float, promoted: torch.dtype | None
) -> Any:
    if not (exact.is_floating_point() or exact.is_complex()):
        return exact
    dtype = kind.dtype if isinstance(kind, Tensor) else promoted
    if dtype is None or exact.is_complex() != dtype.is_complex or not (dtype.is_floating_point or dtype.is_complex):
        dtype = exact.dtype
    want = exact.to(dtype)
    allowed = growth * _scatter(exact, drawn)
    if dtype in _NARROW:  # kernels round once, at the end, and with so few digits nothing more could be told
        size = magnitudes(want)
        allowed = allowed.clamp(max=0.5 * CEILING * float(size.max() if size.numel() else 0.0))
    return Measured(want, _base(want, bounds) + allowed)


def _base(want: Tensor, bounds: Bounds, *, number: bool = False) -> Tensor:
    if bounds.magnitude is not None:
        return allowance(want, bounds, number=number)
    size = magnitudes(want)
    scale = float(size.max()) if size.numel() else 0.0
    part = tolerance_for(want, number=number, terms=bounds.terms).of_scale / UNMEASURED
    return allowance(want, Bounds(magnitude=0.0), number=number) + part * (scale or 1.0)


def _scatter(exact: Tensor, drawn: list[Any]) -> Tensor:
    """Root mean square of how far the runs are from the exact one, element by element; 0 where that is not finite."""
    squares = torch.zeros(exact.shape, dtype=torch.float64, device=exact.device)
    for one in drawn:
        if isinstance(one, Tensor) and one.shape == exact.shape:
            squares += (one.detach() - exact).abs().square()
    return (squares / len(drawn)).sqrt_().nan_to_num_(nan=0.0, posinf=0.0)
