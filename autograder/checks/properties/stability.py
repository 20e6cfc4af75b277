"""Checks at the ends of what numbers can be: huge, tiny, all equal, minus infinity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from autograder.checks.failure import Failure
from autograder.checks.properties.runs import difference, run, shapes_of, weights_for

SCALES = (1e-30, 1e-4, 1e2, 1e4)


@dataclass(frozen=True)
class _Case:
    """One extreme input, and the words for it."""

    said: str
    cause: str
    x: Tensor


def stable(
    fn: Callable[[Tensor], Any],
    reference: Callable[[Tensor], Tensor],
    x: Tensor,
    *,
    scales: Sequence[float] = SCALES,
    minus_infinity: bool = False,
    gradients: bool = True,
    rtol: float | None = None,
    atol: float | None = None,
) -> bool:
    """`fn` is right, and so is its gradient, where the input is scaled, all equal, or partly minus infinity.

    Both are compared with `reference` on the same input in float64. Where that is not finite in the dtype of `x`,
    nothing is asked there.

    Args:
        fn: the student's function of one tensor.
        reference: what it should compute, stable in float64.
        x: floating-point, of size about 1.
        scales: `x` is multiplied by each of them.
        minus_infinity: also with -inf for some elements, never for the first along the last dim.
        gradients: also compare the gradient with respect to the input.
        rtol: as in `close`; laxer by default than there, since large numbers lose digits.
        atol: as in `close`, for the value. A gradient may be off by what cancels out on the way to it: that of a
            softmax which is sure is zero but for rounding.

    Raises:
        Failure: a value or gradient is not finite, or wrong, naming the kind of input.
        ValueError: `x` is no floating-point tensor with elements, or the reference is finite nowhere.
    """
    if not x.is_floating_point() or x.numel() == 0:
        raise ValueError("stable() needs a floating-point input with elements")
    rtol = min(2e-2, torch.finfo(x.dtype).eps ** 0.4) if rtol is None else rtol  # float32: 2e-3, float64: 6e-7
    judged = [_judge(fn, reference, case, gradients, rtol, atol) for case in _cases(x.detach(), scales, minus_infinity)]
    if not any(judged):
        raise ValueError("the reference is finite for none of these inputs")
    return True


def _cases(x: Tensor, scales: Sequence[float], minus_infinity: bool) -> Iterator[_Case]:
    for by in scales:
        yield _Case(f"times {by:g}", _HUGE if abs(by) > 1 else _TINY, x * by)
    for value in (0.0, 1.0, 8192.0):  # whose sums and means are exact in any dtype
        yield _Case(f"with all elements {value:g}", _HUGE if value > 1 else _EQUAL, torch.full_like(x, value))
    if minus_infinity:
        masked = x.clone()
        masked[..., 1::2] = -torch.inf
        yield _Case("with -inf in places", _MINUS_INFINITY, masked)


_HUGE = (
    "exp overflows in float32 beyond 88, and a square beyond 1e19: subtract the maximum first, or stay with logs "
    "(log-sum-exp)"
)
_TINY = "a product of tiny numbers is zero, and then comes 0 / 0 or log(0): where does the eps go, and is it needed?"
_EQUAL = "a variance or a norm is zero here: is there an eps, and under the root, where the gradient needs it?"
_MINUS_INFINITY = "-inf - (-inf) and 0 * inf are NaN: subtract a finite maximum, and do not multiply a mask into -inf"


def _judge(
    fn: Callable[[Tensor], Any],
    reference: Callable[[Tensor], Tensor],
    case: _Case,
    gradients: bool,
    rtol: float,
    atol: float | None,
) -> bool:
    """Whether anything could be asked of this case."""
    exact = case.x.double().requires_grad_(gradients)
    want = reference(exact)
    expected = want.detach().to(case.x.dtype)
    if not bool(expected.isfinite().all()):
        return False
    given = case.x.clone().requires_grad_(gradients)
    about = f"for an input of {shapes_of(case.x)} {case.said}"
    try:
        got = run(fn, given)
    except Failure as failure:
        if failure.reason != "not_finite":
            raise
        raise Failure(f"{about}, {failure.message}. Likely: {case.cause}", "not_finite") from None
    _same(got, expected, f"{about}, the result", case, rtol, atol)
    if gradients and got.requires_grad and want.requires_grad:
        weights = weights_for(want)
        (slope,) = torch.autograd.grad((want * weights).sum(), exact)
        size = max(float(slope.abs().max()), float(weights.abs().max()))
        if bool(slope.to(case.x.dtype).isfinite().all()):
            (mine,) = torch.autograd.grad((got * weights_for(got)).sum(), given, allow_unused=True)
            mine = torch.zeros_like(given) if mine is None else mine
            _same(mine, slope.to(case.x.dtype), f"{about}, the gradient", case, rtol, None, size)
    return True


def _same(
    got: Tensor,
    want: Tensor,
    about: str,
    case: _Case,
    rtol: float,
    atol: float | None,
    magnitude: float | None = None,
) -> None:
    lost = int((~got.detach().isfinite()).sum())
    if lost:
        words = f"{about}, of {shapes_of(got)}, is NaN or infinite in {lost} of {got.numel()} elements"
        raise Failure(f"{words}. Likely: {case.cause}", "not_finite")
    if tuple(got.shape) == tuple(want.shape) and got.dtype != want.dtype:
        raise Failure(f"{about} has dtype {got.dtype}, for an input of dtype {case.x.dtype}", "wrong_type")
    seen = difference(got, want, rtol, atol, magnitude)
    if seen:
        raise Failure(f"{about} is wrong: {seen}. Where it is right for ordinary inputs: {case.cause}")
