"""Recognised wrong answers: a constant factor, an offset, a transposition. Words for a message, cheap to find."""

from __future__ import annotations

import torch
from torch import Tensor

FEWEST = 3
"""Below three elements nearly everything looks like a pattern."""

_NEAR = 1e-4


def pattern(got: Tensor, want: Tensor) -> str:
    """What `got` looks like beside `want` (both finite, float64, of one shape): "; ..." or ""."""
    if bool((got == 0).all()):
        return "; every element is zero"
    if _near(got, -want):
        return "; the sign is flipped"
    if want.numel() < FEWEST:
        return ""
    if bool((got == got.reshape(-1)[0]).all()):
        return "; every element is the same"
    factor = float((got * want).sum() / (want * want).sum()) if bool((want != 0).any()) else 0.0
    if factor and _near(got, factor * want):
        return f"; everything is {_times(factor)}: were a sum and a mean mixed up, or is a factor missing?"
    if _near(got - (got - want).mean(), want):
        return "; everything is off by the same amount"
    if got.ndim == 2 and got.shape[0] == got.shape[1] and _near(got.T, want):
        return "; it looks transposed"
    if _near(got.flatten().sort().values, want.flatten().sort().values):
        return "; the right numbers stand in the wrong places (a reshape where axes should be permuted, or a shift?)"
    return ""


def _near(one: Tensor, other: Tensor) -> bool:
    scale = float(other.abs().max())
    return bool(torch.allclose(one, other, rtol=_NEAR, atol=_NEAR * scale * 0.1))


def _times(factor: float) -> str:
    if abs(factor) >= 1:
        return f"{factor:.3g} times too large"
    return f"{1 / factor:.3g} times too small"
