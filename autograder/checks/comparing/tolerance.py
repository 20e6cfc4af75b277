"""How far a right answer may be from the reference: by dtype, device, length of the sums and size of what is added up.

Calibrated to reject zeros, a factor of 1.05, a shift by one and a permutation, and to accept another order of summing.
"""

from __future__ import annotations

import math
from contextvars import ContextVar
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Tolerance:
    """|got - want| <= relative * |want| + of_scale * max|want|. Nothing is absolute: a loss of 1e-8 is judged as a loss
    of 1 would be. Where every expected value is zero, the scale counts as 1."""

    relative: float
    of_scale: float


EXACT = Tolerance(0.0, 0.0)

# One rounding errs by at most u = eps / 2: 1.1e-16, 6.0e-8, 4.9e-4 and 3.9e-3.
TABLE = {
    torch.float64: Tolerance(1e-9, 1e-11),  # 1e-2 of a rounding to float32: a detour through float32 shows
    torch.float32: Tolerance(1e-4, 4e-6),  # 1,700 and 64 roundings
    torch.float16: Tolerance(5e-3, 2e-3),  # 10 and 4
    torch.bfloat16: Tolerance(2e-2, 1e-2),  # 5 and 2.5
    torch.complex128: Tolerance(1e-9, 1e-11),
    torch.complex64: Tolerance(1e-4, 4e-6),
}
"""On a CPU. Python floats and numbers are compared as float32, since they mostly come out of float32 tensors."""

FREE_TERMS = 16
"""Sums of so many terms are within the table. Beyond, the part of the scale grows with the square root of their number:
roundings that are independent add up like a random walk (Higham, Accuracy and Stability of Numerical Algorithms,
2nd ed., 2.8 and 4.2; the bound that always holds grows with the number itself)."""

ACCELERATOR_FACTOR = 10.0
"""Kernels on a GPU sum in other orders and may use fused or reduced-precision products."""

CEILING = 0.02
"""No tolerance is laxer than this: 1.05 times the answer is wrong on every device."""

on_accelerator: ContextVar[bool] = ContextVar("on_accelerator", default=False)
"""Set where the student's code has a GPU: over the wire, its tensors come back on the CPU."""


@dataclass(frozen=True)
class Bounds:
    """What the author of a check says about tolerance.

    Attributes:
        rtol: relative tolerance, in place of the table's; at most `CEILING`.
        atol: absolute tolerance, in place of the part that goes with the scale. It counts up to `CEILING` times the
            largest expected magnitude.
        terms: how many terms are summed into each value.
        magnitude: size of what was added and subtracted on the way to each value, finite, broadcastable to what is
            expected; in place of the largest expected magnitude. 0 leaves the relative part alone.

    Raises:
        ValueError: a tolerance that makes no sense, or that would accept 1.05 times the answer.
    """

    rtol: float | None = None
    atol: float | None = None
    terms: int = 1
    magnitude: float | Tensor | None = None

    def __post_init__(self) -> None:
        for name, value in (("rtol", self.rtol), ("atol", self.atol)):
            if value is not None and not (value >= 0 and math.isfinite(value)):
                raise ValueError(f"{name} must be finite and not negative, not {value}")
        if self.rtol is not None and self.rtol > CEILING:
            raise ValueError(
                f"rtol={self.rtol:g} accepts 1.05 times the answer; at most {CEILING} is possible. Two right answers? "
                "Compare with each. A random one? Judge a statistic of it. Cancellation? Say magnitude="
            )
        if self.terms < 1:
            raise ValueError(f"terms counts what is summed into each value: 1 or more, not {self.terms}")
        if self.magnitude is not None:
            if self.atol is not None:
                raise ValueError("atol and magnitude both replace the part of the scale: give one of them")
            size = torch.as_tensor(self.magnitude)
            if not bool(((size >= 0) & size.isfinite()).all()):
                raise ValueError("magnitude must be finite and not negative")


def tolerance_for(want: Tensor, *, number: bool = False, terms: int = 1, accelerated: bool = False) -> Tolerance:
    """The default tolerance for an expected tensor.

    Args:
        want: the expected values.
        number: whether `want` stands for a Python number.
        terms: how many terms are summed into each value.
        accelerated: whether the values come from a GPU, wherever they lie now.

    Raises:
        TypeError: no tolerance is known for its dtype, as for float8.
    """
    if not (want.is_floating_point() or want.is_complex()):
        return EXACT
    if not number and want.dtype not in TABLE:
        raise TypeError(f"no tolerance is known for {want.dtype}: compare in a wider dtype")
    table = TABLE[torch.float32] if number else TABLE[want.dtype]
    factor = ACCELERATOR_FACTOR if accelerated or on_accelerator.get() or want.device.type != "cpu" else 1.0
    walk = math.sqrt(max(1.0, terms / FREE_TERMS))
    return Tolerance(min(table.relative * factor, CEILING), min(table.of_scale * factor * walk, CEILING / 2))


def allowance(want: Tensor, bounds: Bounds, *, number: bool = False, accelerated: bool = False) -> Tensor:
    """The error allowed at each element of `want` (float64, its shape).

    Args:
        want: the expected values.
        bounds: what the author says.
        number: whether `want` stands for a Python number.
        accelerated: whether the values come from a GPU.

    Raises:
        ValueError: the author's magnitude does not broadcast to `want`.
    """
    default = tolerance_for(want, number=number, terms=bounds.terms, accelerated=accelerated)
    size = magnitudes(want)
    scale = float(size.max()) if size.numel() else 0.0
    relative = default.relative if bounds.rtol is None else bounds.rtol
    allowed = size * relative
    if bounds.atol is not None:
        return allowed.add_(min(bounds.atol, CEILING * (scale or 1.0)))
    if bounds.magnitude is None:
        return allowed.add_(default.of_scale * (scale or 1.0))
    added = torch.as_tensor(bounds.magnitude, dtype=torch.float64, device=want.device)
    try:
        return allowed.add_(default.of_scale * added)
    except RuntimeError:
        raise ValueError(f"magnitude {tuple(added.shape)} does not broadcast to {tuple(want.shape)}") from None


def magnitudes(want: Tensor) -> Tensor:
    """|want| in float64, with zeros in place of NaN and infinities."""
    wide = want.detach().to(torch.complex128 if want.is_complex() else torch.float64)
    return wide.abs().nan_to_num_(nan=0.0, posinf=0.0)
