"""How far a right answer may be from the reference, by dtype. Calibrated to reject zeros, a factor of 1.05, a shift by
one and a permutation, and to accept another order of summation."""

from __future__ import annotations

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

TABLE = {
    torch.float64: Tolerance(1e-7, 1e-9),
    torch.float32: Tolerance(1e-4, 1e-5),
    torch.float16: Tolerance(5e-3, 2e-3),
    torch.bfloat16: Tolerance(2e-2, 1e-2),
    torch.complex128: Tolerance(1e-7, 1e-9),
    torch.complex64: Tolerance(1e-4, 1e-5),
}
"""On a CPU. Python floats and numbers are compared as float32, since they mostly come out of float32 tensors."""

ACCELERATOR_FACTOR = 10.0
"""Kernels on a GPU sum in other orders and may use fused or reduced-precision products."""

CEILING = 0.02
"""No default is laxer than this: 1.05 times the answer is wrong on every device."""


def tolerance_for(want: Tensor, *, number: bool = False) -> Tolerance:
    """The default tolerance for an expected tensor; `number` where it stands for a Python number."""
    if not (want.is_floating_point() or want.is_complex()):
        return EXACT
    table = TABLE[torch.float32] if number else TABLE[want.dtype]
    if want.device.type == "cpu":
        return table
    factor = ACCELERATOR_FACTOR
    return Tolerance(min(table.relative * factor, CEILING), min(table.of_scale * factor, CEILING / 2))


def allowance(want: Tensor, rtol: float | None, atol: float | None, *, number: bool = False) -> Tensor:
    """The error allowed at each element of `want` (float64, its shape).

    Args:
        want: the expected values.
        rtol: relative tolerance of the author's, in place of the table's.
        atol: absolute tolerance of the author's, in place of the part that goes with the scale.
        number: whether `want` stands for a Python number.
    """
    default = tolerance_for(want, number=number)
    size = want.detach().abs().double()
    if not bool(size.isfinite().all()):
        size = torch.where(size.isfinite(), size, torch.zeros_like(size))
    scale = float(size.max()) if size.numel() else 0.0
    absolute = default.of_scale * (scale or 1.0) if atol is None else atol
    relative = default.relative if rtol is None else rtol
    return size.mul_(relative).add_(absolute)
